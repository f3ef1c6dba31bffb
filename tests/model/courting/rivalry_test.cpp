#include "sim/model/courting/rivalry.hpp"

#include <algorithm>
#include <cmath>

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

constexpr double kRivalAware = 3;

/// Both sponsors court, that of "clean" with an eye on "gids"; no organisations unless asked for.
Scenario contested_scenario() {
  Scenario scenario = small_scenario();
  set(scenario, "framework.clean.strategy", kRivalAware);
  set(scenario, "framework.clean.missions_per_month", 2);
  set(scenario, "framework.gids.missions_per_month", 1);
  set(scenario, "firms.synthetic", 0);
  scenario.organisations = {{"league", false, {}, ""}, {"union", false, {}, ""}};
  return scenario;
}

/// Step 3: both frameworks are open, nobody has been courted yet.
World both_open(const Scenario& scenario, const WorldTables& tables) {
  World world = make_world(scenario, tables);
  let_events_pass(world, 3);
  return world;
}

/// What the sponsor planned last month: these targets in this order.
void plan(World& world, std::size_t framework, const std::vector<std::size_t>& targets, double offer_busd = 0.0) {
  const std::size_t axis = world.countries() + world.setting().organisations.size();
  for (std::size_t n = 0; n < targets.size(); ++n) {
    world.courting.plan_place[framework * axis + targets[n]] = static_cast<std::int32_t>(n);
    if (targets[n] < world.countries()) {
      world.courting.plan_offer_busd[framework * world.countries() + targets[n]] = offer_busd;
    }
  }
}

std::vector<std::size_t> places(const std::vector<ExpectedVisit>& visits) {
  std::vector<std::size_t> targets;
  for (const ExpectedVisit& visit : visits) targets.push_back(visit.target);
  return targets;
}

double accession_worth(const World& world, std::size_t country, std::size_t framework, double offer_busd = 0.0) {
  PricedOptions priced;
  priced.options.add(country, accession_or_swap(world, country, framework), offer_busd);
  price(world, priced);
  return priced.total[0];
}

TEST_CASE("rivalry: without a plan of last month nobody is expected anywhere") {
  const World world = both_open(contested_scenario(), small_tables(9));
  CHECK(expected_visits(world, kGids).empty());
  for (const Contest& contest : expected_contests(world)) {
    CHECK(contest.pull == std::vector<double>(9, 0.0));
  }
}

TEST_CASE("rivalry: a sponsor is expected to go on down its list, past those it has asked, as far as missions reach") {
  Scenario scenario = contested_scenario();
  set(scenario, "framework.gids.missions_per_month", 2);
  World world = both_open(scenario, small_tables(9));
  plan(world, kGids, {7, kEee, kFff, 6, kDdd});
  CHECK(places(expected_visits(world, kGids)) == std::vector<std::size_t>{7, kEee});
  world.members.refused_until[world.at(7, kGids)] = world.step;
  accede(world, kEee, kGids);
  CHECK(places(expected_visits(world, kGids)) == std::vector<std::size_t>{kFff, 6});
  world.frameworks_state.missions_saved[kGids] = 0.9;
  CHECK(expected_visits(world, kGids).size() == 2);
  world.frameworks_state.missions_saved[kGids] = 5.0;
  CHECK(places(expected_visits(world, kGids)) == std::vector<std::size_t>{kFff, 6, kDdd});
  world.frameworks_state.courting[kGids] = 0;
  CHECK(expected_visits(world, kGids).empty());
  world.derived.effects.pressed[kGids * 9 + 6] = 1;
  CHECK(places(expected_visits(world, kGids)) == std::vector<std::size_t>{6});
  world.frameworks_state.status[kGids] = static_cast<std::uint8_t>(FrameworkStatus::kClosed);
  CHECK(expected_visits(world, kGids).empty());
}

TEST_CASE("rivalry: expected offers are those of the list while the month's budget lasts") {
  Scenario scenario = contested_scenario();
  set(scenario, "framework.gids.missions_per_month", 3);
  set(scenario, "framework.gids.budget_busd", 12.0);
  World world = both_open(scenario, small_tables(9));
  plan(world, kGids, {kEee, kFff, 6}, 0.75);
  const std::vector<ExpectedVisit> visits = expected_visits(world, kGids);
  REQUIRE(visits.size() == 3);
  CHECK(visits[0].offer_busd == 0.75);
  CHECK(visits[1].offer_busd == 0.25);
  CHECK(visits[2].offer_busd == 0.0);
}

TEST_CASE("rivalry: with the pull of the contest two options are weighed as the logit weighs three") {
  World world = both_open(contested_scenario(), small_tables(9));
  plan(world, kGids, {kEee}, 0.04);
  const Contest contest = expected_contests(world)[kClean];
  const double mine = accession_worth(world, kEee, kClean, 0.02), rival = accession_worth(world, kEee, kGids, 0.04);
  std::vector<double> probability(3);
  logit_probabilities(std::vector<double>{0.0, mine, rival}, 0.1, probability);
  CHECK(contest.pull[kEee] == near(std::log(1.0 + std::exp(rival / 0.1)), 1e-10));
  CHECK(1.0 / (1.0 + std::exp(contest.pull[kEee] - mine / 0.1)) == near(probability[1], 1e-10));
  CHECK(contest.pull[kFff] == 0.0);
}

TEST_CASE("rivalry: against a rival the offer needed still aims at the target probability") {
  World world = both_open(contested_scenario(), small_tables(9));
  plan(world, kGids, {kEee}, 0.04);
  const double pull = expected_contests(world)[kClean].pull[kEee];
  const double needed = needed_offer_busd(world, kEee, accession_worth(world, kEee, kClean), pull);
  CHECK(needed > needed_offer_busd(world, kEee, accession_worth(world, kEee, kClean)));
  std::vector<double> probability(3);
  logit_probabilities(
      std::vector<double>{0.0, accession_worth(world, kEee, kClean, needed), accession_worth(world, kEee, kGids, 0.04)},
      0.1, probability);
  CHECK(probability[1] == near(0.8, 1e-9));
}

TEST_CASE("rivalry: only who is rival_aware answers, and only rivals") {
  Scenario scenario = contested_scenario();
  World world = both_open(scenario, small_tables(9));
  plan(world, kGids, {kEee});
  plan(world, kClean, {kFff});
  const std::vector<Contest> contests = expected_contests(world);
  CHECK(contests[kClean].pull[kEee] > 0.0);
  CHECK(contests[kGids].pull == std::vector<double>(9, 0.0));
  // Without an open supply chain the two can be had together.
  set(scenario, "framework.clean.strategy", 0);
  set(scenario, "framework.gids.strategy", kRivalAware);
  World turned = both_open(scenario, small_tables(9));
  plan(turned, kClean, {kFff});
  CHECK(expected_contests(turned)[kGids].pull[kFff] > 0.0);
}

/// Twins EEE and FFF, of whom the rival is expected to visit EEE; no money is about. Returns who is visited first.
std::uint32_t first_of_twins(double rivalry, double alignment) {
  Scenario scenario = contested_scenario();
  scenario.terms = {"alignment"};
  set(scenario, "countries.alignment", alignment);
  set(scenario, "framework.clean.budget_busd", 0.0);
  set(scenario, "framework.clean.rivalry", rivalry);
  WorldTables tables = small_tables();
  tables.countries.ideal_point_sd[kFff] = tables.countries.ideal_point_sd[kEee];
  tables.countries.gdp_busd[kFff] = tables.countries.gdp_busd[kEee];
  World world = both_open(scenario, tables);
  plan(world, kGids, {kEee});
  StepReport report;
  report.clear(2);
  const std::vector<Mission> missions = plan_missions(world, report);
  REQUIRE(missions.size() >= 2);
  return missions[0].country;
}

TEST_CASE("rivalry: the contested twin is visited first if and only if rivalry exceeds (1 + B)/(1 + A)") {
  for (const double alignment : {-0.1, -0.02, 0.0, 0.05, 0.2}) {
    // U = β·z·y with z = −0.9, y = +1 for "clean" and −1 for "gids"; T = 0.1.
    const double mine = std::exp(alignment * -0.9 / 0.1), rival = std::exp(alignment * 0.9 / 0.1);
    const double turning = (1.0 + rival) / (1.0 + mine);
    CHECK(first_of_twins(turning * 1.001, alignment) == kEee);
    CHECK(first_of_twins(turning * 0.999, alignment) == kFff);
  }
  CHECK(first_of_twins(0.0, 0.0) == kFff);  // without rivalry, it avoids
}

TEST_CASE("rivalry: a rival that answers earlier may take an organisation away, a later one be kept from it") {
  Scenario scenario = contested_scenario();
  scenario.organisations.clear();
  set(scenario, "framework.gids.strategy", kRivalAware);
  World world = both_open(scenario, small_tables());
  const std::size_t league = world.countries();
  plan(world, kGids, {league});
  plan(world, kClean, {league});
  const std::vector<Contest> contests = expected_contests(world);
  for (const std::size_t k : {kClean, kGids}) {
    const std::size_t rival = 1 - k;
    const double utility = organisation_utility(world, 0, rival, accession_prospects(world, rival).utility);
    const double lost = 1.0 / (1.0 + std::exp(-utility / 0.1));
    CHECK(lost > 0.0);
    CHECK(contests[k].lost_before[0] == near(rival < k ? lost : 0.0, 1e-10));
    CHECK(contests[k].lost_after[0] == near(rival < k ? 0.0 : lost, 1e-10));
    CHECK(contests[k].lost_before[1] == 0.0);
  }
}

TEST_CASE("rivalry: each month the list is kept for the rivals, that of a silent sponsor is empty") {
  Scenario scenario = contested_scenario();
  set(scenario, "framework.gids.missions_per_month", 2);
  World world = make_world(scenario, random_tables(3, 14));
  StepReport report;
  for (int step = 1; step <= 4; ++step) {
    const std::vector<Mission> missions = begin_step(world, report);
    for (const std::size_t k : {kClean, kGids}) {
      std::size_t listed = 0;
      for (std::size_t i = 0; i < 14; ++i) listed += world.courting.plan_place[k * 14 + i] >= 0 ? 1 : 0;
      std::int32_t next = 0;
      for (const Mission& mission : missions) {
        if (mission.framework != k) continue;
        CHECK(world.courting.plan_place[k * 14 + mission.country] == next++);
        CHECK(mission.offer_busd <= world.courting.plan_offer_busd[k * 14 + mission.country]);
      }
      const bool silent = k == kGids && step < 3;
      CHECK((listed == 0) == silent);
    }
    end_step(world, missions, report);
  }
}

TEST_CASE("rivalry: as long as no rival has planned, the best reply is that of the targeted strategy") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Scenario scenario = contested_scenario();
    set(scenario, "framework.clean.missions_per_month", 5);
    World aware = make_world(scenario, random_tables(seed, 16));
    set(scenario, "framework.clean.strategy", 0);
    World targeted = make_world(scenario, random_tables(seed, 16));
    StepReport report;
    const std::vector<Mission> one = begin_step(aware, report), other = begin_step(targeted, report);
    REQUIRE(one.size() == other.size());
    for (std::size_t n = 0; n < one.size(); ++n) {
      CHECK(one[n].country == other[n].country);
      CHECK(one[n].offer_busd == other[n].offer_busd);
    }
  }
}

/// Both sponsors court with this strategy, countries that care little for sides: the lists overlap.
Scenario even_scenario(double strategy) {
  Scenario scenario = contested_scenario();
  scenario.terms = {"alignment", "peers", "side_payment", "inertia"};
  set(scenario, "countries.alignment", 0.02);
  for (const char* framework : {"clean", "gids"}) {
    set(scenario, std::string("framework.") + framework + ".strategy", strategy);
    set(scenario, std::string("framework.") + framework + ".missions_per_month", 2);
    set(scenario, std::string("framework.") + framework + ".budget_busd", 20);
  }
  return scenario;
}

TEST_CASE("rivalry: a run goes another way than under targeted only from a month on in which targets are contested") {
  std::size_t parted = 0;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    World aware = make_world(even_scenario(kRivalAware), random_tables(seed, 16));
    World targeted = make_world(even_scenario(0), random_tables(seed, 16));
    StepReport report;
    bool contested = false, same = true;
    for (int step = 0; step < 8 && same; ++step) {
      const World before = aware;
      const std::vector<Mission> one = begin_step(aware, report), other = begin_step(targeted, report);
      World pricing = before;
      ++pricing.step;
      apply_events(pricing);
      refresh(pricing);
      for (const Contest& contest : expected_contests(pricing)) {
        contested = contested || *std::max_element(contest.pull.begin(), contest.pull.end()) > 0.0;
      }
      same = std::equal(one.begin(), one.end(), other.begin(), other.end(), [](const Mission& a, const Mission& b) {
        return a.framework == b.framework && a.country == b.country && a.offer_busd == b.offer_busd;
      });
      CHECK((same || contested));
      end_step(aware, one, report);
      end_step(targeted, other, report);
    }
    parted += same ? 0 : 1;
  }
  CHECK(parted > 0);
}

TEST_CASE("rivalry: the best reply depends on last month's list, whoever wrote it") {
  World world = both_open(contested_scenario(), random_tables(5, 14));
  World answered = world;
  plan(answered, kGids, {kEee, kFff, 8, 9, 10});
  answered.frameworks_state.missions_saved[kGids] = world.frameworks_state.missions_saved[kGids] = 5.0;
  StepReport report;
  report.clear(2);
  plan_missions(world, report);
  report.clear(2);
  plan_missions(answered, report);
  CHECK(world.courting.plan_place != answered.courting.plan_place);
}

}  // namespace
}  // namespace splinternet::testing
