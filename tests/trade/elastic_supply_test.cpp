// Universal gravity: the solver where supply answers to prices.
#include <cmath>
#include <utility>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/trade/solver.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;

using testing::contains;
using testing::error_message;

namespace {

TradeSolver elastic_solver(TradeBaseline baseline, Closure closure, double supply_elasticity) {
  return {std::move(baseline), closure, {.supply_elasticity = supply_elasticity}};
}

}  // namespace

TEST_CASE("a supply that hardly answers gives nearly the solution with fixed endowments") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  const TradeFlows world = test::random_flows(21, 25, 2, 0.6);
  const auto factor = test::random_factors(21, world);
  std::vector<double> productivity(25);
  for (std::size_t i = 0; i < 25; ++i) productivity[i] = 0.8 + 0.4 * test::uniform(21, i, 5);
  TradeSolver fixed(TradeBaseline(world), closure);
  TradeSolver elastic = elastic_solver(TradeBaseline(world), closure, 1e-9);
  const TradeEquilibrium& expected = fixed.solve({factor, productivity});
  const TradeEquilibrium& result = elastic.solve({factor, productivity});
  for (std::size_t i = 0; i < 25; ++i) {
    CHECK(std::fabs(result.ln_wage[i] - expected.ln_wage[i]) < 1e-8);
    CHECK(test::near(result.real_income[i], expected.real_income[i], 1e-8));
    CHECK(test::near(result.output[i], expected.output[i], 1e-8));
  }
  CHECK(result.ln_wage != expected.ln_wage);
}

TEST_CASE("prices solve the equations of universal gravity") {
  const double psi = GENERATE(0.5, 1.24, 6.0);
  constexpr std::size_t kCountries = 10;
  const TradeFlows world = test::random_flows(22, kCountries, 1, 0.6);
  const auto factor = test::random_factors(22, world);
  const double theta = world.elasticity[0];
  const TradeBaseline baseline(world);
  TradeSolver solver = elastic_solver(baseline, Closure::kMultiplicative, psi);
  const TradeEquilibrium& result = solver.solve({factor, {}});
  CHECK(result.residual < 1e-12);
  std::vector<double> price(kCountries), index(kCountries);
  double output = 0.0, spending = 0.0, world_output = 0.0;
  for (std::size_t j = 0; j < kCountries; ++j) {
    price[j] = std::exp(result.ln_wage[j]);
    double sum = 0.0;
    for (std::size_t i = 0; i < kCountries; ++i) {
      sum += baseline.share()[i * kCountries + j] * factor[i * kCountries + j] *
             std::pow(std::exp(result.ln_wage[i]), -theta);
    }
    index[j] = std::pow(sum, -1.0 / theta);
    CHECK(test::near(result.price_index[j], index[j], 1e-12));
    const double income = price[j] * std::pow(price[j] / index[j], psi);
    output += income * baseline.output()[j];
    spending += income * baseline.expenditure()[j];
    world_output += baseline.output()[j];
  }
  CHECK(test::near(output, world_output, 1e-12));
  const double xi = output / spending;
  for (std::size_t i = 0; i < kCountries; ++i) {
    double demand = 0.0;
    for (std::size_t j = 0; j < kCountries; ++j) {
      demand += world.flow[i * kCountries + j] / baseline.output()[i] * factor[i * kCountries + j] *
                std::pow(index[j], theta - psi) * std::pow(price[j], 1.0 + psi);
    }
    CHECK(test::near(xi * std::pow(index[i], psi) * demand, std::pow(price[i], 1.0 + theta + psi), 1e-11));
    CHECK(test::near(result.real_income[i], xi * std::pow(price[i] / index[i], 1.0 + psi), 1e-12));
  }
}

TEST_CASE("in symmetric blocs elastic supply raises losses to the power of one plus its elasticity") {
  const double psi = GENERATE(0.0, 0.5, 2.0);
  constexpr std::size_t kCountries = 6;
  constexpr double kTheta = 4.0;
  TradeFlows world{kCountries, 1, std::vector<double>(kCountries * kCountries), {kTheta}};
  std::vector<double> factor(kCountries * kCountries, 1.0);
  for (std::size_t k = 0; k < factor.size(); ++k) {
    const std::size_t i = k / kCountries, j = k % kCountries;
    world.flow[k] = i == j ? 1.0 : math::pow(1.3, -kTheta);
    if (i % 3 != j % 3) factor[k] = math::pow(3.0 / 1.3, -kTheta);
  }
  TradeSolver solver = elastic_solver(TradeBaseline(world), Closure::kBalanced, psi);
  const double expected = std::pow(0.8445699845894928, 1.0 + psi);  // closed form for three blocs of two
  for (const double welfare : solver.solve({factor, {}}).real_income) CHECK(test::near(welfare, expected, 1e-11));
}

TEST_CASE("autarky costs the home share to the power of one plus the supply over the trade elasticity") {
  const TradeFlows world{3, 1, {70, 17.5, 11, 17.5, 55, 11, 11, 11, 80}, {5.0}};
  TradeSolver solver = elastic_solver(TradeBaseline(world), Closure::kBalanced, 0.75);
  const auto factor = test::autarky(world);
  const TradeEquilibrium& result = solver.solve({factor, {}});
  for (std::size_t j = 0; j < 3; ++j) {
    CHECK(test::near(result.real_income[j], std::pow(solver.baseline().share()[j * 4], 1.75 / 5.0), 1e-11));
  }
}

TEST_CASE("no change leaves prices exactly as they were, whatever the supply elasticity") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive);
  TradeSolver solver = elastic_solver(TradeBaseline(test::random_flows(23, 20, 2, 0.7)), closure, 1.5);
  const TradeEquilibrium& result = solver.solve({});
  CHECK(result.iterations == 0);
  for (std::size_t i = 0; i < 20; ++i) {
    CHECK(result.ln_wage[i] == 0.0);
    CHECK(result.real_income[i] == 1.0);
  }
}

TEST_CASE("elastic worlds nearly closed or divided are solved to the tolerance, and stay when solved again") {
  const double home_share = GENERATE(0.3, 0.9, 0.999);
  const double tau = GENERATE(1.3, 2.0, 10.0);
  const double psi = GENERATE(0.5, 5.0);
  const TradeFlows world = test::random_flows(24, 30, 2, home_share);
  TradeSolver solver = elastic_solver(balanced(TradeBaseline(world)), Closure::kBalanced, psi);
  const auto factor = test::split_by_parity(world, tau);
  const TradeEquilibrium first = solver.solve({factor, {}});
  CHECK(first.residual < 1e-12);
  CHECK(first.acr_gap < 1e-12);
  const TradeEquilibrium& second = solver.solve({factor, {}});
  CHECK(second.iterations == 0);
  for (std::size_t i = 0; i < 30; ++i) CHECK(std::fabs(second.ln_wage[i] - first.ln_wage[i]) < 1e-14);
}

TEST_CASE("elastic supply out of range and worlds without a market are named") {
  CHECK_THROWS_AS(elastic_solver(TradeBaseline(test::three_countries()), Closure::kBalanced, -0.1), DataError);
  CHECK_THROWS_AS(elastic_solver(TradeBaseline(test::three_countries()), Closure::kBalanced, std::nan("")), DataError);
  TradeSolver solver = elastic_solver(TradeBaseline(test::three_countries()), Closure::kBalanced, 1.0);
  std::vector<double> factor(9, 1.0);
  for (std::size_t i = 0; i < 3; ++i) factor[i * 3 + 2] = 0.0;
  CHECK(contains(error_message([&] { solver.solve({factor, {}}); }), "row 2 can no longer buy anything in sector 0"));
  CHECK(solver.solve({}).residual < 1e-12);
}

TEST_CASE("where mixing may not run Newton's method finds the prices of elastic supply") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  const double psi = GENERATE(0.3, 2.0);
  const TradeFlows world = test::random_flows(25, 20, 2, 0.6);
  const auto factor = test::split_by_parity(world, 2.0);
  TradeSolver usual = elastic_solver(TradeBaseline(world), closure, psi);
  TradeSolver newton(TradeBaseline(world), closure, {.supply_elasticity = psi, .max_iterations = 0});
  const TradeEquilibrium& result = newton.solve({factor, {}});
  const TradeEquilibrium& expected = usual.solve({factor, {}});
  CHECK(result.newton_used);
  CHECK_FALSE(expected.newton_used);
  CHECK(result.iterations <= 12);
  for (std::size_t i = 0; i < 20; ++i) CHECK(std::fabs(result.ln_wage[i] - expected.ln_wage[i]) < 1e-10);
}

TEST_CASE("with elastic supply a deficit that no trade can pay for ends in a named error") {
  TradeSolver solver = elastic_solver(TradeBaseline(test::three_countries()), Closure::kAdditive, 1.0);
  const auto factor = test::autarky(test::three_countries());
  CHECK(contains(error_message([&] { solver.solve({factor, {}}); }), "that nobody can pay"));
}
