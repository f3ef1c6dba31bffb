#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/coalition/actor_set.hpp"

namespace splinternet::coalition {

/// All ways to divide n actors into at most K alliances, up to the names of the alliances: each as a restricted growth
/// string (alliances numbered by their lowest actor), in lexicographic order. K = 2: 2^(n−1) states, so n ≤ 23;
/// K ≥ n: Bell numbers, n ≤ 11.
class PartitionSpace {
 public:
  /// Throws DataError if actors or alliances are 0 or there are more than kMostStates partitions.
  PartitionSpace(std::size_t actors, std::size_t most_alliances);

  [[nodiscard]] std::size_t size() const { return codes_.size(); }
  [[nodiscard]] std::size_t actors() const { return actors_; }
  /// K, or n if that is less.
  [[nodiscard]] std::size_t most_alliances() const { return base_; }
  /// Alliance of each actor in one state; returns the number of alliances.
  std::size_t read(std::size_t state, std::span<std::uint8_t> alliance) const;
  /// The state of a division named in any way with numbers below 256. Throws DataError if it has more than K alliances.
  [[nodiscard]] std::size_t find(std::span<const std::uint8_t> alliance) const;

 private:
  std::size_t actors_;
  std::size_t base_;
  std::vector<std::uint64_t> codes_;  // digits to the base K, actor 0 first
};

}  // namespace splinternet::coalition
