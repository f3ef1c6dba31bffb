#include "sim/trade/input_output.hpp"

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/trade/solver.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/trade/input_output_worlds.hpp"

using namespace splinternet;
using testing::contains;
using testing::error_message;

namespace {

struct Expected {
  std::array<double, 3> wage, consumer_price, real_wage, welfare, tariff_revenue;
  std::array<double, 9> price, spending, home_share;  // [sector][country]; home share against the baseline
};

void require_solution(const InputOutputShock& shock, const Expected& expected) {
  InputOutputSolver solver{InputOutputBaseline(test::three_by_three())};
  const InputOutputEquilibrium& result = solver.solve(shock);
  CHECK(result.residual < 1e-12);
  CHECK(result.acr_gap < 1e-12);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(test::near(math::exp(result.ln_wage[i]), expected.wage[i], 1e-11));
    CHECK(test::near(result.consumer_price[i], expected.consumer_price[i], 1e-11));
    CHECK(test::near(result.real_wage[i], expected.real_wage[i], 1e-11));
    CHECK(test::near(result.real_income[i], expected.welfare[i], 1e-11));
    CHECK(test::near(result.tariff_revenue[i], expected.tariff_revenue[i], 1e-11));
  }
  for (std::size_t k = 0; k < 9; ++k) {
    CHECK(test::near(result.sector_price[k], expected.price[k], 1e-11));
    CHECK(test::near(result.expenditure[k], expected.spending[k], 1e-11));
    const std::size_t home = k * 3 + k % 3;
    const double share = result.share[home] / solver.baseline().trade().share()[home];
    CHECK(test::near(share, expected.home_share[k], 1e-11));
  }
}

}  // namespace

TEST_CASE("iceberg decoupling of two countries with inputs and tariffs gives the stored solution") {
  std::vector<double> factor(27, 1.0);
  for (const std::size_t s : {1U, 2U}) {
    factor[s * 9 + 0 * 3 + 2] = factor[s * 9 + 2 * 3 + 0] = math::pow(1.5, s == 1 ? -5.0 : -4.0);
  }
  require_solution({.cost_factor = factor, .productivity = {}, .tariff = {}, .deficit = {}},
                   {{0.9987544428746128, 1.0232414647797583, 0.9707567260218005},
                    {1.0314890417807256, 1.0193454262709085, 1.012728514197797},
                    {0.9682647148150009, 1.003822098386317, 0.9585557357301792},
                    {0.963005643630635, 1.0066339645003095, 0.9468552714463857},
                    {2.064774483887858, 2.3679341211231115, 1.2498404555881222},
                    {1.017766829639005, 1.018884780865894, 1.0020780982233453, 1.0546715569253473, 1.0179113414167469,
                     1.036907800863569, 1.019863531844102, 1.0202542690146996, 0.9981170590935194},
                    {35.18150182523161, 26.899770194236343, 31.90897291176011, 80.63356644124653, 70.47708941890284,
                     62.55949832780374, 78.36000501981215, 76.9731759770436, 48.09247088833239},
                    {0.9877891632688102, 0.983900872115472, 1.0236946512824916, 1.1502330105437988, 0.9897058463900987,
                     1.1710173323050703, 1.0350156892990856, 0.9935729937974018, 1.0406508881025887}});
}

TEST_CASE("a tariff war of two countries with inputs gives the stored solution") {
  std::vector<double> tariff = test::three_by_three().tariff;
  tariff[1 * 9 + 0 * 3 + 2] = tariff[1 * 9 + 2 * 3 + 0] = 0.4;
  require_solution({.cost_factor = {}, .productivity = {}, .tariff = tariff, .deficit = {}},
                   {{0.9969450499069705, 1.0172488273933882, 0.9811882660619023},
                    {1.0187377912757818, 1.0142652581920952, 1.0097772034223833},
                    {0.9786080956695247, 1.0029416064261247, 0.9716878760348461},
                    {0.9831605404767213, 1.0050902802611503, 0.9723265499010751},
                    {3.045392000091885, 2.33805663460258, 1.96558844304045},
                    {1.0117151028276021, 1.0140203538166883, 1.0033905121621496, 1.041071561032235, 1.0132926941542153,
                     1.0315189780587204, 1.0047832111403707, 1.0148629783898975, 0.9938842761946979},
                    {35.41215365677288, 26.737975694188773, 32.293862423276835, 80.98966462168256, 69.96399049042354,
                     62.95565920063502, 78.62827601419693, 76.44705026495926, 48.91344532487049},
                    {0.9960740656393419, 0.9881271449760556, 1.0144903189999126, 1.125878307787969, 0.9924518815678635,
                     1.136051725631719, 1.000665843747039, 0.994675690512685, 1.0065216819678162}});
}

TEST_CASE("no change leaves wages and prices exactly, and tariff revenue as it was") {
  InputOutputSolver solver{InputOutputBaseline(test::three_by_three())};
  const InputOutputEquilibrium& result = solver.solve({});
  CHECK(result.evaluations == 1);
  const std::array revenue{2.624881525933329, 2.2358921735544266, 1.8657403591895028};
  const std::array spending{35.4798324257736,  26.117693164774536, 32.939067529129204,
                            81.24791542011405, 67.90588533479499,  64.7389047736327,
                            78.66110344942231, 74.81950862662794,  49.92432462106217};
  for (std::size_t k = 0; k < 9; ++k) {
    CHECK(test::near(result.expenditure[k], spending[k], 1e-13));
    CHECK(result.sector_price[k] == 1.0);
  }
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(result.ln_wage[i] == 0.0);
    CHECK(result.real_wage[i] == 1.0);
    CHECK(test::near(result.real_income[i], 1.0, 1e-13));
    CHECK(test::near(result.tariff_revenue[i], revenue[i], 1e-13));
  }
}

TEST_CASE("without inputs and tariffs the solution is that of the solver without them") {
  const TradeFlows world = test::random_flows(93, 14, 3, 0.5);
  const auto factor = test::random_factors(93, world);
  std::vector<double> productivity(14);
  for (std::size_t i = 0; i < 14; ++i) productivity[i] = 0.8 + 0.4 * test::uniform(93, i, 5);
  TradeSolver plain(TradeBaseline(world), Closure::kAdditive);
  const TradeEquilibrium& expected = plain.solve({factor, productivity});
  InputOutputData data{world, {}, std::vector<double>(3 * 14, 1.0), std::vector<double>(14 * 9, 0.0)};
  InputOutputSolver solver{InputOutputBaseline(data)};
  const InputOutputEquilibrium& result = solver.solve({factor, productivity, {}, {}});
  for (std::size_t i = 0; i < 14; ++i) {
    CHECK(std::fabs(result.ln_wage[i] - expected.ln_wage[i]) < 1e-10);
    CHECK(test::near(result.real_income[i], expected.real_income[i], 1e-10));
    CHECK(test::near(result.real_wage[i], expected.real_wage[i], 1e-10));
  }
  for (std::size_t k = 0; k < factor.size(); ++k) CHECK(test::near(result.flow[k], expected.flow[k], 1e-9));
}

TEST_CASE("in symmetric worlds inputs raise the cost of division to the power of one over value added") {
  const double value_added = GENERATE(1.0, 0.5, 0.25);
  constexpr std::size_t kCountries = 6;
  constexpr double kTheta = 4.0, kWithin = 1.3, kBefore = 1.3, kAfter = 3.0;
  InputOutputData data;
  data.trade = {kCountries, 1, std::vector<double>(kCountries * kCountries), {kTheta}};
  std::vector<double> factor(kCountries * kCountries, 1.0);
  for (std::size_t k = 0; k < factor.size(); ++k) {
    const std::size_t i = k / kCountries, j = k % kCountries;
    const bool across = i % 3 != j % 3;
    data.trade.flow[k] = i == j ? 1.0 : math::pow(across ? kBefore : kWithin, -kTheta);
    if (across) factor[k] = math::pow(kAfter / kBefore, -kTheta);
  }
  data.value_added.assign(kCountries, value_added);
  data.input_share.assign(kCountries, 1.0 - value_added);
  InputOutputSolver solver{InputOutputBaseline(data)};
  const InputOutputEquilibrium& result = solver.solve({factor, {}, {}, {}});
  const double expected = std::pow(0.8445699845894928, 1.0 / value_added);  // closed form for three blocs of two
  for (const double welfare : result.real_income) CHECK(test::near(welfare, expected, 1e-11));
}

TEST_CASE("accounts close and the real wage obeys its identity on random worlds under random shocks") {
  const std::uint64_t seed = GENERATE(range(1U, 11U));
  const std::size_t n = 4 + 2 * seed, sectors = 1 + seed % 4;
  const InputOutputData data = test::random_production(seed, n, sectors, 0.3 + 0.06 * static_cast<double>(seed), 0.35);
  const auto factor = test::random_factors(seed, data.trade);
  std::vector<double> tariff(data.tariff.size()), productivity(n);
  const std::vector<double> no_deficit(n, 0.0);
  for (std::size_t k = 0; k < tariff.size(); ++k)
    tariff[k] = data.tariff[k] > 0.0 ? 0.5 * test::uniform(seed, k, 9) : 0;
  for (std::size_t i = 0; i < n; ++i) productivity[i] = 0.8 + 0.5 * test::uniform(seed, i, 5);
  InputOutputSolver solver{InputOutputBaseline(data)};
  const InputOutputEquilibrium& result = solver.solve({factor, productivity, tariff, no_deficit});
  CHECK(result.residual < 1e-12);
  CHECK(result.acr_gap < 1e-12);
  double wages = 0.0, world_wages = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    double labour = 0.0, final_demand = 0.0, revenue = 0.0;
    for (std::size_t s = 0; s < sectors; ++s) {
      double sales = 0.0, bought = 0.0, inputs = 0.0;
      for (std::size_t j = 0; j < n; ++j) {
        const std::size_t to = (s * n + i) * n + j, from = (s * n + j) * n + i;
        sales += result.flow[to] / (1.0 + tariff[to]);
        bought += result.flow[from];
        revenue += result.flow[from] * tariff[from] / (1.0 + tariff[from]);
      }
      for (std::size_t output = 0; output < sectors; ++output) {
        inputs += data.input_share[(i * sectors + s) * sectors + output] * result.sales[output * n + i];
      }
      CHECK(test::near(result.sales[s * n + i], sales, 1e-12));
      CHECK(test::near(result.expenditure[s * n + i], bought, 1e-11));
      labour += data.value_added[s * n + i] * sales;
      final_demand += bought - inputs;
    }
    const double bill = math::exp(result.ln_wage[i]) * solver.baseline().wage_bill()[i];
    CHECK(test::near(labour, bill, 1e-11));
    CHECK(test::near(revenue, result.tariff_revenue[i], 1e-11));
    CHECK(test::near(final_demand, bill + revenue, 1e-10));
    wages += bill;
    world_wages += solver.baseline().wage_bill()[i];
  }
  CHECK(test::near(wages, world_wages, 1e-11));
}

TEST_CASE("nearly closed and divided worlds with long chains of inputs are solved to the tolerance") {
  const double home_share = GENERATE(0.3, 0.9, 0.999);
  const double tau = GENERATE(1.3, 2.0, 10.0);
  const InputOutputData data = test::random_production(94, 20, 4, home_share, 0.2);
  InputOutputSolver solver{InputOutputBaseline(data)};
  const std::vector<double> factor = test::split_by_parity(data.trade, tau), no_deficit(20, 0.0);
  const InputOutputEquilibrium& result = solver.solve({factor, {}, {}, no_deficit});
  CHECK(result.residual < 1e-12);
  CHECK(result.acr_gap < 1e-11);
}

TEST_CASE("a solved world stays as it is when it is solved again, and reset leads back to the same") {
  const InputOutputData data = test::random_production(95, 10, 2, 0.6, 0.4);
  const auto factor = test::random_factors(95, data.trade);
  InputOutputSolver solver{InputOutputBaseline(data)};
  const InputOutputEquilibrium first = solver.solve({factor, {}, {}, {}});
  CHECK(first.evaluations > 3);
  CHECK(solver.solve({factor, {}, {}, {}}).evaluations == 1);
  CHECK(solver.solve({factor, {}, {}, {}}).ln_wage == first.ln_wage);
  solver.reset();
  CHECK(solver.solve({factor, {}, {}, {}}).ln_wage == first.ln_wage);
}

TEST_CASE("a sector that a country neither makes nor buys stays empty") {
  InputOutputData data;
  data.trade = {3, 2, {80, 10, 10, 5, 60, 5, 10, 5, 50, 20, 5, 0, 5, 20, 0, 0, 0, 0}, {5.0, 4.0}};
  data.value_added = {0.6, 0.6, 0.7, 0.6, 0.6, 0.7};
  data.input_share = {0.3, 0.3, 0.1, 0.1, 0.3, 0.3, 0.1, 0.1, 0.3, 0.3, 0.0, 0.0};
  InputOutputSolver solver{InputOutputBaseline(data)};
  std::vector<double> factor(18, 1.0);
  factor[1] = 0.3;
  const InputOutputEquilibrium& result = solver.solve({factor, {}, {}, {}});
  CHECK(result.residual < 1e-12);
  CHECK(result.sector_price[1 * 3 + 2] == 1.0);
  CHECK(result.expenditure[1 * 3 + 2] == 0.0);
  CHECK(result.sales[1 * 3 + 2] == 0.0);
}

TEST_CASE("shocks out of range and worlds without a solution are named") {
  InputOutputSolver solver{InputOutputBaseline(test::three_by_three(), std::vector<std::string>{"AAA", "BBB", "CCC"})};
  std::vector<double> factor(27, 1.0);
  factor[0 * 9 + 1 * 3 + 2] = -0.5;
  CHECK(contains(error_message([&] {
                   solver.solve({factor, {}, {}, {}});
                 }),
                 "from country BBB (row 1) to country CCC (row 2) in sector 0"));
  std::vector<double> tariff(27, 0.0);
  tariff[4] = 0.1;
  CHECK(contains(error_message([&] { solver.solve({{}, {}, tariff, {}}); }), "the tariff 0.1"));
  const std::vector<double> productivity{1.0, 0.0, 1.0};
  CHECK(contains(error_message([&] {
                   solver.solve({{}, productivity, {}, {}});
                 }),
                 "productivity of country BBB (row 1)"));
  const std::vector<double> deficit{1.0, 0.0, 1.0};
  CHECK(contains(error_message([&] { solver.solve({{}, {}, {}, deficit}); }), "deficits add up to 2"));
  factor.assign(27, 1.0);
  for (std::size_t i = 0; i < 3; ++i) factor[2 * 9 + i * 3 + 1] = 0.0;
  CHECK(contains(error_message([&] {
                   solver.solve({factor, {}, {}, {}});
                 }),
                 "BBB (row 1) can no longer buy anything in sector 2"));
  factor.assign(27, 1.0);
  for (std::size_t s = 0; s < 3; ++s) {
    for (std::size_t j = 0; j < 3; ++j) factor[s * 9 + 0 * 3 + j] = 0.0;
  }
  CHECK(contains(error_message([&] {
                   solver.solve({factor, {}, {}, {}});
                 }),
                 "AAA (row 0) can no longer sell to anyone"));
  const std::vector<double> debts{-500.0, 250.0, 250.0};
  CHECK(contains(error_message([&] {
                   solver.solve({{}, {}, {}, debts});
                 }),
                 "no trade equilibrium with inputs found: the accounts of"));
  CHECK(contains(error_message([&] {
                   solver.solve({{}, {}, {}, debts});
                 }),
                 "The fixed surplus of country AAA (row 0)"));
  CHECK(solver.solve({}).evaluations == 1);  // errors leave no trace
  const std::vector<double> two(2, 1.0);
  CHECK_THROWS_AS(solver.solve({two, {}, {}, {}}), InternalError);
  CHECK_THROWS_AS(solver.solve({{}, two, {}, {}}), InternalError);
}
