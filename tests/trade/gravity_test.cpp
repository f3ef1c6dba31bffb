#include "sim/trade/gravity.hpp"

#include <cmath>
#include <string>
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

struct World {
  GravityData data;
  std::vector<double> ease, new_ease;
};

/// Sizes over three orders of magnitude, trade costs with log-normal pair terms, deficits; other costs in `new_ease`.
World random_world(std::uint64_t seed, std::size_t n, double home_bias) {
  World world{{4.0, {}, {}, 0, {}}, std::vector<double>(n * n), std::vector<double>(n * n)};
  double sold = 0.0, bought = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    world.data.output.push_back(math::exp(7.0 * test::uniform(seed, i, 1)));
    world.data.expenditure.push_back(world.data.output[i] * (0.8 + 0.4 * test::uniform(seed, i, 2)));
    sold += world.data.output[i];
    bought += world.data.expenditure[i];
  }
  for (double& value : world.data.expenditure) value *= sold / bought;
  for (std::size_t k = 0; k < n * n; ++k) {
    const bool home = k / n == k % n;
    const double pair = Draws(seed, Purpose::kTest, 0, static_cast<std::uint32_t>(k), 3).normal();
    world.ease[k] = home ? home_bias : 0.01 * math::exp(pair);
    world.new_ease[k] = home ? home_bias : world.ease[k] * (0.3 + 1.4 * test::uniform(seed, k, 4));
  }
  return world;
}

double row_sum(const std::vector<double>& matrix, std::size_t n, std::size_t row) {
  double sum = 0.0;
  for (std::size_t j = 0; j < n; ++j) sum += matrix[row * n + j];
  return sum;
}

double column_sum(const std::vector<double>& matrix, std::size_t n, std::size_t column) {
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) sum += matrix[i * n + column];
  return sum;
}

}  // namespace

TEST_CASE("gravity flows add up to what each country sells and buys, and the resistances solve their system") {
  const double home_bias = GENERATE(0.05, 1.0, 30.0, 1000.0, 1e6);
  constexpr std::size_t kCountries = 25;
  World world = random_world(71, kCountries, home_bias);
  world.data.reference = 4;
  const Gravity gravity(world.data, world.ease);
  const GravityFlows& trade = gravity.baseline();
  CHECK(trade.inward[4] == 1.0);
  double size = 0.0;
  for (const double output : world.data.output) size += output;
  for (std::size_t i = 0; i < kCountries; ++i) {
    CHECK(test::near(row_sum(trade.flow, kCountries, i), world.data.output[i], 1e-11));
    CHECK(test::near(column_sum(trade.flow, kCountries, i), world.data.expenditure[i], 1e-11));
    double outward = 0.0, inward = 0.0;
    for (std::size_t j = 0; j < kCountries; ++j) {
      outward += world.ease[i * kCountries + j] * std::pow(trade.inward[j], 4.0) * world.data.expenditure[j] / size;
      inward += world.ease[j * kCountries + i] * std::pow(trade.outward[j], 4.0) * world.data.output[j] / size;
    }
    CHECK(test::near(std::pow(outward, -0.25), trade.outward[i], 1e-11));
    CHECK(test::near(std::pow(inward, -0.25), trade.inward[i], 1e-11));
  }
}

TEST_CASE("without trade costs everyone buys from everyone in proportion to size") {
  World world = random_world(72, 9, 1.0);
  const std::vector<double> free_trade(81, 1.0);
  const GravityFlows trade = Gravity(world.data, free_trade).baseline();
  double size = 0.0;
  for (const double output : world.data.output) size += output;
  for (std::size_t i = 0; i < 9; ++i) {
    CHECK(test::near(trade.outward[i], 1.0, 1e-12));
    CHECK(test::near(trade.inward[i], 1.0, 1e-12));
    for (std::size_t j = 0; j < 9; ++j) {
      const double expected = world.data.output[i] * world.data.expenditure[j] / size;
      CHECK(test::near(trade.flow[i * 9 + j], expected, 1e-11));
    }
  }
}

TEST_CASE("what scales all trade of a seller or of a buyer is taken up by the resistances") {
  const World world = random_world(73, 8, 1.0);
  std::vector<double> scaled = world.ease;
  for (std::size_t k = 0; k < 64; ++k) scaled[k] *= (1.0 + static_cast<double>(k / 8)) * std::pow(3.0, k % 8);
  const Gravity gravity(world.data, world.ease);
  const GravityFlows same = gravity.conditional(scaled);
  for (std::size_t k = 0; k < 64; ++k) CHECK(test::near(same.flow[k], gravity.baseline().flow[k], 1e-11));
}

TEST_CASE("symmetric countries give the closed form of flows and of welfare") {
  struct Case {
    std::size_t n;
    double before, after, welfare;
  };
  const auto c = GENERATE(Case{190, 1.8, 2.4, 0.9062364050508859}, Case{190, 1.8, 1e9, 0.8507308074785667});
  const double theta = 4.0, n = static_cast<double>(c.n);
  const auto ease = [&](double across) {  // two blocs, by parity
    std::vector<double> result(c.n * c.n);
    for (std::size_t k = 0; k < result.size(); ++k) {
      const std::size_t i = k / c.n, j = k % c.n;
      result[k] = i == j ? 1.0 : std::pow(i % 2 == j % 2 ? 1.8 : across, -theta);
    }
    return result;
  };
  const Gravity gravity({theta, std::vector<double>(c.n, 2.0), std::vector<double>(c.n, 2.0), 0, {}}, ease(c.before));
  const double openness = 1.0 + (n - 1.0) * std::pow(1.8, -theta);
  CHECK(test::near(gravity.baseline().flow[0], 2.0 / openness, 1e-12));
  CHECK(test::near(gravity.baseline().flow[1], 2.0 * std::pow(1.8, -theta) / openness, 1e-12));
  CHECK(test::near(gravity.baseline().outward[7], std::pow(openness / n, -1.0 / theta), 1e-12));
  const GravityEquilibrium split = gravity.full_endowment(ease(c.after));
  for (std::size_t j = 0; j < c.n; ++j) {
    CHECK(test::near(split.real_income[j], c.welfare, 1e-11));
    CHECK(test::near(split.price[j], 1.0, 1e-12));
  }
}

TEST_CASE("the full-endowment counterfactual is that of exact hat algebra") {
  const std::uint64_t seed = GENERATE(74U, 75U, 76U);
  const double home_bias = GENERATE(0.1, 3.0, 100.0);
  constexpr std::size_t kCountries = 30;
  const World world = random_world(seed, kCountries, home_bias);
  const Gravity gravity(world.data, world.ease);
  const GravityEquilibrium full = gravity.full_endowment(world.new_ease);
  TradeSolver solver(TradeBaseline({kCountries, 1, gravity.baseline().flow, {4.0}}), Closure::kMultiplicative);
  std::vector<double> factor(world.ease.size());
  for (std::size_t k = 0; k < factor.size(); ++k) factor[k] = world.new_ease[k] / world.ease[k];
  const TradeEquilibrium& exact = solver.solve({factor, {}});
  for (std::size_t i = 0; i < kCountries; ++i) {
    CHECK(std::fabs(math::log(full.price[i]) - exact.ln_wage[i]) < 1e-9);
    CHECK(test::near(full.real_income[i], exact.real_income[i], 1e-10));
    CHECK(test::near(full.output[i], exact.output[i], 1e-9));
    CHECK(test::near(full.expenditure[i], exact.expenditure[i], 1e-9));
  }
  for (std::size_t k = 0; k < factor.size(); ++k) CHECK(test::near(full.trade.flow[k], exact.flow[k], 1e-9));
}

TEST_CASE("in the new equilibrium prices and resistances move together with the new shares of output") {
  constexpr std::size_t kCountries = 12;
  const World world = random_world(77, kCountries, 1.0);
  const Gravity gravity(world.data, world.ease);
  const GravityEquilibrium full = gravity.full_endowment(world.new_ease);
  // p̂^(−θ) = ŷ Π̂^θ up to the common factor of the resistances (θ = 4), with Π' fitted to the new incomes.
  const auto constant = [&](const GravityFlows& trade, bool moves, std::size_t i) {
    const double outward = trade.outward[i] / gravity.baseline().outward[i];
    return std::pow(full.price[i], -4.0) / (moves ? full.price[i] : 1.0) * std::pow(outward, -4.0);
  };
  const GravityFlows unmoved = gravity.conditional(world.new_ease);
  double largest_error = 0.0;
  for (std::size_t i = 1; i < kCountries; ++i) {
    CHECK(test::near(constant(full.trade, true, i), constant(full.trade, true, 0), 1e-10));
    const double error = constant(unmoved, false, i) / constant(unmoved, false, 0) - 1.0;
    largest_error = std::max(largest_error, std::fabs(error));
  }
  CHECK(largest_error > 0.01);  // shares of output kept at the baseline, as in codes that iterate once
}

TEST_CASE("unchanged costs change nothing") {
  const World world = random_world(78, 15, 1.0);
  const Gravity gravity(world.data, world.ease);
  const GravityEquilibrium same = gravity.full_endowment(world.ease);
  for (std::size_t i = 0; i < 15; ++i) {
    CHECK(test::near(same.price[i], 1.0, 1e-11));
    CHECK(test::near(same.real_income[i], 1.0, 1e-11));
  }
}

TEST_CASE("costs that rise for sales from 0 to 1 divert them to others") {
  const World world = random_world(79, 6, 1.0);
  std::vector<double> ease = world.ease;
  ease[0 * 6 + 1] = 0.0;
  const Gravity gravity(world.data, world.ease);
  const GravityFlows after = gravity.conditional(ease);
  CHECK(after.flow[0 * 6 + 1] == 0.0);
  CHECK(after.flow[1 * 6 + 0] > 0.0);
  CHECK(after.flow[0 * 6 + 2] > gravity.baseline().flow[0 * 6 + 2]);
  CHECK(gravity.full_endowment(ease).real_income[0] < 1.0);
}

TEST_CASE("gravity names the country in the way") {
  World world = random_world(80, 4, 1.0);
  world.data.labels = {"AUT", "BEL", "CHE", "DEU"};
  const Gravity gravity(world.data, world.ease);
  const auto refused = [&](const GravityData& data) { return error_message([&] { Gravity(data, world.ease); }); };
  GravityData data = world.data;
  data.output[2] = 0.0;
  CHECK(contains(refused(data), "country CHE (row 2) has an output or expenditure of 0"));
  data = world.data;
  data.expenditure[1] = std::nan("");
  CHECK(contains(refused(data), "country BEL (row 1)"));
  data = world.data;
  data.expenditure[1] *= 2.0;
  CHECK(contains(refused(data), "is not world expenditure"));
  data = world.data;
  data.elasticity = 0.0;
  CHECK(contains(refused(data), "trade elasticity is 0"));
  data = world.data;
  data.reference = 4;
  CHECK(contains(refused(data), "do not go together"));
  std::vector<double> ease = world.ease;
  ease[3 * 4 + 1] = -1.0;
  CHECK(contains(error_message([&] { (void)gravity.conditional(ease); }),
                 "from country DEU (row 3) to country BEL (row 1) is -1"));
  ease = world.ease;
  for (std::size_t j = 0; j < 4; ++j) ease[0 * 4 + j] = 0.0;
  CHECK(contains(error_message([&] { (void)gravity.full_endowment(ease); }), "AUT (row 0) cannot sell to anyone"));
  ease = world.ease;
  for (std::size_t i = 0; i < 4; ++i) ease[i * 4 + 3] = 0.0;
  CHECK(contains(error_message([&] { (void)gravity.conditional(ease); }), "DEU (row 3) cannot buy from anyone"));
  ease.pop_back();
  CHECK(contains(error_message([&] { (void)gravity.conditional(ease); }), "15 values for 4 countries"));
}

TEST_CASE("incomes that no flows between the open pairs can give end in a named error") {
  const World world = random_world(81, 4, 1.0);
  std::vector<double> closed(16, 0.0);
  for (std::size_t i = 0; i < 4; ++i) closed[i * 5] = 1.0;  // all trade at home, but deficits
  const Gravity gravity(world.data, world.ease);
  CHECK(contains(error_message([&] { (void)gravity.conditional(closed); }), "no multilateral resistances fit"));
}
