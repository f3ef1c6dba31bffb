#include "sim/metrics/partition.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet::metrics {

namespace {

// −Σ w·ln(w/total)/total over the blocks of one division.
double entropy(std::span<const double> block, double total) {
  double sum = 0.0;
  for (const double weight : block) {
    if (weight > 0.0) sum -= weight * math::log(weight / total);
  }
  return sum / total;
}

// Nodes sorted by their pair of labels, those of one pair in node order.
std::vector<std::size_t> by_pair(std::span<const std::uint32_t> first, std::span<const std::uint32_t> second) {
  std::vector<std::size_t> order(first.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return first[a] != first[b] ? first[a] < first[b] : second[a] < second[b];
  });
  return order;
}

}  // namespace

std::vector<std::uint32_t> canonical_labels(std::span<const std::uint32_t> label) {
  std::vector<std::uint32_t> known(label.begin(), label.end());
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  constexpr std::uint32_t kUnseen = 0xffffffffU;
  std::vector<std::uint32_t> number(known.size(), kUnseen);
  std::vector<std::uint32_t> canonical(label.size());
  std::uint32_t next = 0;
  for (std::size_t node = 0; node < label.size(); ++node) {
    const auto place = std::lower_bound(known.begin(), known.end(), label[node]) - known.begin();
    std::uint32_t& mine = number[static_cast<std::size_t>(place)];
    if (mine == kUnseen) mine = next++;
    canonical[node] = mine;
  }
  return canonical;
}

PartitionAgreement compare_partitions(std::span<const std::uint32_t> first, std::span<const std::uint32_t> second,
                                      std::span<const double> weight) {
  const std::size_t n = first.size();
  SPLINTERNET_CHECK(second.size() == n && (weight.empty() || weight.size() == n), n, second.size(), weight.size());
  const auto weight_of = [&](std::size_t node) { return weight.empty() ? 1.0 : weight[node]; };
  const std::vector<std::uint32_t> a = canonical_labels(first);
  const std::vector<std::uint32_t> b = canonical_labels(second);
  std::vector<double> in_a(n, 0.0);
  std::vector<double> in_b(n, 0.0);
  double total = 0.0;
  for (std::size_t node = 0; node < n; ++node) {
    const double mine = weight_of(node);
    SPLINTERNET_CHECK(mine >= 0.0 && std::isfinite(mine), "weight", mine, "of node", node);
    in_a[a[node]] += mine;
    in_b[b[node]] += mine;
    total += mine;
  }
  if (total == 0.0) return {};
  // Per block of both: in the node order of in_a and in_b, so that for equal divisions each logarithm is of exactly 1.
  double variation = 0.0;
  double shared = 0.0;
  const std::vector<std::size_t> order = by_pair(a, b);
  for (std::size_t place = 0; place < n; ++place) {
    const std::size_t node = order[place];
    shared += weight_of(node);
    const bool last = place + 1 == n || a[order[place + 1]] != a[node] || b[order[place + 1]] != b[node];
    if (!last) continue;
    if (shared > 0.0) variation -= shared * (math::log(shared / in_a[a[node]]) + math::log(shared / in_b[b[node]]));
    shared = 0.0;
  }
  variation /= total;
  const double entropies = entropy(in_a, total) + entropy(in_b, total);
  return {entropies > 0.0 ? std::max(0.0, 1.0 - variation / entropies) : 1.0, variation};
}

}  // namespace splinternet::metrics
