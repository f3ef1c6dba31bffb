#include "sim/study/state_words.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/state_worlds.hpp"

using namespace splinternet;
using namespace splinternet::testing;

TEST_CASE("a state is told by the members of each framework in order of code, committed ones included") {
  Scenario scenario = pact_scenario(0, {}, {"one", "two"});
  scenario.frameworks[1].sponsors = {"b"};
  const World world = actor_world(scenario, lettered_actors(4));
  const StateGame game = splinternet::state_game(world);
  REQUIRE(game.actors.size() == 3);
  CHECK(state_words(world, game, state_with(game, {1, 3, 0})) == "one: a c; two: b c");
  CHECK(state_words(world, game, state_with(game, {0, 0, 0})) == "two: b");
}

TEST_CASE("a state without members is told as such, and so is an empty set") {
  const World world = actor_world(pact_scenario(0, {}, {"one", "two"}), lettered_actors(2));
  const StateGame game = splinternet::state_game(world);
  CHECK(state_words(world, game, state_with(game, {0, 0})) == "nobody");
  CHECK(set_words(world, 0, "+") == "outside");
  CHECK(set_words(world, 3, "+") == "one+two");
  CHECK(set_words(world, 2, "+") == "two");
}
