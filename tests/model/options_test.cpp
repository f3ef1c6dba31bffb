#include "sim/model/options.hpp"

#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/state_games.hpp"

namespace splinternet::testing {
namespace {

World opened(const Scenario& scenario) {
  World world = make_world(scenario, small_tables());
  let_events_pass(world, 3);
  return world;
}

Revision revision(std::size_t country, bool on_its_own, FrameworkSet courted_by = 0) {
  return {static_cast<std::uint32_t>(country), courted_by, on_its_own, 0};
}

std::vector<FrameworkSet> targets(const World& world, const Revision& revision,
                                  const std::vector<Mission>& missions = {}) {
  Options options;
  Admission admission(world);
  add_options(world, revision, missions, admission, options);
  return options.target;
}

using Sets = std::vector<FrameworkSet>;

TEST_CASE("options: staying, then accessions or swaps, then withdrawals") {
  const World world = opened(small_scenario());
  CHECK(targets(world, revision(kFff, true)) == Sets{0, bit(kClean), bit(kGids)});
  // CCC has signed "clean": "gids" is to be had by a swap.
  CHECK(targets(world, revision(kCcc, true)) == Sets{bit(kClean), bit(kGids), 0});
  CHECK(targets(world, revision(kFff, false, bit(kGids))) == Sets{0, bit(kGids)});
}

TEST_CASE("options: where nobody withdraws, swaps remain") {
  Scenario scenario = small_scenario();
  choose(scenario, "countries.withdrawal", "never");
  const World world = opened(scenario);
  CHECK(targets(world, revision(kCcc, true)) == Sets{bit(kClean), bit(kGids)});
  CHECK(targets(world, revision(kFff, true)) == Sets{0, bit(kClean), bit(kGids)});
}

TEST_CASE("options: membership for good never falls, even where leaving would pay") {
  Scenario scenario = table_scenario();
  choose(scenario, "countries.withdrawal", "never");
  // Each gains by coming in up to three, and all would rather be out beyond.
  const WorldTables tables = state_game(
      6, [](unsigned state, std::size_t actor) { return is_in(state, actor) ? 3.5 - __builtin_popcount(state) : 0.0; });
  World bound = actor_world(scenario, tables);
  put_in(bound, 0b111100);
  actor_step(bound);
  CHECK(members_of_pact(bound) == 0b111100U);
  choose(scenario, "countries.withdrawal", "allowed");
  World free = actor_world(scenario, tables);
  put_in(free, 0b111100);
  actor_step(free);
  CHECK(__builtin_popcount(members_of_pact(free)) == 3);
}

TEST_CASE("options: what members do not consent to is not offered, and is counted") {
  Scenario scenario = table_scenario();
  choose(scenario, "framework.pact.admission", "unanimity");
  choose(scenario, "countries.schedule", "simultaneous");
  // "c" would gain by coming in, at the expense of "a"; "d" gains at nobody's.
  const WorldTables tables = state_game(4, [](unsigned state, std::size_t actor) {
    if (actor == 0) return is_in(state, 2) ? -1.0 : 0.0;
    return is_in(state, actor) ? 1.0 : 0.0;
  });
  World world = actor_world(scenario, tables);
  put_in(world, 0b0011);
  const StepReport report = actor_step(world);
  CHECK(members_of_pact(world) == 0b1011U);
  CHECK(report.refused_admissions[0] == 1.0);
  REQUIRE(report.decisions.size() == 4);
  CHECK(report.decisions[2].row_count == 1);
  CHECK(report.decisions[3].row_count == 2);
  CHECK(report.decisions[2].refused_by == bit(0));
  CHECK(report.decisions[3].refused_by == 0);
}

TEST_CASE("options: an offer stands by the accession that it is for") {
  const World world = opened(small_scenario());
  Mission visit;
  visit.country = kFff;
  visit.framework = kGids;
  visit.offer_busd = 0.5;
  Options options;
  Admission admission(world);
  add_options(world, revision(kFff, true, bit(kGids)), std::vector<Mission>{visit}, admission, options);
  CHECK(options.offer_busd == std::vector<double>{0.0, 0.0, 0.5});
}

TEST_CASE("options: committed initiators decide nothing and stay for good") {
  Scenario scenario = table_scenario();
  scenario.frameworks[0].sponsors = {"b", "d"};
  // Membership costs everybody.
  const WorldTables tables =
      state_game(5, [](unsigned state, std::size_t actor) { return is_in(state, actor) ? -1.0 : 0.0; });
  World world = actor_world(scenario, tables);
  CHECK(members_of_pact(world) == 0b01010U);
  CHECK(world.derived.member_count[0] == 2);
  put_in(world, 0b00101);
  for (int step = 0; step < 3; ++step) {
    for (const Decision& decision : actor_step(world).decisions) {
      CHECK((decision.country != 1 && decision.country != 3));
    }
    CHECK(members_of_pact(world) == 0b01010U);
  }
  CHECK(world.derived.member_count[0] == 2);
}

TEST_CASE("options: initiators drawn by lot are as many as asked for, with the sponsors beside, and never leave") {
  Scenario scenario = pact_scenario(200);
  choose(scenario, "countries.choice", "best_response");
  choose(scenario, "countries.schedule", "random_sequential");
  scenario.terms = {"peers", "inertia"};
  set(scenario, "countries.peers", 0.0);
  set(scenario, "countries.inertia_leave", 0.0);
  set(scenario, "framework.pact.initiators", 30);
  World world = actor_world(scenario);
  std::vector<FrameworkSet> start;
  for (std::size_t i = 0; i < 200; ++i) start.push_back(world.membership(i));
  CHECK(world.derived.member_count[0] == 30);
  for (int step = 0; step < 5; ++step) actor_step(world);
  for (std::size_t i = 0; i < 200; ++i) CHECK(world.membership(i) == start[i]);
}

}  // namespace
}  // namespace splinternet::testing
