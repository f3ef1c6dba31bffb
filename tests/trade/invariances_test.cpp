// What must hold for every engine of trade, whatever the world.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/trade/engines.hpp"

using namespace splinternet;
using test::Engine;
using test::EngineWorld;
using test::Outcome;

namespace {

EngineWorld some_world(std::uint64_t seed, std::size_t n, std::size_t sectors) {
  const auto engine = GENERATE(Engine::kFixedSupply, Engine::kElasticSupply, Engine::kInputs);
  const auto closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  return test::random_world(engine, closure, seed, n, sectors);
}

/// The world whose country i is country `origin[i]` of `world`; each copy of one of m gets 1/m of it.
EngineWorld rearranged(const EngineWorld& world, const std::vector<std::size_t>& origin) {
  const std::size_t n = world.flows.countries, m = origin.size(), sectors = world.flows.sectors;
  std::vector<double> part(m);
  for (std::size_t i = 0; i < m; ++i) {
    part[i] = 1.0 / static_cast<double>(std::count(origin.begin(), origin.end(), origin[i]));
  }
  const auto pairs = [&](const std::vector<double>& values, bool divides) {
    std::vector<double> result(sectors * m * m);
    for (std::size_t k = 0; k < result.size(); ++k) {
      const std::size_t s = k / m / m, i = k / m % m, j = k % m;
      result[k] = values[(s * n + origin[i]) * n + origin[j]] * (divides ? part[i] * part[j] : 1.0);
    }
    return result;
  };
  EngineWorld result = world;
  result.flows = {m, sectors, pairs(world.flows.flow, true), world.flows.elasticity};
  result.cost_factor = pairs(world.cost_factor, false);
  result.tariff = pairs(world.tariff, false);
  result.new_tariff = pairs(world.new_tariff, false);
  result.productivity.resize(m);
  result.value_added.resize(sectors * m);
  result.input_share.resize(m * sectors * sectors);
  for (std::size_t i = 0; i < m; ++i) {
    result.productivity[i] = world.productivity[origin[i]];
    for (std::size_t s = 0; s < sectors; ++s) result.value_added[s * m + i] = world.value_added[s * n + origin[i]];
    const std::size_t size = sectors * sectors;
    std::copy_n(&world.input_share[origin[i] * size], size, &result.input_share[i * size]);
  }
  return result;
}

void require_same_fate(const EngineWorld& world, const std::vector<std::size_t>& origin) {
  const Outcome before = test::solve(world), after = test::solve(rearranged(world, origin));
  CHECK(before.iterations > 3);
  for (std::size_t i = 0; i < origin.size(); ++i) {
    CHECK(test::near(after.real_income[i], before.real_income[origin[i]], 1e-10));
    CHECK(test::near(after.real_wage[i], before.real_wage[origin[i]], 1e-10));
    CHECK(std::fabs(after.ln_wage[i] - before.ln_wage[origin[i]]) < 1e-10);
  }
}

}  // namespace

TEST_CASE("renaming countries renames the solution, for every engine") {
  const EngineWorld world = some_world(6, 14, 2);
  INFO(test::name_of(world));
  std::vector<std::size_t> origin;
  for (std::size_t i = 0; i < 14; ++i) origin.push_back((9 * i + 3) % 14);
  require_same_fate(world, origin);
}

TEST_CASE("a country split into identical parts fares as the whole, for every engine") {
  const EngineWorld world = some_world(8, 6, 2);
  INFO(test::name_of(world));
  require_same_fate(world, {0, 1, 1, 1, 2, 3, 4, 5, 5});
}

TEST_CASE("the unit of money changes no ratio, for every engine: no bit for powers of two, rounding for others") {
  const EngineWorld world = some_world(7, 25, 2);
  INFO(test::name_of(world));
  const auto solved = [&](double unit) {
    EngineWorld scaled = world;
    for (double& flow : scaled.flows.flow) flow *= unit;
    return test::solve(scaled);
  };
  const Outcome one = solved(1.0), binary = solved(1024.0), decimal = solved(1e-3);
  CHECK(one.iterations > 3);
  CHECK(one.ln_wage == binary.ln_wage);
  CHECK(one.real_income == binary.real_income);
  CHECK(one.real_wage == binary.real_wage);
  for (std::size_t i = 0; i < 25; ++i) {
    CHECK(std::fabs(one.ln_wage[i] - decimal.ln_wage[i]) < 1e-11);
    CHECK(test::near(one.real_income[i], decimal.real_income[i], 1e-11));
  }
}

TEST_CASE("nothing that changes leaves every price and real wage exactly 1, for every engine") {
  EngineWorld world = some_world(3, 40, 2);
  INFO(test::name_of(world));
  if (world.engine == Engine::kInputs) world.closure = Closure::kAdditive;
  if (world.closure == Closure::kBalanced) {  // the only closure under which observed deficits would themselves change
    const TradeBaseline even = balanced(TradeBaseline(world.flows));
    TradeSolver solver(even, world.closure,
                       {.supply_elasticity = world.engine == Engine::kElasticSupply ? world.supply_elasticity : 0.0});
    const std::vector<double> ones(world.flows.flow.size(), 1.0);
    const TradeEquilibrium& result = solver.solve({ones, {}});
    CHECK(result.iterations == 0);
    CHECK(std::count(result.real_income.begin(), result.real_income.end(), 1.0) == 40);
    return;
  }
  std::fill(world.cost_factor.begin(), world.cost_factor.end(), 1.0);
  std::fill(world.productivity.begin(), world.productivity.end(), 1.0);
  world.new_tariff.clear();
  const Outcome result = test::solve(world);
  CHECK(result.iterations == 0);
  CHECK(std::count(result.ln_wage.begin(), result.ln_wage.end(), 0.0) == 40);
  CHECK(std::count(result.real_wage.begin(), result.real_wage.end(), 1.0) == 40);
  for (const double income : result.real_income) CHECK(test::near(income, 1.0, 1e-13));
}

TEST_CASE("all that each country buys is what its suppliers sell to it, and what the world buys it sells") {
  const EngineWorld world = some_world(GENERATE(11U, 12U, 13U), 17, 3);
  INFO(test::name_of(world));
  const Outcome result = test::solve(world);
  std::vector<double> bought(17, 0.0);
  double flows = 0.0, spending = 0.0;
  for (std::size_t k = 0; k < result.flow.size(); ++k) bought[k % 17] += result.flow[k];
  for (std::size_t j = 0; j < 17; ++j) {
    CHECK(test::near(bought[j], result.spending[j], 1e-12));
    flows += bought[j];
    spending += result.spending[j];
  }
  CHECK(test::near(flows, spending, 1e-13));
  CHECK(result.residual < 1e-12);
  CHECK(result.acr_gap < 1e-12);
}

TEST_CASE("deficits add up to nothing after every shock") {
  const auto engine = GENERATE(Engine::kFixedSupply, Engine::kElasticSupply);
  const auto closure = GENERATE(Closure::kMultiplicative, Closure::kAdditive, Closure::kBalanced);
  const EngineWorld world = test::random_world(engine, closure, 14, 20, 2);
  const Outcome result = test::solve(world);
  double deficits = 0.0, size = 0.0;
  std::vector<double> sold(20, 0.0);
  for (std::size_t k = 0; k < result.flow.size(); ++k) sold[k / 20 % 20] += result.flow[k];
  for (std::size_t j = 0; j < 20; ++j) {
    const double deficit = result.spending[j] - sold[j];
    deficits += deficit;
    size += std::fabs(deficit);
    if (closure == Closure::kBalanced) CHECK(std::fabs(deficit) < 2e-12 * sold[j]);
  }
  CHECK(std::fabs(deficits) < 1e-12 * result.spending[0] * 20.0);
  CHECK((size > 1e-6 * result.spending[0]) == (closure != Closure::kBalanced));
}
