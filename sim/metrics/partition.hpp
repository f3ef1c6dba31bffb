#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// How much two divisions of the same countries agree.
namespace splinternet::metrics {

/// The same division with labels 0, 1, … in order of first appearance, so that equal divisions have equal labels.
std::vector<std::uint32_t> canonical_labels(std::span<const std::uint32_t> label);

struct PartitionAgreement {
  /// Mutual information over the mean of both entropies, 2I/(H₁ + H₂) (Danon et al. 2005), in [0, 1]; 1 if equal. 1
  /// also if both are one block, where both entropies are 0.
  double normalized_mutual_information = 1.0;
  /// H₁ + H₂ − 2I in nats (Meilă 2007), in [0, ln n]: a metric on divisions; 0 if equal.
  double variation_of_information = 0.0;
};

/// Compares two divisions, given as any labels, of nodes that count by `weight` (≥ 0, e.g. GDP or multiplicities of a
/// resample; empty = one each). Equal divisions give exactly 1 and 0, as do none at all or those without weight. Throws
/// InternalError if the sizes differ or a weight is negative or not finite.
PartitionAgreement compare_partitions(std::span<const std::uint32_t> first, std::span<const std::uint32_t> second,
                                      std::span<const double> weight = {});

}  // namespace splinternet::metrics
