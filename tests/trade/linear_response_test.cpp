#include "sim/trade/linear_response.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"
#include "sim/trade/solver.hpp"
#include "tests/support/catch.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;

namespace {

constexpr std::size_t kCountries = 12;

/// One country's trade in random directions, ln B up to ± size, and its productivity up to ± size/10.
struct Change {
  std::vector<double> export_ratio, import_ratio, cost_factor, productivity;

  Change(std::uint64_t seed, std::size_t n, std::size_t country, double size)
      : export_ratio(2 * n, 1.0), import_ratio(2 * n, 1.0), cost_factor(2 * n * n, 1.0), productivity(n, 1.0) {
    for (std::size_t k = 0; k < 2 * n; ++k) {
      const std::size_t s = k / n, j = k % n;
      if (j == country) continue;
      export_ratio[k] = math::exp(size * (2.0 * test::uniform(seed, k, 1) - 1.0));
      import_ratio[k] = math::exp(size * (2.0 * test::uniform(seed, k, 2) - 1.0));
      cost_factor[(s * n + country) * n + j] = export_ratio[k];
      cost_factor[(s * n + j) * n + country] = import_ratio[k];
    }
    productivity[country] = math::exp(0.1 * size * (2.0 * test::uniform(seed, 0, 3) - 1.0));
  }
  [[nodiscard]] OwnChange own(std::size_t country) const { return {export_ratio, import_ratio, productivity[country]}; }
};

/// A solved world with the response taken there.
struct World {
  TradeSolver solver;
  TradeEquilibrium now;
  std::vector<double> factor;  // B at `now`
  LinearResponse response;

  World(const TradeFlows& flows, Closure closure, bool is_shocked, std::uint64_t seed = 41)
      : solver(TradeBaseline(flows), closure),
        factor(is_shocked ? test::random_factors(seed, flows) : std::vector<double>(flows.flow.size(), 1.0)),
        response(flows.countries, flows.sectors) {
    now = solver.solve({factor, {}});
    response.factorise(solver.baseline(), now);
  }

  double exact(std::size_t country, const Change& change) {
    std::vector<double> changed = change.cost_factor;
    for (std::size_t k = 0; k < changed.size(); ++k) changed[k] *= factor[k];
    solver.start_from(now.ln_wage);
    return math::log(solver.solve({changed, change.productivity}).real_income[country] / now.real_income[country]);
  }
};

double quantile(std::vector<double> values, double q) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
}

}  // namespace

TEST_CASE("no change of one's own conditions has exactly no linear effect") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  const World world(test::random_flows(40, kCountries, 2, 0.6), closure, true);
  const std::vector<double> ones(2 * kCountries, 1.0);
  for (std::size_t c = 0; c < kCountries; ++c) {
    CHECK(world.response.real_income_effect(c, {}) == 0.0);
    CHECK(world.response.real_income_effect(c, {ones, ones, 1.0}) == 0.0);
  }
}

TEST_CASE("the linear effect of a small change is that of the full equilibrium for every country") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  const bool is_shocked = GENERATE(false, true);
  World world(test::random_flows(41, kCountries, 2, 0.6), closure, is_shocked);
  for (std::size_t c = 0; c < kCountries; ++c) {
    // Central differences: what is left is of third order.
    const Change up(c, kCountries, c, 1e-3), down(c, kCountries, c, -1e-3);
    const double exact = world.exact(c, up) - world.exact(c, down);
    const double linear =
        world.response.real_income_effect(c, up.own(c)) - world.response.real_income_effect(c, down.own(c));
    CHECK(std::fabs(exact) > 1e-7);
    CHECK(std::fabs(linear - exact) < 1e-5 * std::fabs(exact) + 1e-11);
  }
}

TEST_CASE("the error of the linear effect falls at least with the square of the change") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  World world(test::random_flows(42, kCountries, 2, 0.6), closure, true);
  double coarse = 0.0, fine = 0.0;
  for (std::size_t c = 0; c < kCountries; ++c) {
    const Change large(c, kCountries, c, 0.4), small(c, kCountries, c, 0.1);
    coarse += std::fabs(world.response.real_income_effect(c, large.own(c)) - world.exact(c, large));
    fine += std::fabs(world.response.real_income_effect(c, small.own(c)) - world.exact(c, small));
  }
  CHECK(fine > 0.0);
  CHECK(coarse / fine > 12.0);
}

TEST_CASE("the linear effect is far nearer to the full equilibrium than the own effect") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  const double size = GENERATE(0.05, 0.5);
  std::vector<double> linear_error, own_error, effect;
  for (const std::uint64_t seed : {31U, 32U, 33U, 34U}) {
    World world(test::random_flows(seed, kCountries, 2, 0.6), closure, false);
    for (std::size_t c = 0; c < kCountries; ++c) {
      const Change change(seed + c, kCountries, c, size);
      const double exact = world.exact(c, change);
      effect.push_back(std::fabs(exact));
      linear_error.push_back(std::fabs(world.response.real_income_effect(c, change.own(c)) - exact));
      own_error.push_back(
          std::fabs(own_real_income_effect(world.solver.baseline(), world.now, c, change.own(c)) - exact));
    }
  }
  CAPTURE(quantile(effect, 0.5), quantile(linear_error, 0.5), quantile(linear_error, 0.99), quantile(own_error, 0.5));
  CHECK(quantile(linear_error, 0.5) < 0.01 * quantile(effect, 0.5));
  CHECK(quantile(linear_error, 0.5) < 0.4 * quantile(own_error, 0.5));
  CHECK(quantile(linear_error, 0.99) < 0.4 * quantile(own_error, 0.99));
}

TEST_CASE("losing all trade with others leaves what the home shares say") {
  World world(test::random_flows(43, kCountries, 2, 0.7), Closure::kBalanced, true);
  for (std::size_t c = 0; c < kCountries; ++c) {
    std::vector<double> none(2 * kCountries, 0.0);
    double expected = 0.0;
    for (std::size_t s = 0; s < 2; ++s) {
      none[s * kCountries + c] = 1.0;
      expected += world.solver.baseline().sector_share()[s * kCountries + c] / world.solver.baseline().elasticity()[s] *
                  math::log(world.now.share[(s * kCountries + c) * kCountries + c]);
    }
    CHECK(test::near(world.response.real_income_effect(c, {none, none, 1.0}), expected, 1e-12));
  }
}

TEST_CASE("losing the only suppliers is worth minus infinity, even if exports go on") {
  const World world({2, 1, {0, 4, 4, 6}, {5.0}}, Closure::kBalanced, false);
  const std::vector<double> none{1.0, 0.0};
  CHECK(world.response.real_income_effect(0, {{}, none, 1.0}) == -HUGE_VAL);
}

TEST_CASE("where nothing is traded real income rises with productivity") {
  const TradeFlows flows = test::random_flows(44, 6, 2, 0.7);
  TradeSolver solver(balanced(TradeBaseline(flows)), Closure::kBalanced);
  const auto factor = test::autarky(flows);
  LinearResponse response(6, 2);
  response.factorise(solver.baseline(), solver.solve({factor, {}}));
  for (std::size_t c = 0; c < 6; ++c) {
    CHECK(test::near(response.real_income_effect(c, {{}, {}, 1.25}), math::log(1.25), 1e-9));
    CHECK(response.real_income_effect(c, {}) == 0.0);
  }
}

TEST_CASE("an empty span of ratios means no change on that side") {
  const World world(test::random_flows(45, kCountries, 2, 0.6), Closure::kMultiplicative, true);
  const Change change(9, kCountries, 2, 0.3);
  const std::vector<double> ones(2 * kCountries, 1.0);
  const auto effect = [&](const OwnChange& own) { return world.response.real_income_effect(2, own); };
  CHECK(effect({change.export_ratio, {}, 1.1}) == effect({change.export_ratio, ones, 1.1}));
  CHECK(effect({{}, change.import_ratio, 1.1}) == effect({ones, change.import_ratio, 1.1}));
  CHECK(effect({change.export_ratio, {}, 1.0}) != effect({{}, change.export_ratio, 1.0}));
}

TEST_CASE("the unit of money and the number of threads change no bit of the linear effect") {
  const TradeFlows flows = test::random_flows(46, 50, 2, 0.7);
  TradeFlows scaled = flows;
  for (double& flow : scaled.flow) flow *= 1024.0;
  const auto effects = [](const TradeFlows& world_flows, int threads) {
    const parallel::ThreadLimit limit(threads);
    const World world(world_flows, Closure::kMultiplicative, true);
    std::vector<double> result;
    for (std::size_t c = 0; c < 50; ++c) {
      const Change change(c, 50, c, 0.3);
      result.push_back(world.response.real_income_effect(c, change.own(c)));
    }
    return result;
  };
  const std::vector<double> one = effects(flows, 1);
  CHECK(effects(flows, 3) == one);
  CHECK(effects(scaled, 1) == one);
}

TEST_CASE("a response is stale where a wage or a home share has moved by more than the threshold") {
  World world(test::random_flows(47, kCountries, 2, 0.6), Closure::kBalanced, false);
  const TradeEquilibrium& before = world.now;
  const auto check = [&](const TradeEquilibrium& after, double threshold, bool expected) {
    CHECK(needs_refresh(before, after, threshold) == expected);
    CHECK(world.response.is_stale(after, threshold) == expected);
  };
  check(before, 0.0, false);
  TradeEquilibrium after = before;
  after.ln_wage[5] += 0.002;
  check(after, 0.001, true);
  check(after, 0.003, false);
  after = before;
  const std::size_t home = (1 * kCountries + 4) * kCountries + 4;
  after.share[home] *= 1.002;
  check(after, 0.001, true);
  check(after, 0.003, false);
  after.share[home] = 0.0;
  check(after, 1e300, true);
  after = before;
  after.share[home - 1] = 0.5;  // not a home share
  check(after, 0.0, false);
  after.ln_wage[0] = std::nan("");
  check(after, 1.0, true);
}

TEST_CASE("a response that was never taken is stale and refuses to answer") {
  const World world(test::random_flows(48, kCountries, 2, 0.6), Closure::kBalanced, false);
  const LinearResponse fresh(kCountries, 2);
  CHECK(fresh.is_stale(world.now, 1e300));
  CHECK_THROWS_AS(fresh.real_income_effect(0, {}), InternalError);
}

TEST_CASE("linear effects of changes of a wrong size or sign are refused") {
  World world(test::random_flows(49, kCountries, 2, 0.6), Closure::kBalanced, false);
  const std::vector<double> two(2, 1.0);
  const LinearResponse& response = world.response;
  CHECK_THROWS_AS(response.real_income_effect(0, {two, {}, 1.0}), InternalError);
  CHECK_THROWS_AS(response.real_income_effect(0, {{}, two, 1.0}), InternalError);
  CHECK_THROWS_AS(response.real_income_effect(0, {{}, {}, 0.0}), InternalError);
  CHECK_THROWS_AS(response.real_income_effect(kCountries, {}), InternalError);
  LinearResponse smaller(kCountries - 1, 2);
  CHECK_THROWS_AS(smaller.factorise(world.solver.baseline(), world.now), InternalError);
  CHECK_THROWS_AS(LinearResponse(3, 65), InternalError);
}
