#include "sim/model/firm_rules.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/firm_world.hpp"
#include "tests/support/near.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("firm rules: each sector has the provision that bites on it") {
  const auto bites = [](FirmSector sector, Provision provision) {
    return biting_provision(sector) == static_cast<std::size_t>(provision);
  };
  CHECK(bites(FirmSector::kEquipment, Provision::kCleanPath));
  CHECK(bites(FirmSector::kSemiconductor, Provision::kCleanPath));
  CHECK(bites(FirmSector::kDevice, Provision::kCleanApps));
  CHECK(bites(FirmSector::kPlatform, Provision::kCleanStore));
  CHECK(bites(FirmSector::kCloud, Provision::kCleanCloud));
  CHECK(bites(FirmSector::kCarrier, Provision::kCleanCarrier));
  CHECK(bites(FirmSector::kCable, Provision::kCleanCable));
  CHECK(biting_provision(FirmSector::kFinance) == kProvisionCount);
  CHECK(biting_provision(FirmSector::kMerchant) == kProvisionCount);
}

TEST_CASE("firm rules: one is exposed by home or name whatever its stance") {
  const World world = with_depth(1.0);
  for (const std::uint8_t stance : {kUnaligned, kWithClean, kWithGids, kDual}) {
    CHECK(is_exposed(world, firm(world, "Beta Telecom"), kClean, stance));
    CHECK(is_exposed(world, firm(world, "Epsilon Trade"), kClean, stance));  // listed by name
    CHECK_FALSE(is_exposed(world, firm(world, "Gamma Telecom"), kClean, stance));
    CHECK_FALSE(is_exposed(world, firm(world, "Beta Telecom"), kGids, stance));
  }
}

TEST_CASE("firm rules: untrusted inputs expose beyond the taint, cured by aligning or by two stacks") {
  Scenario scenario = named_only();
  WorldTables tables = small_tables();
  tables.firm_stances.clear();
  // The only maker that can supply anyone is of BBB.
  tables.firms = {{"Beta Networks", kBbb, FirmSector::kEquipment, 80, {kBbb}},
                  {"Gamma Telecom", kCcc, FirmSector::kCarrier, 25, {kCcc}}};
  World world = with_depth(1.0, scenario, tables);
  const std::size_t gamma = firm(world, "Gamma Telecom");
  REQUIRE(world.setting().firms->untrusted_inputs[gamma] == 1.0);
  CHECK(is_exposed(world, gamma, kClean, kUnaligned));
  CHECK(is_exposed(world, gamma, kClean, kWithGids));
  CHECK_FALSE(is_exposed(world, gamma, kClean, kWithClean));
  CHECK_FALSE(is_exposed(world, gamma, kClean, kDual));
  set_now(world, "firms.taint", 1.0);  // beyond, not at
  CHECK_FALSE(is_exposed(world, gamma, kClean, kUnaligned));
}

TEST_CASE("firm rules: access is what depth and strength of the market's framework leave") {
  World world = with_depth(0.4);
  const std::size_t beta = firm(world, "Beta Telecom");
  CHECK(market_access(world, beta, edge(world, "Beta Telecom", kCcc), kUnaligned) == near(0.6));
  CHECK(market_access(world, beta, edge(world, "Beta Telecom", kEee), kUnaligned) == 1.0);
  set_now(world, "framework.clean.provisions.clean_carrier", 0.5);
  CHECK(market_access(world, beta, edge(world, "Beta Telecom", kCcc), kUnaligned) == near(0.8));
  // Merchants are bitten by nothing.
  CHECK(market_access(world, firm(world, "Epsilon Trade"), edge(world, "Epsilon Trade", kEee), kUnaligned) == 1.0);
}

TEST_CASE("firm rules: access to a market of two frameworks that exclude is the product over both") {
  Scenario scenario = named_only();
  set(scenario, "framework.gids.provisions.clean_carrier", 0.5);
  scenario.frameworks[kGids].sponsors = {"FFF"};
  scenario.frameworks[kGids].untrusted_homes = {"BBB"};
  World world = with_depth(0.4, scenario);
  accede(world, kCcc, kGids);
  world.members.depth[world.at(kCcc, kGids)] = 0.8;
  apply_policy(world);
  CHECK(market_access(world, firm(world, "Beta Telecom"), edge(world, "Beta Telecom", kCcc), kUnaligned) ==
        near((1.0 - 0.4) * (1.0 - 0.8 * 0.5)));
}

TEST_CASE("firm rules: the value of a stance is margin on what is sold less what the stance costs") {
  World world = with_depth(0.4);
  const std::size_t beta = firm(world, "Beta Telecom");
  // Half at home, the rest over CCC and EEE by GDP (3000 to 400); .6 of CCC is left.
  const double sold = 0.5 + 0.5 * (3000.0 / 3400.0 * 0.6 + 400.0 / 3400.0);
  CHECK(stance_value(world, beta, kUnaligned) == near(0.10 * sold));
  CHECK(stance_value(world, beta, kDual) == near(0.10 * sold - 0.03));
  CHECK(stance_value(world, beta, kWithGids) == near(0.10 * sold - 0.01));
  set_now(world, "firms.margin", 0.2);
  set_now(world, "firms.cost_dual", 0.05);
  CHECK(stance_value(world, beta, kDual) == near(0.20 * sold - 0.05));
}

TEST_CASE("firm rules: blocking rules that bind at home make aligning with the rival costlier") {
  World world = with_depth(0.4);
  world.members.depth[world.at(kBbb, kGids)] = 0.5;
  apply_policy(world);
  const std::size_t beta = firm(world, "Beta Video");
  const double plain = stance_value(world, beta, kUnaligned);
  CHECK(stance_value(world, beta, kWithClean) == near(plain - 0.01 * 1.5));
  CHECK(stance_value(world, beta, kWithGids) == near(plain - 0.01));
}

TEST_CASE("firm rules: partners of the same stance are worth their share") {
  WorldTables tables = small_tables();
  tables.firms = {{"Alpha Networks", kAaa, FirmSector::kEquipment, 40, {kAaa}},
                  {"Gamma Telecom", kCcc, FirmSector::kCarrier, 25, {kCcc}}};
  tables.firm_stances.clear();
  World world = with_depth(0.4, named_only(), tables);
  const std::size_t gamma = firm(world, "Gamma Telecom");
  const double alone = stance_value(world, gamma, kWithClean);
  world.firms.stance[firm(world, "Alpha Networks")] = kWithClean;
  CHECK(stance_value(world, gamma, kWithClean) == near(alone + 0.02));
  // The supplier looks at its customer in the same way.
  const double maker = stance_value(world, firm(world, "Alpha Networks"), kWithClean);
  world.firms.stance[gamma] = kWithClean;
  CHECK(stance_value(world, firm(world, "Alpha Networks"), kWithClean) == near(maker + 0.02));
}

TEST_CASE("firm rules: an entity list costs sales in proportion to the suppliers that it stops") {
  WorldTables tables = small_tables();
  tables.firm_stances.clear();
  tables.firms = {{"Alpha Chips", kAaa, FirmSector::kSemiconductor, 60, {kAaa}},
                  {"Beta Video", kBbb, FirmSector::kPlatform, 30, {kBbb, kDdd}}};
  Scenario scenario = named_only();
  EventSpec list = market_event(EventKind::kEntityList, {});
  list.partners = {"AAA"};
  add_event(scenario, list);
  World world = make_world(scenario, tables);
  const std::size_t video = firm(world, "Beta Video");
  const FirmSetting& firms = *world.setting().firms;
  REQUIRE(firms.first_supplier[video + 1] - firms.first_supplier[video] == 1);
  CHECK(market_access(world, video, edge(world, "Beta Video", kBbb), kUnaligned) == 1.0);
  let_events_pass(world, 1);
  CHECK(market_access(world, video, edge(world, "Beta Video", kBbb), kUnaligned) == near(0.5));
  CHECK(market_access(world, firm(world, "Alpha Chips"), 0, kUnaligned) == 1.0);
  set_now(world, "firms.stopped_supply_loss", 0.2);
  CHECK(market_access(world, video, edge(world, "Beta Video", kBbb), kUnaligned) == near(0.8));
}

TEST_CASE("firm rules: stances valued together have the values that they have alone") {
  Scenario scenario = small_scenario();
  set(scenario, "firms.synthetic", 300);
  World world = make_world(scenario, random_tables(7, 12));
  let_events_pass(world, 3);
  for (std::size_t i = 6; i < 12; ++i) accede(world, i, kClean);
  for (double& depth : world.members.depth) depth = depth > 0.0 ? 0.7 : 0.0;
  apply_policy(world);
  const FirmRules rules(world);
  const std::vector<std::uint8_t> stances{kUnaligned, kWithGids, kWithClean, kDual};
  std::vector<double> value(stances.size());
  std::size_t differ = 0;
  for (std::size_t f = 0; f < world.setting().firms->count; ++f) {
    rules.value_stances(f, stances, value);
    for (std::size_t a = 0; a < stances.size(); ++a) CHECK(value[a] == stance_value(world, f, stances[a]));
    differ += rules.exposure(f, kUnaligned) != rules.exposure(f, kDual) ? 1U : 0U;
  }
  CHECK(differ > 0);  // or no two stances would sell differently
}

}  // namespace
}  // namespace splinternet::testing
