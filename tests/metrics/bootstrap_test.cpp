#include "sim/metrics/bootstrap.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/metrics/mixing.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/eight_node_case.hpp"
#include "tests/support/near.hpp"
#include "tests/support/random_flows.hpp"

using namespace splinternet;
using namespace splinternet::metrics;
using splinternet::testing::near;
using splinternet::testing::random_flows;
using splinternet::testing::shuffled;
namespace eight = splinternet::testing::eight_node;

namespace {

Resampling resampling_of(std::size_t replicates, std::uint64_t seed = 5) {
  return {.seed = seed, .purpose = Purpose::kTest, .replicates = replicates};
}

double weighted_mean(std::span<const double> value, std::span<const double> weight) {
  double sum = 0.0;
  double mass = 0.0;
  for (std::size_t n = 0; n < value.size(); ++n) {
    sum += weight[n] * value[n];
    mass += weight[n];
  }
  return sum / mass;
}

const auto modularity_of_resample = [](std::span<const double> weight) {
  return modularity(mixing_matrix(resample_flows(eight::kFlow, weight), eight::kBloc, 3, Diagonal::kExcluded));
};

}  // namespace

TEST_CASE("resampled flows count a country as often as it is drawn, domestic flows once per copy") {
  const std::vector<double> flow = {5, 1, 2, 3, 7, 4, 6, 8, 9};
  CHECK(resample_flows(flow, std::vector<double>{1, 1, 1}) == flow);
  CHECK(resample_flows(flow, std::vector<double>{2, 0, 1}) == std::vector<double>{10, 0, 4, 0, 0, 0, 12, 0, 9});
}

TEST_CASE("metrics of resampled flows are those of the flows with countries copied") {
  // The copies of one country exchange nothing.
  const std::vector<double> flow = {5, 1, 2, 3, 7, 4, 6, 8, 9};
  const std::vector<std::uint32_t> bloc = {0, 1, 1};
  const std::vector<double> copied = {5, 0, 1, 2, 0, 5, 1, 2, 3, 3, 7, 4, 6, 6, 8, 9};
  const std::vector<std::uint32_t> copied_bloc = {0, 0, 1, 1};
  for (const Diagonal diagonal : {Diagonal::kIncluded, Diagonal::kExcluded}) {
    const auto drawn = mixing_matrix(resample_flows(flow, std::vector<double>{2, 1, 1}), bloc, 2, diagonal);
    CHECK(drawn.flow == mixing_matrix(copied, copied_bloc, 2, diagonal).flow);
  }
}

TEST_CASE("multiplicities sum to the number of countries, are 1 on average and vary like a multinomial draw") {
  constexpr std::size_t kNodes = 20;
  constexpr std::uint32_t kReplicates = 4000;
  double squares = 0.0;
  std::vector<double> sum(kNodes, 0.0);
  for (std::uint32_t replicate = 0; replicate < kReplicates; ++replicate) {
    const auto weight = node_multiplicities(kNodes, resampling_of(1), replicate);
    double total = 0.0;
    for (std::size_t node = 0; node < kNodes; ++node) {
      total += weight[node];
      sum[node] += weight[node];
      squares += (weight[node] - 1.0) * (weight[node] - 1.0);
    }
    REQUIRE(total == kNodes);
  }
  // Five standard errors: the mean of 4000 draws of variance .95 is known to ± .077.
  for (const double each : sum) CHECK(std::fabs(each / kReplicates - 1.0) < 0.077);
  CHECK(squares / (kReplicates * kNodes) == near(0.95, 0.0, 0.03));
  CHECK(node_multiplicities(0, resampling_of(1), 0).empty());
}

TEST_CASE("a country's multiplicity follows its rank, not its row") {
  const auto order = shuffled(15, 1);
  Resampling resampling = resampling_of(1);
  const auto plain = node_multiplicities(15, resampling, 3);
  resampling.rank = order;
  const auto moved = node_multiplicities(15, resampling, 3);
  for (std::size_t row = 0; row < 15; ++row) CHECK(moved[row] == plain[order[row]]);
  CHECK(node_multiplicities(15, resampling, 4) != moved);
}

TEST_CASE("the standard error of a mean is that of the textbook") {
  constexpr std::size_t kNodes = 50;
  std::vector<double> value;
  double mean = 0.0;
  for (std::uint32_t node = 0; node < kNodes; ++node) {
    value.push_back(Draws(29, Purpose::kTest, 0, node).normal());
    mean += value.back() / kNodes;
  }
  double squares = 0.0;
  for (const double each : value) squares += (each - mean) * (each - mean);
  const auto interval = bootstrap(kNodes, resampling_of(8000), 0.9,
                                  [&](std::span<const double> weight) { return weighted_mean(value, weight); });
  // √(Σ(x − x̄)²/n)/√n; with 8000 replicates the estimate has a standard error of .8 % of it.
  const double expected = std::sqrt(squares) / kNodes;
  CHECK(interval.standard_error == near(expected, 0.04));
  CHECK(interval.low == near(mean - 1.6448536 * expected, 0.0, 0.1 * expected));
  CHECK(interval.high == near(mean + 1.6448536 * expected, 0.0, 0.1 * expected));
  CHECK(interval.undefined == 0);
}

TEST_CASE("nine of ten 90 % intervals of a mean hold the truth") {
  constexpr std::uint32_t kWorlds = 400;
  constexpr std::size_t kNodes = 40;
  std::size_t held = 0;
  for (std::uint32_t world = 0; world < kWorlds; ++world) {
    std::vector<double> value;
    for (std::uint32_t node = 0; node < kNodes; ++node) {
      value.push_back(Draws(31, Purpose::kTest, world, node).normal());
    }
    const auto interval = bootstrap(kNodes, resampling_of(400, 1000 + world), 0.9,
                                    [&](std::span<const double> weight) { return weighted_mean(value, weight); });
    if (interval.low <= 0.0 && interval.high >= 0.0) ++held;
  }
  // Of 400, ± 3.5 standard errors of .015 and a bias of −.01 for 40 countries.
  CHECK(held >= 335);
  CHECK(held <= 378);
}

TEST_CASE("the mean flow between countries varies twice as much as the mean of what each end adds to it") {
  // F_ij = a_i + a_j: the mean over pairs is 2·ā, up to 1/n from pairs of copies.
  constexpr std::size_t kNodes = 60;
  std::vector<double> effect;
  for (std::uint32_t node = 0; node < kNodes; ++node) effect.push_back(Draws(37, Purpose::kTest, 0, node).uniform());
  std::vector<double> flow;
  std::vector<double> pair;
  for (std::size_t cell = 0; cell < kNodes * kNodes; ++cell) {
    pair.push_back(cell % (kNodes + 1) == 0 ? 0.0 : 1.0);
    flow.push_back(pair.back() * (effect[cell / kNodes] + effect[cell % kNodes]));
  }
  const auto sum = [](const std::vector<double>& values) {
    double total = 0.0;
    for (const double value : values) total += value;
    return total;
  };
  const auto values =
      bootstrap_values(kNodes, 2, resampling_of(2000), [&](std::span<const double> weight, std::span<double> value) {
        value[0] = weighted_mean(effect, weight);
        value[1] = sum(resample_flows(flow, weight)) / sum(resample_flows(pair, weight));
      });
  std::vector<double> mean_effect;
  std::vector<double> mean_flow;
  for (std::size_t place = 0; place < values.size(); place += 2) {
    mean_effect.push_back(values[place]);
    mean_flow.push_back(values[place + 1]);
  }
  const auto of_effect = percentile_interval(mean_effect, 0.9);
  const auto of_flow = percentile_interval(mean_flow, 0.9);
  CHECK(of_flow.standard_error == near(2.0 * of_effect.standard_error, 0.02));
  CHECK(of_flow.mean == near(2.0 * of_effect.mean, 0.01));
}

TEST_CASE("an interval repeats bit for bit, for any number of threads, and changes with the seed") {
  const auto all = bootstrap(eight::kNodes, resampling_of(300), 0.9, modularity_of_resample);
  for (const int threads : {1, 2, 5}) {
    const parallel::ThreadLimit limit(threads);
    const auto limited = bootstrap(eight::kNodes, resampling_of(300), 0.9, modularity_of_resample);
    CHECK(limited.low == all.low);
    CHECK(limited.high == all.high);
    CHECK(limited.standard_error == all.standard_error);
  }
  CHECK(bootstrap(eight::kNodes, resampling_of(300, 6), 0.9, modularity_of_resample).low != all.low);
  CHECK(all.low < all.mean);
  CHECK(all.mean < all.high);
}

TEST_CASE("in small blocs resampling lowers modularity, which the mean over the replicates shows") {
  const double estimate = modularity_of_resample(std::vector<double>(eight::kNodes, 1.0));
  CHECK(bootstrap(eight::kNodes, resampling_of(300), 0.9, modularity_of_resample).mean < 0.8 * estimate);
  // The same blocs of ten times as many countries, each a tenth of one of the eight: flows within are spread out too.
  constexpr std::size_t kParts = 10;
  constexpr std::size_t kNodes = eight::kNodes * kParts;
  std::vector<double> flow(kNodes * kNodes, 0.0);
  std::vector<std::uint32_t> bloc;
  for (std::size_t from = 0; from < kNodes; ++from) {
    bloc.push_back(eight::kBloc[from / kParts]);
    for (std::size_t to = 0; to < kNodes; ++to) {
      flow[from * kNodes + to] = eight::kFlow[from / kParts * eight::kNodes + to / kParts];
    }
  }
  const auto many = bootstrap(kNodes, resampling_of(300), 0.9, [&](std::span<const double> weight) {
    return modularity(mixing_matrix(resample_flows(flow, weight), bloc, 3, Diagonal::kExcluded));
  });
  CHECK(many.mean > 0.9 * estimate);
  CHECK(many.low < estimate);
  CHECK(many.high > estimate);
}

TEST_CASE("percentiles interpolate, infinities stay, and undefined replicates are counted and left out") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<double> values = {4.0, nan, 1.0, 3.0, 0.0, 2.0, nan};
  const auto interval = percentile_interval(values, 0.5);
  CHECK(interval.low == near(1.0));
  CHECK(interval.high == near(3.0));
  CHECK(interval.mean == near(2.0));
  CHECK(interval.standard_error == near(std::sqrt(2.5)));
  CHECK(interval.undefined == 2);
  CHECK(percentile_interval(values, 0.9).low == near(0.2));
  CHECK(percentile_interval(values, 0.9).high == near(3.8));
  const auto constant = percentile_interval(std::vector<double>(9, 7.0), 0.95);
  CHECK(constant.low == 7.0);
  CHECK(constant.high == 7.0);
  CHECK(constant.standard_error == 0.0);
  CHECK(percentile_interval(std::vector<double>{-infinity, -infinity, 1.0}, 0.9).low == -infinity);
  const auto one = percentile_interval(std::vector<double>{7.0}, 0.95);
  CHECK(one.low == 7.0);
  CHECK(one.standard_error == 0.0);
  const auto none = percentile_interval(std::vector<double>{nan, nan}, 0.95);
  CHECK(std::isnan(none.mean));
  CHECK(std::isnan(none.low));
  CHECK(std::isnan(none.high));
  CHECK(none.undefined == 2);
}

TEST_CASE("what a metric throws in a replicate comes out") {
  CHECK_THROWS_AS(bootstrap(5, resampling_of(20), 0.9,
                            [](std::span<const double>) -> double { throw SolverError("no equilibrium"); }),
                  SolverError);
}

TEST_CASE("resampling refuses wrong sizes and levels as internal errors") {
  CHECK_THROWS_AS(resample_flows(std::vector<double>(3, 1.0), std::vector<double>(2, 1.0)), InternalError);
  CHECK_THROWS_AS(percentile_interval(std::vector<double>{1.0}, 1.0), InternalError);
  CHECK_THROWS_AS(percentile_interval(std::vector<double>{1.0}, 0.0), InternalError);
  const auto one = [](std::span<const double>) { return 1.0; };
  CHECK_THROWS_AS(bootstrap(5, resampling_of(0), 0.9, one), InternalError);
  Resampling resampling = resampling_of(3);
  const std::vector<std::uint32_t> rank = {0, 5};
  resampling.rank = rank;
  CHECK_THROWS_AS(bootstrap(5, resampling, 0.9, one), InternalError);
  CHECK_THROWS_AS(bootstrap(2, resampling, 0.9, one), InternalError);
}
