#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/core/rng.hpp"
#include "sim/model/choice/best_response.hpp"
#include "sim/model/choice/logit.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/schedule.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model_step.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

Scenario scheduled(Schedule schedule) {
  Scenario scenario = small_scenario();
  set(scenario, "countries.schedule", static_cast<double>(schedule));
  scenario.organisations = {{"league", false, {}, ""}, {"union", false, {}, ""}};
  return scenario;
}

/// Terms that need no flows, so that long runs are quick.
Scenario quick(Schedule schedule) {
  Scenario scenario = scheduled(schedule);
  scenario.has_data = scenario.has_trade = scenario.has_firms = false;
  scenario.terms = {"alignment", "peers", "side_payment", "inertia"};
  return scenario;
}

Mission visit(std::size_t country, std::size_t framework, double offer_busd = 0.0) {
  Mission mission;
  mission.country = static_cast<std::uint32_t>(country);
  mission.framework = static_cast<std::uint32_t>(framework);
  mission.offer_busd = offer_busd;
  return mission;
}

/// Both frameworks open, nobody has decided anything yet.
World opened(const Scenario& scenario, const WorldTables& tables = small_tables()) {
  World world = make_world(scenario, tables);
  let_events_pass(world, 3);
  return world;
}

StepReport revise(World& world, const std::vector<Mission>& missions = {}) {
  StepReport report;
  report.clear(world.frameworks());
  revise_memberships(world, missions, report);
  return report;
}

std::span<const double> totals(const StepReport& report, const Decision& decision) {
  return std::span(report.option_total).subspan(decision.first_row, decision.row_count);
}

/// Options of a decision priced on a world.
std::vector<double> priced_on(const World& world, const StepReport& report, const Decision& decision) {
  PricedOptions priced;
  for (std::size_t n = decision.first_row; n < decision.first_row + decision.row_count; ++n) {
    priced.options.add(decision.country, report.option_target[n], report.option_offer_busd[n]);
  }
  price(world, priced);
  return priced.total;
}

void apply_choice(World& world, const StepReport& report, const Decision& decision) {
  const FrameworkSet before = world.membership(decision.country);
  const FrameworkSet target = report.option_target[decision.first_row + decision.chosen];
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (contains(before & ~target, k)) withdraw(world, decision.country, k);
  }
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (contains(target & ~before, k)) accede(world, decision.country, k);
  }
}

TEST_CASE("revision: the draw and the totals that are recorded replay every choice of a logit run") {
  Scenario scenario = scheduled(Schedule::kCourted);
  set(scenario, "countries.spontaneous_rate", 0.3);
  World world = make_world(scenario, random_tables(8, 14));
  StepReport report;
  std::size_t decisions = 0;
  std::size_t changes = 0;
  for (int step = 0; step < 12; ++step) {
    run_step(world, report);
    for (const Decision& decision : report.decisions) {
      ++decisions;
      changes += decision.chosen != 0 ? 1 : 0;
      CHECK(choose_logit(totals(report, decision), 0.1, decision.uniform) == decision.chosen);
      const std::uint32_t key = world.setting().countries.key[decision.country];
      const auto now = static_cast<std::uint32_t>(world.step);
      CHECK(decision.uniform == Draws(scenario.run.seed, Purpose::kCountryChoice, now, key).uniform());
      CHECK(report.option_total[decision.first_row] == 0.0);
    }
    // Totals are sums of the terms from left to right.
    const std::size_t terms = scenario.terms.size();
    REQUIRE(report.option_value.size() == report.option_total.size() * terms);
    for (std::size_t n = 0; n < report.option_total.size(); ++n) {
      double sum = 0.0;
      for (std::size_t t = 0; t < terms; ++t) sum += report.option_value[n * terms + t];
      CHECK(sum == report.option_total[n]);
    }
  }
  CHECK(decisions > 20);
  CHECK(changes > 0);
}

TEST_CASE("revision: under best response the best option is taken, staying where it ties") {
  Scenario scenario = quick(Schedule::kSimultaneous);
  set(scenario, "countries.choice", 1);
  World world = make_world(scenario, random_tables(8, 14));
  StepReport report;
  std::size_t changes = 0;
  for (int step = 0; step < 6; ++step) {
    run_step(world, report);
    for (const Decision& decision : report.decisions) {
      CHECK(choose_best_response(totals(report, decision), 1e-9, OnTie::kStay, decision.uniform) == decision.chosen);
      changes += decision.chosen != 0 ? 1 : 0;
    }
  }
  CHECK(changes > 0);
}

TEST_CASE("revision: under courted only those revise who are courted or come on their own") {
  Scenario scenario = quick(Schedule::kCourted);
  set(scenario, "countries.spontaneous_rate", 0.0);
  World world = opened(scenario);
  CHECK(revise(world).decisions.empty());
  const StepReport report = revise(world, {visit(kEee, kGids), visit(kFff, kClean)});
  REQUIRE(report.decisions.size() == 2);
  CHECK(report.decisions[0].country == kEee);
  CHECK(report.decisions[0].courted_by == bit(kGids));
  CHECK(report.decisions[1].country == kFff);
  // One who is courted answers the one question: stay, or accede.
  CHECK(report.option_target == std::vector<FrameworkSet>{0, bit(kGids), 0, bit(kClean)});
}

TEST_CASE("revision: under poisson courting moves nobody to revise") {
  Scenario scenario = quick(Schedule::kPoisson);
  set(scenario, "countries.spontaneous_rate", 0.0);
  World world = opened(scenario);
  CHECK(revise(world, {visit(kEee, kGids)}).decisions.empty());
  set(scenario, "countries.spontaneous_rate", 1.0);
  World eager = opened(scenario);
  const StepReport report = revise(eager, {visit(kEee, kGids, 0.5)});
  CHECK(report.decisions.size() == 4);
  CHECK(*std::max_element(report.option_offer_busd.begin(), report.option_offer_busd.end()) == 0.5);
}

TEST_CASE("revision: countries come on their own as often as the rate says, also with half the step") {
  for (const double step_months : {1.0, 0.5}) {
    Scenario scenario = quick(Schedule::kPoisson);
    set(scenario, "countries.spontaneous_rate", 0.1);
    scenario.run.step_months = step_months;
    double revisions = 0.0;
    double expected = 0.0;
    World world = make_world(scenario, random_tables(2, 102));
    StepReport report;
    const int steps = static_cast<int>(60 / step_months);
    for (int step = 0; step < steps; ++step) {
      begin_step(world, report);
      const double may = world.frameworks_state.status[kClean] != 0 ? 100.0 : 0.0;
      revise_memberships(world, {}, report);
      revisions += static_cast<double>(report.decisions.size());
      expected += may * world.per_step(0.1);
    }
    CHECK(std::fabs(revisions - expected) < 4.0 * std::sqrt(expected));
    // A month of two halves: 1 − (1 − p)² with p = 1 − √.9 is the rate again.
    const double stays = std::pow(1.0 - world.per_step(0.1), 1.0 / step_months);
    CHECK(1.0 - stays == Approx(0.1));
    CHECK(expected == Approx(6000.0 * 0.1).epsilon(0.03));
  }
}

TEST_CASE("revision: simultaneous decisions all read the old state, sequential ones the latest") {
  for (const Schedule schedule : {Schedule::kSimultaneous, Schedule::kRandomSequential}) {
    World world = opened(quick(schedule), random_tables(6, 20));
    World replica = world;
    const StepReport report = revise(world);
    REQUIRE(report.decisions.size() == 18);
    bool others_mattered = false;
    for (const Decision& decision : report.decisions) {
      const std::vector<double> recorded(totals(report, decision).begin(), totals(report, decision).end());
      CHECK(priced_on(replica, report, decision) == recorded);
      if (schedule == Schedule::kRandomSequential) apply_choice(replica, report, decision);
    }
    if (schedule == Schedule::kSimultaneous) {
      World moving = replica;
      for (const Decision& decision : report.decisions) {
        const std::vector<double> recorded(totals(report, decision).begin(), totals(report, decision).end());
        others_mattered = others_mattered || priced_on(moving, report, decision) != recorded;
        apply_choice(moving, report, decision);
      }
      CHECK(others_mattered);
    } else {
      for (std::size_t i = 0; i < 20; ++i) CHECK(replica.membership(i) == world.membership(i));
    }
  }
}

TEST_CASE("revision: who comes twice in a step draws anew and finds what it chose before") {
  World world = opened(quick(Schedule::kAsyncUniform), random_tables(6, 20));
  const StepReport report = revise(world);
  std::vector<std::uint32_t> turns(20, 0);
  std::vector<FrameworkSet> left(20, 0);
  for (const Decision& decision : report.decisions) {
    const std::uint32_t turn = turns[decision.country]++;
    const std::uint32_t key = world.setting().countries.key[decision.country];
    const Draws draws(world.scenario().run.seed, Purpose::kCountryChoice, static_cast<std::uint32_t>(world.step), key);
    CHECK(decision.uniform == draws.uniform(turn));
    if (turn > 0) CHECK(report.option_target[decision.first_row] == left[decision.country]);
    left[decision.country] = report.option_target[decision.first_row + decision.chosen];
  }
  CHECK(*std::max_element(turns.begin(), turns.end()) > 1);
}

TEST_CASE("revision: a sequential order is drawn anew each step, by country") {
  World world = opened(quick(Schedule::kRandomSequential), random_tables(6, 20));
  std::vector<std::vector<std::uint32_t>> orders;
  for (int step = 0; step < 2; ++step) {
    World fork = world;
    fork.step += step;
    std::vector<std::uint32_t> order;
    double last = 0.0;
    for (const Decision& decision : revise(fork).decisions) {
      const std::uint32_t key = fork.setting().countries.key[decision.country];
      const double place =
          Draws(fork.scenario().run.seed, Purpose::kRevisionOrder, static_cast<std::uint32_t>(fork.step), key)
              .uniform();
      CHECK(place > last);
      last = place;
      order.push_back(decision.country);
    }
    orders.push_back(order);
  }
  CHECK(orders[0] != orders[1]);
}

TEST_CASE("revision: options are staying, accessions or swaps, then withdrawals") {
  Scenario scenario = quick(Schedule::kSimultaneous);
  set(scenario, "countries.temperature", 1e-6);
  set(scenario, "countries.inertia_join", 100.0);
  set(scenario, "countries.inertia_leave", 100.0);
  World world = opened(scenario);
  const StepReport report = revise(world);
  REQUIRE(report.decisions.size() == 4);
  const auto targets = [&](std::size_t d) {
    const Decision& decision = report.decisions[d];
    const auto first = report.option_target.begin() + decision.first_row;
    return std::vector<FrameworkSet>(first, first + decision.row_count);
  };
  CHECK(targets(0) == std::vector<FrameworkSet>{bit(kClean), bit(kGids), 0});  // CCC, a signatory
  // DDD is listed in "clean" already: signing it changes no set, leaving it ends the listing.
  CHECK(targets(1) == std::vector<FrameworkSet>{bit(kClean), bit(kGids), 0});
  CHECK(targets(2) == std::vector<FrameworkSet>{0, bit(kClean), bit(kGids)});
  CHECK(targets(3) == std::vector<FrameworkSet>{0, bit(kClean), bit(kGids)});
}

TEST_CASE("revision: a refusal stands for refusal_months, against courting and own initiative") {
  Scenario scenario = quick(Schedule::kCourted);
  set(scenario, "countries.spontaneous_rate", 0.0);
  set(scenario, "countries.inertia_join", 100.0);
  set(scenario, "framework.clean.missions_per_month", 10);
  World world = make_world(scenario, small_tables());
  StepReport report;
  run_step(world, report);
  CHECK(report.refusals[kClean] == 2.0);
  for (const std::size_t i : {kEee, kFff}) CHECK(world.members.refused_until[world.at(i, kClean)] == 7);
  for (int step = 2; step <= 7; ++step) {
    run_step(world, report);
    CHECK(report.missions_sent[kClean] == 0.0);
  }
  run_step(world, report);
  CHECK(report.missions_sent[kClean] == 2.0);
}

TEST_CASE("revision: one who has refused lately does not reconsider on its own") {
  Scenario scenario = quick(Schedule::kSimultaneous);
  World world = opened(scenario);
  world.members.refused_until[world.at(kEee, kClean)] = world.step;
  const StepReport report = revise(world);
  const Decision& decision = report.decisions[2];
  REQUIRE(decision.country == kEee);
  CHECK(decision.row_count == 2);
  CHECK(report.option_target[decision.first_row + 1] == bit(kGids));
}

TEST_CASE("revision: a change of leader breaks the refusals of its country alone") {
  Scenario scenario = quick(Schedule::kCourted);
  EventSpec change = event_in_month("change", EventKind::kLeaderChange, 3);
  change.countries = {"EEE"};
  change.amount = 0.1;
  add_event(scenario, change);
  World world = opened(scenario);
  world.members.refused_until[world.at(kEee, kClean)] = 20;
  world.members.refused_until[world.at(kFff, kClean)] = 20;
  let_events_pass(world, 1);
  CHECK(world.members.refused_until[world.at(kEee, kClean)] == -1);
  CHECK(world.members.refused_until[world.at(kFff, kClean)] == 20);
}

TEST_CASE("revision: by invitation nobody accedes on its own") {
  Scenario scenario = quick(Schedule::kSimultaneous);
  set(scenario, "framework.clean.admission", 1);
  World world = opened(scenario);
  World fork = world;
  const StepReport alone = revise(world);
  for (const Decision& decision : alone.decisions) {
    for (std::size_t n = decision.first_row + 1; n < decision.first_row + decision.row_count; ++n) {
      const FrameworkSet stay = alone.option_target[decision.first_row];
      CHECK_FALSE(contains(alone.option_target[n] & ~stay, kClean));
    }
  }
  const StepReport invited = revise(fork, {visit(kFff, kClean)});
  const Decision& decision = invited.decisions[3];
  REQUIRE(decision.country == kFff);
  CHECK(invited.option_target[decision.first_row + 1] == bit(kClean));
}

TEST_CASE("revision: what is accepted is paid, an unaccepted offer is a refusal") {
  Scenario scenario = quick(Schedule::kCourted);
  set(scenario, "countries.spontaneous_rate", 0.0);
  set(scenario, "countries.temperature", 1e-3);
  World world = opened(scenario);
  // USD 10 bn are far more than FFF needs; CCC would lose .2 pp twice over.
  const StepReport report = revise(world, {visit(kFff, kClean, 10.0), visit(kCcc, kGids, 0.001)});
  CHECK(world.signed_membership(kFff) == bit(kClean));
  CHECK(world.members.side_payment_busd[world.at(kFff, kClean)] == 10.0);
  CHECK(report.accepted_busd[kClean] == 10.0);
  CHECK(world.frameworks_state.spent_busd == std::vector<double>{10.0, 0.0});
  CHECK(report.acceptances == std::vector<double>{1.0, 0.0});
  CHECK(report.accepted_busd[kGids] == 0.0);
  CHECK(report.refusals[kGids] == 1.0);
  CHECK(world.members.refused_until[world.at(kCcc, kGids)] == world.step + 6);
  REQUIRE(report.acts.size() == 1);
  CHECK(report.acts[0].kind == ActKind::kAccede);
  CHECK(report.acts[0].offer_busd == 10.0);
}

TEST_CASE("revision: a swap leaves one framework for another, a listing lapses") {
  Scenario scenario = quick(Schedule::kCourted);
  set(scenario, "countries.spontaneous_rate", 0.0);
  set(scenario, "countries.temperature", 1e-3);
  World world = opened(scenario);
  const StepReport report = revise(world, {visit(kDdd, kGids, 100.0), visit(kCcc, kGids, 1000.0)});
  CHECK(world.membership(kCcc) == bit(kGids));
  CHECK(world.membership(kDdd) == bit(kGids));
  REQUIRE(report.acts.size() == 4);
  CHECK(report.acts[0].country == kCcc);
  CHECK(report.acts[0].kind == ActKind::kWithdraw);
  CHECK(report.acts[1].kind == ActKind::kAccede);
  CHECK(report.acts[2].country == kDdd);
  CHECK(report.acts[2].kind == ActKind::kListingLapsed);
  CHECK(report.acts[3].kind == ActKind::kAccede);
  CHECK(world.members.depth[world.at(kCcc, kClean)] == 0.0);
}

TEST_CASE("revision: sponsors, untrusted homes and those who do not choose never decide") {
  for (std::uint64_t seed = 1; seed <= 7; ++seed) {
    Scenario scenario = quick(static_cast<Schedule>(seed % 7));
    set(scenario, "countries.spontaneous_rate", 0.5);
    scenario.run.seed = seed;
    WorldTables tables = random_tables(seed, 12);
    tables.countries.chooses[kFff] = 0;
    World world = make_world(scenario, tables);
    StepReport report;
    std::size_t decisions = 0;
    for (int step = 0; step < 10; ++step) {
      run_step(world, report);
      decisions += report.decisions.size();
      for (const Decision& decision : report.decisions) {
        CHECK(decision.country != kAaa);
        CHECK(decision.country != kBbb);
        CHECK(decision.country != kFff);
      }
    }
    CHECK(decisions > 0);
  }
}

TEST_CASE("revision: recording decisions changes none") {
  Scenario scenario = quick(Schedule::kSimultaneous);
  World recorded = opened(scenario, random_tables(6, 20));
  scenario.record.decisions = false;
  World silent = opened(scenario, random_tables(6, 20));
  CHECK_FALSE(revise(recorded).decisions.empty());
  CHECK(revise(silent).decisions.empty());
  CHECK(state_digest(recorded) == state_digest(silent));
}

TEST_CASE("revision: those whom an organisation has brought in are not asked again") {
  Scenario scenario = quick(Schedule::kSimultaneous);
  scenario.organisations.clear();
  World world = opened(scenario);
  Mission mission;
  mission.framework = kGids;
  mission.organisation = 0;
  mission.utility = 1e9;
  const StepReport report = revise(world, {mission});
  REQUIRE(report.decisions.size() == 1);
  CHECK(report.decisions[0].country == kCcc);
}

}  // namespace
}  // namespace splinternet::testing
