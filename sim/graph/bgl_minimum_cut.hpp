#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/graph/network.hpp"

namespace splinternet::bgl {

/// Which end of a cut a node belongs to; kEither may end up on either side.
enum class Terminal : std::uint8_t { kEither, kSource, kSink };

/// A smallest set of links whose loss parts all sources from all sinks.
struct MinimumCut {
  double value = 0.0;                     ///< capacity of `links`, in the unit given = the largest flow that can pass
  std::vector<std::uint32_t> links;       ///< rising
  std::vector<std::uint8_t> source_side;  ///< per node: 1 if a source still reaches it; the smallest such side
};

/// Minimum cut between two sets of nodes = maximum flow from the one to the other (Ford & Fulkerson 1956), by shortest
/// augmenting paths (Edmonds & Karp 1972, boost::edmonds_karp_max_flow). All sources act as one node, all sinks as
/// another; a link carries its capacity (≥ 0, one per link, any unit) either way. Without a source or without a sink
/// nothing has to be cut: value 0. Throws DataError naming the link if a capacity is negative or not finite,
/// InternalError if a span has the wrong length.
MinimumCut minimum_cut(const Network& network, std::span<const double> capacity, std::span<const Terminal> terminal);

}  // namespace splinternet::bgl
