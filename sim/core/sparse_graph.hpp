#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace splinternet {

/// Who looks at whom, in compressed rows: node i looks at peer[first[i]] … peer[first[i + 1] − 1]. Nothing in it grows
/// with the square of the number of nodes.
struct SparseGraph {
  std::vector<std::uint64_t> first;  ///< nodes + 1
  std::vector<std::uint32_t> peer;
  std::vector<double> weight;  ///< of each entry of `peer`; empty: all alike

  [[nodiscard]] std::size_t nodes() const { return first.empty() ? 0 : first.size() - 1; }
  [[nodiscard]] std::size_t degree(std::size_t node) const {
    return static_cast<std::size_t>(first[node + 1] - first[node]);
  }
  [[nodiscard]] std::span<const std::uint32_t> peers(std::size_t node) const {
    return std::span(peer).subspan(static_cast<std::size_t>(first[node]), degree(node));
  }
};

}  // namespace splinternet
