// Trade engines against published solutions and closed forms.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "sim/core/math.hpp"
#include "sim/trade/gravity.hpp"
#include "sim/trade/solver.hpp"
#include "tests/support/catch.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;

namespace {

struct Expected {
  std::array<double, 3> wage, price, real_wage, welfare;
  std::array<double, 9> flow;
};

void require_close(double value, double expected, double tolerance) {
  CHECK(std::fabs(value / expected - 1.0) <= tolerance);
}

void require_solution(Closure closure, const Expected& expected) {
  const double factor = math::pow(1.5, -5.0);
  const std::vector<double> cost_factor{1, 1, factor, 1, 1, 1, factor, 1, 1};
  TradeSolver solver(TradeBaseline(test::three_countries()), closure);
  const TradeEquilibrium& result = solver.solve({cost_factor, {}});
  for (std::size_t i = 0; i < 3; ++i) {
    require_close(math::exp(result.ln_wage[i]), expected.wage[i], 1e-11);
    require_close(result.price_index[i], expected.price[i], 1e-11);
    require_close(result.real_wage[i], expected.real_wage[i], 1e-11);
    require_close(result.real_income[i], expected.welfare[i], 1e-11);
  }
  for (std::size_t k = 0; k < 9; ++k) require_close(result.flow[k], expected.flow[k], 1e-11);
}

/// Symmetric world of blocs with iceberg costs `within` and `across`, home trade free, all incomes 1.
TradeFlows blocs(std::size_t n, std::size_t count, double theta, double within, double across) {
  TradeFlows world{n, 1, std::vector<double>(n * n), {theta}};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double cost = i == j ? 1.0 : i % count == j % count ? within : across;
      world.flow[i * n + j] = math::pow(cost, -theta);
    }
  }
  return world;
}

double largest_difference(std::span<const double> a, std::span<const double> b) {
  double largest = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::fabs(a[i] - b[i]));
  return largest;
}

}  // namespace

TEST_CASE("three unbalanced countries with deficits in proportion to income give the published-algorithm solution") {
  require_solution(Closure::kMultiplicative,
                   {{1.0053851265428588, 1.0096332330439937, 0.9869761003539868},
                    {1.0288774556547409, 1.0058099248260695, 1.0077458523685283},
                    {0.9771670289957589, 1.0038012233957478, 0.9793898908482471},
                    {0.9771231812140139, 1.0037561804750874, 0.9793459433214652},
                    {78.98906692529359, 20.23445203759036, 1.3149936914023028, 16.57312081609367, 54.48390604684885,
                     11.73289824666502, 1.9557934758406086, 11.096615831885575, 87.61915292838002}});
}

TEST_CASE("three unbalanced countries with fixed deficits give the published-algorithm solution") {
  require_solution(Closure::kAdditive,
                   {{1.00541841561412, 1.0096021069243684, 0.9869684869685276},
                    {1.0288994979925363, 1.0057970849012885, 1.0077359009527573},
                    {0.9771784489892066, 1.0037830911226526, 0.9793920074053178},
                    {0.9773413219079721, 1.0034461465276288, 0.9793920074053178},
                    {79.00377705236737, 20.223304558670435, 1.314759950374517, 16.581507473340533, 54.47130164818579,
                     11.734563646271951, 1.9565570357041069, 11.092766560941982, 87.62146207414334}});
}

TEST_CASE("structural gravity fitted to the three countries gives the same solution at full endowment") {
  const std::vector<double> flow = test::three_countries().flow;
  const Gravity gravity({5.0, {100, 82, 102}, {97, 85, 102}, 0, {}}, flow);
  for (std::size_t k = 0; k < 9; ++k) require_close(gravity.baseline().flow[k], flow[k], 1e-12);
  std::vector<double> ease = flow;
  for (const std::size_t pair : {2U, 6U}) ease[pair] *= math::pow(1.5, -5.0);
  const GravityEquilibrium full = gravity.full_endowment(ease);
  const std::array wage{1.0053851265428588, 1.0096332330439937, 0.9869761003539868};
  const std::array welfare{0.9771231812140139, 1.0037561804750874, 0.9793459433214652};
  const std::array flows{78.98906692529359,  20.23445203759036,  1.3149936914023028,
                         16.57312081609367,  54.48390604684885,  11.73289824666502,
                         1.9557934758406086, 11.096615831885575, 87.61915292838002};
  for (std::size_t i = 0; i < 3; ++i) {
    require_close(full.price[i], wage[i], 1e-11);
    require_close(full.real_income[i], welfare[i], 1e-11);
  }
  for (std::size_t k = 0; k < 9; ++k) require_close(full.trade.flow[k], flows[k], 1e-11);
}

// The rule p̂ = Π/Π' at the incomes of the baseline, by which a well-known package ends after one pass (gegravity 0.3).
TEST_CASE("prices read off resistances at the baseline's incomes are not those of the equilibrium") {
  const std::vector<double> flow = test::three_countries().flow;
  const Gravity gravity({5.0, {100, 82, 102}, {97, 85, 102}, 0, {}}, flow);
  std::vector<double> ease = flow;
  for (const std::size_t pair : {2U, 6U}) ease[pair] *= math::pow(1.5, -5.0);
  const GravityEquilibrium full = gravity.full_endowment(ease);
  const GravityFlows once = gravity.conditional(ease);
  const auto relative_price = [&](std::size_t i) {  // against the first country: both rules leave the level open
    const double here = gravity.baseline().outward[i] / once.outward[i];
    return here / (gravity.baseline().outward[0] / once.outward[0]);
  };
  double largest = 0.0;
  for (std::size_t i = 1; i < 3; ++i) {
    const double effect = full.price[i] / full.price[0] - 1.0;
    largest = std::max(largest, std::fabs(relative_price(i) - 1.0 - effect) / std::fabs(effect));
  }
  CHECK(largest > 0.1);  // of the effect itself
  CHECK(largest < 1.0);
}

TEST_CASE("symmetric blocs give the closed form of welfare") {
  struct Case {
    std::size_t n, blocs;
    double within, across, new_across, theta, welfare;
  };
  const auto c = GENERATE(
      Case{4, 2, 1.5, 1.5, 2.0, 5.0, 0.9693838957346934}, Case{6, 3, 1.3, 1.3, 3.0, 4.0, 0.8445699845894928},
      Case{190, 2, 1.8, 1.8, 2.4, 4.0, 0.9062364050508859}, Case{190, 2, 1.8, 1.8, 1e9, 4.0, 0.8507308074785667});
  const TradeFlows before = blocs(c.n, c.blocs, c.theta, c.within, c.across);
  std::vector<double> factor = blocs(c.n, c.blocs, c.theta, c.within, c.new_across).flow;
  for (std::size_t k = 0; k < factor.size(); ++k) factor[k] /= before.flow[k];
  TradeSolver solver(TradeBaseline(before), Closure::kBalanced);
  const TradeEquilibrium& result = solver.solve({factor, {}});
  const double n = static_cast<double>(c.n), members = n / static_cast<double>(c.blocs);
  const auto home_share = [&](double across) {
    return 1.0 / (1.0 + (members - 1.0) * std::pow(c.within, -c.theta) + (n - members) * std::pow(across, -c.theta));
  };
  require_close(std::pow(home_share(c.new_across) / home_share(c.across), -1.0 / c.theta), c.welfare, 1e-12);
  for (const double welfare : result.real_income) require_close(welfare, c.welfare, 1e-11);
}

TEST_CASE("autarky costs the home share to the power of one over the elasticity") {
  const TradeFlows world{3, 1, {70, 17.5, 11, 17.5, 55, 11, 11, 11, 80}, {5.0}};
  TradeSolver solver(TradeBaseline(world), Closure::kBalanced);
  const auto factor = test::autarky(world);
  const TradeEquilibrium& result = solver.solve({factor, {}});
  const std::array expected{0.9339687858003384, 0.9198886127885879, 0.9525723320331683};
  for (std::size_t j = 0; j < 3; ++j) {
    require_close(result.real_wage[j], expected[j], 1e-11);
    require_close(result.real_wage[j], std::pow(solver.baseline().share()[j * 3 + j], 0.2), 1e-11);
  }
}

TEST_CASE("in autarky real income rises in proportion to productivity") {
  const TradeFlows world = test::random_flows(1, 6, 2, 0.6);
  const std::vector<double> productivity{1.3, 0.8, 1.0, 2.0, 1.01, 0.5};
  TradeSolver solver(balanced(TradeBaseline(world)), Closure::kBalanced);
  const auto factor = test::autarky(world);
  const std::vector<double> closed = solver.solve({factor, {}}).real_income;
  solver.reset();
  const TradeEquilibrium& result = solver.solve({factor, productivity});
  for (std::size_t j = 0; j < 6; ++j) require_close(result.real_income[j] / closed[j], productivity[j], 1e-11);
}

TEST_CASE("productivity that rises alike everywhere raises all real incomes alike and moves no trade") {
  const TradeFlows world = test::random_flows(2, 9, 2, 0.5);
  TradeSolver solver(balanced(TradeBaseline(world)), Closure::kBalanced);
  const std::vector<double> flow = solver.solve({}).flow, productivity(9, 1.25);
  const TradeEquilibrium& result = solver.solve({{}, productivity});
  for (const double welfare : result.real_income) require_close(welfare, 1.25, 1e-12);
  for (std::size_t k = 0; k < flow.size(); ++k) require_close(result.flow[k], flow[k], 1e-11);
}

TEST_CASE("a sector split into two identical halves gives the one-sector answer") {
  const TradeFlows one = test::random_flows(9, 15, 1, 0.5);
  TradeFlows two{15, 2, {}, {one.elasticity[0], one.elasticity[0]}};
  const auto factor = test::random_factors(9, one);
  std::vector<double> factors;
  for (int half = 0; half < 2; ++half) {
    for (const double flow : one.flow) two.flow.push_back(0.5 * flow);
    factors.insert(factors.end(), factor.begin(), factor.end());
  }
  TradeSolver whole(TradeBaseline(one), Closure::kAdditive), halves(TradeBaseline(two), Closure::kAdditive);
  whole.solve({factor, {}});
  halves.solve({factors, {}});
  CHECK(largest_difference(whole.equilibrium().ln_wage, halves.equilibrium().ln_wage) < 1e-11);
  CHECK(largest_difference(whole.equilibrium().real_income, halves.equilibrium().real_income) < 1e-11);
}
