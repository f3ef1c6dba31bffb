#include "sim/metrics/mixing.hpp"

#include <cmath>
#include <limits>

#include "sim/core/check.hpp"

namespace splinternet::metrics {

namespace {

struct Strengths {
  std::vector<double> out;
  std::vector<double> in;
};

Strengths strengths(const MixingMatrix& mixing) {
  Strengths sums{std::vector<double>(mixing.blocs, 0.0), std::vector<double>(mixing.blocs, 0.0)};
  for (std::size_t from = 0; from < mixing.blocs; ++from) {
    for (std::size_t to = 0; to < mixing.blocs; ++to) {
      sums.out[from] += mixing.at(from, to);
      sums.in[to] += mixing.at(from, to);
    }
  }
  return sums;
}

double within_blocs(const MixingMatrix& mixing) {
  double sum = 0.0;
  for (std::size_t bloc = 0; bloc < mixing.blocs; ++bloc) sum += mixing.at(bloc, bloc);
  return sum;
}

}  // namespace

double MixingMatrix::total() const {
  double sum = 0.0;
  for (const double value : flow) sum += value;
  return sum;
}

MixingSum::MixingSum(std::span<const std::uint32_t> bloc, std::size_t bloc_count)
    : bloc_(bloc.begin(), bloc.end()), bloc_count_(bloc_count), flow_(bloc_count * bloc.size(), 0.0) {
  for (const std::uint32_t label : bloc) SPLINTERNET_CHECK(label < bloc_count, "bloc", label, "of", bloc_count);
}

void MixingSum::add_row(std::size_t from, std::span<const double> flow, Diagonal diagonal) {
  const std::size_t n = bloc_.size();
  SPLINTERNET_CHECK(flow.size() == n && from < n, flow.size(), from, n);
  double* sums = flow_.data() + bloc_[from] * n;
  const double without_own = sums[from];
  for (std::size_t to = 0; to < n; ++to) sums[to] += flow[to];
  if (diagonal == Diagonal::kExcluded) sums[from] = without_own;
}

MixingMatrix MixingSum::matrix() const {
  const std::size_t n = bloc_.size();
  MixingMatrix mixing{bloc_count_, std::vector<double>(bloc_count_ * bloc_count_, 0.0)};
  for (std::size_t from = 0; from < bloc_count_; ++from) {
    for (std::size_t to = 0; to < n; ++to) mixing.flow[from * bloc_count_ + bloc_[to]] += flow_[from * n + to];
  }
  return mixing;
}

MixingMatrix mixing_matrix(std::span<const double> flow, std::span<const std::uint32_t> bloc, std::size_t bloc_count,
                           Diagonal diagonal) {
  const std::size_t n = bloc.size();
  SPLINTERNET_CHECK(flow.size() == n * n, "flows:", flow.size(), "countries:", n);
  MixingSum sum(bloc, bloc_count);
  for (std::size_t from = 0; from < n; ++from) sum.add_row(from, flow.subspan(from * n, n), diagonal);
  return sum.matrix();
}

MixingMatrix proportional_null(const MixingMatrix& mixing) {
  MixingMatrix null{mixing.blocs, std::vector<double>(mixing.flow.size(), 0.0)};
  const double total = mixing.total();
  if (total == 0.0) return null;
  const Strengths sums = strengths(mixing);
  for (std::size_t from = 0; from < mixing.blocs; ++from) {
    for (std::size_t to = 0; to < mixing.blocs; ++to) {
      null.flow[from * mixing.blocs + to] = sums.out[from] * sums.in[to] / total;
    }
  }
  return null;
}

MixingMatrix undirected(const MixingMatrix& mixing) {
  MixingMatrix both = mixing;
  for (std::size_t from = 0; from < mixing.blocs; ++from) {
    for (std::size_t to = 0; to < mixing.blocs; ++to) both.flow[from * mixing.blocs + to] += mixing.at(to, from);
  }
  return both;
}

BlocPairs same_or_different(std::size_t blocs) {
  BlocPairs pairs{blocs, std::vector<PairKind>(blocs * blocs, PairKind::kCross)};
  for (std::size_t bloc = 0; bloc < blocs; ++bloc) pairs.kind[bloc * blocs + bloc] = PairKind::kWithin;
  return pairs;
}

BlocPairs within_or_rival(std::size_t blocs, std::span<const std::uint8_t> rival) {
  SPLINTERNET_CHECK(rival.size() == blocs * blocs, rival.size(), blocs);
  BlocPairs pairs = same_or_different(blocs);
  for (std::size_t cell = 0; cell < rival.size(); ++cell) {
    if (pairs.kind[cell] == PairKind::kCross && rival[cell] == 0) pairs.kind[cell] = PairKind::kNeither;
  }
  return pairs;
}

double flow_of_kind(const MixingMatrix& mixing, const BlocPairs& pairs, PairKind kind) {
  SPLINTERNET_CHECK(mixing.blocs == pairs.blocs, mixing.blocs, pairs.blocs);
  double sum = 0.0;
  for (std::size_t cell = 0; cell < mixing.flow.size(); ++cell) {
    if (pairs.kind[cell] == kind) sum += mixing.flow[cell];
  }
  return sum;
}

double modularity(const MixingMatrix& mixing) {
  const double total = mixing.total();
  if (total == 0.0) return 0.0;
  const Strengths sums = strengths(mixing);
  double excess = 0.0;
  for (std::size_t bloc = 0; bloc < mixing.blocs; ++bloc) {
    excess += mixing.at(bloc, bloc) - sums.out[bloc] * sums.in[bloc] / total;
  }
  return excess / total;
}

double maximum_modularity(const MixingMatrix& mixing) {
  const double total = mixing.total();
  if (total == 0.0) return 0.0;
  const Strengths sums = strengths(mixing);
  double expected_within = 0.0;
  for (std::size_t bloc = 0; bloc < mixing.blocs; ++bloc) {
    expected_within += (sums.out[bloc] / total) * (sums.in[bloc] / total);
  }
  return 1.0 - expected_within;
}

double assortativity(const MixingMatrix& mixing) {
  const double maximum = maximum_modularity(mixing);
  return maximum > 0.0 ? modularity(mixing) / maximum : 0.0;
}

double modularity(const MixingMatrix& mixing, const MixingMatrix& null) {
  SPLINTERNET_CHECK(mixing.blocs == null.blocs, mixing.blocs, null.blocs);
  const double total = mixing.total();
  const double expected = null.total();
  return total > 0.0 && expected > 0.0 ? within_blocs(mixing) / total - within_blocs(null) / expected : 0.0;
}

double maximum_modularity_against(const MixingMatrix& null) {
  const double total = null.total();
  return total > 0.0 ? 1.0 - within_blocs(null) / total : 0.0;
}

double assortativity(const MixingMatrix& mixing, const MixingMatrix& null) {
  const double maximum = maximum_modularity_against(null);
  return maximum > 0.0 ? modularity(mixing, null) / maximum : 0.0;
}

double cross_share(const MixingMatrix& mixing, const BlocPairs& pairs) {
  const double cross = flow_of_kind(mixing, pairs, PairKind::kCross);
  const double within = flow_of_kind(mixing, pairs, PairKind::kWithin);
  return cross + within > 0.0 ? cross / (cross + within) : 0.0;
}

double external_internal_index(const MixingMatrix& mixing, const BlocPairs& pairs) {
  const double cross = flow_of_kind(mixing, pairs, PairKind::kCross);
  const double within = flow_of_kind(mixing, pairs, PairKind::kWithin);
  return cross + within > 0.0 ? (cross - within) / (cross + within) : 0.0;
}

double relative_cross_change(const MixingMatrix& current, const MixingMatrix& baseline, const BlocPairs& pairs) {
  const double cross = flow_of_kind(current, pairs, PairKind::kCross);
  const double within = flow_of_kind(current, pairs, PairKind::kWithin);
  const double baseline_cross = flow_of_kind(baseline, pairs, PairKind::kCross);
  const double baseline_within = flow_of_kind(baseline, pairs, PairKind::kWithin);
  if (baseline_cross == 0.0 || baseline_within == 0.0 || cross + within == 0.0) return 0.0;
  if (within == 0.0) return -std::numeric_limits<double>::infinity();
  // One quotient of products: the same bits above and below give exactly 1.
  return 1.0 - (cross * baseline_within) / (within * baseline_cross);
}

double decoupling_index(const MixingMatrix& mixing, const BlocPairs& pairs) {
  return relative_cross_change(mixing, proportional_null(mixing), pairs);
}

double bilateral_index(const MixingMatrix& mixing, std::size_t a, std::size_t b) {
  SPLINTERNET_CHECK(a < mixing.blocs && b < mixing.blocs, a, b, mixing.blocs);
  const double internal = mixing.at(a, a) * mixing.at(b, b);
  if (internal == 0.0) return std::numeric_limits<double>::quiet_NaN();
  return (mixing.at(a, b) + mixing.at(b, a)) / (2.0 * std::sqrt(internal));
}

}  // namespace splinternet::metrics
