#include "sim/study/state_analysis_text.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/state_worlds.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

std::string text_of(const Scenario& scenario, const WorldTables& tables) {
  const World world = actor_world(scenario, tables);
  return state_analysis_text(world, analyse_states(world));
}

}  // namespace

TEST_CASE("a treaty of three is told from its states to what would tip each actor") {
  CHECK(text_of(table_scenario(), state_game(3, treaty_payoff)) ==
        R"(3 actors choose about 1 framework (pact); payoffs: table; 8 states.
Sum of all payoffs: 0 at the start, most (4.5) at pact: a b c.
Each move raises one potential by what its actor gains: moves one at a time end.
Better replies, one at a time, never go round.
If all move at once: 8 of 8 starts end in a state of rest.

States of rest (no own move gains more than 1e-09): 4; all strict
  state      sum of payoffs  starts, steepest  share of starts  random order  least to move
  pact: b c               3                 2           25.0 %        25.0 %       a at 0.5
  pact: a b               3                 1           12.5 %        25.0 %       a at 0.5
  pact: a c               3                 1           12.5 %        25.0 %       a at 0.5
  nobody                  0                 4           50.0 %        25.0 %       a at 1.5

Coalitions in pact if everybody may join (internally stable: nobody gains by leaving; externally: by joining;
potentially internal: with transfers among members nobody need gain by leaving)
  members  coalitions  internally stable  externally stable  stable  potentially internal
  0                 1                  1                  1       1                     1
  1                 3                  0                  0       0                     0
  2                 3                  3                  3       3                     3
  3                 1                  0                  1       0                     0
Stable coalitions of two or more: {a b}, {a c}, {b c}; smaller ones: 1
What each adds to the members' sum of payoffs, over all orders of joining
  actor  Shapley value
  a                1.5
  b                1.5
  c                1.5

What would tip each actor at pact: b c (pp of real income a year)
  actor      now  would go  payment that tips it
  a      outside      pact                   0.5
  b         pact   outside                   0.5
  c         pact   outside                   0.5
)");
}

TEST_CASE("interchangeable frameworks, energy, Gibbs' law and quantal response are told where there are any") {
  Scenario scenario = alternatives_scenario(2);
  scenario.terms = {"network_effect"};
  choose(scenario, "countries.network_measure", "number");
  choose(scenario, "countries.choice", "logit");
  set(scenario, "countries.temperature", 100);
  const std::string text = text_of(scenario, lettered_actors(3));
  CHECK_THAT(text,
             contains_substring("3 actors choose about 2 frameworks (one, two); payoffs: network_effect; 27 states; "
                                "one, two are interchangeable: 14 states but for their names.\n"));
  CHECK_THAT(text, contains_substring("It is −E/2 with the energy E = −Σ payoff.\n"));
  CHECK_THAT(text, contains_substring("2 but for names, 3 with all names; 1 of them strict\n"));
  CHECK_THAT(text, contains_substring("Logit at temperature 100, one actor at a time: "));
  CHECK_THAT(text, contains_substring("\n  mean number of members: one 1.0"));
  CHECK_THAT(text, contains_substring("Quantal response equilibrium: "));
  CHECK_THAT(text, contains_substring("  a      outside     0.33"));
  CHECK(text.find("Coalitions in") == std::string::npos);
}

TEST_CASE("circles are told with their way out, and why there is no potential") {
  const auto pennies = [](unsigned state, std::size_t actor) {
    return (is_in(state, 0) == is_in(state, 1) ? 1.0 : -1.0) * (actor == 0 ? 1.0 : -1.0);
  };
  const std::string text = text_of(table_scenario(), state_game(2, pennies));
  CHECK_THAT(text,
             contains_substring("No potential: from pact: a b, a to outside, then b to outside, then both back gain "
                                "-8 in sum, not 0.\n"));
  CHECK_THAT(text,
             contains_substring("Better replies, one at a time, can go round: in 1 set of states, the largest of 4 "
                                "states; 1 of them has no way out.\n"));
  CHECK_THAT(text, contains_substring("If all move at once: 4 of 4 starts end in a cycle of 4 states.\n"));
  CHECK_THAT(text, contains_substring("1e-09): 0; all strict\n"));
}

TEST_CASE("nobody may stay outside where all started inside for good, and tolls are told") {
  Scenario scenario = alternatives_scenario(2);
  scenario.terms = {"inertia"};
  choose(scenario, "countries.withdrawal", "never");
  WorldTables tables = lettered_actors(1);
  tables.initial_memberships = {{0, "one", MembershipLevel::kSigned, Date{2019, 1, 1}}};
  const std::string text = text_of(scenario, tables);
  CHECK_THAT(text, contains_substring("1 actor chooses about 2 frameworks (one, two), nobody may stay outside; "));
  CHECK_THAT(text, contains_substring("No potential: moving there and back is not worth nothing"));
}
