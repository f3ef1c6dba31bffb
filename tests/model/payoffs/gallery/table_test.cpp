#include "sim/model/payoffs/gallery/table.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/state_games.hpp"

namespace splinternet::testing {
namespace {

/// 100·state + actor.
World numbered() {
  return actor_world(table_scenario(), state_game(3, [](unsigned state, std::size_t i) {
                       return 100.0 * state + static_cast<double>(i);
                     }));
}

TEST_CASE("table: the payoff is that of the state, whoever is in") {
  World world = numbered();
  CHECK(table_term().level(world, 1, 0) == 1.0);
  CHECK(table_term().level(world, 1, bit(0)) == 201.0);
  put_in(world, 0b101);
  CHECK(table_term().level(world, 1, bit(0)) == 701.0);
  CHECK(table_term().level(world, 2, 0) == 102.0);
  CHECK(value_of(table_term(), world, 2, 0) == 102.0 - 502.0);
}

TEST_CASE("table: a prisoners' dilemma of three empties itself") {
  const auto payoff = [](unsigned state, std::size_t i) {
    double members = 0.0;
    for (std::size_t j = 0; j < 3; ++j) members += is_in(state, j) ? 1.0 : 0.0;
    return 2.0 * members - (is_in(state, i) ? 3.0 : 0.0);
  };
  World world = actor_world(table_scenario(), state_game(3, payoff));
  put_in(world, 0b111);
  actor_step(world);
  CHECK(members_of_pact(world) == 0);
}

TEST_CASE("table: behind a closed gate the payoffs are those of nobody in") {
  Scenario scenario = table_scenario();
  set(scenario, "framework.pact.gated", 1);
  set(scenario, "framework.pact.entry_into_force_members", 3);
  World world = actor_world(scenario, state_game(3, [](unsigned state, std::size_t) { return 1.0 + state; }));
  put_in(world, 0b001);
  CHECK(table_term().level(world, 1, bit(0)) == 1.0);
  put_in(world, 0b100);
  CHECK(table_term().level(world, 1, bit(0)) == 8.0);
}

TEST_CASE("table: without the table, or with two frameworks, it is refused") {
  CHECK(contains(error_message([] { make_setting(table_scenario(), lettered_actors(3)); }), "add payoffs.csv"));
  Scenario two = pact_scenario(0, {}, {"pact", "treaty"});
  two.terms = {"table"};
  const WorldTables tables = state_game(3, [](unsigned, std::size_t) { return 0.0; });
  CHECK(contains(error_message([&] { make_setting(two, tables); }), "there are 2 frameworks"));
}

}  // namespace
}  // namespace splinternet::testing
