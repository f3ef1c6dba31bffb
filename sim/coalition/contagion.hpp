#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/coalition/fraction.hpp"
#include "sim/core/sparse_graph.hpp"

namespace splinternet::coalition {

// In all of these actors look at their peers in a graph without weights; where they look at each other, both are
// listed. An actor that looks at one twice counts it twice.

/// What it takes to follow.
enum class Following : std::uint8_t {
  kAtThreshold,     ///< a share of the peers of the threshold or more
  kAboveThreshold,  ///< a larger share
};

/// How many peers of each actor must have adopted before it does, if all have one threshold in [0, 1] (Watts 2002): the
/// least m with m/k ≥ threshold (or >) of k peers, m/k rounded to the nearest double, so that the double nearest to 1/3
/// is met by one of three. One more than it has peers where no number will do, and for who has none. Throws DataError
/// for a threshold outside [0, 1].
std::vector<std::uint32_t> adopters_needed(const SparseGraph& graph, double threshold, Following following);
/// The same with a threshold per actor; InternalError unless there is one each.
std::vector<std::uint32_t> adopters_needed(const SparseGraph& graph, std::span<const double> threshold,
                                           Following following);

/// The round of who never adopts.
inline constexpr std::uint32_t kNeverAdopts = 0xffffffffU;

/// How far and how fast adoption went.
struct Spread {
  std::vector<std::uint32_t> round;  ///< per actor: 0 for the seeds, then when it adopts if all respond at once
  std::size_t adopters = 0;
};

/// Who adopts in the end if each does once needed[actor] of its peers have, or with 0 of its own accord, and nobody
/// ever returns (Granovetter 1978, American Journal of Sociology 83: 1420). Who does is the same in any order of
/// responses. Time grows with actors and pairs. Throws DataError for a seed or peer that is not an actor, or for
/// weights; InternalError if sizes differ.
Spread spread(const SparseGraph& graph, std::span<const std::uint32_t> needed, std::span<const std::uint32_t> seeds);

/// The same if everybody looks at all others, without the n·(n − 1) pairs: time grows with n·log n. Throws DataError
/// for a seed that is not an actor.
Spread spread_among_all(std::span<const std::uint32_t> needed, std::span<const std::uint32_t> seeds);

/// The largest threshold, common to all, at which the whole graph follows the seeds: from as many seeds as one likes
/// 1/2 on a line, 1/(2m) on a grid of m dimensions, 1/d on a tree of degree d (Morris 2000, Review of Economic Studies
/// 67: 57; the q of his game: a share q of the neighbours makes one indifferent). 0 if somebody is out of reach, 1 if
/// all are seeds. Exact. Throws DataError for a seed or peer that is not an actor, or for weights.
Fraction contagion_threshold(const SparseGraph& graph, std::span<const std::uint32_t> seeds);

}  // namespace splinternet::coalition
