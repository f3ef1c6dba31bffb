#include "sim/trade/solver.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;
using testing::contains;
using testing::error_message;

namespace {

constexpr std::array kClosures{Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced};

void require_close(double value, double expected, double tolerance) {
  CHECK(std::fabs(value / expected - 1.0) <= tolerance);
}

double largest_difference(std::span<const double> a, std::span<const double> b) {
  double largest = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::fabs(a[i] - b[i]));
  return largest;
}

}  // namespace

TEST_CASE("no change on a balanced baseline leaves every ratio exactly 1, again and again") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  const TradeFlows world = test::random_flows(3, 198, 2, 0.8);
  TradeSolver solver(balanced(TradeBaseline(world)), closure);
  const std::vector<double> ones(world.flow.size(), 1.0), equal(198, 1.0);
  const TradeEquilibrium first = solver.solve({});
  for (int repeat = 0; repeat < 3; ++repeat) {
    const TradeEquilibrium& result = solver.solve({ones, equal});
    CHECK(result.iterations == 0);
    for (std::size_t j = 0; j < 198; ++j) {
      REQUIRE(result.ln_wage[j] == 0.0);
      REQUIRE(result.real_income[j] == 1.0);
      REQUIRE(result.real_wage[j] == 1.0);
      REQUIRE(result.price_index[j] == 1.0);
    }
    CHECK(result.flow == first.flow);
    CHECK(result.share == first.share);
    CHECK(std::equal(result.share.begin(), result.share.end(), solver.baseline().share().begin()));
  }
}

TEST_CASE("no change on unbalanced flows leaves every ratio exactly 1 where deficits are kept") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive);
  TradeSolver solver(TradeBaseline(test::random_flows(4, 40, 2, 0.7)), closure);
  const TradeEquilibrium& result = solver.solve({});
  CHECK(result.iterations == 0);
  for (std::size_t j = 0; j < 40; ++j) {
    REQUIRE(result.ln_wage[j] == 0.0);
    REQUIRE(result.real_income[j] == 1.0);
  }
}

TEST_CASE("a solved world stays bit for bit when it is solved again under the same shock") {
  const TradeFlows world = test::random_flows(5, 60, 2, 0.7);
  TradeSolver solver(TradeBaseline(world), Closure::kMultiplicative);
  const auto factor = test::split_by_parity(world, 1.7);
  const TradeEquilibrium first = solver.solve({factor, {}});
  const TradeEquilibrium& second = solver.solve({factor, {}});
  CHECK(first.iterations > 3);
  CHECK(second.iterations == 0);
  CHECK(first.ln_wage == second.ln_wage);
  CHECK(first.real_income == second.real_income);
  CHECK(first.flow == second.flow);
}

TEST_CASE("accounts close on random worlds under random shocks") {
  const std::uint64_t seed = GENERATE(range(1U, 13U));
  const Closure closure = kClosures[seed % 3];
  const TradeFlows world = test::random_flows(seed, 5 + 3 * seed, 1 + seed % 3, 0.2 + 0.06 * static_cast<double>(seed));
  const std::size_t n = world.countries;
  const auto factor = test::random_factors(seed, world);
  std::vector<double> productivity(n);
  for (std::size_t i = 0; i < n; ++i) productivity[i] = 0.8 + 0.5 * test::uniform(seed, i, 5);
  TradeSolver solver(TradeBaseline(world), closure);
  const TradeEquilibrium& result = solver.solve({factor, productivity});
  CHECK(result.residual < 1e-12);
  CHECK(result.acr_gap < 1e-13);
  std::vector<double> sold(n, 0.0), bought(n, 0.0);
  for (std::size_t k = 0; k < result.flow.size(); ++k) {
    sold[k / n % n] += result.flow[k];
    bought[k % n] += result.flow[k];
  }
  double deficits = 0.0, output = 0.0, world_output = 0.0;
  for (std::size_t j = 0; j < n; ++j) {
    require_close(sold[j], result.output[j], 2e-12);
    require_close(bought[j], result.expenditure[j], 1e-12);
    deficits += result.expenditure[j] - result.output[j];
    output += result.output[j];
    world_output += solver.baseline().output()[j];
    const double income = result.expenditure[j] / solver.baseline().expenditure()[j] / result.price_index[j];
    require_close(result.real_income[j], income, 1e-14);
    double home = productivity[j];
    for (std::size_t s = 0; s < world.sectors; ++s) {
      const std::size_t k = (s * n + j) * n + j;
      home *= std::pow(result.share[k] / solver.baseline().share()[k],
                       -solver.baseline().sector_share()[s * n + j] / world.elasticity[s]);
    }
    require_close(result.real_wage[j], home, 1e-12);
  }
  CHECK(std::fabs(deficits / output) < 1e-12);
  require_close(output, world_output, 1e-14);
}

TEST_CASE("dearer exports hurt the seller named first and shift the buyer named second") {
  TradeFlows world{3, 1, {80, 15, 5, 5, 80, 15, 15, 5, 80}, {5.0}};
  TradeSolver solver(TradeBaseline(world), Closure::kBalanced);
  std::vector<double> factor(9, 1.0);
  factor[0 * 3 + 1] = 0.0;  // country 0 may no longer sell to country 1
  const TradeEquilibrium& result = solver.solve({factor, {}});
  CHECK(result.flow[0 * 3 + 1] == 0.0);
  CHECK(result.flow[1 * 3 + 0] > 0.0);
  CHECK(result.ln_wage[0] < -0.01);
  CHECK(result.ln_wage[0] < result.ln_wage[1]);
}

TEST_CASE("nearly closed and strongly split worlds are solved to the tolerance") {
  const double home_share = GENERATE(0.05, 0.5, 0.95, 0.999, 0.999999);
  const double tau = GENERATE(1.3, 2.0, 10.0, 1000.0);
  const TradeFlows world = test::random_flows(11, 30, 2, home_share);
  TradeSolver solver(balanced(TradeBaseline(world)), Closure::kBalanced);
  const auto factor = test::split_by_parity(world, tau);
  const TradeEquilibrium& result = solver.solve({factor, {}});
  CHECK(result.residual < 1e-12);
  CHECK(result.acr_gap < 1e-12);
}

TEST_CASE("Newton's method alone finds the same equilibrium") {
  const Closure closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  const TradeFlows world = test::random_flows(13, 25, 2, 0.6);
  const auto factor = test::split_by_parity(world, 2.0);
  TradeSolver usual(TradeBaseline(world), closure);
  TradeSolver newton(TradeBaseline(world), closure, {.max_iterations = 0});
  const TradeEquilibrium& result = newton.solve({factor, {}});
  CHECK(result.newton_used);
  CHECK(result.iterations <= 12);
  CHECK(largest_difference(usual.solve({factor, {}}).ln_wage, result.ln_wage) < 1e-10);
}

TEST_CASE("a start from other wages ends at the same equilibrium") {
  const TradeFlows world = test::random_flows(14, 25, 2, 0.6);
  TradeSolver solver(TradeBaseline(world), Closure::kMultiplicative);
  const auto factor = test::split_by_parity(world, 1.5);
  const TradeEquilibrium cold = solver.solve({factor, {}});
  std::vector<double> wages(25);
  for (std::size_t i = 0; i < 25; ++i) wages[i] = test::uniform(14, i, 6) - 0.5;
  solver.start_from(wages);
  CHECK(largest_difference(solver.solve({factor, {}}).ln_wage, cold.ln_wage) < 1e-10);
  solver.start_from(cold.ln_wage);
  const TradeEquilibrium& again = solver.solve({factor, {}});
  CHECK(again.iterations == 0);
  CHECK(again.ln_wage == cold.ln_wage);
}

TEST_CASE("a start that overflows falls back to the baseline's wages") {
  TradeSolver solver(TradeBaseline(test::three_countries()), Closure::kMultiplicative);
  solver.start_from(std::vector<double>{900.0, 0.0, -900.0});
  const TradeEquilibrium& result = solver.solve({});
  CHECK(result.newton_used);
  CHECK(result.residual < 1e-12);
  for (const double ln_wage : result.ln_wage) CHECK(std::fabs(ln_wage) < 1e-12);
}

TEST_CASE("shocks without an equilibrium or without sense are refused by name") {
  const std::vector<std::string> labels{"AAA", "BBB", "CCC"};
  TradeSolver solver(TradeBaseline(test::three_countries(), labels), Closure::kBalanced);
  std::vector<double> factor(9, 1.0);
  factor[1 * 3 + 2] = std::nan("");
  CHECK(contains(error_message([&] {
                   solver.solve({factor, {}});
                 }),
                 "BBB (row 1) to country CCC (row 2) in sector 0 is nan"));
  factor[1 * 3 + 2] = -0.1;
  CHECK(contains(error_message([&] {
                   solver.solve({factor, {}});
                 }),
                 "BBB (row 1) to country CCC (row 2) in sector 0 is -0.1"));
  factor[1 * 3 + 2] = -HUGE_VAL;
  CHECK(contains(error_message([&] { solver.solve({factor, {}}); }), "is -inf"));
  factor[1 * 3 + 2] = 1.0;
  const std::vector<double> productivity{1.0, 0.0, 1.0};
  CHECK(contains(error_message([&] { solver.solve({{}, productivity}); }), "productivity of country BBB (row 1)"));
  for (std::size_t i = 0; i < 3; ++i) factor[i * 3 + 2] = 0.0;
  CHECK(contains(error_message([&] {
                   solver.solve({factor, {}});
                 }),
                 "CCC (row 2) can no longer buy anything in sector 0"));
  factor.assign(9, 1.0);
  for (std::size_t j = 0; j < 3; ++j) factor[0 * 3 + j] = 0.0;
  CHECK(contains(error_message([&] { solver.solve({factor, {}}); }), "AAA (row 0) can no longer sell to anyone"));
}

TEST_CASE("deficits that no trade can pay are refused with the course of the residual, and the solver goes on") {
  const std::vector<std::string> labels{"AAA", "BBB", "CCC"};
  const TradeFlows world = test::three_countries();
  TradeSolver solver(TradeBaseline(world, labels), Closure::kMultiplicative);
  const auto factor = test::autarky(world);
  const std::string message = error_message([&] { solver.solve({factor, {}}); });
  CHECK(contains(message, "no trade equilibrium found"));
  CHECK(contains(message, "(row "));
  CHECK(contains(message, "Residuals:"));
  CHECK(solver.solve({}).iterations == 0);
}

TEST_CASE("fixed deficits that cannot be paid are refused by their cause, and the solver goes on") {
  const std::vector<std::string> labels{"AAA", "BBB", "CCC"};
  const TradeFlows world = test::three_countries();
  TradeSolver solver(TradeBaseline(world, labels), Closure::kAdditive);
  auto factor = test::autarky(world);
  CHECK(contains(error_message([&] {
                   solver.solve({factor, {}});
                 }),
                 "country AAA (row 0) has no trade left, not even through others, with country BBB (row 1)"));
  for (double& value : factor) value = value > 0.0 ? value : 1e-30;  // hardly any trade, but a surplus to deliver
  const std::string message = error_message([&] { solver.solve({factor, {}}); });
  CHECK(contains(message, "The fixed surplus of country AAA (row 0) takes all that it can earn"));
  CHECK(contains(message, "Residuals:"));
  CHECK(solver.solve({}).iterations == 0);
}

TEST_CASE("a country that may import but not export ends in autarky") {
  const TradeFlows world = test::three_countries();
  TradeSolver solver(TradeBaseline(world), Closure::kBalanced);
  const std::vector<double> factor{1, 0, 0, 1, 1, 1, 1, 1, 1};
  const TradeEquilibrium& result = solver.solve({factor, {}});
  const double home_share = solver.baseline().share()[0];
  require_close(result.real_wage[0], std::pow(home_share, 0.2), 1e-11);
}

TEST_CASE("a negative zero forbids trade as zero does") {
  TradeSolver solver(TradeBaseline(test::three_countries()), Closure::kMultiplicative);
  std::vector<double> factor(9, 1.0);
  factor[1] = 0.0;
  const TradeEquilibrium zero = solver.solve({factor, {}});
  factor[1] = -0.0;
  solver.reset();
  CHECK(solver.solve({factor, {}}).ln_wage == zero.ln_wage);
}

TEST_CASE("without flows a solve has the same totals bit for bit") {
  const TradeFlows world = test::random_flows(18, 30, 2, 0.7);
  TradeSolver solver(TradeBaseline(world), Closure::kMultiplicative);
  const auto factor = test::split_by_parity(world, 1.6);
  const TradeEquilibrium with = solver.solve({factor, {}});
  solver.reset();
  const TradeEquilibrium without = solver.solve({factor, {}}, TradeDetail::kTotals);
  CHECK(without.share.empty());
  CHECK(without.flow.empty());
  CHECK(without.demand_slope.empty());
  CHECK(without.iterations == with.iterations);
  CHECK(without.ln_wage == with.ln_wage);
  CHECK(without.real_income == with.real_income);
  CHECK(without.sector_price_index == with.sector_price_index);
  CHECK(without.home_share == with.home_share);
  CHECK(without.acr_gap == with.acr_gap);
  for (std::size_t k = 0; k < 60; ++k) REQUIRE(with.home_share[k] == with.share[k * 30 + k % 30]);
  const TradeEquilibrium& again = solver.solve({factor, {}});
  CHECK(again.share == with.share);
  CHECK(again.flow == with.flow);
  CHECK(again.demand_slope == with.demand_slope);
}

TEST_CASE("arrays of a wrong size are refused") {
  TradeSolver solver(TradeBaseline(test::three_countries()), Closure::kBalanced);
  const std::vector<double> short_factor(8, 1.0), short_productivity(2, 1.0);
  CHECK_THROWS_AS(solver.solve({short_factor, {}}), InternalError);
  CHECK_THROWS_AS(solver.solve({{}, short_productivity}), InternalError);
  CHECK_THROWS_AS(solver.start_from(short_productivity), InternalError);
}

TEST_CASE("a solve leaves the residual of each evaluation, the last one being that of the result") {
  TradeFlows world = test::random_flows(5, 30, 1, 0.7);
  TradeSolver solver{TradeBaseline(world), Closure::kMultiplicative};
  std::vector<double> factor(world.flow.size(), 0.5);
  for (std::size_t i = 0; i < 30; ++i) factor[i * 31] = 1.0;
  const TradeEquilibrium& result = solver.solve({factor, {}});
  REQUIRE(solver.residuals().size() == static_cast<std::size_t>(result.iterations) + 1);
  CHECK(solver.residuals().back() == result.residual);
  CHECK(solver.residuals().front() > 1e-3);
  solver.solve({factor, {}});
  CHECK(solver.residuals().size() == 1);
}
