#include "sim/model/payoffs/gallery/club_good.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/state_games.hpp"

namespace splinternet::testing {
namespace {

/// F = 18, c = 2.
World club(unsigned members) {
  Scenario scenario = pact_scenario(0);
  set(scenario, "framework.pact.fixed_cost", 18);
  set(scenario, "framework.pact.crowding", 2);
  World world = actor_world(scenario, lettered_actors(6));
  put_in(world, members);
  return world;
}

TEST_CASE("club good: members share the fixed cost and crowd each other") {
  CHECK(club_good_term().level(club(0b000111), 0, bit(0)) == -(18.0 / 3 + 2 * 2));
  CHECK(club_good_term().level(club(0b000111), 5, 0) == 0.0);
  CHECK(value_of(club_good_term(), club(0b000111), 5, bit(0)) == -(18.0 / 4 + 2 * 3));
  CHECK(value_of(club_good_term(), club(0b000111), 0, 0) == 10.0);
}

TEST_CASE("club good: a member is best off in a club of the square root of F/c (Buchanan 1965)") {
  const auto cost = [](std::size_t size) { return -*club_good_term().level(club((1U << size) - 1U), 0, bit(0)); };
  for (std::size_t size = 1; size <= 6; ++size) CHECK((size == 3 || cost(size) > cost(3)));
}

TEST_CASE("club good: a fixed cost that nobody shares is borne alone, in each club") {
  Scenario scenario = pact_scenario(3, {}, {"one", "two"});
  set(scenario, "framework.one.fixed_cost", 5);
  set(scenario, "framework.two.fixed_cost", 7);
  CHECK(value_of(club_good_term(), actor_world(scenario), 1, bit(0) | bit(1)) == -12.0);
}

}  // namespace
}  // namespace splinternet::testing
