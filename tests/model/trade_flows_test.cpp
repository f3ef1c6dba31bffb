#include "sim/model/trade_flows.hpp"

#include <cmath>

#include "sim/model/policy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

constexpr std::size_t kCount = 6;

std::size_t cell(std::size_t sector, std::size_t exporter, std::size_t importer) {
  return (sector * kCount + exporter) * kCount + importer;
}

Scenario without_events() {
  Scenario scenario = small_scenario();
  scenario.events.clear();
  return scenario;
}

double flow(const World& world, std::size_t sector, std::size_t exporter, std::size_t importer) {
  return world.trade_solver->equilibrium().flow[cell(sector, exporter, importer)];
}

/// A cost on one direction only.
World one_way(std::size_t exporter, std::size_t importer, double log_iceberg) {
  World world = make_world(without_events(), small_tables());
  world.derived.effects.tariffs.push_back(
      {static_cast<std::uint32_t>(exporter), static_cast<std::uint32_t>(importer), log_iceberg});
  solve_trade(world);
  return world;
}

TEST_CASE("the baseline has the tables' trade between countries, home sales on the diagonal, and is balanced") {
  const WorldTables tables = small_tables();
  const TradeSetting trade = balanced_trade(small_scenario(), tables);
  const std::span<const double> balanced = trade.baseline.flow();
  for (std::size_t i = 0; i < kCount; ++i) {
    CHECK(trade.baseline.deficit(i) == 0.0);
    double sold = 0.0;
    double bought = 0.0;
    for (std::size_t s = 0; s < kTradeSectors; ++s) {
      for (std::size_t j = 0; j < kCount; ++j) {
        sold += balanced[cell(s, i, j)];
        bought += balanced[cell(s, j, i)];
      }
    }
    CHECK(sold == near(bought, 1e-11));
    // Balancing moves wages a little; home sales stay close to the table's.
    CHECK(balanced[cell(kGoods, i, i)] / tables.countries.goods_domestic_busd[i] == near(1.0, 0.3));
    CHECK(balanced[cell(kServices, i, i)] / tables.countries.services_domestic_busd[i] == near(1.0, 0.3));
  }
  CHECK(trade.baseline.elasticity()[kGoods] == 5.0);
  // Shares of what an importer spends abroad move with the wages of the exporters only.
  const auto odds = [&](std::span<const double> goods, std::size_t j) { return goods[1 * kCount + j] / goods[j]; };
  CHECK(odds(balanced, kDdd) / odds(tables.goods_trade_busd, kDdd) ==
        near(odds(balanced, kEee) / odds(tables.goods_trade_busd, kEee), 1e-9));
}

TEST_CASE("costs follow restrictiveness, latency and trust by their elasticities") {
  const World world = make_world(small_scenario(), small_tables());
  const LogCostFactors none = log_cost_factors(world.derived.costs, {0.0, 0.0, 0.0});
  CHECK(none.goods == 0.0);
  CHECK(none.services == 0.0);
  const LogCostFactors all = log_cost_factors(world.derived.costs, {0.2, 0.3, 0.04});
  CHECK(all.goods == near(-5 * 0.010 * 0.2));
  CHECK(all.services == near(-5 * 0.10 * 0.2 - 5 * 0.02 * 0.3 + 0.04));
}

TEST_CASE("without any framework or event nothing moves: B is exactly 1 and the solution exactly the baseline") {
  World world = make_world(without_events(), small_tables());
  const TradeEquilibrium start = world.trade_solver->equilibrium();
  CHECK(start.iterations == 0);
  for (int month = 0; month < 12; ++month) {
    advance(world);
    for (const double factor : world.policy.log_cost_factor) REQUIRE(factor == 0.0);
    for (const double productivity : world.policy.log_productivity) REQUIRE(productivity == 0.0);
    for (const double wage : world.trade.log_wage) REQUIRE(wage == 0.0);
    REQUIRE(world.trade_solver->equilibrium().flow == start.flow);
    REQUIRE(world.trade_solver->equilibrium().real_income == start.real_income);
  }
  const std::span<const double> baseline = world.setting().trade->baseline.flow();
  for (std::size_t e = 0; e < baseline.size(); ++e) REQUIRE(start.flow[e] == near(baseline[e]));
  for (const double income : start.real_income) REQUIRE(income == near(1.0));
}

TEST_CASE("trade conditions close 63 % of the gap in phase_in_months, at any length of the step") {
  for (const double step_months : {1.0, 0.5, 3.0}) {
    Scenario scenario = without_events();
    scenario.run.step_months = step_months;
    EventSpec tariff = event_in_month("tariff", EventKind::kTariff, 0);
    tariff.countries = {"DDD"};
    tariff.partners = {"EEE"};
    tariff.amount = 0.1;
    add_event(scenario, tariff);
    World world = make_world(scenario, small_tables());
    advance(world, static_cast<int>(12 / step_months));
    const double target = -5.0 * std::log(1.1);
    const double closed = 1.0 - std::exp(-1.0);
    CHECK(world.policy.log_cost_factor[cell(kGoods, kDdd, kEee)] == near(target * closed));
    CHECK(world.policy.log_cost_factor[cell(kGoods, kEee, kDdd)] == near(target * closed));
    CHECK(world.policy.log_cost_factor[cell(kServices, kDdd, kEee)] == near(target * closed));
    CHECK(world.policy.log_cost_factor[cell(kGoods, kDdd, kFff)] == 0.0);
  }
}

TEST_CASE("a cost on one direction lowers the exporter's sales there, not what it buys") {
  const World before = make_world(without_events(), small_tables());
  const World world = one_way(kDdd, kEee, 0.5);
  CHECK(world.policy.log_cost_factor[cell(kGoods, kDdd, kEee)] < 0.0);
  CHECK(world.policy.log_cost_factor[cell(kGoods, kEee, kDdd)] == 0.0);
  const double fell = flow(world, kGoods, kDdd, kEee) / flow(before, kGoods, kDdd, kEee);
  const double other = flow(world, kGoods, kEee, kDdd) / flow(before, kGoods, kEee, kDdd);
  CHECK(fell < 0.9);
  CHECK(other > 0.9);
  CHECK(other < 1.1);
  // The importer pays more for the same goods; the exporter's wage falls.
  CHECK(world.trade_solver->equilibrium().real_income[kEee] < 1.0);
  CHECK(world.trade.log_wage[kDdd] < world.trade.log_wage[kEee]);
  CHECK(flow(world, kGoods, kFff, kEee) > flow(before, kGoods, kFff, kEee));
}

TEST_CASE("swapping the direction of a cost swaps who loses more of its sales") {
  const World before = make_world(without_events(), small_tables());
  const World there = one_way(kDdd, kEee, 0.5);
  const World back = one_way(kEee, kDdd, 0.5);
  CHECK(flow(there, kServices, kDdd, kEee) < 0.9 * flow(before, kServices, kDdd, kEee));
  CHECK(flow(there, kServices, kEee, kDdd) > 0.9 * flow(before, kServices, kEee, kDdd));
  CHECK(flow(back, kServices, kEee, kDdd) < 0.9 * flow(before, kServices, kEee, kDdd));
  CHECK(flow(back, kServices, kDdd, kEee) > 0.9 * flow(before, kServices, kDdd, kEee));
}

TEST_CASE("pairs out of reach trade no services, but goods as before") {
  World world = make_world(without_events(), small_tables());
  for (std::size_t j = 0; j < kCount; ++j) {
    if (j != kFff) world.derived.reach[j * kCount + kFff] = 0.0;  // one direction is enough: services need both
  }
  const double goods = flow(world, kGoods, kFff, kAaa);
  solve_trade(world);
  for (std::size_t j = 0; j < kCount; ++j) {
    if (j == kFff) continue;
    CHECK(flow(world, kServices, kFff, j) == 0.0);
    CHECK(flow(world, kServices, j, kFff) == 0.0);
    CHECK(flow(world, kGoods, kFff, j) > 0.0);
  }
  CHECK(flow(world, kGoods, kFff, kAaa) > 0.5 * goods);
  CHECK(flow(world, kServices, kFff, kFff) > 0.0);
  CHECK(world.policy.log_cost_factor == std::vector<double>(kTradeSectors * kCount * kCount, 0.0));
}

TEST_CASE("frameworks move B by the change of restrictiveness, latency and trust since the baseline") {
  World world = make_world(small_scenario(), small_tables());
  advance(world);
  const double share = 1.0 - std::exp(-1.0 / 12.0);
  const auto& derived = world.derived;
  const std::size_t pair = kCcc * kCount + kBbb;
  const double change = derived.restrictiveness[pair] - derived.baseline_restrictiveness[pair];
  CHECK(change == near((1 - 0.9 * 0.55) * -1 + (1 - (0.9 - 0.125) * 0.55), 1e-11));
  CHECK(world.policy.log_cost_factor[cell(kGoods, kCcc, kBbb)] == near(-5 * 0.01 * change * share, 1e-11));
  CHECK(world.policy.log_cost_factor[cell(kServices, kCcc, kBbb)] ==
        near((-5 * 0.1 * change - 5 * 0.02 * derived.log_latency[pair]) * share, 1e-11));
  CHECK(world.policy.log_cost_factor[cell(kGoods, kBbb, kCcc)] ==
        world.policy.log_cost_factor[cell(kGoods, kCcc, kBbb)]);
  CHECK(world.policy.log_cost_factor[cell(kServices, kEee, kFff)] == 0.0);
  const double access = derived.data_access[kCcc] - derived.baseline_data_access[kCcc];
  CHECK(access < 0.0);
  CHECK(world.policy.log_productivity[kCcc] == near(0.064 * access * share, 1e-11));
  CHECK(world.policy.log_productivity[kEee] == 0.0);
}

TEST_CASE("who separates from the untrusted home sells less to it, and both lose income") {
  World world = make_world(small_scenario(), small_tables());
  const double before = flow(world, kServices, kCcc, kBbb);
  advance(world, 24);
  CHECK(flow(world, kServices, kCcc, kBbb) < before);
  CHECK(world.trade_solver->equilibrium().real_income[kCcc] < 1.0);
  CHECK(world.trade_solver->equilibrium().real_income[kBbb] < 1.0);
  CHECK(world.trade_solver->equilibrium().residual <= 1e-12);
  CHECK(world.trade_solver->equilibrium().acr_gap <= 1e-9);
}

TEST_CASE("resuming solves at the conditions in force and moves none of them") {
  World world = make_world(small_scenario(), small_tables());
  advance(world, 5);
  World resumed = world;
  resumed.trade_solver->reset();
  resume_trade(resumed);
  CHECK(state_digest(resumed) == state_digest(world));
  CHECK(resumed.trade_solver->equilibrium().flow == world.trade_solver->equilibrium().flow);
}

TEST_CASE("without data only rules and trust move trade costs, and productivity stays") {
  Scenario scenario = small_scenario();
  scenario.has_data = false;
  World world = make_world(scenario, small_tables());
  advance(world, 3);
  const std::size_t pair = kCcc * kCount + kBbb;
  CHECK(world.policy.log_cost_factor[cell(kGoods, kCcc, kBbb)] < 0.0);
  CHECK(world.policy.log_cost_factor[cell(kServices, kCcc, kBbb)] ==
        near(10 * world.policy.log_cost_factor[cell(kGoods, kCcc, kBbb)], 1e-11));
  CHECK(world.policy.log_productivity == std::vector<double>(kCount, 0.0));
  CHECK(world.derived.restrictiveness[pair] > world.derived.baseline_restrictiveness[pair]);
}

TEST_CASE("random worlds stay solved through frameworks, cut cables and tariffs") {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    Scenario scenario = small_scenario();
    EventSpec tariff = event_in_month("tariff", EventKind::kTariff, 1);
    tariff.countries = {"all"};
    tariff.partners = {"BBB"};
    tariff.amount = 3.0;
    add_event(scenario, tariff);
    EventSpec cut = event_in_month("cut", EventKind::kCableCut, 2);
    cut.cable = "cable1";
    add_event(scenario, cut);
    World world = make_world(scenario, random_tables(seed, 15));
    for (int month = 0; month < 10; ++month) {
      advance(world);
      REQUIRE(world.trade_solver->equilibrium().residual <= 1e-12);
      for (const double income : world.trade_solver->equilibrium().real_income) REQUIRE(income > 0.0);
    }
    CHECK(world.trade_solver->equilibrium().real_income[kBbb] < 1.0);
  }
}

}  // namespace
}  // namespace splinternet::testing
