#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/study/state_game.hpp"
#include "tests/support/state_games.hpp"

/// Small worlds whose states are few enough to be written down.
namespace splinternet::testing {

/// So many alternatives "one", "two", "three" among actors "a", "b", …, open to all.
inline Scenario alternatives_scenario(std::size_t frameworks) {
  std::vector<std::string> ids = {"one", "two", "three"};
  ids.resize(frameworks);
  Scenario scenario = pact_scenario(0, {}, ids);
  for (FrameworkSpec& framework : scenario.frameworks) {
    for (const std::string& id : ids) {
      if (id != framework.id) framework.incompatible_with.push_back(id);
    }
  }
  choose(scenario, "countries.choice", "best_response");
  return scenario;
}

/// A treaty of three that each would rather have without itself: π = members of it, less 1.5 for those in. Two hold it
/// together: a third would lose half by joining, and each of two lose half by leaving, from 0.5 to 0.
inline double treaty_payoff(unsigned state, std::size_t actor) {
  const unsigned members = (state & 1U) + (state >> 1U & 1U) + (state >> 2U & 1U);
  const double good = members < 2 ? 0.0 : members;
  return good - (is_in(state, actor) ? 1.5 : 0.0);
}

/// The state of a game in which these actors have these sets, by place in the game.
inline std::size_t state_with(const StateGame& game, const std::vector<FrameworkSet>& sets) {
  std::size_t state = 0;
  for (std::size_t actor = 0; actor < sets.size(); ++actor) {
    for (std::size_t option = 0; option < game.sets[actor].size(); ++option) {
      if (game.sets[actor][option] == sets[actor]) state = game.moves.deviation(state, actor, option);
    }
  }
  return state;
}

}  // namespace splinternet::testing
