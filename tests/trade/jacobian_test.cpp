#include "sim/trade/jacobian.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/dense.hpp"
#include "sim/trade/solver.hpp"
#include "tests/support/catch.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;

namespace {

constexpr std::size_t kCountries = 9;

TradeEquilibrium some_equilibrium(Closure closure) {
  const TradeFlows world = test::random_flows(51, kCountries, 2, 0.6);
  const auto factor = test::random_factors(51, world);
  TradeSolver solver(TradeBaseline(world), closure);
  return solver.solve({factor, {}});
}

ClearingPoint point_of(const TradeEquilibrium& equilibrium) {
  return {equilibrium.closure, equilibrium.share, equilibrium.flow, equilibrium.output, equilibrium.expenditure};
}

const std::vector<double>& elasticities() {
  static const std::vector<double> theta = test::random_flows(51, kCountries, 2, 0.6).elasticity;
  return theta;
}

}  // namespace

TEST_CASE("slopes of all conditions add up to nothing (Walras)") {
  const TradeEquilibrium now =
      some_equilibrium(GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced));
  ClearingJacobian jacobian(kCountries, 2);
  const auto slopes = jacobian.compute(elasticities(), point_of(now));
  for (std::size_t k = 0; k < kCountries; ++k) {
    double sum = 0.0;
    for (std::size_t i = 0; i < kCountries; ++i) sum += slopes[i * kCountries + k];
    CHECK(std::fabs(sum) < 1e-11 * std::fabs(slopes[k * kCountries + k]));
  }
}

TEST_CASE("a common rise of wages moves no gap unless deficits are fixed") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  const TradeEquilibrium now = some_equilibrium(closure);
  ClearingJacobian jacobian(kCountries, 2);
  const auto slopes = jacobian.compute(elasticities(), point_of(now));
  double largest = 0.0;
  for (std::size_t i = 0; i < kCountries; ++i) {
    double sum = 0.0;
    for (std::size_t k = 0; k < kCountries; ++k) sum += slopes[i * kCountries + k];
    largest = std::max(largest, std::fabs(sum) / now.output[i]);
  }
  if (closure == Closure::kAdditive) {
    CHECK(largest > 1e-3);
  } else {
    CHECK(largest < 1e-11);
  }
}

TEST_CASE("the pinned system keeps world output and solves the other conditions") {
  const TradeEquilibrium now = some_equilibrium(Closure::kBalanced);
  ClearingJacobian jacobian(kCountries, 2);
  const auto slopes = jacobian.compute(elasticities(), point_of(now));
  const std::vector<double> before(slopes.begin(), slopes.end());
  const std::size_t numeraire = jacobian.pin_numeraire(now.output);
  CHECK(now.output[numeraire] == *std::max_element(now.output.begin(), now.output.end()));
  std::vector<double> step(kCountries);
  for (std::size_t i = 0; i < kCountries; ++i) step[i] = i == numeraire ? 0.0 : test::uniform(52, i, 1) - 0.5;
  const std::vector<double> wanted = step;
  dense::Lu(jacobian.matrix(), kCountries).solve(step);
  double output = 0.0, world = 0.0;
  for (std::size_t i = 0; i < kCountries; ++i) {
    output += now.output[i] * step[i];
    world += now.output[i];
    double change = 0.0;
    for (std::size_t k = 0; k < kCountries; ++k) change += before[i * kCountries + k] * step[k];
    if (i != numeraire) CHECK(std::fabs(change / now.output[i] - wanted[i]) < 1e-10);
  }
  CHECK(std::fabs(output) < 1e-12 * world);
}

TEST_CASE("states of another size are refused") {
  const TradeEquilibrium now = some_equilibrium(Closure::kBalanced);
  ClearingJacobian smaller(kCountries - 1, 2);
  CHECK_THROWS_AS(smaller.compute(elasticities(), point_of(now)), InternalError);
}

TEST_CASE("at an equilibrium with fixed supply the rates move as the gaps do, in units of output") {
  const TradeEquilibrium now =
      some_equilibrium(GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced));
  ClearingJacobian gaps(kCountries, 2), rates(kCountries, 2);
  gaps.compute(elasticities(), point_of(now));
  const std::size_t pinned = rates.compute_rates(elasticities(), point_of(now), 0.0);
  CHECK(now.output[pinned] == *std::max_element(now.output.begin(), now.output.end()));
  double output = 0.0;
  for (const double value : now.output) output += value;
  for (std::size_t i = 0; i < kCountries; ++i) {
    for (std::size_t k = 0; k < kCountries; ++k) {
      const double expected = i == pinned ? now.output[k] / output : -gaps.matrix()[i * kCountries + k] / now.output[i];
      CHECK(std::fabs(rates.matrix()[i * kCountries + k] - expected) < 1e-10);
    }
  }
}
