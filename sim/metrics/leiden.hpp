#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/core/rng.hpp"
#include "sim/metrics/flow_graph.hpp"
#include "sim/metrics/partition.hpp"

namespace splinternet::metrics {

/// How to look for the division of highest modularity.
struct PartitionSearch {
  std::uint64_t seed;             ///< of the random node orders
  Purpose purpose;                ///< of those draws; one per place that searches
  double resolution = 1.0;        ///< γ > 0: above 1 more and smaller communities, below 1 fewer
  std::size_t random_starts = 2;  ///< beside the order of ranks, at most 65535
  /// A division to start from and to compare with, e.g. the blocs: any label per row; empty = none.
  std::span<const std::uint32_t> reference = {};
};

/// How the reference fares against the best division found.
struct ReferenceFit {
  double modularity = 0.0;  ///< never above the best one
  PartitionAgreement agreement;
};

struct BestPartition {
  /// Community per row of the caller's tables, numbered 0, 1, … by the lowest rank of their nodes.
  std::vector<std::uint32_t> label;
  std::size_t communities = 0;
  double modularity = 0.0;
  std::optional<ReferenceFit> reference;  ///< if one was given
};

/// A division of high directed modularity by the Leiden algorithm (Traag, Waltman & van Eck 2019, Scientific Reports 9:
/// 5233): local moving with a queue, refinement within communities, aggregation, repeated until nothing gains; as a
/// refined node joins the community of largest gain, not a random one. It starts from single nodes (in order of rank,
/// then in `random_starts` random orders), from one block and from the reference, and keeps the best (the first of
/// equals); so modularity is never below that of any of these. Each community is connected by flows (in either
/// direction); nodes without flows stand alone. Ties go to the community with the lowest number, numbered by the lowest
/// rank at the start of a phase. A pure function of graph and search, the same for any number of threads and order of
/// rows. Modularity cannot see communities below a size of about √(2m) (Fortunato & Barthélemy 2007); raise γ for them.
/// Throws InternalError if a size does not fit or γ is not positive and finite.
BestPartition best_partition(const FlowGraph& graph, const PartitionSearch& search);

}  // namespace splinternet::metrics
