#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/coalition/landscape.hpp"
#include "sim/coalition/partition_space.hpp"

namespace splinternet::coalition {

/// Who may move, and how much better a move must be.
struct AllianceMoves {
  double tie_eps = 1e-9;  ///< ≥ 0, in units of frustration: a move must gain more
  /// Actors that stay where `start` puts them: 1 per frozen actor; empty = none.
  std::span<const std::uint8_t> frozen = {};
  /// Any names; only those of frozen actors count. States that divide these in another way are left out.
  std::span<const std::uint8_t> start = {};
};

/// States in which no actor gains by moving alone to another alliance or, while there are fewer than K, by founding one
/// (Nash partitions); if p is symmetric these are the local minima of E. Rising.
std::vector<std::size_t> nash_partitions(const Landscape& landscape, const PartitionSpace& space,
                                         const AllianceMoves& moves = {});

/// What leads to one state of rest.
struct Basin {
  std::size_t state = 0;     ///< of the space
  std::size_t starts = 0;    ///< states from which steepest descent ends there
  double probability = 0.0;  ///< of ending there from a start drawn evenly, moves in random order
};

/// Where single moves lead: by steepest descent (the move that lowers E most, of equals the lowest actor's to the
/// lowest alliance), and when an actor drawn evenly from those that gain moves to its best alliance (of equals, each as
/// often). The latter is exact, not sampled. Throws DataError if p is not symmetric.
std::vector<Basin> basins(const Landscape& landscape, const PartitionSpace& space, const AllianceMoves& moves = {});

}  // namespace splinternet::coalition
