#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/graph/network.hpp"

namespace splinternet {

/// No node, or no link: the predecessor of the source and of a node that is not reached.
inline constexpr std::uint32_t kNoNode = 0xffffffffU;

/// The network as one policy class sees it: forbidden links removed, forbidden transit nodes marked. Immutable and
/// self-contained (it copies what it needs), so any number of threads may query it at once.
class RoutingIndex {
 public:
  /// `rank` breaks ties between equally short paths: one value per node, a permutation of 0 … N−1 (the rank of the
  /// country's code, so that relabelling rows changes nothing); empty = row order. Throws InternalError if a length is
  /// wrong or the ranks are no permutation.
  RoutingIndex(const Network& network, const AvoidSet& avoid, std::span<const std::uint32_t> rank = {});

  [[nodiscard]] std::size_t node_count() const { return rank_.size(); }
  [[nodiscard]] std::size_t link_count() const { return link_count_; }
  /// For each neighbour of `node`, in order of rank, the usable arc to it that is shortest, then lowest in link id; no
  /// path ever takes another. Those of a forbidden transit node count at the source only.
  [[nodiscard]] std::span<const Arc> arcs(std::size_t node) const;
  /// False for a forbidden transit node.
  [[nodiscard]] bool may_pass(std::size_t node) const { return may_pass_[node] != 0; }
  [[nodiscard]] std::uint32_t rank(std::size_t node) const { return rank_[node]; }
  [[nodiscard]] std::uint32_t node_of_rank(std::size_t rank) const { return node_of_rank_[rank]; }
  /// True if a usable link has length zero.
  [[nodiscard]] bool has_zero_arcs() const { return has_zero_arcs_; }

 private:
  // Adds the arcs of the next node.
  void append_best_arcs(std::span<const Arc> arcs, const std::vector<std::uint8_t>& forbidden_link);

  std::size_t link_count_;
  std::vector<std::uint32_t> rank_;
  std::vector<std::uint32_t> node_of_rank_;
  std::vector<std::uint8_t> may_pass_;
  std::vector<std::uint32_t> first_out_;
  std::vector<Arc> arcs_;
  bool has_zero_arcs_ = false;
};

/// What becomes of traffic where several shortest paths are equally long.
enum class PathSplit {
  kSingle,     ///< all of it follows the predecessor
  kEqualCost,  ///< at each node it comes in equal parts from all tails of tight arcs, so neighbours share it (ECMP)
};

/// A path from the source of a query: nodes.size() == links.size() + 1, or both empty if there is no path.
struct Path {
  std::vector<std::uint32_t> nodes;
  std::vector<std::uint32_t> links;
};

/// The workspace of one thread for the shortest paths from one source; nothing is allocated after construction except
/// by path(). One workspace serves any index with the same number of nodes.
///
/// The order and the tree follow from the distances alone. Nodes are settled in order of (distance, rank), but none
/// before the tail of one of its tight arcs d(u) + w = d(v), which only links of length zero can bring about. The
/// predecessor of v is, among its tight arcs whose tail u was settled before v, the one with the lowest rank of u, then
/// the lowest link id. With positive weights these are all tight arcs; with links of length zero the settling order
/// keeps the predecessors a tree.
class RoutingQuery {
 public:
  explicit RoutingQuery(std::size_t node_count);

  /// Solves from `source` (Dijkstra 1959); replaces the results of the run before. The index must live until the last
  /// use of the results (hence no temporaries). Throws InternalError if the sizes differ.
  void run(const RoutingIndex& index, std::uint32_t source);
  void run(const RoutingIndex&& index, std::uint32_t source) = delete;
  /// As run(), with the `distance` to every node known beforehand (0.1 µs, a row of AllPairs): the same results.
  /// Throws InternalError if no path is as long as a distance says.
  void follow(const RoutingIndex& index, std::uint32_t source, std::span<const std::uint32_t> distance);
  void follow(const RoutingIndex&& index, std::uint32_t source, std::span<const std::uint32_t> distance) = delete;

  [[nodiscard]] std::uint32_t source() const { return source_; }
  /// Distance to each node in 0.1 µs, kUnreachable if there is no path.
  [[nodiscard]] std::span<const std::uint32_t> distance() const { return distance_; }
  /// The node before each node on its path, kNoNode for the source and where there is no path.
  [[nodiscard]] std::span<const std::uint32_t> predecessor() const { return predecessor_; }
  /// The link into each node on its path, kNoNode for the source and where there is no path.
  [[nodiscard]] std::span<const std::uint32_t> predecessor_link() const { return predecessor_link_; }
  /// The nodes reached, in the order in which they were settled; the source comes first.
  [[nodiscard]] std::span<const std::uint32_t> settled() const { return settled_; }

  /// The path from the source to `target`; {target} alone if it is the source.
  [[nodiscard]] Path path(std::uint32_t target) const;

  /// Sends `demand[d]` (any unit, one value per node, ≥ 0) from the source to every node d along its shortest path, or
  /// along all of them: adds it to `transit` at every node strictly inside the path (endpoints are exempt) and to
  /// `link_load` on every link of the path. Returns the demand that no path serves, summed in order of rank. Demand of
  /// the source for itself stays at home: neither carried nor lost. Of parallel links one carries all, in either split.
  /// Nodes pass on what arrives in the reverse of the settling order: that is the order of all sums. Either output may
  /// be empty if it is not wanted; otherwise its length is the number of nodes or links. Results of several sources
  /// that share an output must be added in a fixed order: give each source its own row when they run in parallel.
  double accumulate_transit(std::span<const double> demand, std::span<double> transit, std::span<double> link_load,
                            PathSplit split = PathSplit::kSingle);

 private:
  void start(const RoutingIndex& index, std::uint32_t source);
  // A binary heap of (distance, rank) with the place of every node, so that a distance can be lowered in place.
  void lower(std::uint32_t node, std::uint64_t key);
  std::uint32_t pop();
  void relax(std::uint32_t tail, const Arc& arc);
  // From the distances: settling order, then predecessors.
  void build_tree();
  void sort_by_distance();
  void delay_until_available();
  void delay_in_group(std::size_t begin, std::size_t end);
  void choose_predecessors();
  [[nodiscard]] bool may_leave(std::uint32_t node) const { return node == source_ || index_->may_pass(node); }
  [[nodiscard]] bool is_tight_into(std::uint32_t head, const Arc& back) const;
  void pass_on(std::uint32_t head, double arriving, std::span<double> link_load);

  const RoutingIndex* index_ = nullptr;
  std::uint32_t source_ = kNoNode;
  std::vector<std::uint32_t> distance_;
  std::vector<std::uint32_t> predecessor_;
  std::vector<std::uint32_t> predecessor_link_;
  std::vector<std::uint32_t> settled_;
  std::vector<std::uint32_t> scratch_;  // of the sort
  std::vector<std::uint64_t> heap_;     // distance << 32 | rank
  std::vector<std::uint32_t> place_;    // rank → slot in the heap, kNoNode outside; then node → place in settled_
  std::vector<double> carried_;         // node → demand that passes through it
};

}  // namespace splinternet
