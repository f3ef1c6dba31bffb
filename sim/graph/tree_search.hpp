#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/graph/congested_network.hpp"
#include "sim/graph/network.hpp"

namespace splinternet {

/// The links that one policy class may use, as arcs into each node: one arc for all links from one node to another,
/// which stands for the cheapest of them, the lowest among equals.
class ArcsInto {
 public:
  ArcsInto(const CongestedNetwork& network, const AvoidSet& avoid);

  /// Takes over the cost of every link, each ≥ 0 and finite.
  void set_costs(std::span<const double> link_cost);

  [[nodiscard]] std::size_t node_count() const { return first_.size() - 1; }
  [[nodiscard]] std::size_t arc_count() const { return tail_.size(); }
  /// Arcs first(v) … first(v + 1) − 1 enter node v, in order of tail.
  [[nodiscard]] std::uint32_t first(std::size_t node) const { return first_[node]; }
  [[nodiscard]] std::uint32_t tail(std::size_t arc) const { return tail_[arc]; }
  [[nodiscard]] std::uint32_t head(std::size_t arc) const { return head_[arc]; }
  /// The arcs that leave a node, rising.
  [[nodiscard]] std::span<const std::uint32_t> leaving(std::size_t node) const;
  /// The cheapest link of the arc, at the costs taken over last.
  [[nodiscard]] std::uint32_t link(std::size_t arc) const { return link_[arc]; }
  [[nodiscard]] double cost(std::size_t arc) const { return cost_[arc]; }
  /// False for a forbidden transit node: paths may begin and end there only.
  [[nodiscard]] bool may_pass(std::size_t node) const { return may_pass_[node] != 0; }

 private:
  void list_leaving();

  std::vector<std::uint32_t> first_, tail_, head_, link_;
  std::vector<std::uint32_t> first_leaving_, leaving_;    // node → its arcs
  std::vector<std::uint32_t> first_parallel_, parallel_;  // arc → its links
  std::vector<double> cost_;
  std::vector<std::uint8_t> may_pass_;
};

/// The cheapest paths from one origin, kept between searches.
struct PathTree {
  std::vector<std::uint32_t> order{};  ///< all nodes, cheapest first; a node comes after the one before it on its path
  std::vector<std::uint32_t> arc{};  ///< node → the arc into it on its path, kNoArc for the origin and unreached nodes
};

/// Arc of a node that none leads to.
inline constexpr std::uint32_t kNoArc = 0xffffffffU;

/// Workspace of one thread for searches in networks of one size.
///
/// The tree of the search before, at the new costs, bounds all labels from above; nodes are sorted by them and each
/// takes the best of its arcs in that order, until no label below an earlier one turns up: mostly one pass, as costs
/// move little between the iterations of an assignment. Without a tree, labels come from Dijkstra's algorithm (1959).
/// They are the unique fixed point, hence the same bits from whatever tree the search starts. The predecessor of v is, among the arcs with label(u) + cost = label(v), the
/// one with the lowest tail that is strictly nearer; where there are only arcs of cost zero, the lowest tail among
/// nodes that have been reached before v, so that the paths are a tree.
class TreeSearch {
 public:
  explicit TreeSearch(std::size_t node_count);

  /// Solves from `origin`, starting from `tree` (an empty one counts as none) and replacing it. The arcs must be those
  /// with which the tree was made, at any costs.
  void run(const ArcsInto& arcs, std::uint32_t origin, PathTree& tree);

  /// Cost from the origin to each node, infinite if no path leads there.
  [[nodiscard]] std::span<const double> label() const { return label_; }
  /// Whether a path of the last search may go on from this node: it is reached, and passable or the origin.
  [[nodiscard]] bool may_leave(std::size_t node) const { return leave_[node] < __builtin_inf(); }

 private:
  void relabel(const ArcsInto& arcs, std::uint32_t origin, const PathTree& tree);
  void spread(const ArcsInto& arcs, std::uint32_t origin, PathTree& tree);
  void sort(std::vector<std::uint32_t>& order) const;
  [[nodiscard]] std::uint32_t best_arc_into(const ArcsInto& arcs, std::uint32_t node, std::uint32_t guess) const;
  bool improve(const ArcsInto& arcs, std::uint32_t origin, PathTree& tree);
  void settle_plateaus(const ArcsInto& arcs, std::uint32_t origin, PathTree& tree);
  void settle_plateau(const ArcsInto& arcs, std::uint32_t origin, PathTree& tree, std::size_t begin, std::size_t end);
  void set_label(const ArcsInto& arcs, std::uint32_t origin, std::uint32_t node, double label);
  [[nodiscard]] bool is_before(std::uint32_t a, std::uint32_t b) const;

  std::vector<double> label_;
  std::vector<double> leave_;       // cost up to the tail of arcs that leave a node, infinite where none may
  std::vector<std::uint8_t> seen_;  // nodes settled so far, while plateaus are settled
  bool has_plateau_ = false;
  double unsettled_ = 0.0;  // labels below this one are final
};

}  // namespace splinternet
