#include "sim/trade/clearing.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/trade/solver.hpp"
#include "tests/support/catch.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;

namespace {

std::vector<double> some_wages(std::size_t n) {
  std::vector<double> ln_wage(n);
  for (std::size_t i = 0; i < n; ++i) ln_wage[i] = 0.4 * (test::uniform(61, i, 8) - 0.5);
  return ln_wage;
}

std::vector<double> gaps_at(MarketClearing& markets, const std::vector<double>& ln_wage) {
  REQUIRE(markets.evaluate(ln_wage));
  return {markets.gap().begin(), markets.gap().end()};
}

std::string message_of(const MarketClearing& markets) {
  try {
    markets.require_markets();
  } catch (const SolverError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("gaps add up to nothing at any wages (Walras)") {
  const TradeFlows world = test::random_flows(61, 15, 2, 0.6);
  MarketClearing markets(TradeBaseline(world), GENERATE(Closure::kMultiplicative, Closure::kBalanced));
  const auto factor = test::random_factors(61, world);
  markets.set_shock({factor, {}});
  double sum = 0.0, bill = 0.0;
  for (const double gap : gaps_at(markets, some_wages(15))) sum += gap;
  for (const double wages : markets.wage_bill()) bill += wages;
  CHECK(std::fabs(sum / bill) < 1e-13);
  CHECK(markets.residual() > 0.01);
}

TEST_CASE("the Jacobian is that of central differences, for every closure") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  constexpr std::size_t kCountries = 6;
  const TradeFlows world = test::random_flows(62, kCountries, 2, 0.5);
  MarketClearing markets(TradeBaseline(world), closure);
  const auto factor = test::random_factors(62, world);
  markets.set_shock({factor, {}});
  const auto wages = some_wages(kCountries);
  REQUIRE(markets.evaluate(wages));
  ClearingJacobian slopes(kCountries, 2);
  markets.compute_jacobian(slopes);
  const auto jacobian = slopes.matrix();
  const std::vector<double> slope(markets.slope().begin(), markets.slope().end());
  const std::vector<double> bill(markets.wage_bill().begin(), markets.wage_bill().end());
  constexpr double kStep = 1e-5;
  for (std::size_t k = 0; k < kCountries; ++k) {
    auto up = wages, down = wages;
    up[k] += kStep;
    down[k] -= kStep;
    const auto above = gaps_at(markets, up), below = gaps_at(markets, down);
    for (std::size_t i = 0; i < kCountries; ++i) {
      const double numeric = (above[i] - below[i]) / (2 * kStep);
      CHECK(std::fabs(jacobian[i * kCountries + k] - numeric) < 1e-8 * (bill[i] + bill[k]));
    }
    if (closure != Closure::kMultiplicative) CHECK(test::near(slope[k], -jacobian[k * kCountries + k], 1e-12));
    CHECK(slope[k] > 0.0);
  }
}

TEST_CASE("normalised wages keep world output") {
  MarketClearing markets(TradeBaseline(test::random_flows(63, 9, 1, 0.6)), Closure::kBalanced);
  markets.set_shock({});
  auto wages = some_wages(9);
  for (double& wage : wages) wage += 3.0;
  markets.normalise(wages);
  REQUIRE(markets.evaluate(wages));
  double bill = 0.0, output = 0.0;
  for (const double value : markets.wage_bill()) bill += value;
  for (const double value : markets.baseline().output()) output += value;
  CHECK(std::fabs(bill / output - 1.0) < 1e-14);
}

TEST_CASE("wages off the numeraire count as a gap") {
  MarketClearing markets(balanced(TradeBaseline(test::random_flows(64, 9, 1, 0.6))), Closure::kBalanced);
  markets.set_shock({});
  REQUIRE(markets.evaluate(std::vector<double>(9, 0.1)));
  CHECK(test::near(markets.residual(), std::exp(0.1) - 1.0, 1e-13));
}

TEST_CASE("wages that overflow are reported, not passed on") {
  MarketClearing markets(TradeBaseline(test::three_countries()), Closure::kMultiplicative);
  markets.set_shock({});
  CHECK_FALSE(markets.evaluate(std::vector<double>{800.0, 0.0, 0.0}));
  CHECK_FALSE(markets.evaluate(std::vector<double>{0.0, std::nan(""), 0.0}));
  CHECK(std::isinf(markets.residual()));
  CHECK(markets.evaluate(std::vector<double>{0.0, 0.0, 0.0}));
}

TEST_CASE("a sector that a country does not buy is no obstacle") {
  const TradeFlows world{2, 2, {6, 2, 1, 3, 10, 0, 4, 0}, {5.0, 8.0}};
  MarketClearing markets(TradeBaseline(world), Closure::kMultiplicative);
  markets.set_shock({});
  CHECK(markets.evaluate(std::vector<double>{0.0, 0.0}));
  CHECK_NOTHROW(markets.require_markets());
  CHECK(markets.residual() < 1e-14);
}

TEST_CASE("the first country without a market is named") {
  MarketClearing markets(TradeBaseline(test::three_countries()), Closure::kMultiplicative);
  const std::vector<double> no_purchases{1, 0, 1, 1, 0, 1, 1, 0, 1}, no_sales{1, 1, 1, 1, 1, 1, 0, 0, 0};
  markets.set_shock({no_purchases, {}});
  CHECK(message_of(markets).find("row 1 can no longer buy") != std::string::npos);
  markets.set_shock({no_sales, {}});
  CHECK(message_of(markets).find("row 2 can no longer sell") != std::string::npos);
}

TEST_CASE("price indices found on their own are those of the equilibrium") {
  const TradeFlows world = test::random_flows(65, 12, 2, 0.6);
  const auto factor = test::random_factors(65, world);
  TradeSolver solver(TradeBaseline(world), Closure::kMultiplicative);
  const TradeEquilibrium& solved = solver.solve({factor, {}});
  MarketClearing markets(TradeBaseline(world), Closure::kMultiplicative);
  markets.set_shock({factor, {}});
  std::vector<double> ln_price_index(12);
  markets.find_price_index(solved.ln_wage, ln_price_index);
  for (std::size_t j = 0; j < 12; ++j) {
    CHECK(std::fabs(ln_price_index[j] - std::log(solved.price_index[j])) < 1e-14);
  }
}

TEST_CASE("an income apart from the price of goods moves what is spent, not what goods cost") {
  const TradeFlows world = test::random_flows(66, 8, 1, 0.6);
  MarketClearing markets(TradeBaseline(world), Closure::kBalanced);
  markets.set_shock({});
  const std::vector<double> unmoved(8, 0.0);
  std::vector<double> income(8, 0.0);
  income[3] = 0.1;
  REQUIRE(markets.evaluate(unmoved, income));
  TradeEquilibrium state = TradeSolver(TradeBaseline(world), Closure::kBalanced).equilibrium();
  markets.write(unmoved, state);
  CHECK(std::equal(state.share.begin(), state.share.end(), markets.baseline().share().begin()));
  for (std::size_t i = 0; i < 8; ++i) {
    const double rise = i == 3 ? std::exp(0.1) : 1.0;
    CHECK(test::near(state.output[i], rise * markets.baseline().output()[i], 1e-14));
    CHECK(test::near(state.expenditure[i], rise * markets.baseline().output()[i], 1e-14));
    CHECK(state.price_index[i] == 1.0);
  }
}
