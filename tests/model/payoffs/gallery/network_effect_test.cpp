#include "sim/model/payoffs/gallery/network_effect.hpp"

#include "sim/model/payoffs/gallery/intrinsic.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/gallery_world.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/state_games.hpp"

namespace splinternet::testing {
namespace {

/// Six actors who look at all others; the first three are in.
Scenario crowd() {
  return pact_scenario(6);
}
double joining(const Scenario& scenario, std::size_t actor = 5, unsigned members = 0b000111) {
  World world = actor_world(scenario);
  put_in(world, members);
  return value_of(network_effect_term(), world, actor, bit(0));
}

TEST_CASE("network effect: linear in the share of those it looks at") {
  Scenario scenario = crowd();
  set(scenario, "countries.network_worth", 2);
  CHECK(joining(scenario) == near(2 * 3.0 / 5));
  World world = actor_world(scenario);
  put_in(world, 0b000111);
  CHECK(value_of(network_effect_term(), world, 0, 0) == near(-2 * 2.0 / 5));
}

TEST_CASE("network effect: or in their number, on every kind of graph") {
  Scenario scenario = crowd();
  choose(scenario, "countries.network_measure", "number");
  CHECK(joining(scenario) == 3.0);
  choose(scenario, "influence.graph", "ring");
  CHECK(joining(scenario, 3) == 1.0);  // of the neighbours 2 and 4
  CHECK(joining(scenario, 4) == 0.0);
  CHECK(joining(scenario, 5) == 1.0);  // 0 and 4
  Scenario map = small_scenario();
  set(map, "countries.network_measure", 1);
  set(map, "countries.influence_world", 1);
  CHECK(value_of(network_effect_term(), make_world(map, small_tables()), kEee, bit(kClean)) == 2.0);
}

TEST_CASE("network effect: a power of the share") {
  Scenario scenario = crowd();
  choose(scenario, "countries.network_response", "power");
  set(scenario, "countries.network_exponent", 3);
  CHECK(joining(scenario) == near(27.0 / 125));
}

TEST_CASE("network effect: a step at the threshold, reached or passed") {
  Scenario scenario = crowd();
  choose(scenario, "countries.network_response", "step");
  set(scenario, "countries.network_threshold", 3.0 / 5);
  CHECK(joining(scenario) == 1.0);
  CHECK(joining(scenario, 5, 0b000011) == 0.0);
  choose(scenario, "countries.network_step", "above");
  CHECK(joining(scenario) == 0.0);
  CHECK(joining(scenario, 5, 0b001111) == 1.0);
}

TEST_CASE("network effect: thresholds and worths of single actors, and of frameworks") {
  Scenario scenario = pact_scenario(0);
  choose(scenario, "countries.network_response", "step");
  choose(scenario, "countries.network_measure", "number");
  set(scenario, "countries.network_worth", 10);
  set(scenario, "framework.pact.network_worth", 0.5);
  WorldTables tables = lettered_actors(4);
  give(tables, "network_worth", {1, 2, 3, 4});
  give(tables, "threshold", {0, 1, 2, 3});
  World world = actor_world(scenario, tables);
  put_in(world, 0b0001);
  CHECK(value_of(network_effect_term(), world, 1, bit(0)) == 10.0);
  CHECK(value_of(network_effect_term(), world, 2, bit(0)) == 0.0);
  put_in(world, 0b0010);
  CHECK(value_of(network_effect_term(), world, 2, bit(0)) == 15.0);
}

TEST_CASE("network effect: in the coordination game the exchange of a standard pays by the risk-dominant share") {
  // Payoff a·(k − 1) in one, b·(N − k − 1) in the other; a = 1, b = 0.8, N = 10: leaving for the other standard, where
  // N − k are, pays exactly if 0.8·(N − k) > k − 1.
  Scenario scenario = pact_scenario(10, {}, {"one", "two"});
  scenario.frameworks[0].incompatible_with = {"two"};
  choose(scenario, "countries.network_measure", "number");
  set(scenario, "framework.two.network_worth", 0.8);
  for (std::size_t k = 1; k <= 10; ++k) {
    World world = actor_world(scenario);
    for (std::size_t i = 0; i < 10; ++i) accede(world, i, i < k ? 0 : 1);
    const double others = static_cast<double>(k) - 1;
    CHECK(value_of(network_effect_term(), world, 0, bit(1)) == near(0.8 * (10 - static_cast<double>(k)) - others));
  }
}

TEST_CASE("network effect: with preferences it makes Arthur's agents, who are locked in past the barrier") {
  // Type R: a_R = 5, b_R = 0, r = 1. It takes B once n_A − n_B < −5 (Arthur 1989).
  Scenario scenario = pact_scenario(0, {}, {"a", "b"});
  choose(scenario, "countries.network_measure", "number");
  WorldTables tables = lettered_actors(9);
  give(tables, "intrinsic_a", std::vector<double>(9, 5.0));
  for (std::size_t lead = 0; lead <= 8; ++lead) {
    World world = actor_world(scenario, tables);
    for (std::size_t i = 1; i <= lead; ++i) accede(world, i, 1);
    const auto worth = [&](FrameworkSet set) {
      return value_of(intrinsic_term(), world, 0, set) + value_of(network_effect_term(), world, 0, set);
    };
    CHECK((worth(bit(1)) > worth(bit(0))) == (lead > 5));
  }
}

}  // namespace
}  // namespace splinternet::testing
