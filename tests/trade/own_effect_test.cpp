#include "sim/trade/own_effect.hpp"

#include <cmath>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/trade/solver.hpp"
#include "tests/support/catch.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;

namespace {

constexpr std::size_t kCountries = 12;
constexpr std::size_t kOwn = 3;

/// A random world in which country 3 has about `size` times the output it would have.
TradeFlows world_with_size(double size) {
  TradeFlows world = test::random_flows(31, kCountries, 2, 0.6);
  for (std::size_t s = 0; s < 2; ++s) {
    for (std::size_t j = 0; j < kCountries; ++j) {
      world.flow[(s * kCountries + kOwn) * kCountries + j] *= size;
      if (j != kOwn) world.flow[(s * kCountries + j) * kCountries + kOwn] *= size;
    }
  }
  return world;
}

/// Country 3 changes its trade with every second country: B of its exports and imports to exp(step) times theirs.
struct Change {
  std::vector<double> export_ratio, import_ratio, cost_factor;
  double productivity_ratio = 1.0;

  Change(double export_step, double import_step, double productivity)
      : export_ratio(2 * kCountries, 1.0),
        import_ratio(2 * kCountries, 1.0),
        cost_factor(2 * kCountries * kCountries, 1.0),
        productivity_ratio(productivity) {
    for (std::size_t s = 0; s < 2; ++s) {
      for (std::size_t j = 0; j < kCountries; j += 2) {
        export_ratio[s * kCountries + j] = math::exp(export_step);
        import_ratio[s * kCountries + j] = math::exp(import_step);
        cost_factor[(s * kCountries + kOwn) * kCountries + j] = math::exp(export_step);
        cost_factor[(s * kCountries + j) * kCountries + kOwn] = math::exp(import_step);
      }
    }
  }
  [[nodiscard]] OwnChange own() const { return {export_ratio, import_ratio, productivity_ratio}; }
};

/// ln of the real income ratio of country 3 in the full equilibrium.
double full_effect(TradeSolver& solver, const Change& change, double before) {
  std::vector<double> productivity(kCountries, 1.0);
  productivity[kOwn] = change.productivity_ratio;
  return math::log(solver.solve({change.cost_factor, productivity}).real_income[kOwn] / before);
}

struct Errors {
  double effect, error;
};

Errors compare(Closure closure, double size, const Change& change) {
  TradeSolver solver(balanced(TradeBaseline(world_with_size(size))), closure);
  const TradeEquilibrium current = solver.solve({});
  const double full = full_effect(solver, change, current.real_income[kOwn]);
  return {full, std::fabs(own_real_income_effect(solver.baseline(), current, kOwn, change.own()) - full)};
}

}  // namespace

TEST_CASE("no change of one's own conditions has exactly no effect") {
  const TradeFlows world = test::random_flows(32, kCountries, 2, 0.6);
  const auto factor = test::random_factors(32, world);
  TradeSolver solver(TradeBaseline(world), GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced));
  const TradeEquilibrium& current = solver.solve({factor, {}});
  const std::vector<double> ones(2 * kCountries, 1.0);
  for (std::size_t i = 0; i < kCountries; ++i) {
    CHECK(own_real_income_effect(solver.baseline(), current, i, {}) == 0.0);
    CHECK(own_real_income_effect(solver.baseline(), current, i, {ones, ones, 1.0}) == 0.0);
  }
}

TEST_CASE("for a small country the error of the own effect falls with the square of the change") {
  const Change large =
      GENERATE(Change(0.08, 0.0, 1.0), Change(0.0, -0.08, 1.0), Change(-0.08, -0.08, 1.0), Change(0.0, 0.0, 1.02));
  const auto ln = [](double ratio) { return math::log(ratio); };
  const Change small(ln(large.export_ratio[0]) / 4, ln(large.import_ratio[0]) / 4,
                     math::exp(ln(large.productivity_ratio) / 4));
  const Errors coarse = compare(Closure::kBalanced, 1e-7, large), fine = compare(Closure::kBalanced, 1e-7, small);
  CHECK(coarse.error < 0.2 * std::fabs(coarse.effect));
  CHECK(test::near(coarse.error / fine.error, 16.0, 0.15));
}

TEST_CASE("for any country the own effect of a small change is near that of the full equilibrium") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  for (const Change& change : {Change(0.01, 0.0, 1.0), Change(0.0, 0.01, 1.0), Change(-0.01, -0.01, 1.0)}) {
    const Errors result = compare(closure, 1.0, change);
    CHECK(result.error < 0.1 * std::fabs(result.effect));
  }
}

TEST_CASE("better access to markets pays, worse access costs, and so for productivity") {
  TradeSolver solver(TradeBaseline(test::random_flows(33, kCountries, 2, 0.6)), Closure::kMultiplicative);
  const TradeEquilibrium& current = solver.solve({});
  const auto effect = [&](const Change& change) {
    return own_real_income_effect(solver.baseline(), current, kOwn, change.own());
  };
  for (const double step : {0.01, 0.3}) {
    CHECK(effect(Change(step, 0.0, 1.0)) > 0.0);
    CHECK(effect(Change(-step, 0.0, 1.0)) < 0.0);
    CHECK(effect(Change(0.0, step, 1.0)) > 0.0);
    CHECK(effect(Change(0.0, -step, 1.0)) < 0.0);
    CHECK(effect(Change(0.0, 0.0, 1.0 + step)) > 0.0);
    CHECK(effect(Change(0.0, 0.0, 1.0 - step)) < 0.0);
  }
}

TEST_CASE("losing every foreign supplier at fixed wages costs what the home shares say") {
  TradeFlows world = test::random_flows(34, kCountries, 2, 0.6);
  TradeSolver solver(TradeBaseline(world), Closure::kMultiplicative);
  TradeEquilibrium current = solver.solve({});
  current.demand_slope[kOwn] = HUGE_VAL;  // the wage cannot move
  std::vector<double> import_ratio(2 * kCountries, 0.0);
  double expected = 0.0;
  for (std::size_t s = 0; s < 2; ++s) {
    import_ratio[s * kCountries + kOwn] = 1.0;
    const double home = solver.baseline().share()[(s * kCountries + kOwn) * kCountries + kOwn];
    expected += solver.baseline().sector_share()[s * kCountries + kOwn] / world.elasticity[s] * std::log(home);
  }
  const double effect = own_real_income_effect(solver.baseline(), current, kOwn, {{}, import_ratio, 1.0});
  CHECK(test::near(effect, expected, 1e-12));
}

TEST_CASE("losing the only suppliers is worth minus infinity") {
  const TradeFlows world{2, 1, {0, 4, 4, 6}, {5.0}};
  TradeSolver solver(TradeBaseline(world), Closure::kBalanced);
  const TradeEquilibrium& current = solver.solve({});
  const std::vector<double> none{1.0, 0.0};
  CHECK(own_real_income_effect(solver.baseline(), current, 0, {{}, none, 1.0}) == -HUGE_VAL);
}

TEST_CASE("changes of a wrong size or sign are refused") {
  TradeSolver solver(TradeBaseline(test::three_countries()), Closure::kBalanced);
  const TradeEquilibrium& current = solver.solve({});
  const std::vector<double> two(2, 1.0);
  CHECK_THROWS_AS(own_real_income_effect(solver.baseline(), current, 0, {two, {}, 1.0}), InternalError);
  CHECK_THROWS_AS(own_real_income_effect(solver.baseline(), current, 0, {{}, two, 1.0}), InternalError);
  CHECK_THROWS_AS(own_real_income_effect(solver.baseline(), current, 0, {{}, {}, 0.0}), InternalError);
  CHECK_THROWS_AS(own_real_income_effect(solver.baseline(), current, 3, {}), InternalError);
}
