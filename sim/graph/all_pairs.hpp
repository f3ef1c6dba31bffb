#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/graph/elimination_order.hpp"
#include "sim/graph/routing.hpp"

namespace splinternet {

/// The workspace of one thread for the shortest distances between all pairs of nodes (Planken, de Weerdt & van der
/// Krogt 2012, JAIR 43, "Snowball"): eliminate the nodes, so that each knows its distances to the few it was joined to;
/// then bring them back in reverse, each row of distances being the least over those few of their rows plus the way
/// there. Costs N²·(mean number joined)/2 additions and minima over contiguous rows of 32-bit integers, against
/// N·(N + links)·ln N scattered steps of Dijkstra's algorithm from every node. Sums of whole numbers are exact: the
/// results equal those of RoutingQuery bit for bit.
class AllPairs {
 public:
  /// Room for an index of that many nodes: 4·N² bytes.
  explicit AllPairs(std::size_t node_count);

  /// Writes `distance` [source][node], N² values of 0.1 µs: kUnreachable where there is no path. A path may begin and
  /// end at a forbidden transit node, never pass one. Throws InternalError if a size differs.
  void run(const RoutingIndex& index, std::span<std::uint32_t> distance);

  /// Additions with a minimum that the last run did: what its time is to be compared with.
  [[nodiscard]] std::uint64_t operations() const { return operations_; }

 private:
  void run_each_source(const RoutingIndex& index, std::span<std::uint32_t> distance);
  void place_arcs(const RoutingIndex& index);
  void eliminate_by_lists();
  void eliminate_core();
  void bring_back();
  void write_rows(std::span<std::uint32_t> distance) const;
  // row[0, count) becomes the least of itself and of each row of `rows_` plus its weight in `weights_`.
  void lower_row(std::int32_t* row, std::size_t count);
  [[nodiscard]] std::int32_t* row(std::size_t position) { return &matrix_[position * stride_]; }

  std::size_t nodes_;
  std::size_t stride_;
  EliminationOrder order_;
  std::vector<std::int32_t> matrix_;   // [position][position]; below the diagonal until brought back
  std::vector<std::uint32_t> rows_;    // positions
  std::vector<std::int32_t> weights_;  // one per entry of rows_
  std::uint64_t operations_ = 0;
};

/// Shortest distances from each of `sources`: [source in the order given][node], 0.1 µs, kUnreachable without a path.
/// Sources are solved one by one, in parallel, if they are few, else all pairs at once. Throws InternalError for a
/// source that is not a node.
std::vector<std::uint32_t> shortest_distances(const RoutingIndex& index, std::span<const std::uint32_t> sources);

}  // namespace splinternet
