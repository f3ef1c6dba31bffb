#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/coalition/finite_game.hpp"
#include "sim/coalition/profile_space.hpp"

namespace splinternet::coalition {

/// A game of finitely many actors and options as what each would gain by each change of its own option in each profile.
/// More general than payoffs: changes may be barred, and may cost something there and back. 8 bytes per profile and
/// change.
class OwnMoves : public ProfileSpace {
 public:
  /// All changes are barred until their gain is set. Throws DataError as ProfileSpace does, or if the table would hold
  /// more than 2^27 gains (1 GiB).
  explicit OwnMoves(std::vector<std::size_t> options);
  /// All changes of a game.
  explicit OwnMoves(const FiniteGame& game);

  /// What the actor gains by changing to the option; 0 for the one it has, NaN if the change is barred.
  [[nodiscard]] double gain(std::size_t actor, std::size_t profile, std::size_t option) const {
    const std::size_t own = choice(actor, profile);
    return option == own ? 0.0 : gain_[place(actor, profile, option, own)];
  }
  [[nodiscard]] bool allows(std::size_t actor, std::size_t profile, std::size_t option) const {
    const double value = gain(actor, profile, option);
    return value == value;
  }
  /// May be called from several threads for different profiles. Throws DataError, naming actor and profile, for a gain
  /// that is not finite; InternalError for the option that the actor has.
  void set(std::size_t actor, std::size_t profile, std::size_t option, double gain);

  /// Whether nobody is barred from anything.
  [[nodiscard]] bool is_complete() const;
  /// Largest gain or loss.
  [[nodiscard]] double scale() const;

 private:
  [[nodiscard]] std::size_t place(std::size_t actor, std::size_t profile, std::size_t option, std::size_t own) const {
    return profile * changes_ + first_[actor] + option - (option > own ? 1 : 0);
  }

  std::vector<std::size_t> first_;
  std::size_t changes_ = 0;
  std::vector<double> gain_;
};

/// Profiles in which nobody is allowed a change that gains more than tie_eps (weak), or each that is allowed loses more
/// than that (strict). If all changes are allowed these are the Nash equilibria. Throws DataError if tie_eps is
/// negative.
NashProfiles rest_profiles(const OwnMoves& moves, double tie_eps = 0.0);

/// The game whose payoffs differ by the gains, each actor's first option being worth 0 against each choice of the
/// others. A change that is barred follows from the way back or from detours. None if gains there and back, or on
/// detours, differ by more than `tolerance`, or nothing tells of some change.
std::optional<FiniteGame> payoffs_behind(const OwnMoves& moves, double tolerance);

/// What leads to one profile of rest, of all profiles.
struct RestBasin {
  std::size_t profile = 0;
  std::vector<std::uint32_t> starts;  ///< profiles from which steepest moves lead there, rising
  double probability = 0.0;           ///< of ending there from a start drawn evenly, moves in random order
};

/// Where changes of one actor at a time lead.
struct RestBasins {
  std::vector<RestBasin> basins;  ///< by profile
  std::size_t never_rest = 0;     ///< profiles from which steepest moves go round for ever
  bool has_probabilities = true;  ///< false: best replies can go round, and what random order leads to is not told
};

/// Each time the change that gains most per weight of its actor is made, of equals the lowest actor's to the lowest
/// option; or an actor drawn evenly from those that gain changes to its best option (of equals, each as often), which
/// is exact, not sampled. `weight` > 0 per actor, empty = 1 each: with the weights of a potential, the steepest change
/// raises it most. Throws DataError if tie_eps is negative or a weight not above 0.
RestBasins rest_basins(const OwnMoves& moves, double tie_eps = 0.0, std::span<const double> weight = {});

}  // namespace splinternet::coalition
