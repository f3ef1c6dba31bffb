#include "sim/model/payoffs/domestic_firms.hpp"

#include "sim/model/firms.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

double domestic(const World& world, std::size_t country, FrameworkSet target) {
  return value_of(domestic_firms_term(), world, country, target);
}

/// Two carriers sell in EEE: its own for USD 10 bn, one of BBB for USD 20 bn (half of its revenue). They buy nothing.
WorldTables two_firms() {
  WorldTables tables = small_tables();
  tables.firms = {{"Beta Telecom", kBbb, FirmSector::kCarrier, 40, {kBbb, kEee}},
                  {"Epsilon Telecom", kEee, FirmSector::kCarrier, 10, {kEee}}};
  tables.firm_stances.clear();
  return tables;
}

Scenario named_firms_only() {
  Scenario scenario = small_scenario();
  set(scenario, "firms.synthetic", 0);
  return scenario;
}

// At depth .25 the firm of BBB keeps 15 of its 20; the market of 30 is shared 15 to 10: the home firm gains 2.
constexpr double kGain = 0.2 * 100.0 * 0.10 * 2.0 / 400.0;

TEST_CASE("domestic firms: excluding a rival is worth weight times margin times what home firms gain over GDP") {
  const World world = make_world(named_firms_only(), two_firms());
  CHECK(domestic(world, kEee, bit(kClean)) == near(kGain));
  CHECK(domestic(world, kEee, bit(kGids)) == 0.0);
  CHECK(domestic(world, kFff, bit(kClean)) == 0.0);
}

TEST_CASE("domestic firms: it is proportional to weight and margin") {
  for (const char* path : {"countries.domestic_firms", "firms.margin"}) {
    World world = make_world(named_firms_only(), two_firms());
    set_now(world, path, 0.5 * get(world.scenario(), path));
    CHECK(domestic(world, kEee, bit(kClean)) == near(0.5 * kGain));
  }
}

TEST_CASE("domestic firms: leaving costs what admitting the rival again takes from them") {
  World world = make_world(named_firms_only(), two_firms());
  let_events_pass(world, 1);
  accede(world, kEee, kClean);
  refresh(world);
  // Sales as they would be shared out at depth .25.
  world.firms.market_revenue_busd = {20.0, 18.0, 12.0};
  note_sales(world);
  REQUIRE(world.setting().firms->market[1] == kEee);
  CHECK(domestic(world, kEee, 0) == near(-kGain, 1e-10));
}

TEST_CASE("domestic firms: without the section of firms it is nothing") {
  Scenario scenario = small_scenario();
  scenario.has_firms = false;
  CHECK(domestic(make_world(scenario, small_tables()), kEee, bit(kClean)) == 0.0);
}

}  // namespace
}  // namespace splinternet::testing
