#include "sim/trade/clearing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/trade/solver.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;
using testing::contains;
using testing::error_message;

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

TEST_CASE("slopes are minus the derivatives of own gaps, those of the rates those of all") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  const double psi = GENERATE(0.0, 0.7);
  constexpr std::size_t kCountries = 6;
  const TradeFlows world = test::random_flows(62, kCountries, 2, 0.5);
  MarketClearing markets(TradeBaseline(world), closure, psi);
  const auto factor = test::random_factors(62, world);
  markets.set_shock({factor, {}});
  auto prices = some_wages(kCountries);
  markets.normalise(prices);
  REQUIRE(markets.evaluate(prices));
  markets.find_slopes(SlopeTerms::kAll);
  ClearingJacobian jacobian(kCountries, 2);
  const std::size_t pinned = markets.compute_rates(jacobian);
  const std::vector<double> slope(markets.slope().begin(), markets.slope().end());
  const std::vector<double> bill(markets.wage_bill().begin(), markets.wage_bill().end());
  const auto rates_at = [&](std::vector<double> at) {
    REQUIRE(markets.evaluate(at));
    std::vector<double> rates(kCountries);
    for (std::size_t i = 0; i < kCountries; ++i) rates[i] = std::log(1.0 + markets.gap()[i] / markets.wage_bill()[i]);
    return rates;
  };
  constexpr double kStep = 1e-5;
  for (std::size_t k = 0; k < kCountries; ++k) {
    auto up = prices, down = prices;
    up[k] += kStep;
    down[k] -= kStep;
    const auto above = rates_at(up), below = rates_at(down);
    for (std::size_t i = 0; i < kCountries; ++i) {
      const double numeric = (above[i] - below[i]) / (2 * kStep);
      if (i != pinned) CHECK(std::fabs(-jacobian.matrix()[i * kCountries + k] - numeric) < 1e-8);
    }
    const auto gaps_above = gaps_at(markets, up), gaps_below = gaps_at(markets, down);
    const double own = (gaps_above[k] - gaps_below[k]) / (2 * kStep);
    // The common factor of expenditure moves too, and the numeraire where deficits are fixed; both are left out.
    if (closure == Closure::kBalanced) CHECK(std::fabs(-slope[k] - own) < 1e-7 * bill[k] + 0.5 * psi * bill[k]);
    CHECK(slope[k] > 0.0);
  }
}

TEST_CASE("the pinned row of the rates is how output moves with prices") {
  const double psi = GENERATE(0.0, 0.7);
  constexpr std::size_t kCountries = 6;
  const TradeFlows world = test::random_flows(62, kCountries, 2, 0.5);
  MarketClearing markets(TradeBaseline(world), Closure::kBalanced, psi);
  markets.set_shock({});
  const auto prices = some_wages(kCountries);
  REQUIRE(markets.evaluate(prices));
  ClearingJacobian jacobian(kCountries, 2);
  const std::size_t pinned = markets.compute_rates(jacobian);
  const auto output_at = [&](std::vector<double> at) {
    REQUIRE(markets.evaluate(at));
    double sum = 0.0;
    for (const double bill : markets.wage_bill()) sum += bill;
    return std::log(sum);
  };
  for (std::size_t k = 0; k < kCountries; ++k) {
    auto up = prices, down = prices;
    up[k] += 1e-5;
    down[k] -= 1e-5;
    const double numeric = (output_at(up) - output_at(down)) / 2e-5;
    CHECK(std::fabs(jacobian.matrix()[pinned * kCountries + k] - numeric) < 1e-9);
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

TEST_CASE("a move goes along the step and keeps world output, to third order or where supply answers prices exactly") {
  const double psi = GENERATE(0.0, 0.7);
  const double length = GENERATE(1e-3, 0.1, 0.5);
  constexpr std::size_t kCountries = 11;
  MarketClearing markets(TradeBaseline(test::random_flows(63, kCountries, 2, 0.6)), Closure::kBalanced, psi);
  markets.set_shock({});
  const auto before = some_wages(kCountries);  // off the numeraire, which the move must see
  REQUIRE(markets.evaluate(before));
  std::vector<double> step(kCountries), after = before;
  for (std::size_t i = 0; i < kCountries; ++i) step[i] = 8.0 * (test::uniform(64, i, 9) - 0.5);
  markets.move(after, step, 0.25 * length);
  const double shift = after[0] - before[0] - 0.25 * length * step[0];
  for (std::size_t i = 0; i < kCountries; ++i) {
    CHECK(std::fabs(after[i] - before[i] - 0.25 * length * step[i] - shift) < 1e-15);
  }
  REQUIRE(markets.evaluate(after));
  double bill = 0.0, output = 0.0;
  for (const double value : markets.wage_bill()) bill += value;
  for (const double value : markets.baseline().output()) output += value;
  const double exact = psi > 0.0 ? 1e-14 : 1e-14 + std::pow(length, 4) / 16.0;
  CHECK(std::fabs(bill / output - 1.0) < exact);
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

TEST_CASE("the shocked flows tell whether markets and payments can balance") {
  MarketClearing markets(TradeBaseline(test::three_countries()), Closure::kAdditive);
  const std::vector<double> cut{1, 0, 1, 0, 1, 0, 1, 0, 1}, no_sales{1, 1, 1, 1, 1, 1, 0, 0, 0};
  markets.set_shock({cut, {}});
  CHECK(contains(error_message([&] { markets.require_balance_apart(); }), "has no trade left"));
  markets.set_shock({no_sales, {}});
  CHECK(contains(error_message([&] { markets.require_markets(); }), "row 2 can no longer sell"));
  markets.set_shock({});
  CHECK(error_message([&] { markets.require_balance_apart(); }) == "no error");
}

TEST_CASE("with fixed deficits the one who spends nothing is named") {
  MarketClearing markets(TradeBaseline(test::three_countries()), Closure::kAdditive);
  markets.set_shock({});
  REQUIRE(markets.evaluate(std::vector<double>{0.0, 0.0, 0.0}));
  CHECK(markets.country_without_spending() == 3);
  const std::vector<double> low{-9.0, 0.0, 0.0};  // AAA exports more than it imports, and would have to go on
  CHECK_FALSE(markets.evaluate(low));
  CHECK(markets.country_without_spending() == 0);
}

TEST_CASE("slopes with home shares only are steeper, by what other importers' shares take off") {
  const TradeFlows world = test::random_flows(67, 9, 2, 0.4);
  MarketClearing markets(TradeBaseline(world), Closure::kBalanced);
  markets.set_shock({test::random_factors(67, world), {}});
  const auto prices = some_wages(9);
  REQUIRE(markets.evaluate(prices));
  markets.find_slopes(SlopeTerms::kAll);
  const std::vector<double> exact(markets.slope().begin(), markets.slope().end());
  markets.find_slopes(SlopeTerms::kHome);
  TradeEquilibrium state = TradeSolver(TradeBaseline(world), Closure::kBalanced).equilibrium();
  markets.write(prices, TradeDetail::kFlows, state);
  CHECK(state.demand_slope == exact);
  markets.find_slopes(SlopeTerms::kHome);
  for (std::size_t i = 0; i < 9; ++i) {
    double abroad = 0.0;
    for (std::size_t s = 0; s < 2; ++s) {
      for (std::size_t j = 0; j < 9; ++j) {
        const std::size_t k = (s * 9 + i) * 9 + j;
        if (j != i) abroad += world.elasticity[s] * state.flow[k] * state.share[k];
      }
    }
    CHECK(abroad > 0.0);
    CHECK(std::fabs(markets.slope()[i] - exact[i] - abroad) < 1e-12 * exact[i]);
  }
}

TEST_CASE("prices that overflow are no solution, nor is a country without buyers, which is known by its row") {
  const TradeFlows world = test::random_flows(68, 21, 1, 0.6);
  MarketClearing markets(TradeBaseline(world), Closure::kBalanced);
  const std::size_t country = GENERATE(0U, 8U, 20U);
  std::vector<double> prices(21, 0.0), factor(21 * 21, 1.0);
  markets.set_shock({factor, {}});
  for (const double price : {-800.0, 800.0}) {
    prices[country] = price;
    CHECK_FALSE(markets.evaluate(prices));
    CHECK(markets.residual() == std::numeric_limits<double>::infinity());
  }
  prices[country] = 0.4;
  REQUIRE(markets.evaluate(prices));
  CHECK(markets.worst_country() == country);
  const double bill = markets.wage_bill()[country];
  CHECK(test::near(markets.residual(), std::fabs(markets.gap()[country]) / bill, 1e-14));
  std::fill_n(&factor[country * 21], 21, 0.0);
  markets.set_shock({factor, {}});
  CHECK_FALSE(markets.evaluate(prices));
  CHECK(markets.worst_country() == country);
}

TEST_CASE("supply that answers prices follows what output is worth in goods") {
  const TradeFlows world = test::random_flows(66, 8, 2, 0.6);
  MarketClearing markets(TradeBaseline(world), Closure::kBalanced, 1.5);
  const auto factor = test::random_factors(66, world);
  markets.set_shock({factor, {}});
  const auto prices = some_wages(8);
  REQUIRE(markets.evaluate(prices));
  TradeEquilibrium state = TradeSolver(TradeBaseline(world), Closure::kBalanced).equilibrium();
  markets.write(prices, TradeDetail::kFlows, state);
  for (std::size_t i = 0; i < 8; ++i) {
    const double price = std::exp(prices[i]);
    const double answer = price * std::pow(price / state.price_index[i], 1.5);
    CHECK(test::near(state.output[i], answer * markets.baseline().output()[i], 1e-13));
    CHECK(test::near(state.real_wage[i], price / state.price_index[i], 1e-14));
  }
  CHECK_THROWS_AS(MarketClearing(TradeBaseline(world), Closure::kBalanced, -0.1), DataError);
}
