#include "sim/study/state_symmetry.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/state_worlds.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

StateGame coordination(Scenario scenario, std::size_t actors) {
  scenario.terms = {"network_effect"};
  return splinternet::state_game(actor_world(scenario, lettered_actors(actors)));
}

}  // namespace

TEST_CASE("alternatives that differ by name alone are interchangeable, and states are counted up to names") {
  const StateGame game = coordination(alternatives_scenario(3), 3);
  const StateSymmetry symmetry(game, 1e-12);
  CHECK(symmetry.classes() == std::vector<FrameworkSet>{7});
  // Divisions of 0 to 3 actors into at most three groups: 1 + 3·1 + 3·2 + 5 = 15 of 64.
  CHECK(symmetry.kinds() == 15);
  const std::size_t split = state_with(game, {2, 4, 2});
  CHECK(symmetry.lowest(split) == state_with(game, {1, 2, 1}));
  CHECK(symmetry.names(split) == 6);
  CHECK(symmetry.names(state_with(game, {0, 4, 0})) == 3);
  CHECK(symmetry.names(state_with(game, {0, 0, 0})) == 1);
}

TEST_CASE("the lowest state is the same for all states that differ by names") {
  const StateGame game = coordination(alternatives_scenario(2), 4);
  const StateSymmetry symmetry(game, 1e-12);
  CHECK(symmetry.kinds() == 41);  // (3⁴ + 1)/2
  for (std::size_t state = 0; state < game.moves.profiles(); ++state) {
    std::size_t renamed = state;
    for (std::size_t actor = 0; actor < 4; ++actor) {
      const FrameworkSet set = game.set_of(actor, state);
      if (set != 0) renamed = game.moves.deviation(renamed, actor, set == 1 ? 1 : 0);
    }
    REQUIRE(symmetry.lowest(state) == symmetry.lowest(renamed));
    REQUIRE(symmetry.lowest(state) == std::min(state, renamed));
    REQUIRE(symmetry.names(state) == (state == renamed ? 1U : 2U));
  }
}

TEST_CASE("a framework that is worth more, or has a committed actor, is not interchangeable") {
  Scenario better = alternatives_scenario(3);
  set(better, "framework.two.network_worth", 1.5);
  CHECK(StateSymmetry(coordination(better, 3), 1e-12).classes() == std::vector<FrameworkSet>{5});
  Scenario sponsored = alternatives_scenario(2);
  sponsored.frameworks[0].sponsors = {"a"};
  const StateSymmetry symmetry(coordination(sponsored, 3), 1e-12);
  CHECK(symmetry.classes().empty());
  CHECK(symmetry.kinds() == 9);
  CHECK(StateSymmetry(coordination(better, 3), 10.0).classes() == std::vector<FrameworkSet>{7});
}

TEST_CASE("a single framework has nothing to change names with") {
  const StateGame game = coordination(alternatives_scenario(1), 3);
  const StateSymmetry symmetry(game, 1e-12);
  CHECK(symmetry.classes().empty());
  CHECK(symmetry.kinds() == 8);
}
