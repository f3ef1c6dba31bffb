#include "sim/model/payoffs/alignment.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

double alignment(const World& world, std::size_t country, FrameworkSet target) {
  return value_of(alignment_term(), world, country, target);
}

TEST_CASE("alignment: an accession is worth beta times position times direction") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(alignment(world, kEee, bit(kClean)) == near(0.2 * -0.9));
  CHECK(alignment(world, kEee, bit(kGids)) == near(0.2 * 0.9));
  CHECK(alignment(world, kEee, bit(kClean) | bit(kGids)) == near(0.0));
}

TEST_CASE("alignment: a withdrawal gives back what the accession was worth and a swap counts both") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(alignment(world, kCcc, 0) == near(-0.2 * 1.0));
  CHECK(alignment(world, kCcc, bit(kGids)) == near(-0.4));
}

TEST_CASE("alignment: positions count up to two standard deviations") {
  WorldTables tables = small_tables();
  tables.countries.ideal_point_sd[kFff] = 3.7;
  CHECK(alignment(make_world(small_scenario(), tables), kFff, bit(kClean)) == near(0.4));
  tables.countries.ideal_point_sd[kFff] = -2.4;
  CHECK(alignment(make_world(small_scenario(), tables), kFff, bit(kClean)) == near(-0.4));
}

TEST_CASE("alignment: under proximity the gain is that in squared distance against the neutral point") {
  Scenario scenario = small_scenario();
  set(scenario, "countries.alignment_form", 1);
  const World world = make_world(scenario, small_tables());
  CHECK(alignment(world, kFff, bit(kClean)) == near(0.2 * (0.04 - 1.44)));
  CHECK(alignment(world, kCcc, 0) == near(-0.2 * (1.0 - 0.0)));
}

TEST_CASE("alignment: beta and direction scale it") {
  Scenario scenario = small_scenario();
  set(scenario, "countries.alignment", 0.4);
  set(scenario, "framework.clean.direction", 0.5);
  CHECK(alignment(make_world(scenario, small_tables()), kEee, bit(kClean)) == near(0.4 * 0.5 * -0.9));
}

TEST_CASE("alignment: a change of leader moves the position of its country only") {
  Scenario scenario = small_scenario();
  EventSpec change = event_in_month("change", EventKind::kLeaderChange, 0);
  change.countries = {"EEE"};
  change.amount = 0.5;
  add_event(scenario, change);
  World world = make_world(scenario, small_tables());
  CHECK(alignment(world, kEee, bit(kClean)) == near(0.2 * -0.9));
  let_events_pass(world, 1);
  CHECK(alignment(world, kEee, bit(kClean)) == near(0.2 * -0.4));
  CHECK(alignment(world, kFff, bit(kClean)) == near(0.2 * -0.2));
}

}  // namespace
}  // namespace splinternet::testing
