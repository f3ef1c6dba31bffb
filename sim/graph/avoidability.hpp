#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/graph/network.hpp"

namespace splinternet {

/// Avoidability potential AP_X(S, D) of Ivanović et al. (2024, arXiv 2403.09447): the share of ordered pairs of
/// different nodes s in S, d in D that have a path which meets `avoid`, in [0, 1]; X are the forbidden transit nodes
/// and links, endpoints exempt. Their censorship resilience potential is this share for a censor's X and D abroad,
/// their global reachability potential that for D = S; both follow by choice of the sets. `source` and `destination`
/// mark members by 1. 1 if there is no pair (nothing is lost). Throws InternalError if a span has the wrong length.
double avoidability(const Network& network, const AvoidSet& avoid, std::span<const std::uint8_t> source,
                    std::span<const std::uint8_t> destination);

/// For each node X the share of ordered pairs of *other* nodes that have a path without X: AP_X with nothing else
/// forbidden. Lower than the share of pairs connected at all exactly for articulation nodes. 1 for fewer than three
/// nodes (there is no pair).
std::vector<double> transit_avoidability(const Network& network);

}  // namespace splinternet
