#include "sim/trade/acr.hpp"

#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/trade/input_output.hpp"
#include "sim/trade/solver.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/trade/engines.hpp"

using namespace splinternet;
using testing::contains_substring;

TEST_CASE("real wages follow from home shares on every solve, with productivity and home factors that move") {
  const double psi = GENERATE(0.0, 1.2);
  const TradeFlows world = test::random_flows(31, 15, 3, 0.6);
  auto factor = test::random_factors(31, world);
  std::vector<double> productivity;
  for (std::size_t i = 0; i < 15; ++i) {
    factor[i * 16] = 0.7 + 0.6 * test::uniform(31, i, 6);  // even what is sold at home
    productivity.push_back(0.5 + test::uniform(31, i, 5));
  }
  TradeSolver solver(TradeBaseline(world), Closure::kMultiplicative, {.supply_elasticity = psi});
  const TradeEquilibrium& result = solver.solve({factor, productivity});
  CHECK(result.acr_gap < 1e-14);
  CHECK(acr_gap(solver.baseline(), {factor, productivity}, result) == result.acr_gap);
}

TEST_CASE("a solution that breaks the identity is refused by name") {
  const TradeFlows world = test::three_countries();
  const std::vector<std::string> labels{"AAA", "BBB", "CCC"};
  TradeSolver solver(TradeBaseline(world, labels), Closure::kMultiplicative);
  const auto factor = test::split_by_parity(world, 1.3);
  const TradeEquilibrium solved = solver.solve({factor, {}});
  const auto checked = [&](const TradeEquilibrium& equilibrium, std::span<const double> productivity = {}) {
    return acr_gap(solver.baseline(), {factor, productivity}, equilibrium);
  };
  CHECK_NOTHROW(checked(solved));
  TradeEquilibrium breach = solved;
  breach.real_wage[1] *= 1.0 + 1e-8;
  CHECK_THROWS_AS(checked(breach), InternalError);
  CHECK_THROWS_WITH(checked(breach), contains_substring("real wage of country BBB (row 1)"));
  breach = solved;
  breach.home_share[2] *= 1.0 - 1e-7;
  CHECK_THROWS_WITH(checked(breach), contains_substring("country CCC (row 2)"));
  breach.home_share[2] = __builtin_nan("");
  CHECK_THROWS_AS(checked(breach), InternalError);
  const std::vector<double> productivity{1.0, 1.0, 1.1};  // not what was solved for
  CHECK_THROWS_WITH(checked(solved, productivity), contains_substring("country CCC (row 2)"));
}

TEST_CASE("a breach is found in any row") {
  const TradeFlows world = test::random_flows(32, 131, 2, 0.6);
  TradeSolver solver(TradeBaseline(world), Closure::kMultiplicative);
  const TradeEquilibrium solved = solver.solve({}, TradeDetail::kTotals);
  const std::size_t row = GENERATE(0U, 63U, 64U, 127U, 128U, 130U);
  TradeEquilibrium breach = solved;
  breach.home_share[131 + row] *= 1.0 + 1e-6;
  CHECK_THROWS_WITH(acr_gap(solver.baseline(), {}, breach),
                    contains_substring("country in row " + std::to_string(row) + " is off"));
}

TEST_CASE("with inputs and tariffs a breach of Leontief's form is refused") {
  InputOutputSolver solver{InputOutputBaseline(test::three_by_three())};
  std::vector<double> factor(27, 1.0);
  factor[9 + 2] = factor[9 + 6] = 0.1;
  const InputOutputShock shock{factor, {}, {}, {}};
  const InputOutputEquilibrium solved = solver.solve(shock);
  CHECK(acr_gap(solver.baseline(), shock, solved) < 1e-12);
  InputOutputEquilibrium breach = solved;
  breach.real_wage[0] *= 1.0 - 1e-8;
  CHECK_THROWS_WITH(acr_gap(solver.baseline(), shock, breach), contains_substring("country in row 0"));
  breach = solved;
  breach.share[2 * 9 + 4] *= 1.0 + 1e-7;
  CHECK_THROWS_AS(acr_gap(solver.baseline(), shock, breach), InternalError);
}

TEST_CASE("a country without home sales in a sector that it buys is left out of the identity") {
  TradeSolver solver(TradeBaseline({3, 1, {0, 40, 10, 30, 55, 12, 20, 10, 80}, {5.0}}), Closure::kMultiplicative);
  TradeEquilibrium solved = solver.solve({});
  solved.real_wage[0] = 2.0;
  CHECK(acr_gap(solver.baseline(), {}, solved) < 1e-14);
}

TEST_CASE("a real wage beyond the range of numbers is no breach of the identity") {
  TradeSolver solver(TradeBaseline({1, 1, {3}, {0.5}}), Closure::kBalanced);
  for (const double trust : {1e300, 1e-280}) {
    const std::vector<double> factor{trust};
    CHECK_THROWS_AS(solver.solve({factor, {}}), SolverError);
  }
}
