#include "sim/engine/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/engine/invariants.hpp"
#include "sim/model/build_world.hpp"
#include "sim/model/firm_rules.hpp"
#include "sim/model/membership.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/whole_runs.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("simulation: a step runs the nine phases and a run ends at its horizon") {
  Scenario scenario = small_scenario();
  scenario.run.horizon = 3;
  Simulation simulation(make_setting(scenario, small_tables()));
  CHECK(phase_names().size() == 10);
  CHECK(simulation.phase_seconds().size() == 10);
  CHECK(simulation.world().step == 0);
  int steps = 0;
  while (!simulation.is_finished()) {
    simulation.step();
    ++steps;
    CHECK(simulation.world().step == steps);
    CHECK(simulation.report().trade_residual <= 1e-12);
  }
  CHECK(steps == 3);
  for (const double seconds : simulation.phase_seconds()) CHECK(seconds >= 0.0);
}

TEST_CASE("simulation: events are reported when they happen, and sponsors sign what they open") {
  Simulation simulation(make_setting(small_scenario(), small_tables()));
  const StepReport& report = simulation.step();
  CHECK(report.events == std::vector<std::size_t>{0});
  REQUIRE_FALSE(report.acts.empty());
  CHECK(report.acts[0].country == kAaa);
  CHECK(report.acts[0].framework == kClean);
  CHECK(report.acts[0].kind == ActKind::kSponsorSigned);
  simulation.step();
  CHECK(report.events.empty());
  simulation.step();
  CHECK(report.events == std::vector<std::size_t>{1});
  CHECK(contains(simulation.world().signed_membership(kBbb), kGids));
}

TEST_CASE("simulation: a sponsor that was listed with the rival loses the listing when it opens its own") {
  WorldTables tables = small_tables();
  tables.initial_memberships.push_back({kBbb, "clean", MembershipLevel::kListed, Date{2020, 5, 1}});
  Scenario scenario = small_scenario();
  scenario.frameworks[kClean].untrusted_homes = {"EEE"};
  scenario.frameworks[kClean].incompatible_with = {"gids"};
  Simulation simulation(make_setting(scenario, tables));
  for (int step = 0; step < 3; ++step) simulation.step();
  REQUIRE(simulation.report().acts.size() >= 2);
  CHECK(simulation.report().acts[0].country == kBbb);
  CHECK(simulation.report().acts[0].kind == ActKind::kListingLapsed);
  CHECK(simulation.report().acts[1].kind == ActKind::kSponsorSigned);
  CHECK(simulation.world().membership(kBbb) == bit(kGids));
}

TEST_CASE("simulation: trade without an equilibrium is an error that names the step and the country") {
  WorldTables tables = small_tables();
  tables.countries.goods_domestic_busd[kFff] = tables.countries.services_domestic_busd[kFff] = 0.0;
  Scenario scenario = small_scenario();
  EventSpec wall = event_in_month("wall", EventKind::kTariff, 4);
  wall.countries = {"FFF"};
  wall.partners = {"all"};
  wall.amount = 1e300;
  add_event(scenario, wall);
  Simulation simulation(make_setting(scenario, tables));
  for (int step = 0; step < 4; ++step) simulation.step();
  const auto go_on = [&] {
    while (!simulation.is_finished()) simulation.step();
  };
  CHECK_THROWS_WITH(go_on(), contains_substring("step ") && contains_substring("FFF"));
  CHECK(simulation.world().step > 4);
}

TEST_CASE("simulation: any number of threads gives the same bits") {
  const Scenario scenario = lively(3, 12);
  const LabelledDataset small = run(scenario, small_tables(), 1);
  Scenario many = lively(4, 8);
  set(many, "firms.synthetic", 3000);
  const LabelledDataset random = run(many, random_tables(4, 40), 1);
  for (const int threads : {2, 3, 8}) {
    INFO(threads << " threads");
    check_same(run(scenario, small_tables(), threads), small);
    check_same(run(many, random_tables(4, 40), threads), random);
  }
}

TEST_CASE("simulation: two or more workers take part in a step of many firms") {
  Scenario scenario = lively(4, 8);
  set(scenario, "firms.synthetic", 20000);
  const parallel::ThreadLimit limit(8);
  Simulation simulation(make_setting(scenario, random_tables(4, 20)));
  for (int step = 0; step < 4; ++step) simulation.step();
  const World& world = simulation.world();
  const FirmRules rules(world);
  const std::uint8_t unaligned = 0;
  // The loop of the firms' phase, with the same work in it, and who does it.
  std::mutex mutex;
  std::set<std::thread::id> workers;
  const bool serial = std::string(parallel::back_end()) == "serial";
  for (int attempt = 0; attempt < 100 && workers.size() < (serial ? 1U : 2U); ++attempt) {
    parallel::for_each_range(world.setting().firms->count, 256, [&](std::size_t begin, std::size_t end) {
      double sum = 0.0;
      for (std::size_t f = begin; f < end; ++f) {
        double value = 0.0;
        rules.value_stances(f, {&unaligned, 1}, {&value, 1});
        sum += value;
      }
      const std::lock_guard<std::mutex> lock(mutex);
      if (std::isfinite(sum)) workers.insert(std::this_thread::get_id());
    });
  }
  CHECK(workers.size() >= (serial ? 1U : 2U));
}
TEST_CASE("simulation: sponsors stay in their own and nobody signs two rivals, over random worlds") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    Scenario scenario = lively(seed, 40);
    set(scenario, "countries.schedule", static_cast<double>(seed % 4));
    set(scenario, "framework.clean.missions_per_month", 4);
    set(scenario, "framework.gids.missions_per_month", 4);
    set(scenario, "firms.synthetic", 50);
    Simulation simulation(make_setting(scenario, random_tables(seed, 8 + seed % 5)));
    const World& world = simulation.world();
    while (!simulation.is_finished()) {
      simulation.step();
      REQUIRE_NOTHROW(check_invariants(world));
      for (std::size_t i = 0; i < world.countries(); ++i) {
        CHECK(world.signed_membership(i) != (bit(kClean) | bit(kGids)));
      }
      CHECK(world.signed_membership(kAaa) == bit(kClean));
      CHECK(world.membership(kBbb) == (world.step >= 3 ? bit(kGids) : 0));
    }
  }
}

TEST_CASE("simulation: steps report their refreshes, and recording exact market access changes no bit of the state") {
  Scenario scenario = small_scenario();
  set(scenario, "countries.spontaneous_rate", 0.2);
  set(scenario, "countries.market_access_refresh", 1e-4);
  Scenario recorded = scenario;
  recorded.record.market_access_exact = true;
  Simulation plain(make_setting(scenario, random_tables(5, 14)));
  Simulation watched(make_setting(recorded, random_tables(5, 14)));
  int refreshes = 0;
  std::size_t options = 0;
  for (int step = 0; step < 12; ++step) {
    const StepReport& report = watched.step();
    refreshes += plain.step().market_access_refreshes;
    CHECK(report.market_access_refreshes == plain.report().market_access_refreshes);
    CHECK(state_digest(plain.world()) == state_digest(watched.world()));
    CHECK(plain.report().option_market_access_exact.empty());
    REQUIRE(report.option_market_access_linear.size() == report.option_target.size());
    REQUIRE(report.option_market_access_exact.size() == report.option_target.size());
    const std::size_t terms = scenario.terms.size();
    for (std::size_t n = 0; n < report.option_target.size(); ++n) {
      CHECK(report.option_market_access_linear[n] == report.option_value[n * terms]);
      CHECK(report.option_market_access_exact[n] == near(report.option_market_access_linear[n], 0.05, 1e-3));
    }
    for (const Decision& decision : report.decisions) CHECK(decision.chosen_linear == decision.chosen);
    options += report.option_target.size();
  }
  CHECK(refreshes > 2);
  CHECK(options > 20);
}

TEST_CASE("simulation: a world without a section runs without its phase") {
  for (int left_out = 0; left_out < 4; ++left_out) {
    INFO("section " << left_out);
    Scenario scenario = lively(14, 10);
    bool* const sections[] = {&scenario.has_countries, &scenario.has_firms, &scenario.has_data, &scenario.has_trade};
    *sections[left_out] = false;
    Simulation simulation(make_setting(scenario, small_tables()));
    while (!simulation.is_finished()) simulation.step();
    CHECK_NOTHROW(check_invariants(simulation.world()));
    const std::span<const double> seconds = simulation.phase_seconds();
    CHECK(seconds[0] > 0.0);
    if (left_out == 0) CHECK(simulation.world().membership(kCcc) == bit(kClean));
    if (left_out == 1) CHECK(simulation.world().firms.stance.empty());
    if (left_out == 2) CHECK(simulation.world().derived.latency_ms.empty());
    if (left_out == 3) CHECK_FALSE(simulation.world().trade_solver.has_value());
  }
}

TEST_CASE("simulation: more coercion by the rival's sponsor means no more accessions to it, in the mean") {
  double last = 1e9;
  for (const double coercion : {0.0, 0.05, 0.2, 0.8, 3.2}) {
    double accessions = 0.0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
      Scenario scenario = lively(seed, 12);
      scenario.has_data = scenario.has_firms = false;
      scenario.record.decisions = false;
      set(scenario, "countries.coercion", coercion);
      set(scenario, "framework.clean.missions_per_month", 6);
      Simulation simulation(make_setting(scenario, random_tables(3, 20)));
      while (!simulation.is_finished()) simulation.step();
      accessions += simulation.world().derived.observed.signed_count[kClean];
    }
    CHECK(accessions <= last);
    last = accessions;
  }
}

}  // namespace
}  // namespace splinternet::testing
