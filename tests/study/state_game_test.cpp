#include "sim/study/state_game.hpp"

#include <cmath>

#include "sim/core/parallel.hpp"
#include "sim/core/rng.hpp"
#include "sim/study/run.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/state_worlds.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

/// A payoff by lot for each state and actor.
double lot(unsigned state, std::size_t actor) {
  return Draws(5, Purpose::kTest, state, static_cast<std::uint32_t>(actor)).uniform();
}

/// The state as bits of the tables.
unsigned members_in(const StateGame& game, std::size_t state) {
  unsigned members = 0;
  for (std::size_t actor = 0; actor < game.actors.size(); ++actor) {
    if (game.set_of(actor, state) != 0) members |= 1U << game.actors[actor];
  }
  return members;
}

}  // namespace

TEST_CASE("each move of each state is worth what the table of payoffs says, on any number of threads") {
  const World world = actor_world(table_scenario(), state_game(4, lot));
  for (const int threads : {1, 3}) {
    const parallel::ThreadLimit limit(threads);
    const StateGame game = splinternet::state_game(world);
    REQUIRE(game.moves.profiles() == 16);
    REQUIRE(members_in(game, game.start) == 0);
    for (std::size_t state = 0; state < 16; ++state) {
      const unsigned members = members_in(game, state);
      double all = 0.0, inside = 0.0;
      for (std::size_t i = 0; i < 4; ++i) {
        const double gain = game.moves.gain(i, state, 1 - game.moves.choice(i, state));
        REQUIRE(gain == lot(members ^ 1U << i, i) - lot(members, i));
        all += lot(members, i);
        inside += is_in(members, i) ? lot(members, i) : 0.0;
      }
      REQUIRE(game.sums[state].all == all);
      REQUIRE(game.sums[state].by_size == all);  // all are of size 1
      REQUIRE(game.sums[state].members == inside);
    }
  }
}

TEST_CASE("larger sets come first, so that in state 0 everybody is in") {
  const StateGame game = splinternet::state_game(actor_world(table_scenario(), state_game(3, treaty_payoff)));
  CHECK(game.sets[0] == std::vector<FrameworkSet>{1, 0});
  CHECK(members_in(game, 0) == 7);
  CHECK(game.start == 7);
}

TEST_CASE("alternatives are left for one another in one move, compatible frameworks add up one by one") {
  const StateGame alternatives = splinternet::state_game(actor_world(alternatives_scenario(2), lettered_actors(3)));
  CHECK(alternatives.sets[0] == std::vector<FrameworkSet>{1, 2, 0});
  CHECK(alternatives.moves.is_complete());
  CHECK(alternatives.sums.empty());  // peers knows only differences
  const Scenario both = pact_scenario(0, {}, {"one", "two"});
  const StateGame compatible = splinternet::state_game(actor_world(both, lettered_actors(2)));
  CHECK(compatible.sets[0] == std::vector<FrameworkSet>{3, 1, 2, 0});
  const std::size_t outside = state_with(compatible, {0, 0});
  CHECK(!compatible.moves.allows(0, outside, 0));
  CHECK(compatible.moves.allows(0, outside, 1));
  CHECK(compatible.moves.allows(0, outside, 2));
  CHECK(!compatible.moves.is_complete());
}

TEST_CASE("where membership is for good, ways out are barred, and who starts inside is nowhere outside") {
  Scenario scenario = alternatives_scenario(2);
  choose(scenario, "countries.withdrawal", "never");
  WorldTables tables = lettered_actors(2);
  const StateGame joining = splinternet::state_game(actor_world(scenario, tables));
  CHECK(joining.sets[0] == std::vector<FrameworkSet>{1, 2, 0});
  CHECK(joining.moves.allows(0, state_with(joining, {0, 0}), 0));
  CHECK(!joining.moves.allows(0, state_with(joining, {1, 0}), 2));
  CHECK(joining.moves.allows(0, state_with(joining, {1, 0}), 1));
  tables.initial_memberships = {{0, "one", MembershipLevel::kSigned, Date{2019, 1, 1}},
                                {1, "two", MembershipLevel::kSigned, Date{2019, 1, 1}}};
  const StateGame inside = splinternet::state_game(actor_world(scenario, tables));
  CHECK(inside.sets[0] == std::vector<FrameworkSet>{1, 2});
  CHECK(inside.moves.profiles() == 4);
  CHECK(inside.moves.is_complete());
  CHECK(inside.start == state_with(inside, {1, 2}));
}

TEST_CASE("committed actors stay in, and their payoffs count") {
  Scenario scenario = table_scenario();
  scenario.frameworks[0].sponsors = {"b"};
  const StateGame game = splinternet::state_game(actor_world(scenario, state_game(3, treaty_payoff)));
  CHECK(game.actors == std::vector<std::uint32_t>{0, 2});
  REQUIRE(game.moves.profiles() == 4);
  const std::size_t alone = state_with(game, {0, 0});
  CHECK(game.sums[alone].all == -1.5);
  CHECK(game.sums[alone].members == -1.5);
  CHECK(game.moves.gain(0, alone, 0) == 0.5);
}

TEST_CASE("members whose consent is needed bar those whom they do not want") {
  Scenario scenario = table_scenario();
  choose(scenario, "framework.pact.admission", "unanimity");
  // Everybody wants to be in; a is worse off with c.
  const auto payoff = [](unsigned state, std::size_t actor) {
    return is_in(state, actor) ? (actor == 0 && is_in(state, 2) ? 0.5 : 1.0) : 0.0;
  };
  const StateGame game = splinternet::state_game(actor_world(scenario, state_game(3, payoff)));
  CHECK(!game.moves.allows(2, state_with(game, {1, 0, 0}), 0));
  CHECK(game.moves.allows(1, state_with(game, {1, 0, 0}), 0));
  CHECK(game.moves.allows(2, state_with(game, {0, 1, 0}), 0));
  CHECK(game.moves.allows(2, state_with(game, {0, 0, 0}), 0));
}

TEST_CASE("entry into force is worked out in each state") {
  Scenario scenario = alternatives_scenario(1);
  scenario.terms = {"network_effect"};
  choose(scenario, "countries.network_measure", "number");
  set(scenario, "framework.one.gated", 1);
  set(scenario, "framework.one.entry_into_force_members", 3);
  const StateGame game = splinternet::state_game(actor_world(scenario, lettered_actors(3)));
  CHECK(game.moves.gain(0, state_with(game, {0, 1, 0}), 0) == 0.0);  // two are not enough
  CHECK(game.moves.gain(0, state_with(game, {0, 1, 1}), 0) == 2.0);
  CHECK(game.moves.gain(0, state_with(game, {1, 1, 1}), 1) == -2.0);
  CHECK(game.sums[state_with(game, {1, 1, 0})].all == 0.0);
  CHECK(game.sums[state_with(game, {1, 1, 1})].all == 6.0);
}

TEST_CASE("progress is told up to the last state and can stop the work") {
  const World world = actor_world(table_scenario(), state_game(14, lot));
  std::vector<std::size_t> done;
  splinternet::state_game(world, [&](std::size_t so_far, std::size_t states) {
    CHECK(states == 16384);
    done.push_back(so_far);
    return true;
  });
  CHECK(done == std::vector<std::size_t>{8192, 16384});
  CHECK_THROWS_AS(splinternet::state_game(world, [](std::size_t, std::size_t) { return false; }), Interrupted);
}

TEST_CASE("scenarios without payoffs, without a choice at the start or with too many states are refused") {
  const auto refusal = [](const Scenario& scenario, const WorldTables& tables) {
    return error_message([&] { splinternet::state_game(actor_world(scenario, tables)); });
  };
  Scenario scenario = alternatives_scenario(2);
  CHECK_THAT(refusal(scenario, lettered_actors(14)),
             contains_substring("14 actors that choose among up to 3 memberships have more states than can be"));
  CHECK_THAT(refusal(alternatives_scenario(1), lettered_actors(23)),
             contains_substring("4194304 states, e.g. 22 actors with two possibilities or 13 with three"));
  set(scenario, "framework.one.open_at_start", 0);
  set(scenario, "framework.two.open_at_start", 0);
  CHECK_THAT(refusal(scenario, lettered_actors(3)), contains_substring("at the start nobody can choose anything"));
  scenario = alternatives_scenario(2);
  choose(scenario, "countries.choice", "threshold");
  scenario.terms.clear();
  CHECK_THAT(refusal(scenario, lettered_actors(3)), contains_substring("the scenario has no payoff terms"));
}
