#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace splinternet {

/// A directed link whose travel time grows with its flow x by the function of the Bureau of Public Roads (1964):
/// free_time·(1 + b·(x/capacity)^power); a fixed cost (toll, length) comes on top. Flow and capacity share one unit
/// (traffic per time), time and cost another.
struct CongestedLink {
  std::uint32_t tail = 0;
  std::uint32_t head = 0;
  double free_time = 0.0;   ///< ≥ 0
  double capacity = 1.0;    ///< > 0; not used where b = 0
  double b = 0.15;          ///< ≥ 0
  double power = 4.0;       ///< 0 or ≥ 1: between, the first unit of flow would cost infinitely much per unit
  double fixed_cost = 0.0;  ///< ≥ 0
};

/// An immutable directed network for traffic assignment. Parallel links keep their own ids.
class CongestedNetwork {
 public:
  /// Throws DataError naming the link if an end is no node, a link joins a node to itself, or a number is outside the
  /// range above or not finite.
  CongestedNetwork(std::size_t node_count, std::vector<CongestedLink> links);

  [[nodiscard]] std::size_t node_count() const { return node_count_; }
  [[nodiscard]] std::size_t link_count() const { return links_.size(); }
  [[nodiscard]] std::span<const CongestedLink> links() const { return links_; }
  /// "link 3 (0 -> 7)", for messages.
  [[nodiscard]] std::string name(std::size_t link) const;

 private:
  void check(std::size_t link) const;

  std::size_t node_count_;
  std::vector<CongestedLink> links_;
};

}  // namespace splinternet
