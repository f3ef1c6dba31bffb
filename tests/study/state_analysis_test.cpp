#include "sim/study/state_analysis.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/state_worlds.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

StateAnalysis analyse(const Scenario& scenario, const WorldTables& tables) {
  return analyse_states(actor_world(scenario, tables));
}

StateAnalysis treaty(const char* choice = "best_response") {
  Scenario scenario = table_scenario();
  choose(scenario, "countries.choice", choice);
  if (std::string(choice) == "logit") set(scenario, "countries.temperature", 1);
  return analyse(scenario, state_game(3, treaty_payoff));
}

Scenario coordination(std::size_t frameworks) {
  Scenario scenario = alternatives_scenario(frameworks);
  scenario.terms = {"network_effect"};
  choose(scenario, "countries.network_measure", "number");
  return scenario;
}

/// Rivals of sizes 1, 2, 3, … who all want to be apart from one another.
WorldTables rivals(std::size_t actors) {
  WorldTables tables = lettered_actors(actors);
  PairTable& pairs = tables.pairs;
  pairs.column = {"propensity"};
  pairs.value.resize(1);
  for (std::uint32_t i = 0; i < actors; ++i) {
    tables.actors->size[i] = i + 1.0;
    for (std::uint32_t j = 0; j < actors; ++j) {
      if (i == j) continue;
      pairs.from.push_back(i);
      pairs.to.push_back(j);
      pairs.place.emplace_back("pairs");
      pairs.value[0].push_back(-1.0);
    }
  }
  return tables;
}

double row_player(unsigned state, std::size_t actor) {
  const bool same = is_in(state, 0) == is_in(state, 1);
  return (same ? 1.0 : -1.0) * (actor == 0 ? 1.0 : -1.0);
}

}  // namespace

TEST_CASE("a treaty of three that two hold: four strict states of rest and what leads to each") {
  const StateAnalysis found = treaty();
  REQUIRE(found.rest.size() == 4);
  CHECK(found.rest_states == 4);
  CHECK(found.never_rest == 0);
  // From all three the first leaves; from one alone it leaves, for it gains most.
  const std::vector<std::vector<FrameworkSet>> states = {{0, 1, 1}, {1, 1, 0}, {1, 0, 1}, {0, 0, 0}};
  const std::size_t starts[] = {2, 1, 1, 4};
  for (std::size_t n = 0; n < 4; ++n) {
    CHECK(found.rest[n].state == state_with(found.game, states[n]));
    CHECK(found.rest[n].starts == starts[n]);
    CHECK(found.rest[n].is_strict);
    CHECK(found.rest[n].probability == near(0.25));
  }
  CHECK(found.better_replies.cycles() == 0);
  REQUIRE(found.at_once.size() == 1);
  CHECK((found.at_once[0].period == 1 && found.at_once[0].cycles == 4 && found.at_once[0].starts == 8));
}

TEST_CASE("the potential of the treaty counts what each further member gains by joining") {
  const StateAnalysis found = treaty();
  CHECK(found.potential_kind == PotentialKind::kExact);
  CHECK(found.energy.empty());  // payoffs sum to something else
  CHECK(found.potential[state_with(found.game, {0, 0, 0})] == near(0.0));
  CHECK(found.potential[state_with(found.game, {0, 1, 0})] == near(-1.5));
  CHECK(found.potential[state_with(found.game, {1, 0, 1})] == near(-1.0));
  CHECK(found.potential[state_with(found.game, {1, 1, 1})] == near(-1.5));
}

TEST_CASE("coalitions of the treaty by size, and what each adds") {
  const StateAnalysis found = treaty();
  REQUIRE(found.coalitions);
  using Sizes = std::vector<std::size_t>;
  const coalition::StableCoalitions& coalitions = found.coalitions->found;
  CHECK(coalitions.internal_by_size == Sizes{1, 0, 3, 0});
  CHECK(coalitions.external_by_size == Sizes{1, 0, 3, 1});
  CHECK(coalitions.stable == std::vector<coalition::ActorSet>{0, 3, 5, 6});
  CHECK(coalitions.potentially_internal_by_size == Sizes{1, 0, 3, 0});
  REQUIRE(found.coalitions->shapley_value.size() == 3);
  for (const double value : found.coalitions->shapley_value) CHECK(value == near(1.5));  // 3·(3 − 1.5) of all three
}

TEST_CASE("what would tip each actor is the loss of its best move") {
  const StateAnalysis found = treaty();
  const std::vector<Tipping> pair = tipping(found.game, state_with(found.game, {1, 1, 0}));
  CHECK((pair[0].now == 1 && pair[0].best == 0 && pair[0].payment == 0.5));
  CHECK((pair[2].now == 0 && pair[2].best == 1 && pair[2].payment == 0.5));
  CHECK(tipping(found.game, state_with(found.game, {1, 0, 0}))[0].payment == 0.0);
  Scenario scenario = table_scenario();
  choose(scenario, "countries.withdrawal", "never");
  const StateAnalysis for_good = analyse(scenario, state_game(3, treaty_payoff));
  const Tipping member = tipping(for_good.game, state_with(for_good.game, {1, 1, 0}))[0];
  CHECK((member.best == member.now && std::isnan(member.payment)));
  CHECK(for_good.rest.size() == 5);  // nobody leaves all three any more
  CHECK(for_good.coalitions->found.stable == found.coalitions->found.stable);
}

TEST_CASE("under logit the treaty follows Gibbs' law and has a symmetric quantal response equilibrium") {
  const StateAnalysis found = treaty("logit");
  REQUIRE(found.gibbs);
  const double one = 3 * std::exp(-1.5), two = 3 * std::exp(-1.0), three = std::exp(-1.5);
  const double all = 1 + one + two + three;
  CHECK(found.gibbs->probability[state_with(found.game, {0, 0, 0})] == near(1 / all));
  CHECK(found.gibbs->probability[state_with(found.game, {0, 1, 1})] == near(two / 3 / all));
  CHECK(found.gibbs->mean_potential == near(-(1.5 * one + two + 1.5 * three) / all));
  CHECK(std::isnan(found.gibbs->mean_energy));
  REQUIRE(found.quantal_response);
  const double p = (*found.quantal_response)[0];
  const double advantage = -1.5 * (1 - p) * (1 - p) + 0.5 * 2 * p * (1 - p) - 0.5 * p * p;
  CHECK(p == near(1 / (1 + std::exp(-advantage)), 1e-9));
  CHECK((*found.quantal_response)[4] == near(p, 1e-9));
  CHECK(!treaty().gibbs);
  CHECK(!treaty().quantal_response);
}

TEST_CASE("coordination on two standards: all in one or the other, or nobody anywhere, which is not strict") {
  const StateAnalysis found = analyse(coordination(2), lettered_actors(3));
  CHECK(found.kinds == 14);
  CHECK(found.interchangeable == std::vector<FrameworkSet>{3});
  REQUIRE(found.rest.size() == 2);
  CHECK(found.rest_states == 3);
  CHECK((found.rest[0].names == 2 && found.rest[0].is_strict));
  CHECK(found.rest[1].state == state_with(found.game, {0, 0, 0}));
  CHECK(!found.rest[1].is_strict);
  CHECK(found.rest[0].starts == 13);
  CHECK(found.rest[1].starts == 1);
  CHECK(!found.coalitions);
  // Each pair that agrees counts once in the potential, twice in the payoffs.
  CHECK(found.potential_kind == PotentialKind::kExact);
  REQUIRE(found.energy.size() == 27);
  CHECK(found.energy[found.rest[0].state] == -6.0);
  CHECK(found.potential[found.rest[0].state] == near(3.0));
}

TEST_CASE("energies are averaged under Gibbs' law") {
  Scenario scenario = coordination(1);
  choose(scenario, "countries.choice", "logit");
  set(scenario, "countries.temperature", 2);
  const StateAnalysis found = analyse(scenario, lettered_actors(3));
  REQUIRE(found.gibbs);
  // Energies 0, 0, −2, −6 in 1, 3, 3, 1 states; potentials 0, 0, 1, 3.
  const double two = 3 * std::exp(0.5), three = std::exp(1.5), all = 4 + two + three;
  const double mean = (-2 * two - 6 * three) / all;
  CHECK(found.gibbs->mean_energy == near(mean));
  CHECK(found.gibbs->mean_members[0] == near((3 * 1.0 + 2 * two + 3 * three) / all));
  CHECK(found.gibbs->energy_sd == near(std::sqrt((4 * two + 36 * three) / all - mean * mean)));
}

TEST_CASE("where membership is for good, the law in the long run is that of the states that are entered again") {
  Scenario scenario = coordination(2);
  choose(scenario, "countries.choice", "logit");
  choose(scenario, "countries.withdrawal", "never");
  set(scenario, "countries.temperature", 2);
  const StateAnalysis found = analyse(scenario, lettered_actors(3));
  REQUIRE(found.gibbs);
  CHECK(found.gibbs->probability[state_with(found.game, {1, 0, 1})] == 0.0);
  // Pairs that agree: 3 in two states, 1 in six.
  const double three = std::exp(1.5), one = std::exp(0.5), all = 2 * three + 6 * one;
  CHECK(found.gibbs->probability[state_with(found.game, {2, 2, 2})] == near(three / all));
  CHECK(found.gibbs->probability[state_with(found.game, {1, 2, 1})] == near(one / all));
  REQUIRE(found.gibbs->mean_members.size() == 2);
  for (const double members : found.gibbs->mean_members) CHECK(members == near(1.5));
  CHECK(!found.quantal_response);
}

TEST_CASE("there is no such law where moves that are open at times are barred at others") {
  Scenario scenario = coordination(1);
  choose(scenario, "countries.choice", "logit");
  choose(scenario, "framework.one.admission", "unanimity");
  set(scenario, "framework.one.network_worth", -1);  // members do not want more of them
  CHECK(!analyse(scenario, lettered_actors(3)).gibbs);
}

TEST_CASE("pairwise without own size has a potential by size, which is minus half of the energy") {
  Scenario scenario = alternatives_scenario(2);
  scenario.terms = {"pairwise"};
  const StateAnalysis found = analyse(scenario, rivals(3));
  CHECK(found.potential_kind == PotentialKind::kBySize);
  REQUIRE(!found.energy.empty());
  // Apart from all others: −2·(1·2 + 1·3 + 2·3); all together: 0.
  CHECK(found.energy[state_with(found.game, {0, 0, 0})] == near(-22.0));
  CHECK(found.energy[state_with(found.game, {1, 1, 1})] == near(0.0));
  CHECK(found.energy[state_with(found.game, {1, 1, 2})] == near(-18.0));
  CHECK(!found.gibbs);
  set(scenario, "countries.pairwise_own_size", 1);
  const StateAnalysis own = analyse(scenario, rivals(3));
  CHECK(own.potential_kind == PotentialKind::kExact);
  CHECK(own.energy == found.energy);
}

TEST_CASE("matching pennies never come to rest: no potential, a circle without way out") {
  const StateAnalysis found = analyse(table_scenario(), state_game(2, row_player));
  CHECK(found.rest.empty());
  CHECK(found.never_rest == 4);
  CHECK(found.potential_kind == PotentialKind::kNone);
  REQUIRE(found.square);
  CHECK(std::fabs(found.square->sum) == 8.0);
  CHECK(found.better_replies.cycles() == 1);
  REQUIRE(found.at_once.size() == 1);
  CHECK(found.at_once[0].period == 4);
}

TEST_CASE("a toll on moving keeps states at rest and leaves no payoffs behind the moves") {
  Scenario scenario = table_scenario();
  scenario.terms = {"table", "inertia"};
  set(scenario, "countries.inertia_join", 0.75);
  set(scenario, "countries.inertia_leave", 0.75);
  const StateAnalysis found = analyse(scenario, state_game(3, treaty_payoff));
  CHECK(found.potential_kind == PotentialKind::kNoPayoffs);
  CHECK(found.potential.empty());
  CHECK(!found.coalitions);
  CHECK(found.rest.size() == 5);  // a gain of 0.5 no longer pays for leaving all three
  CHECK(found.game.sums.empty());
}
