#include "sim/model/firms.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "sim/core/rng.hpp"
#include "sim/model/choice/logit.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/firm_world.hpp"
#include "tests/support/model_step.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

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

TEST_CASE("firms: home firms gain what excluding a rival leaves to them, others neither gain nor lose") {
  World world = make_world(named_only(), without_suppliers());
  // EEE: Beta Telecom alone sells as a carrier there; CCC's own share its markets with firms of BBB.
  CHECK(HomeMarkets(world).revenue_change_busd(kEee, bit(kClean)) == near(0.0));
  CHECK(HomeMarkets(world).revenue_change_busd(kEee, 0) == 0.0);
  let_events_pass(world, 3);
  withdraw(world, kCcc, kClean);
  refresh(world);
  const double beta = 20.0 * 3000.0 / 3400.0;
  const double carriers = 10.0 * (10.0 + beta) / (10.0 + 0.75 * beta) - 10.0;
  const double platforms = 10.0 * 25.0 / (10.0 + 0.75 * 15.0) - 10.0;
  CHECK(HomeMarkets(world).revenue_change_busd(kCcc, bit(kClean)) == near(carriers + platforms));
  CHECK(HomeMarkets(world).revenue_change_busd(kCcc, bit(kGids)) == 0.0);
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
