#include "sim/metrics/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"

namespace splinternet::metrics {

namespace {

// Type 7 of Hyndman & Fan.
double quantile(std::span<const double> rising, double probability) {
  const double place = probability * static_cast<double>(rising.size() - 1);
  const auto below = static_cast<std::size_t>(std::floor(place));
  if (below + 1 >= rising.size()) return rising.back();
  const double share = place - static_cast<double>(below);
  // Not a + share·(b − a), which is NaN between two equal infinities.
  return rising[below] == rising[below + 1] ? rising[below] : (1.0 - share) * rising[below] + share * rising[below + 1];
}

double mean_of(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double standard_deviation(std::span<const double> values, double mean) {
  if (values.size() < 2) return 0.0;
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

}  // namespace

std::vector<double> resample_flows(std::span<const double> flow, std::span<const double> weight) {
  const std::size_t n = weight.size();
  SPLINTERNET_CHECK(flow.size() == n * n, "flows:", flow.size(), "weights:", n);
  std::vector<double> resampled(flow.size());
  for (std::size_t from = 0; from < n; ++from) {
    for (std::size_t to = 0; to < n; ++to) {
      resampled[from * n + to] = flow[from * n + to] * weight[from] * weight[to];
    }
    resampled[from * n + from] = flow[from * n + from] * weight[from];
  }
  return resampled;
}

std::vector<double> node_multiplicities(std::size_t nodes, const Resampling& resampling, std::uint32_t replicate) {
  SPLINTERNET_CHECK(resampling.rank.empty() || resampling.rank.size() == nodes, resampling.rank.size(), nodes);
  std::vector<double> by_rank(nodes, 0.0);
  for (std::uint32_t draw = 0; draw < nodes; ++draw) {
    const Draws draws(resampling.seed, resampling.purpose, replicate, draw);
    by_rank[draws.below(static_cast<std::uint32_t>(nodes))] += 1.0;
  }
  if (resampling.rank.empty()) return by_rank;
  std::vector<double> by_row(nodes);
  for (std::size_t row = 0; row < nodes; ++row) {
    SPLINTERNET_CHECK(resampling.rank[row] < nodes, resampling.rank[row], nodes);
    by_row[row] = by_rank[resampling.rank[row]];
  }
  return by_row;
}

std::vector<double> bootstrap_values(std::size_t nodes, std::size_t metrics, const Resampling& resampling,
                                     FunctionRef<void(std::span<const double>, std::span<double>)> evaluate) {
  SPLINTERNET_CHECK(resampling.replicates > 0);
  std::vector<double> values(resampling.replicates * metrics);
  constexpr std::size_t kReplicatesPerTask = 8;
  parallel::for_each_range(resampling.replicates, kReplicatesPerTask, [&](std::size_t begin, std::size_t end) {
    for (std::size_t replicate = begin; replicate < end; ++replicate) {
      const std::vector<double> weight = node_multiplicities(nodes, resampling, static_cast<std::uint32_t>(replicate));
      evaluate(weight, std::span(values).subspan(replicate * metrics, metrics));
    }
  });
  return values;
}

BootstrapInterval percentile_interval(std::span<const double> values, double level) {
  SPLINTERNET_CHECK(level > 0.0 && level < 1.0, "level", level);
  std::vector<double> rising;
  for (const double value : values) {
    if (!std::isnan(value)) rising.push_back(value);
  }
  std::sort(rising.begin(), rising.end());
  BootstrapInterval interval;
  interval.undefined = values.size() - rising.size();
  if (rising.empty()) {
    interval.low = interval.high = interval.mean = std::numeric_limits<double>::quiet_NaN();
    return interval;
  }
  interval.low = quantile(rising, 0.5 * (1.0 - level));
  interval.high = quantile(rising, 0.5 * (1.0 + level));
  interval.mean = mean_of(rising);
  interval.standard_error = standard_deviation(rising, interval.mean);
  return interval;
}

BootstrapInterval bootstrap(std::size_t nodes, const Resampling& resampling, double level,
                            FunctionRef<double(std::span<const double>)> metric) {
  return percentile_interval(
      bootstrap_values(nodes, 1, resampling,
                       [&](std::span<const double> weight, std::span<double> value) { value[0] = metric(weight); }),
      level);
}

}  // namespace splinternet::metrics
