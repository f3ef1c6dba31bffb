#include "sim/model/payoffs/gallery/intrinsic.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/gallery_world.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/state_games.hpp"

namespace splinternet::testing {
namespace {

/// To a: 3 in one, −1 in two; to b: −2 in one.
World preferring() {
  Scenario scenario = pact_scenario(0, {}, {"one", "two"});
  set(scenario, "framework.one.intrinsic", 1);
  set(scenario, "framework.two.intrinsic", -1);
  WorldTables tables = lettered_actors(2);
  give(tables, "intrinsic_one", {2, -3});
  return actor_world(scenario, tables);
}

TEST_CASE("intrinsic: a membership is worth what the framework is worth to all, plus the actor's own preference") {
  const World world = preferring();
  CHECK(value_of(intrinsic_term(), world, 0, bit(0)) == 3.0);
  CHECK(value_of(intrinsic_term(), world, 1, bit(0)) == -2.0);
  CHECK(value_of(intrinsic_term(), world, 0, bit(1)) == -1.0);
  CHECK(value_of(intrinsic_term(), world, 0, bit(0) | bit(1)) == 2.0);
}

TEST_CASE("intrinsic: a swap is worth the difference, leaving the loss") {
  World world = preferring();
  accede(world, 0, 0);
  CHECK(value_of(intrinsic_term(), world, 0, bit(1)) == -4.0);
  CHECK(value_of(intrinsic_term(), world, 0, 0) == -3.0);
}

TEST_CASE("intrinsic: it does not hang on who else is in, unless the framework is gated") {
  Scenario scenario = pact_scenario(3);
  set(scenario, "framework.pact.intrinsic", 5);
  World world = actor_world(scenario);
  put_in(world, 0b110);
  CHECK(value_of(intrinsic_term(), world, 0, bit(0)) == 5.0);
  set(scenario, "framework.pact.gated", 1);
  set(scenario, "framework.pact.entry_into_force_members", 2);
  World gated = actor_world(scenario);
  CHECK(value_of(intrinsic_term(), gated, 0, bit(0)) == 0.0);
  put_in(gated, 0b010);
  CHECK(value_of(intrinsic_term(), gated, 0, bit(0)) == 5.0);
}

TEST_CASE("intrinsic: countries of a map may have it too") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.gids.intrinsic", 0.25);
  CHECK(value_of(intrinsic_term(), make_world(scenario, small_tables()), kFff, bit(kGids)) == 0.25);
}

}  // namespace
}  // namespace splinternet::testing
