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

/// One country's trade in random directions from the B in force, ln B up to ± size, and its productivity up to ±
/// size/10.
struct Change {
  const std::vector<double>* now;                             // B in force
  std::vector<double> cost_factor, export_rise, import_rise;  // B under the change, and by how much it is more
  double productivity = 1.0;

  /// No change of the conditions in force, `factor`.
  Change(const std::vector<double>& factor, std::size_t n)
      : now(&factor), cost_factor(factor), export_rise(2 * n), import_rise(2 * n) {}
  Change(const std::vector<double>& factor, std::size_t n, std::size_t country, std::uint64_t seed, double size)
      : Change(factor, n) {
    for (std::size_t k = 0; k < 2 * n; ++k) {
      if (k % n == country) continue;
      const std::size_t sold = (k / n * n + country) * n + k % n, bought = k * n + country;
      set_export(country, k, factor[sold] * math::exp(size * (2.0 * test::uniform(seed, k, 1) - 1.0)));
      set_import(country, k, factor[bought] * math::exp(size * (2.0 * test::uniform(seed, k, 2) - 1.0)));
    }
    productivity = math::exp(0.1 * size * (2.0 * test::uniform(seed, 0, 3) - 1.0));
  }
  void set_export(std::size_t country, std::size_t k, double factor) {
    const std::size_t n = export_rise.size() / 2, cell = (k / n * n + country) * n + k % n;
    cost_factor[cell] = factor;
    export_rise[k] = factor - (*now)[cell];
  }
  void set_import(std::size_t country, std::size_t k, double factor) {
    const std::size_t n = export_rise.size() / 2, cell = k * n + country;
    cost_factor[cell] = factor;
    import_rise[k] = factor - (*now)[cell];
  }
  [[nodiscard]] OwnChange own() const { return {*now, export_rise, import_rise, math::log(productivity)}; }
};

/// A solved world with the response taken there.
struct World {
  TradeSolver solver;
  TradeEquilibrium now;
  std::vector<double> factor, productivity;  // B and Â at `now`
  LinearResponse response;

  World(const TradeFlows& flows, Closure closure, bool is_shocked, std::uint64_t seed = 41)
      : solver(TradeBaseline(flows), closure),
        factor(is_shocked ? test::random_factors(seed, flows) : std::vector<double>(flows.flow.size(), 1.0)),
        productivity(flows.countries, 1.0),
        response(flows.countries, flows.sectors) {
    for (std::size_t c = 0; c < flows.countries && is_shocked; ++c) {
      productivity[c] = 0.8 + 0.4 * test::uniform(seed, c, 5);
    }
    solve();
    response.factorise(solver.baseline(), productivity, now);
  }

  void solve() { now = solver.solve({factor, productivity}); }
  [[nodiscard]] Change no_change() const { return {factor, productivity.size()}; }
  [[nodiscard]] Change change(std::size_t country, std::uint64_t seed, double size) const {
    return {factor, productivity.size(), country, seed, size};
  }
  [[nodiscard]] double linear(std::size_t country, const Change& change) const {
    return response.real_income_effect(country, change.own());
  }
  double exact(std::size_t country, const Change& change) {
    std::vector<double> changed = productivity;
    changed[country] *= change.productivity;
    solver.start_from(now.ln_wage);
    return math::log(solver.solve({change.cost_factor, changed}).real_income[country] / now.real_income[country]);
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
  for (std::size_t c = 0; c < kCountries; ++c) CHECK(world.linear(c, world.no_change()) == 0.0);
}

TEST_CASE("the linear effect of a small change is that of the full equilibrium for every country") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  const bool is_shocked = GENERATE(false, true);
  World world(test::random_flows(41, kCountries, 2, 0.6), closure, is_shocked);
  for (std::size_t c = 0; c < kCountries; ++c) {
    // Central differences: what is left is of third order.
    const Change up = world.change(c, c, 1e-3), down = world.change(c, c, -1e-3);
    const double exact = world.exact(c, up) - world.exact(c, down);
    const double linear = world.linear(c, up) - world.linear(c, down);
    CHECK(std::fabs(exact) > 1e-7);
    CHECK(std::fabs(linear - exact) < 1e-5 * std::fabs(exact) + 1e-11);
  }
}

TEST_CASE("the error of the linear effect falls at least with the square of the change") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  World world(test::random_flows(42, kCountries, 2, 0.6), closure, true);
  double coarse = 0.0, fine = 0.0;
  for (std::size_t c = 0; c < kCountries; ++c) {
    const Change large = world.change(c, c, 0.4), small = world.change(c, c, 0.1);
    coarse += std::fabs(world.linear(c, large) - world.exact(c, large));
    fine += std::fabs(world.linear(c, small) - world.exact(c, small));
  }
  CHECK(fine > 0.0);
  CHECK(coarse / fine > 12.0);
}

TEST_CASE("the linear effect of small and large changes is near that of the full equilibrium") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  const double size = GENERATE(0.05, 0.5);
  std::vector<double> error, effect;
  for (const std::uint64_t seed : {31U, 32U, 33U, 34U}) {
    World world(test::random_flows(seed, kCountries, 2, 0.6), closure, false);
    for (std::size_t c = 0; c < kCountries; ++c) {
      const Change change = world.change(c, seed + c, size);
      const double exact = world.exact(c, change);
      effect.push_back(std::fabs(exact));
      error.push_back(std::fabs(world.linear(c, change) - exact));
    }
  }
  CAPTURE(quantile(effect, 0.5), quantile(error, 0.5), quantile(error, 0.99));
  CHECK(quantile(error, 0.5) < 0.01 * quantile(effect, 0.5));
  CHECK(quantile(error, 0.99) < 0.2 * size * quantile(effect, 0.5));
}

TEST_CASE("a response taken in another world than the one in force is as good while wages and prices are near") {
  World world(test::random_flows(35, kCountries, 2, 0.8), Closure::kBalanced, false);
  // One pair of countries stops trading services, and another begins again with a thousandth of it.
  const std::size_t n = kCountries, services = n * n;
  world.factor[services + 3 * n + 4] = world.factor[services + 4 * n + 3] = 0.0;
  world.factor[services + 5 * n + 6] = world.factor[services + 6 * n + 5] = 1e-3;
  world.solve();
  for (const std::size_t c : {3U, 5U}) {
    Change back = world.no_change();
    back.set_export(c, n + c + 1, 1.0);
    back.set_import(c, n + c + 1, 1.0);
    const double exact = world.exact(c, back);
    CAPTURE(c, exact, world.linear(c, back));
    CHECK(exact > 1e-6);
    CHECK(test::near(world.linear(c, back), exact, 0.1));
  }
}

TEST_CASE("series in moments and sums over markets meet where one takes over from the other") {
  // Effects along one direction of change: their second differences are smooth on both sides and across.
  const World world(test::random_flows(51, kCountries, 2, 0.6), Closure::kBalanced, false);
  for (std::size_t c = 0; c < kCountries; ++c) {
    const auto effect = [&](double size) { return world.linear(c, world.change(c, c, size)); };
    for (double size = 1e-4; size < 0.5; size *= 1.3) {
      const double step = 1e-3 * size;
      const double curvature = effect(size + step) - 2.0 * effect(size) + effect(size - step);
      CHECK(std::fabs(curvature) < 1e-4 * std::fabs(effect(size)) + 1e-15);
    }
  }
}

TEST_CASE("losing all trade with others leaves what the home shares say") {
  World world(test::random_flows(43, kCountries, 2, 0.7), Closure::kBalanced, true);
  for (std::size_t c = 0; c < kCountries; ++c) {
    Change none = world.no_change();
    double expected = 0.0;
    for (std::size_t k = 0; k < 2 * kCountries; ++k) {
      if (k % kCountries != c) {
        none.set_export(c, k, 0.0);
        none.set_import(c, k, 0.0);
        continue;
      }
      expected += world.solver.baseline().sector_share()[k] / world.solver.baseline().elasticity()[k / kCountries] *
                  math::log(world.now.share[k * kCountries + c]);
    }
    CHECK(test::near(world.linear(c, none), expected, 1e-12));
  }
}

TEST_CASE("losing the only suppliers is worth minus infinity, even if exports go on") {
  const TradeFlows flows{2, 1, {0, 4, 4, 6}, {5.0}};
  TradeSolver solver(TradeBaseline(flows), Closure::kBalanced);
  LinearResponse response(2, 1);
  response.factorise(solver.baseline(), {}, solver.solve({}));
  const std::vector<double> factor(4, 1.0), exports_go_on{0.0, 0.0}, no_imports{0.0, -1.0};
  CHECK(response.real_income_effect(0, {factor, exports_go_on, no_imports, 0.0}) == -HUGE_VAL);
}

TEST_CASE("where nothing is traded real income rises with productivity") {
  const TradeFlows flows = test::random_flows(44, 6, 2, 0.7);
  TradeSolver solver(balanced(TradeBaseline(flows)), Closure::kBalanced);
  const std::vector<double> factor = test::autarky(flows);
  LinearResponse response(6, 2);
  response.factorise(solver.baseline(), {}, solver.solve({factor, {}}));
  for (std::size_t c = 0; c < 6; ++c) {
    Change change(factor, 6);
    CHECK(response.real_income_effect(c, change.own()) == 0.0);
    change.productivity = 1.25;
    CHECK(test::near(response.real_income_effect(c, change.own()), math::log(1.25), 1e-9));
  }
}

TEST_CASE("the unit of money and the number of threads change no bit of the linear effect") {
  const TradeFlows flows = test::random_flows(46, 50, 2, 0.7);
  TradeFlows scaled = flows;
  for (double& flow : scaled.flow) flow *= 1024.0;
  const auto effects = [](const TradeFlows& world_flows, int threads) {
    const parallel::ThreadLimit limit(threads);
    const World world(world_flows, Closure::kMultiplicative, true);
    std::vector<double> result;
    for (std::size_t c = 0; c < 50; ++c) result.push_back(world.linear(c, world.change(c, c, 0.3)));
    return result;
  };
  const std::vector<double> one = effects(flows, 1);
  CHECK(effects(flows, 3) == one);
  CHECK(effects(scaled, 1) == one);
}

TEST_CASE("a response taken again in held storage gives the same bits as a fresh one") {
  World world(test::random_flows(50, kCountries, 2, 0.6), Closure::kBalanced, false);
  const World other(test::random_flows(50, kCountries, 2, 0.6), Closure::kBalanced, true);
  world.response.factorise(other.solver.baseline(), other.productivity, other.now);
  for (std::size_t c = 0; c < kCountries; ++c) {
    const Change change = other.change(c, c, 0.3);
    CHECK(world.linear(c, change) == other.linear(c, change));
  }
}

TEST_CASE("a response is stale where a wage or a home share has moved by more than the threshold") {
  const World world(test::random_flows(47, kCountries, 2, 0.6), Closure::kBalanced, false);
  const TradeEquilibrium& before = world.now;
  const auto check = [&](const TradeEquilibrium& after, double threshold, bool expected) {
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
  CHECK_THROWS_AS(fresh.real_income_effect(0, world.no_change().own()), InternalError);
}

TEST_CASE("linear effects of changes of a wrong size or sign are refused") {
  const World world(test::random_flows(49, kCountries, 2, 0.6), Closure::kBalanced, false);
  const std::vector<double> two(2, 1.0);
  const Change change = world.no_change();
  const LinearResponse& response = world.response;
  for (const auto member : {&OwnChange::cost_factor, &OwnChange::export_rise, &OwnChange::import_rise}) {
    OwnChange wrong = change.own();
    wrong.*member = two;
    CHECK_THROWS_AS(response.real_income_effect(0, wrong), InternalError);
  }
  OwnChange wrong = change.own();
  wrong.log_productivity = std::nan("");
  CHECK_THROWS_AS(response.real_income_effect(0, wrong), InternalError);
  CHECK_THROWS_AS(response.real_income_effect(kCountries, change.own()), InternalError);
  LinearResponse smaller(kCountries - 1, 2);
  CHECK_THROWS_AS(smaller.factorise(world.solver.baseline(), {}, world.now), InternalError);
  LinearResponse same(kCountries, 2);
  CHECK_THROWS_AS(same.factorise(world.solver.baseline(), two, world.now), InternalError);
  CHECK_THROWS_AS(LinearResponse(3, 65), InternalError);
}
