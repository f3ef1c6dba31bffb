#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/graph/routing.hpp"

namespace splinternet {

/// An order in which the nodes of an index leave one by one, each joining its remaining neighbours with one another
/// (fill-in), so that the shortest distances among those that remain do not change. Greedy minimum degree (Tinney &
/// Walker 1967): links between countries are nearly planar, so few links are filled in. The order decides what a
/// computation costs, never what comes out.
///
/// Positions count the nodes from the last to leave, 0, to the first:
///   [0, core())                 the core: joined so densely that its order no longer matters; it leaves in row order
///   [core(), passable_count())  the others that paths may pass, by minimum degree
///   [passable_count(), N)       forbidden transit nodes: nothing passes them, so they leave first and fill nothing in
class EliminationOrder {
 public:
  /// Room for an index of that many nodes.
  explicit EliminationOrder(std::size_t node_count);

  /// Finds the order for `index`. Throws InternalError if it has another number of nodes.
  void build(const RoutingIndex& index);

  [[nodiscard]] std::size_t core() const { return core_; }
  [[nodiscard]] std::size_t passable_count() const { return passable_count_; }
  /// The node at each position.
  [[nodiscard]] std::span<const std::uint32_t> nodes() const { return node_at_; }
  /// The position of each node.
  [[nodiscard]] std::span<const std::uint32_t> positions() const { return position_; }
  /// Positions, rising, of the passable nodes that the one at `position` ≥ core() is joined to when it leaves,
  /// filled-in links included; all are below it.
  [[nodiscard]] std::span<const std::uint32_t> joined(std::size_t position) const;

 private:
  void join_passable_neighbours(const RoutingIndex& index);
  void join_absorbing_nodes(const RoutingIndex& index);
  // The slot in left_ of the node of least degree.
  [[nodiscard]] std::size_t least_joined() const;
  void eliminate(std::uint32_t node);

  std::size_t words_;  // of 64 bits in a row of joined_bits_
  std::size_t core_ = 0;
  std::size_t passable_count_ = 0;
  std::vector<std::uint64_t> joined_bits_;  // node → set of nodes
  std::vector<std::uint32_t> degree_;
  std::vector<std::uint32_t> left_;  // nodes that have not left
  std::vector<std::uint32_t> node_at_;
  std::vector<std::uint32_t> position_;
  std::vector<std::uint32_t> first_joined_;  // by position, downwards from N − 1
  std::vector<std::uint32_t> joined_;
};

}  // namespace splinternet
