#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/metrics/mixing.hpp"

namespace splinternet::metrics {

/// One directed flow.
struct FlowEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  double flow = 0.0;  ///< ≥ 0, any unit
};

/// Directed flows as modularity sees them: it needs the out- and in-strength of each node, what it sends to itself and,
/// per pair, only the sum of both directions. Nodes stand in the order of their rank, so that nothing computed from a
/// graph depends on the order of rows. Immutable.
class FlowGraph {
 public:
  /// Of an N×N row-major matrix. `rank` holds a different number below N per row (that of the country's code); empty =
  /// the row itself. Throws InternalError if sizes differ, ranks repeat, or a flow is negative or not finite.
  static FlowGraph from_matrix(std::span<const double> flow, std::size_t nodes, Diagonal diagonal,
                               std::span<const std::uint32_t> rank = {});

  /// Of a list of edges in any order; those of one pair are added up. Throws as above, and if an end is not below
  /// `nodes`.
  static FlowGraph from_edges(std::span<const FlowEdge> edges, std::size_t nodes, Diagonal diagonal,
                              std::span<const std::uint32_t> rank = {});

  [[nodiscard]] std::size_t node_count() const { return out_.size(); }
  /// Sum of all flows.
  [[nodiscard]] double total() const { return total_; }
  /// The nodes that exchange flow with `node`, itself excluded, rising.
  [[nodiscard]] std::span<const std::uint32_t> neighbours(std::size_t node) const {
    return std::span(neighbour_).subspan(first_[node], first_[node + 1] - first_[node]);
  }
  /// Flow to plus flow from each of them, > 0.
  [[nodiscard]] std::span<const double> exchanged(std::size_t node) const {
    return std::span(exchanged_).subspan(first_[node], first_[node + 1] - first_[node]);
  }
  [[nodiscard]] double out_strength(std::size_t node) const { return out_[node]; }
  [[nodiscard]] double in_strength(std::size_t node) const { return in_[node]; }
  /// What the node sends to itself.
  [[nodiscard]] double loop(std::size_t node) const { return loop_[node]; }
  /// The row in the caller's tables of each node.
  [[nodiscard]] std::span<const std::uint32_t> rows() const { return row_; }

  /// The graph whose nodes are the groups of `group` (0 … groups − 1, one label per node).
  [[nodiscard]] FlowGraph merged(std::span<const std::uint32_t> group, std::size_t groups) const;

 private:
  FlowGraph(std::size_t nodes, std::span<const std::uint32_t> rank);
  void add_to_strengths(std::size_t from, std::size_t to, double flow);

  std::vector<std::uint32_t> row_;
  std::vector<std::size_t> first_;
  std::vector<std::uint32_t> neighbour_;
  std::vector<double> exchanged_;
  std::vector<double> out_;
  std::vector<double> in_;
  std::vector<double> loop_;
  double total_ = 0.0;
};

/// Directed modularity with resolution γ (Leicht & Newman 2008; Reichardt & Bornholdt 2006) of a division given by node
/// of the graph: Q = Σ_c (F_cc − γ·so_c·si_c/m)/m with the null so·si/m; labels are below the number of nodes. 0 if
/// nothing flows. For undirected flows W + Wᵀ it is the modularity of Newman & Girvan (2004).
double modularity(const FlowGraph& graph, std::span<const std::uint32_t> label, double resolution = 1.0);

}  // namespace splinternet::metrics
