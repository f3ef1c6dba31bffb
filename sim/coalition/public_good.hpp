#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/coalition/actor_set.hpp"

namespace splinternet::coalition {

/// Tastes of one actor in u_i = A·q_i − B·q_i²/2 + G·Q − H·Q²/2, with q_i its own contribution and Q the sum of all.
/// Emission games (Li & Rus 2019): A = α, B = β, H = Φ. Abatement with linear benefit and quadratic cost: G = b, B = c.
/// Barrett (1994): G = b·a/n, H = b/n, B = c.
struct PublicGoodTaste {
  double own_linear = 0.0;      ///< A
  double own_quadratic = 1.0;   ///< B > 0
  double good_linear = 0.0;     ///< G
  double good_quadratic = 0.0;  ///< H ≥ 0
};

/// How members of a coalition and those outside come to their contributions.
enum class Stage : std::uint8_t {
  kNash,         ///< all at once: members for the sum of their utilities, each other actor for its own
  kStackelberg,  ///< members first and for their sum, knowing how those outside will answer
  kTarget,       ///< members contribute what the treaty sets, those outside answer
};

/// A public good, or bad, among any number of different actors, solved in closed form for any coalition. Contributions
/// may be of either sign: there are no corners.
class PublicGood {
 public:
  /// `target`: per actor, what it contributes as a member; for Stage::kTarget only, else empty. Throws DataError,
  /// naming the actor, for a taste that is not finite, B ≤ 0 or H < 0; InternalError if the targets do not fit.
  PublicGood(std::vector<PublicGoodTaste> tastes, Stage stage, std::vector<double> target = {});

  /// What the equilibrium needs to know of a coalition: sums over members and over the others.
  struct Totals {
    double inside_linear = 0.0;     ///< Σ_S A/B
    double inside_ease = 0.0;       ///< Σ_S 1/B
    double good_linear = 0.0;       ///< Σ_S G
    double good_quadratic = 0.0;    ///< Σ_S H
    double target = 0.0;            ///< Σ_S targets
    double outside_linear = 0.0;    ///< Σ over others (A + G)/B
    double outside_response = 0.0;  ///< Σ over others H/B
  };

  [[nodiscard]] std::size_t actors() const { return tastes_.size(); }
  [[nodiscard]] Totals totals(std::span<const std::uint8_t> is_member) const;
  /// Up to 32 actors.
  [[nodiscard]] Totals totals(ActorSet coalition) const;
  /// The totals after an outsider has joined or a member has left: O(1), so that every move can be priced. Differs from
  /// totals of the coalition after it by rounding.
  [[nodiscard]] Totals joined(const Totals& totals, std::size_t actor) const;
  [[nodiscard]] Totals left(const Totals& totals, std::size_t actor) const;

  /// Q.
  [[nodiscard]] double sum_of_contributions(const Totals& totals) const;
  [[nodiscard]] double contribution_of_member(std::size_t actor, const Totals& totals, double sum) const;
  [[nodiscard]] double contribution_of_outsider(std::size_t actor, double sum) const;
  /// u_i in the equilibrium of a coalition with these totals, to which the actor belongs or not.
  [[nodiscard]] double payoff_in(std::size_t actor, bool is_member, const Totals& totals) const;
  /// u_i.
  [[nodiscard]] double payoff(std::size_t actor, double contribution, double sum) const;
  /// π_i(S): the payoff of an actor, inside or not, when the coalition is S; as stable_coalitions asks for.
  [[nodiscard]] double payoff_of(std::size_t actor, ActorSet coalition) const;
  [[nodiscard]] double payoff_of(std::size_t actor, std::span<const std::uint8_t> is_member) const;

 private:
  // `sign` is 1 to add the actor's part and −1 to take it away.
  void count_member(std::size_t actor, double sign, Totals& totals) const;
  void count_outsider(std::size_t actor, double sign, Totals& totals) const;
  // How much of what members add is left after those outside have answered, as far as members reckon with it.
  [[nodiscard]] double foreseen_share(const Totals& totals) const;

  std::vector<PublicGoodTaste> tastes_;
  Stage stage_;
  std::vector<double> target_;
};

/// Abate or not (Barrett 1999): u_i = b_i·(number that abate) − c_i if i abates. Members abate if that is good for the
/// sum of members, Σ_S b ≥ c_i; outsiders if b_i ≥ c_i.
class BinaryPublicGood {
 public:
  /// Throws DataError, naming the actor, for a figure that is not finite; InternalError if the sizes differ.
  BinaryPublicGood(std::vector<double> benefit, std::vector<double> cost);

  /// Up to 32 actors.
  [[nodiscard]] double payoff_of(std::size_t actor, ActorSet coalition) const;
  [[nodiscard]] double payoff_of(std::size_t actor, std::span<const std::uint8_t> is_member) const;

 private:
  template <class IsMember>
  [[nodiscard]] double payoff_where(std::size_t actor, const IsMember& is_member) const;

  std::vector<double> benefit_, cost_;
};

}  // namespace splinternet::coalition
