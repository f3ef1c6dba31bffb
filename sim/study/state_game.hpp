#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/coalition/own_moves.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// Sums of the actors' payoffs in one state; committed actors count.
struct PayoffSums {
  double all = 0.0;
  double by_size = 0.0;  ///< Σ size·payoff
  double members = 0.0;  ///< of those who are in some framework
};

/// All states that the memberships of a few actors can be in, and what each own move is worth in each: the game behind
/// a scenario as it starts. Memberships are signatures; frameworks that do not stand open at the start, committed
/// actors and those without decisions stay as they are, and so do paths and trade.
struct StateGame {
  /// Rows of the actors that choose, in order of code: the actors of `moves`.
  std::vector<std::uint32_t> actors;
  /// [actor] the sets of memberships that it can have: larger ones first, then by framework; the options of `moves`.
  std::vector<std::vector<FrameworkSet>> sets;
  coalition::OwnMoves moves;
  std::size_t start = 0;         ///< the state of the start
  std::vector<PayoffSums> sums;  ///< by state; empty if some payoff term knows only differences

  /// The memberships of an actor in a state.
  [[nodiscard]] FrameworkSet set_of(std::size_t actor, std::size_t state) const {
    return sets[actor][moves.choice(actor, state)];
  }
};

/// Called as states are worked out, with those done and all; returns false to stop.
using StateProgress = std::function<bool(std::size_t done, std::size_t states)>;

/// Puts the World in every state in turn and prices each move that the model's rules of accession, withdrawal and
/// admission allow an actor on its own. The same for any number of threads. Throws ScenarioError, with place and
/// remedy, if nobody weighs payoffs or can choose anything, or there are more than coalition::kMostStates states;
/// DataError for a payoff that is not finite; Interrupted if `progress` says so.
StateGame state_game(const World& start, const StateProgress& progress = {});

}  // namespace splinternet
