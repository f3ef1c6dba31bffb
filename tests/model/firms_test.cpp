#include "sim/model/firms.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "sim/core/rng.hpp"
#include "sim/model/choice/logit.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model_step.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

constexpr std::uint8_t kUnaligned = 0;
constexpr std::uint8_t kWithClean = 1;
constexpr std::uint8_t kWithGids = 2;
constexpr std::uint8_t kDual = 3;

Scenario named_only() {
  Scenario scenario = small_scenario();
  set(scenario, "firms.synthetic", 0);
  return scenario;
}

std::size_t firm(const World& world, const std::string& name) {
  const std::vector<std::string>& names = world.setting().firms->name;
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

/// The firm–market edge of a firm in a country.
std::size_t edge(const World& world, const std::string& name, std::size_t market) {
  const FirmSetting& firms = *world.setting().firms;
  std::size_t e = firms.first_market[firm(world, name)];
  while (firms.market[e] != market) ++e;
  REQUIRE(e < firms.first_market[firm(world, name) + 1]);
  return e;
}

/// Carriers and platforms only: nobody supplies anybody, so that taint and partners play no part.
WorldTables without_suppliers() {
  WorldTables tables = small_tables();
  tables.firms = {{"Beta Telecom", kBbb, FirmSector::kCarrier, 40, {kBbb, kCcc, kEee}},
                  {"Beta Video", kBbb, FirmSector::kPlatform, 30, {kBbb, kCcc}},
                  {"Epsilon Trade", kEee, FirmSector::kMerchant, 8, {kEee}},
                  {"Gamma Telecom", kCcc, FirmSector::kCarrier, 20, {kCcc, kDdd}},
                  {"Gamma Video", kCcc, FirmSector::kPlatform, 10, {kCcc}}};
  tables.firm_stances.clear();
  return tables;
}

/// "clean" is in force for CCC at a given depth.
World with_depth(double depth, const Scenario& scenario = named_only(),
                 const WorldTables& tables = without_suppliers()) {
  World world = make_world(scenario, tables);
  let_events_pass(world, 3);
  world.members.depth[world.at(kCcc, kClean)] = depth;
  apply_policy(world);
  return world;
}

std::vector<double> group_totals(const FirmSetting& firms, const std::vector<double>& revenue) {
  std::vector<double> totals;
  for (std::size_t g = 0; g + 1 < firms.first_in_group.size(); ++g) {
    double total = 0.0;
    for (std::size_t n = firms.first_in_group[g]; n < firms.first_in_group[g + 1]; ++n) {
      total += revenue[firms.edge_in_group[n]];
    }
    totals.push_back(total);
  }
  return totals;
}

EventSpec market_event(EventKind kind, std::vector<std::string> countries, std::string buyer = "") {
  EventSpec event = event_in_month("zz_market", kind, 0);
  event.firm = "Beta Video";
  event.buyer = std::move(buyer);
  event.countries = std::move(countries);
  return event;
}

TEST_CASE("firms: each sector has the provision that bites on it") {
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

TEST_CASE("firms: one is exposed by home or name whatever its stance") {
  const World world = with_depth(1.0);
  for (const std::uint8_t stance : {kUnaligned, kWithClean, kWithGids, kDual}) {
    CHECK(is_exposed(world, firm(world, "Beta Telecom"), kClean, stance));
    CHECK(is_exposed(world, firm(world, "Epsilon Trade"), kClean, stance));  // listed by name
    CHECK_FALSE(is_exposed(world, firm(world, "Gamma Telecom"), kClean, stance));
    CHECK_FALSE(is_exposed(world, firm(world, "Beta Telecom"), kGids, stance));
  }
}

TEST_CASE("firms: untrusted inputs expose beyond the taint, cured by aligning or by two stacks") {
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

TEST_CASE("firms: access is what depth and strength of the market's framework leave") {
  World world = with_depth(0.4);
  const std::size_t beta = firm(world, "Beta Telecom");
  CHECK(market_access(world, beta, edge(world, "Beta Telecom", kCcc), kUnaligned) == near(0.6));
  CHECK(market_access(world, beta, edge(world, "Beta Telecom", kEee), kUnaligned) == 1.0);
  set_now(world, "framework.clean.provisions.clean_carrier", 0.5);
  CHECK(market_access(world, beta, edge(world, "Beta Telecom", kCcc), kUnaligned) == near(0.8));
  // Merchants are bitten by nothing.
  CHECK(market_access(world, firm(world, "Epsilon Trade"), edge(world, "Epsilon Trade", kEee), kUnaligned) == 1.0);
}

TEST_CASE("firms: access to a market of two frameworks that exclude is the product over both") {
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

TEST_CASE("firms: the value of a stance is margin on what is sold less what the stance costs") {
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

TEST_CASE("firms: blocking rules that bind at home make aligning with the rival costlier") {
  World world = with_depth(0.4);
  world.members.depth[world.at(kBbb, kGids)] = 0.5;
  apply_policy(world);
  const std::size_t beta = firm(world, "Beta Video");
  const double plain = stance_value(world, beta, kUnaligned);
  CHECK(stance_value(world, beta, kWithClean) == near(plain - 0.01 * 1.5));
  CHECK(stance_value(world, beta, kWithGids) == near(plain - 0.01));
}

TEST_CASE("firms: partners of the same stance are worth their share") {
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

TEST_CASE("firms: markets shared out anew keep the total of each market and sector") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Scenario scenario = small_scenario();
    set(scenario, "firms.synthetic", 300);
    World world = make_world(scenario, random_tables(seed, 12));
    let_events_pass(world, 3);
    for (std::size_t i = 6; i < 12; ++i) accede(world, i, kClean);
    for (double& depth : world.members.depth) depth = depth > 0.0 ? 1.0 : 0.0;
    apply_policy(world);
    reallocate_markets(world);
    const FirmSetting& firms = *world.setting().firms;
    const std::vector<double> before = group_totals(firms, firms.market_revenue_busd);
    const std::vector<double> now = group_totals(firms, world.firms.market_revenue_busd);
    for (std::size_t g = 0; g < before.size(); ++g) CHECK(now[g] == near(before[g], 1e-13));
    CHECK(world.firms.market_revenue_busd != firms.market_revenue_busd);
  }
}

TEST_CASE("firms: what one loses the others in the market gain in proportion") {
  World world = with_depth(0.4);
  reallocate_markets(world);
  // CCC's carriers: Gamma sells 10 of its 20 there, Beta 17.647 of its 40, of which .6 is left.
  const double beta = 20.0 * 3000.0 / 3400.0;
  const double scale = (10.0 + beta) / (10.0 + 0.6 * beta);
  CHECK(world.firms.market_revenue_busd[edge(world, "Gamma Telecom", kCcc)] == near(10.0 * scale));
  CHECK(world.firms.market_revenue_busd[edge(world, "Beta Telecom", kCcc)] == near(0.6 * beta * scale));
  CHECK(world.firms.market_revenue_busd[edge(world, "Gamma Telecom", kDdd)] == near(10.0));
}

TEST_CASE("firms: a market to which access falls below exit_access is left") {
  World world = with_depth(0.96);
  reallocate_markets(world);
  const std::size_t e = edge(world, "Beta Telecom", kCcc);
  CHECK(world.firms.market_status[e] == static_cast<std::uint8_t>(MarketStatus::kExited));
  CHECK(world.firms.market_revenue_busd[e] == 0.0);
}

TEST_CASE("firms: sales stay where they are if a whole market would be left without a seller") {
  WorldTables tables = without_suppliers();
  tables.firms = {{"Beta Telecom", kBbb, FirmSector::kCarrier, 40, {kBbb, kCcc}}};
  World world = with_depth(1.0, named_only(), tables);
  reallocate_markets(world);
  CHECK(world.firms.market_revenue_busd == world.setting().firms->market_revenue_busd);
}

TEST_CASE("firms: a ban ends sales in its markets until it is lifted") {
  Scenario scenario = named_only();
  EventSpec ban = market_event(EventKind::kBan, {"CCC"});
  ban.until = add_months(scenario.run.start, 3);
  add_event(scenario, ban);
  World world = make_world(scenario, without_suppliers());
  let_events_pass(world, 1);
  world.members.depth[world.at(kCcc, kClean)] = 0.0;
  apply_policy(world);
  reallocate_markets(world);
  const std::size_t e = edge(world, "Beta Video", kCcc);
  CHECK(market_access(world, firm(world, "Beta Video"), e, kUnaligned) == 0.0);
  CHECK(world.firms.market_status[e] == static_cast<std::uint8_t>(MarketStatus::kBarred));
  CHECK(world.firms.market_revenue_busd[e] == 0.0);
  CHECK(world.firms.market_revenue_busd[edge(world, "Gamma Video", kCcc)] == near(25.0));
  CHECK(world.firms.market_status[edge(world, "Beta Video", kBbb)] == 0);
  CHECK(stance_value(world, firm(world, "Beta Video"), kUnaligned) == near(0.10 * 0.5));
  let_events_pass(world, 3);
  world.members.depth[world.at(kCcc, kClean)] = 0.0;
  apply_policy(world);
  reallocate_markets(world);
  CHECK(world.firms.market_revenue_busd[e] == near(15.0));
}

TEST_CASE("firms: a divested market goes on under its new owner, at a loss of value to the old one") {
  Scenario scenario = named_only();
  add_event(scenario, market_event(EventKind::kDivest, {"CCC"}, "Gamma Video"));
  World world = with_depth(1.0, scenario);
  reallocate_markets(world);
  const std::size_t e = edge(world, "Beta Video", kCcc);
  CHECK(world.firms.market_status[e] == static_cast<std::uint8_t>(MarketStatus::kDivested));
  CHECK(world.firms.market_revenue_busd[e] == near(15.0));
  CHECK(market_access(world, firm(world, "Beta Video"), e, kUnaligned) == 1.0);
  CHECK(stance_value(world, firm(world, "Beta Video"), kUnaligned) == near(0.10 * (0.5 + 0.5 * 0.7)));
}

TEST_CASE("firms: an entity list costs sales in proportion to the suppliers that it stops") {
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

TEST_CASE("firms: home firms gain what excluding a rival leaves to them, others neither gain nor lose") {
  World world = make_world(named_only(), without_suppliers());
  // EEE: Beta Telecom alone sells as a carrier there; CCC's own share its markets with firms of BBB.
  CHECK(home_revenue_change_busd(world, kEee, bit(kClean)) == near(0.0));
  CHECK(home_revenue_change_busd(world, kEee, 0) == 0.0);
  let_events_pass(world, 3);
  withdraw(world, kCcc, kClean);
  refresh(world);
  const double beta = 20.0 * 3000.0 / 3400.0;
  const double carriers = 10.0 * (10.0 + beta) / (10.0 + 0.75 * beta) - 10.0;
  const double platforms = 10.0 * 25.0 / (10.0 + 0.75 * 15.0) - 10.0;
  CHECK(home_revenue_change_busd(world, kCcc, bit(kClean)) == near(carriers + platforms));
  CHECK(home_revenue_change_busd(world, kCcc, bit(kGids)) == 0.0);
}

TEST_CASE("firms: nobody reconsiders before a framework has opened") {
  Scenario scenario = small_scenario();
  set(scenario, "firms.revision_rate", 1.0);
  World world = make_world(scenario, small_tables());
  const std::vector<std::uint8_t> before = world.firms.stance;
  StepReport report;
  report.clear(2);
  revise_firms(world, report);
  CHECK(report.firm_revisions == 0);
  CHECK(world.firms.stance == before);
  let_events_pass(world, 1);
  revise_firms(world, report);
  CHECK(report.firm_revisions == world.setting().firms->count);
  for (const std::uint8_t stance : world.firms.stance) CHECK(stance != kWithGids);  // not open yet
}

TEST_CASE("firms: a revision is the logit of stance values on the old stances by the firm's own draw") {
  Scenario scenario = small_scenario();
  set(scenario, "firms.revision_rate", 0.5);
  World world = make_world(scenario, random_tables(9, 10));
  let_events_pass(world, 3);
  const World old = world;
  StepReport report;
  report.clear(2);
  revise_firms(world, report);
  std::size_t revisions = 0;
  for (std::size_t f = 0; f < world.setting().firms->count; ++f) {
    const std::uint32_t key = world.setting().firms->key[f];
    const std::uint64_t seed = scenario.run.seed;
    std::uint8_t expected = old.firms.stance[f];
    if (Draws(seed, Purpose::kFirmRevisionTime, 3, key).uniform() < 0.5) {
      ++revisions;
      std::vector<double> value(4);
      for (std::uint8_t a = 0; a < 4; ++a) value[a] = stance_value(old, f, a);
      expected =
          static_cast<std::uint8_t>(choose_logit(value, 0.02, Draws(seed, Purpose::kFirmChoice, 3, key).uniform()));
    }
    CHECK(world.firms.stance[f] == expected);
  }
  CHECK(report.firm_revisions == revisions);
  CHECK(world.firms.stance != old.firms.stance);
}

}  // namespace
}  // namespace splinternet::testing
