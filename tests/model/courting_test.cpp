#include "sim/model/courting.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "sim/core/rng.hpp"
#include "sim/model/choice/logit.hpp"
#include "sim/model/organisations.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model_step.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

/// "clean" alone courts, from step 1; organisations are left out unless asked for.
Scenario courting_scenario(double missions_per_month) {
  Scenario scenario = small_scenario();
  set(scenario, "framework.clean.missions_per_month", missions_per_month);
  set(scenario, "framework.gids.missions_per_month", 0.0);
  set(scenario, "firms.synthetic", 0);
  scenario.organisations = {{"league", false, {}, ""}, {"union", false, {}, ""}};
  return scenario;
}

std::vector<std::uint32_t> visited(const std::vector<Mission>& missions) {
  std::vector<std::uint32_t> countries;
  for (const Mission& mission : missions) countries.push_back(mission.country);
  return countries;
}

/// What acceding to "clean" is worth with an offer.
double accession_worth(const World& world, std::size_t country, double offer_busd) {
  PricedOptions priced;
  priced.options.add(country, accession_or_swap(world, country, kClean), offer_busd);
  price(world, priced);
  return priced.total[0];
}

TEST_CASE("courting: the offer needed closes the gap to T·ln 4, capitalised") {
  const World world = make_world(courting_scenario(3), small_tables());
  const double wanted = 0.1 * std::log(4.0);
  CHECK(needed_offer_busd(world, kEee, 0.0) == near(wanted / 100.0 * 400.0 / 0.15));
  CHECK(needed_offer_busd(world, kEee, -0.2) == near((wanted + 0.2) / 100.0 * 400.0 / 0.15));
  CHECK(needed_offer_busd(world, kEee, wanted) == near(0.0));
  CHECK(needed_offer_busd(world, kEee, 5.0) == 0.0);
}

TEST_CASE("courting: with the offer needed the probability of accession is .8") {
  World world = make_world(courting_scenario(3), random_tables(4, 12));
  StepReport report;
  begin_step(world, report);
  for (std::size_t i = 2; i < world.countries(); ++i) {
    const double utility = accession_worth(world, i, 0.0);
    if (!may_decide_on(world, i, kClean) || needed_offer_busd(world, i, utility) == 0.0) continue;
    const std::vector<double> options{0.0, accession_worth(world, i, needed_offer_busd(world, i, utility))};
    std::vector<double> probability(2);
    logit_probabilities(options, 0.1, probability);
    CHECK(probability[1] == near(0.8, 1e-9));
  }
}

TEST_CASE("courting: twins that differ only in GDP need offers in proportion to it") {
  Scenario scenario = courting_scenario(3);
  scenario.terms = {"alignment", "side_payment", "inertia"};
  WorldTables tables = small_tables();
  tables.countries.ideal_point_sd[kFff] = tables.countries.ideal_point_sd[kEee];
  World world = make_world(scenario, tables);
  StepReport report;
  begin_step(world, report);
  const double eee = needed_offer_busd(world, kEee, accession_worth(world, kEee, 0.0));
  const double fff = needed_offer_busd(world, kFff, accession_worth(world, kFff, 0.0));
  CHECK(eee > 0.0);
  CHECK(eee / fff == near(400.0 / 60.0));
}

TEST_CASE("courting: offers keep within the cap, what is needed, and the month's budget") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Scenario scenario = courting_scenario(9);
    set(scenario, "framework.clean.budget_busd", 0.5 * static_cast<double>(seed));
    World world = make_world(scenario, random_tables(seed, 20));
    StepReport report;
    const std::vector<Mission> missions = begin_step(world, report);
    REQUIRE(missions.size() == 9);
    double spent = 0.0;
    for (const Mission& mission : missions) {
      CHECK(mission.framework == kClean);
      const double gdp = world.setting().countries.gdp_busd[mission.country];
      CHECK(mission.offer_busd >= 0.0);
      CHECK(mission.offer_busd <= 0.01 * gdp * (1.0 + 1e-15));
      const double worth = accession_worth(world, mission.country, 0.0);
      CHECK(mission.offer_busd <= needed_offer_busd(world, mission.country, worth));
      spent += mission.offer_busd;
    }
    CHECK(spent <= get(scenario, "framework.clean.budget_busd") / 12.0 * (1.0 + 1e-12));
    CHECK(report.offered_busd[kClean] == near(spent));
    CHECK(report.missions_sent[kClean] == 9.0);
  }
}

TEST_CASE("courting: targets are ranked by GDP share to the power v times probability") {
  for (const double exponent : {0.0, 0.5, 1.0}) {
    Scenario scenario = courting_scenario(100);
    set(scenario, "courting.target_exponent", exponent);
    World world = make_world(scenario, random_tables(7, 15));
    StepReport report;
    const std::vector<Mission> missions = begin_step(world, report);
    double last = INFINITY;
    for (const Mission& mission : missions) {
      const std::size_t i = mission.country;
      const double utility = accession_worth(world, i, 0.0);
      const double affordable =
          std::min({needed_offer_busd(world, i, utility), 0.01 * world.setting().countries.gdp_busd[i],
                    get(scenario, "framework.clean.budget_busd") / 12.0});
      const std::vector<double> options{0.0, accession_worth(world, i, affordable)};
      std::vector<double> probability(2);
      logit_probabilities(options, 0.1, probability);
      const double rank = std::pow(world.setting().countries.gdp_share[i], exponent) * probability[1];
      CHECK(rank <= last * (1.0 + 1e-9));
      last = rank;
    }
    // All who may decide and are not in: neither the sponsors nor CCC, who has signed, nor DDD, who is listed.
    CHECK(missions.size() == world.countries() - 4);
  }
}

TEST_CASE("courting: targets of equal rank are visited in order of their codes, not of their rows") {
  Scenario scenario = courting_scenario(100);
  scenario.terms = {"inertia"};
  WorldTables tables = small_tables(10);
  std::fill(tables.countries.gdp_busd.begin(), tables.countries.gdp_busd.end(), 1000.0);
  World world = make_world(scenario, permuted(tables, random_order(3, 10)));
  StepReport report;
  std::vector<std::string> codes;
  for (const Mission& mission : begin_step(world, report)) {
    codes.push_back(world.setting().countries.code[mission.country]);
  }
  CHECK(codes == std::vector<std::string>{"EEE", "FFF", "GGG", "HHH", "III", "JJJ"});
}

TEST_CASE("courting: the uniform strategy draws by country, whatever countries are worth") {
  Scenario scenario = courting_scenario(100);
  set(scenario, "framework.clean.strategy", 1);
  WorldTables tables = small_tables(12);
  World world = make_world(scenario, tables);
  StepReport report;
  const std::vector<std::uint32_t> order = visited(begin_step(world, report));
  REQUIRE(order.size() == 8);
  const auto kind = static_cast<std::uint16_t>(entity_key("clean") & 0xffffU);
  double last = 1.0;
  for (const std::uint32_t i : order) {
    const double draw =
        Draws(scenario.run.seed, Purpose::kMissionOrder, 1, entity_key(tables.countries.code[i]), kind).uniform();
    CHECK(draw < last);
    last = draw;
  }
  std::reverse(tables.countries.gdp_busd.begin() + 3, tables.countries.gdp_busd.end());
  set(scenario, "countries.alignment", 1.0);
  World other = make_world(scenario, tables);
  CHECK(visited(begin_step(other, report)) == order);
  ++other.step;
  CHECK(visited(plan_missions(other, report)) != order);
}

TEST_CASE("courting: the strategy none, a framework that is not open and a closed courting send nobody") {
  Scenario scenario = courting_scenario(3);
  StepReport report;
  set(scenario, "framework.clean.strategy", 2);
  World silent = make_world(scenario, small_tables());
  CHECK(begin_step(silent, report).empty());
  set(scenario, "framework.clean.strategy", 0);
  World early = make_world(scenario, small_tables());
  early.step = 1;
  report.clear(2);
  CHECK(plan_missions(early, report).empty());
  EventSpec end = event_in_month("end", EventKind::kCloseCourting, 1);
  end.framework = "clean";
  add_event(scenario, end);
  World ending = make_world(scenario, small_tables());
  CHECK(begin_step(ending, report).size() == 2);
  CHECK(begin_step(ending, report).empty());
  CHECK(report.missions_sent[kClean] == 0.0);
}

TEST_CASE("courting: missions saved for a briefing come on top once") {
  Scenario scenario = courting_scenario(2);
  EventSpec briefing = event_in_month("briefing", EventKind::kBriefing, 0);
  briefing.framework = "clean";
  briefing.amount = 3.0;
  add_event(scenario, briefing);
  World world = make_world(scenario, random_tables(5, 30));
  StepReport report;
  CHECK(begin_step(world, report).size() == 8);
  CHECK(begin_step(world, report).size() == 2);
  CHECK(begin_step(world, report).size() == 2);
}

TEST_CASE("courting: a briefing before the opening is kept for it") {
  Scenario scenario = courting_scenario(2);
  scenario.events[0].date = add_months(scenario.run.start, 2);
  EventSpec briefing = event_in_month("briefing", EventKind::kBriefing, 0);
  briefing.framework = "clean";
  briefing.amount = 3.0;
  add_event(scenario, briefing);
  World world = make_world(scenario, random_tables(5, 30));
  StepReport report;
  CHECK(begin_step(world, report).empty());
  CHECK(begin_step(world, report).empty());
  CHECK(begin_step(world, report).size() == 8);
}

TEST_CASE("courting: parts of missions add up over months, and months over longer steps") {
  World world = make_world(courting_scenario(0.5), random_tables(5, 30));
  StepReport report;
  std::vector<std::size_t> sent;
  for (int step = 0; step < 4; ++step) sent.push_back(begin_step(world, report).size());
  CHECK(sent == std::vector<std::size_t>{0, 1, 0, 1});
  Scenario quarterly = courting_scenario(2);
  quarterly.run.step_months = 3.0;
  World quarters = make_world(quarterly, random_tables(5, 30));
  CHECK(begin_step(quarters, report).size() == 6);
}

TEST_CASE("courting: a pressed country is visited every month besides the missions, also after courting has closed") {
  Scenario scenario = courting_scenario(1);
  set(scenario, "countries.refusal_months", 0);
  EventSpec pressure = event_in_month("pressure", EventKind::kPressure, 0);
  pressure.framework = "clean";
  pressure.countries = {"FFF"};
  pressure.until = add_months(scenario.run.start, 3);
  add_event(scenario, pressure);
  EventSpec end = event_in_month("end", EventKind::kCloseCourting, 1);
  end.framework = "clean";
  add_event(scenario, end);
  World world = make_world(scenario, random_tables(5, 30));
  StepReport report;
  const std::vector<std::uint32_t> first = visited(begin_step(world, report));
  CHECK(first.size() == 2);
  CHECK(std::count(first.begin(), first.end(), kFff) == 1);
  CHECK(visited(begin_step(world, report)) == std::vector<std::uint32_t>{kFff});
  CHECK(visited(begin_step(world, report)) == std::vector<std::uint32_t>{kFff});
  CHECK(begin_step(world, report).empty());
}

/// Nobody is listed before the start.
WorldTables without_listings() {
  WorldTables tables = small_tables();
  tables.initial_memberships.erase(tables.initial_memberships.begin() + 1);
  return tables;
}

TEST_CASE("courting: neither members nor those who refused lately are visited") {
  World world = make_world(courting_scenario(100), without_listings());
  StepReport report;
  std::vector<std::uint32_t> all = visited(begin_step(world, report));
  std::sort(all.begin(), all.end());
  CHECK(all == std::vector<std::uint32_t>{kDdd, kEee, kFff});
  world.members.refused_until[world.at(kEee, kClean)] = 3;
  accede(world, kDdd, kClean);
  CHECK(visited(begin_step(world, report)) == std::vector<std::uint32_t>{kFff});
  CHECK(visited(begin_step(world, report)) == std::vector<std::uint32_t>{kFff});
  all = visited(begin_step(world, report));
  std::sort(all.begin(), all.end());
  CHECK(all == std::vector<std::uint32_t>{kEee, kFff});
}

TEST_CASE("courting: an organisation is one target, without an offer, at its joint utility") {
  Scenario scenario = courting_scenario(100);
  scenario.organisations.clear();
  World world = make_world(scenario, without_listings());
  StepReport report;
  const std::vector<Mission> missions = begin_step(world, report);
  std::vector<double> utility(6, -INFINITY);
  for (const std::size_t i : {kDdd, kEee, kFff}) utility[i] = accession_worth(world, i, 0.0);
  std::size_t bodies = 0;
  for (const Mission& mission : missions) {
    if (mission.organisation == kNoCountry) continue;
    ++bodies;
    CHECK(mission.country == kNoCountry);
    CHECK(mission.offer_busd == 0.0);
    CHECK(mission.utility == organisation_utility(world, mission.organisation, kClean, utility));
  }
  CHECK(bodies == 2);
  CHECK(report.missions_sent[kClean] == 5.0);
  world.organisations.refused_until[0 * 2 + kClean] = 2;
  for (const Mission& mission : begin_step(world, report)) CHECK(mission.organisation != 0);
}

TEST_CASE("courting: equal budgets give every visit the same share of the month's budget, up to the cap") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    Scenario scenario = courting_scenario(7);
    set(scenario, "framework.clean.budget_rule", 1);
    set(scenario, "framework.clean.budget_busd", 6.0);
    World world = make_world(scenario, random_tables(seed, 20));
    StepReport report;
    const std::vector<Mission> missions = begin_step(world, report);
    REQUIRE(missions.size() == 7);
    const double share = 6.0 / 12.0 / 7.0;
    for (const Mission& mission : missions) {
      const double cap = 0.01 * world.setting().countries.gdp_busd[mission.country];
      CHECK(mission.offer_busd == near(std::min(share, cap)));
    }
    CHECK(report.offered_busd[kClean] <= 0.5);
  }
}

TEST_CASE("courting: equal budgets count pressed countries among the visits, and no more visits than targets") {
  Scenario scenario = courting_scenario(100);
  set(scenario, "framework.clean.budget_rule", 1);
  set(scenario, "courting.offer_cap_pct", 1000);
  World few = make_world(scenario, small_tables());
  StepReport report;
  std::vector<Mission> missions = begin_step(few, report);
  REQUIRE(missions.size() == 2);
  for (const Mission& mission : missions) CHECK(mission.offer_busd == near(1.0 / 12.0 / 2.0));
  set(scenario, "framework.clean.missions_per_month", 1);
  World pressing = make_world(scenario, small_tables(9));
  begin_step(pressing, report);
  pressing.derived.effects.pressed[kClean * 9 + kFff] = 1;
  report.clear(2);
  missions = plan_missions(pressing, report);
  REQUIRE(missions.size() == 2);
  for (const Mission& mission : missions) CHECK(mission.offer_busd == near(1.0 / 12.0 / 2.0));
}

/// Every strategy and both rules of the budget, one after the other.
Scenario spending_scenario(std::uint64_t seed) {
  Scenario scenario = courting_scenario(4);
  set(scenario, "framework.gids.missions_per_month", 3);
  set(scenario, "framework.clean.strategy", static_cast<double>(std::array{0, 1, 3, 4}[seed % 4]));
  set(scenario, "framework.gids.strategy", static_cast<double>(std::array{3, 4, 0, 1}[seed % 4]));
  set(scenario, "framework.clean.budget_rule", static_cast<double>(seed % 2));
  set(scenario, "countries.refusal_months", static_cast<double>(seed % 3));
  return scenario;
}

TEST_CASE("courting: accepted is at most offered, offered at most the budget, spent the sum of the acts") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    World world = make_world(spending_scenario(seed), random_tables(seed, 18));
    StepReport report;
    std::vector<double> spent(2, 0.0);
    for (int step = 0; step < 10; ++step) {
      run_step(world, report);
      std::vector<double> paid(2, 0.0), kept(2, 0.0);
      for (const Act& act : report.acts) paid[act.framework] += act.offer_busd;
      for (const std::size_t k : {kClean, kGids}) {
        CHECK(report.offered_busd[k] <= month_budget_busd(world, k) * (1.0 + 1e-12));
        CHECK(report.accepted_busd[k] <= report.offered_busd[k] * (1.0 + 1e-12));
        CHECK(report.accepted_busd[k] == near(paid[k]));
        spent[k] += report.accepted_busd[k];
        CHECK(world.frameworks_state.spent_busd[k] == near(spent[k]));
        for (std::size_t i = 0; i < 18; ++i) kept[k] += world.members.side_payment_busd[world.at(i, k)];
        CHECK(kept[k] <= spent[k] * (1.0 + 1e-12));
        CHECK(report.acceptances[k] + report.refusals[k] == report.missions_sent[k]);
      }
    }
    CHECK(spent[kClean] + spent[kGids] > 0.0);
  }
}

}  // namespace
}  // namespace splinternet::testing
