#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "sim/core/rng.hpp"
#include "sim/model/choice/best_response.hpp"
#include "sim/model/choice/logit.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model_step.hpp"
#include "tests/support/revising.hpp"

namespace splinternet::testing {
namespace {

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
