#include "sim/trade/response_series.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"
#include "sim/trade/solver.hpp"
#include "tests/support/catch.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;

namespace {

constexpr std::size_t kCountries = 13;  // one more than whole groups of lanes hold
const std::vector<double> kSlope{-0.05, -0.5};

/// One country's change by partner.
struct Change {
  std::vector<double> index = std::vector<double>(kCountries), log_last = std::vector<double>(kCountries);
  std::vector<double> growth = std::vector<double>(kCountries);  // of the last sector, in the place of log_last
  double log_productivity = 0.0;

  void scale(double factor) {
    for (auto* column : {&index, &log_last, &growth}) {
      for (double& value : *column) value *= factor;
    }
    log_productivity *= factor;
  }
};

/// Random changes of everything.
Change random_change(std::uint64_t seed, std::size_t country, double size) {
  const auto draw = [&](std::size_t j, std::uint16_t k) { return size * (2.0 * test::uniform(seed, j, k) - 1.0); };
  Change change;
  for (std::size_t j = 0; j < kCountries; ++j) {
    if (j == country) continue;
    change.index[j] = draw(j, 1);
    if (j % 4 == 0) change.growth[j] = draw(j, 4);
    if (j % 4 == 1) change.log_last[j] = 0.5 * draw(j, 2);
  }
  change.log_productivity = 0.1 * draw(0, 3);
  return change;
}

enum class Listed { kAllIndices, kSinglePartners };

/// A solved world, the response taken there and its series.
struct World {
  std::vector<double> factor, productivity;
  LinearResponse response;
  ResponseSeries series;

  explicit World(std::uint64_t seed, Closure closure = Closure::kBalanced)
      : productivity(kCountries, 1.0), response(kCountries, 2) {
    const TradeFlows flows = test::random_flows(seed, kCountries, 2, 0.6);
    TradeSolver solver(TradeBaseline(flows), closure);
    factor = test::random_factors(seed, flows);
    for (std::size_t c = 0; c < kCountries; ++c) productivity[c] = 0.8 + 0.4 * test::uniform(seed, c, 5);
    response.factorise(solver.baseline(), productivity, solver.solve({factor, productivity}));
    series.take(response, factor, kSlope);
  }
  /// By the series, told of all indices at once or of partners one by one.
  [[nodiscard]] std::optional<double> effect(std::size_t country, const Change& change, Listed listed) const {
    const bool is_all = listed == Listed::kAllIndices;
    std::vector<IndexChange> indices;
    std::vector<Jump> jumps;
    for (std::uint32_t j = 0; j < kCountries; ++j) {
      if (j == country) continue;
      if (!is_all) indices.push_back({j, change.index[j]});
      if (change.growth[j] != 0.0) jumps.push_back({j, kSlope.back() * change.index[j], change.growth[j]});
    }
    std::vector<float> index(change.index.begin(), change.index.end());
    std::vector<float> log_last(change.log_last.begin(), change.log_last.end());
    for (auto* column : {&index, &log_last}) column->resize(series_entries(kCountries));
    IndexedChange indexed;
    if (is_all) indexed.index = index;
    indexed.indices = indices;
    indexed.log_last = log_last;
    indexed.jumps = jumps;
    indexed.log_productivity = change.log_productivity;
    return series.real_income_effect(country, indexed);
  }
  /// What is summed up, by the response itself.
  [[nodiscard]] double linear(std::size_t country, const Change& change) const {
    const std::size_t n = kCountries;
    std::vector<double> sold(2 * n), bought(2 * n);
    for (std::size_t k = 0; k < 2 * n; ++k) {
      const std::size_t j = k % n;
      if (j == country) continue;
      const double log = kSlope[k / n] * change.index[j] + (k < n ? 0.0 : change.log_last[j]);
      const double growth = k >= n && change.growth[j] != 0.0 ? change.growth[j] : math::expm1(log);
      sold[k] = factor[(k / n * n + country) * n + j] * growth;
      bought[k] = factor[k * n + country] * growth;
    }
    return response.real_income_effect(country, {factor, sold, bought, change.log_productivity});
  }
};

}  // namespace

TEST_CASE("response series: no change has exactly no effect") {
  const World world(50);
  for (std::size_t c = 0; c < kCountries; ++c) {
    CHECK(world.effect(c, {}, Listed::kAllIndices) == 0.0);
    CHECK(world.effect(c, {}, Listed::kSinglePartners) == 0.0);
    CHECK(world.series.real_income_effect(c, {}) == 0.0);
  }
}

TEST_CASE("response series: the response to changes with one partner, to second order and with its productivity") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  const World world(51, closure);
  const auto by_series = [&](std::size_t c, const Change& change) {
    return world.effect(c, change, Listed::kSinglePartners).value();
  };
  const auto by_response = [&](std::size_t c, const Change& change) { return world.linear(c, change); };
  for (std::size_t c = 0; c < kCountries; ++c) {
    for (std::size_t j = 0; j < kCountries; ++j) {
      for (const bool of_last : {false, true}) {
        if (j == c) continue;
        CAPTURE(c, j, of_last);
        // First order from the difference of both signs, second order from their sum, and what productivity adds.
        const auto orders = [&](const auto& effect) {
          Change up, alone;
          (of_last ? up.log_last : up.index)[j] = of_last ? 0.01 : 0.02;
          alone.log_productivity = 0.004;
          Change down = up, both = up;
          down.scale(-1.0);
          both.log_productivity = alone.log_productivity;
          const double rise = effect(c, up), fall = effect(c, down);
          return std::array{rise - fall, rise + fall, effect(c, both) - rise - effect(c, alone)};
        };
        const std::array series = orders(by_series), response = orders(by_response);
        CHECK(std::fabs(series[0] - response[0]) < 1e-4 * std::fabs(response[0]) + 1e-10);
        CHECK(std::fabs(series[1] - response[1]) < 0.02 * std::fabs(response[1]) + 2e-10);
        CHECK(std::fabs(series[2] - response[2]) < 0.05 * std::fabs(response[2]) + 2e-10);
      }
    }
  }
}

TEST_CASE("response series: indices of all at once and of partners one by one add up to the same") {
  const World world(52);
  for (std::size_t c = 0; c < kCountries; ++c) {
    const Change change = random_change(52, c, 2e-3);
    const double all = world.effect(c, change, Listed::kAllIndices).value();
    CHECK(std::fabs(world.effect(c, change, Listed::kSinglePartners).value() - all) < 1e-6 * std::fabs(all) + 1e-12);
  }
}

TEST_CASE("response series: where it answers, it leaves out no more than it promises") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  const double size = GENERATE(1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0);
  std::size_t answered = 0;
  for (const std::uint64_t seed : {61U, 62U, 63U, 64U}) {
    const World world(seed, closure);
    for (std::size_t c = 0; c < kCountries; ++c) {
      const Change change = random_change(seed + c, c, size);
      const std::optional<double> effect = world.effect(c, change, Listed::kAllIndices);
      if (!effect) continue;
      ++answered;
      CAPTURE(seed, c, size);
      CHECK(std::fabs(*effect - world.linear(c, change)) < ResponseSeries::kLeftOut);
    }
  }
  if (size < 5e-3) CHECK(answered == 4 * kCountries);
  if (size > 0.5) CHECK(answered == 0);
}

TEST_CASE("response series: services that end or double with one partner leave out no more than promised either") {
  const double growth = GENERATE(-1.0, -0.5, 1.0);
  std::size_t answered = 0;
  for (const std::uint64_t seed : {71U, 72U, 73U}) {
    const World world(seed);
    for (std::size_t c = 0; c < kCountries; ++c) {
      Change change;
      const std::size_t j = (c + 1) % kCountries;
      change.index[j] = 0.02;
      change.growth[j] = growth;
      const std::optional<double> effect = world.effect(c, change, Listed::kSinglePartners);
      if (!effect) continue;
      ++answered;
      CAPTURE(seed, c);
      CHECK(std::fabs(*effect - world.linear(c, change)) < ResponseSeries::kLeftOut);
    }
  }
  CHECK(answered > kCountries);
}

TEST_CASE("response series: the bits do not depend on the number of threads that took it") {
  const Change change = random_change(53, 3, 2e-3);
  const double one = [&] {
    const parallel::ThreadLimit limit(1);
    return World(53).effect(3, change, Listed::kAllIndices).value();
  }();
  const parallel::ThreadLimit limit(3);
  CHECK(World(53).effect(3, change, Listed::kAllIndices) == one);
}

TEST_CASE("response series: it fits the slopes that it was taken with, and needs one for each sector") {
  World world(54);
  CHECK(world.series.fits(kSlope));
  CHECK_FALSE(world.series.fits(std::vector<double>{-0.05, -0.6}));
  CHECK_THROWS_AS(world.series.take(world.response, world.factor, std::vector<double>{-0.05}), InternalError);
}
