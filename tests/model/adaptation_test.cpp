#include "sim/model/adaptation.hpp"

#include "sim/core/math.hpp"
#include "sim/model/membership.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

/// "clean" in force with AAA and CCC as signatories, DDD listed; nothing else happens.
World in_force(const Scenario& scenario) {
  World world = make_world(scenario, small_tables());
  world.frameworks_state.status[kClean] = static_cast<std::uint8_t>(FrameworkStatus::kOpen);
  accede(world, kAaa, kClean);
  update_entry_into_force(world);
  return world;
}

TEST_CASE("depth rises linearly from d0 to 1 over replacement_years, and stops there") {
  Scenario scenario = small_scenario();
  set(scenario, "countries.replacement_years", 5);
  World world = in_force(scenario);
  const std::size_t row = world.at(kCcc, kClean);
  for (int month = 1; month <= 60; ++month) {
    adapt(world);
    REQUIRE(world.members.depth[row] == near(0.25 + 0.75 * month / 60.0));
  }
  CHECK(world.members.depth[row] == near(1.0, 1e-12));
  adapt(world);
  CHECK(world.members.depth[row] == 1.0);
}

TEST_CASE("a listing stays at the depth of signing, and outsiders at none") {
  World world = in_force(small_scenario());
  for (int month = 0; month < 30; ++month) adapt(world);
  CHECK(world.members.depth[world.at(kDdd, kClean)] == 0.25);
  CHECK(world.members.vendor_base[world.at(kDdd, kClean)] == 1.0);
  CHECK(world.members.depth[world.at(kEee, kClean)] == 0.0);
  CHECK(world.members.depth[world.at(kBbb, kGids)] == 0.0);
}

TEST_CASE("nothing deepens while the framework is not in force") {
  World world = in_force(small_scenario());
  world.frameworks_state.in_force[kClean] = 0;
  adapt(world);
  CHECK(world.members.depth[world.at(kCcc, kClean)] == 0.25);
  CHECK(world.members.vendor_base[world.at(kCcc, kClean)] == 1.0);
}

TEST_CASE("untrusted equipment goes at the strength of clean_path, until none is left") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.clean.provisions.clean_path", 0.5);
  World world = in_force(scenario);
  const std::size_t row = world.at(kCcc, kClean);
  for (int month = 0; month < 12; ++month) adapt(world);
  CHECK(world.members.vendor_base[row] == near(1.0 - 0.5 * 12 / 60.0));
  for (int month = 0; month < 120; ++month) adapt(world);
  CHECK(world.members.vendor_base[row] == 0.0);

  set(scenario, "framework.clean.provisions.clean_path", 0.0);
  World without = in_force(scenario);
  for (int month = 0; month < 120; ++month) adapt(without);
  CHECK(without.members.vendor_base[row] == 1.0);
  CHECK(without.members.depth[row] == 1.0);
}

TEST_CASE("credibility returns to where it started, at the monthly rate") {
  Scenario scenario = small_scenario();
  set(scenario, "frameworks.credibility_recovery", 0.1);
  World world = make_world(scenario, small_tables());
  CHECK(world.frameworks_state.credibility[kGids] == 0.3);
  world.frameworks_state.credibility[kGids] = 0.1;
  for (int month = 1; month <= 12; ++month) {
    adapt(world);
    REQUIRE(world.frameworks_state.credibility[kGids] == near(0.3 - 0.2 * math::pow(0.9, month)));
  }
  CHECK(world.frameworks_state.credibility[kClean] == 0.5);
}

TEST_CASE("two half months adapt as much as one month") {
  Scenario scenario = small_scenario();
  World month = in_force(scenario);
  month.frameworks_state.credibility[kGids] = 0.1;
  scenario.run.step_months = 0.5;
  World halves = in_force(scenario);
  halves.frameworks_state.credibility[kGids] = 0.1;
  adapt(month);
  adapt(halves);
  adapt(halves);
  CHECK(halves.frameworks_state.credibility[kGids] == near(month.frameworks_state.credibility[kGids]));
  CHECK(halves.members.depth[month.at(kCcc, kClean)] == near(month.members.depth[month.at(kCcc, kClean)]));
  CHECK(halves.members.vendor_base[month.at(kCcc, kClean)] == near(month.members.vendor_base[month.at(kCcc, kClean)]));
}

}  // namespace
}  // namespace splinternet::testing
