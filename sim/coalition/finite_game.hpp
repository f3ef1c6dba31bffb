#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/function_ref.hpp"

namespace splinternet::coalition {

/// Any game of finitely many actors and options, as a table of payoffs. Profiles (one option each) are numbered with
/// the last actor's option fastest, as in a row-major array with one axis per actor. 8 bytes per profile and actor.
class FiniteGame {
 public:
  /// Asks for each payoff(actor, profile) once. Throws DataError if an actor has no option or more than 255, there are
  /// more than kMostStates profiles, or, naming actor and profile, a payoff is not finite.
  FiniteGame(std::vector<std::size_t> options, FunctionRef<double(std::size_t, std::span<const std::uint8_t>)> payoff);
  /// The payoffs as a table: profiles × actors, row-major. Throws DataError also if it has another number of entries.
  FiniteGame(std::vector<std::size_t> options, std::vector<double> payoff);

  [[nodiscard]] std::size_t actors() const { return options_.size(); }
  [[nodiscard]] std::size_t options(std::size_t actor) const { return options_[actor]; }
  [[nodiscard]] std::size_t profiles() const { return profiles_; }
  [[nodiscard]] double payoff(std::size_t actor, std::size_t profile) const {
    return payoff_[profile * options_.size() + actor];
  }
  [[nodiscard]] std::size_t choice(std::size_t actor, std::size_t profile) const {
    return profile / stride_[actor] % options_[actor];
  }
  /// The profile in which one actor has changed to another option.
  [[nodiscard]] std::size_t deviation(std::size_t profile, std::size_t actor, std::size_t option) const {
    return profile + option * stride_[actor] - choice(actor, profile) * stride_[actor];
  }
  /// Highest payoff an actor can get by changing its own option alone, or by keeping it.
  [[nodiscard]] double best_reply_payoff(std::size_t actor, std::size_t profile) const;

 private:
  void number_profiles();
  void check_payoffs() const;

  std::vector<std::size_t> options_, stride_;
  std::size_t profiles_ = 1;
  std::vector<double> payoff_;
};

/// Profiles in which nobody gains by changing its own option alone; rising.
struct NashProfiles {
  std::vector<std::size_t> weak;    ///< no change gains more than tie_eps
  std::vector<std::size_t> strict;  ///< every change loses more than tie_eps
};

/// All Nash equilibria in pure options. Throws DataError if tie_eps is negative.
NashProfiles nash_profiles(const FiniteGame& game, double tie_eps = 0.0);

/// The potential P with u_i(x') − u_i(x) = w_i·(P(x') − P(x)) for every change of one actor's option (Monderer &
/// Shapley 1996), with P = 0 in profile 0; empty if there is none within `tolerance`, in the unit of the payoffs.
/// `weight` per actor, > 0; empty = 1 each (exact potential). Throws DataError for a weight that is not above 0.
std::vector<double> potential(const FiniteGame& game, double tolerance, std::span<const double> weight = {});

}  // namespace splinternet::coalition
