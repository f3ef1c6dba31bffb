#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/coalition/profile_space.hpp"
#include "sim/core/function_ref.hpp"

namespace splinternet::coalition {

/// Any game of finitely many actors and options, as a table of payoffs. 8 bytes per profile and actor.
class FiniteGame : public ProfileSpace {
 public:
  /// Asks for each payoff(actor, profile) once. Throws DataError as ProfileSpace does or, naming actor and profile, if
  /// a payoff is not finite.
  FiniteGame(std::vector<std::size_t> options, FunctionRef<double(std::size_t, std::span<const std::uint8_t>)> payoff);
  /// The payoffs as a table: profiles × actors, row-major. Throws DataError also if it has another number of entries.
  FiniteGame(std::vector<std::size_t> options, std::vector<double> payoff);

  [[nodiscard]] double payoff(std::size_t actor, std::size_t profile) const {
    return payoff_[profile * actors() + actor];
  }
  /// What one actor gains by changing to the option alone.
  [[nodiscard]] double gain(std::size_t actor, std::size_t profile, std::size_t option) const {
    return payoff(actor, deviation(profile, actor, option)) - payoff(actor, profile);
  }
  /// Highest payoff an actor can get by changing its own option alone, or by keeping it.
  [[nodiscard]] double best_reply_payoff(std::size_t actor, std::size_t profile) const;

 private:
  void check_payoffs() const;

  std::vector<double> payoff_;
};

/// Profiles in which nobody gains by changing its own option alone; rising.
struct NashProfiles {
  std::vector<std::size_t> weak;    ///< no change gains more than tie_eps
  std::vector<std::size_t> strict;  ///< every change loses more than tie_eps
};

/// Those profiles of a game, however it tells the gains of own changes; `allows(actor, profile, option)`: which changes
/// there are.
template <class Game, class Allows>
NashProfiles profiles_without_gain(const Game& game, double tie_eps, const Allows& allows) {
  NashProfiles found;
  for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
    bool weak = true, strict = true;
    for (std::size_t actor = 0; actor < game.actors() && weak; ++actor) {
      for (std::size_t option = 0; option < game.options(actor); ++option) {
        if (option == game.choice(actor, profile) || !allows(actor, profile, option)) continue;
        const double gain = game.gain(actor, profile, option);
        weak = weak && gain <= tie_eps;
        strict = strict && gain < -tie_eps;
      }
    }
    if (weak) found.weak.push_back(profile);
    if (weak && strict) found.strict.push_back(profile);
  }
  return found;
}

/// All Nash equilibria in pure options. Throws DataError if tie_eps is negative.
NashProfiles nash_profiles(const FiniteGame& game, double tie_eps = 0.0);

/// The potential P with u_i(x') − u_i(x) = w_i·(P(x') − P(x)) for every change of one actor's option (Monderer &
/// Shapley 1996), with P = 0 in profile 0; empty if there is none within `tolerance`, in the unit of the payoffs.
/// `weight` per actor, > 0; empty = 1 each (exact potential). Throws DataError for a weight that is not above 0.
std::vector<double> potential(const FiniteGame& game, double tolerance, std::span<const double> weight = {});

/// Two actors' changes one after another and back again: around such a square the gains, each over its actor's weight,
/// sum to 0 if and only if the game has the potential above (Monderer & Shapley 1996, corollary 2.9).
struct Square {
  std::size_t profile = 0;  ///< where it starts
  std::size_t first_actor = 0, first_option = 0, second_actor = 0, second_option = 0;
  double sum = 0.0;  ///< of the four gains over weights
};

/// The first square, by profile, actors and options, whose sum is not 0 within `tolerance` in the unit of the payoffs;
/// none if there is a potential. Throws as potential does.
std::optional<Square> open_square(const FiniteGame& game, double tolerance, std::span<const double> weight = {});

}  // namespace splinternet::coalition
