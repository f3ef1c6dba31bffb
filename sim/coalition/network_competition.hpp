#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace splinternet::coalition {

/// Firms whose products work together.
struct CompatibleGroup {
  std::size_t firms = 1;
  double output = 0.0;  ///< of each of them; 0 if the market expects nobody to buy from them
};

/// An equilibrium of NetworkCompetition.
struct NetworkEquilibrium {
  std::vector<CompatibleGroup> groups;  ///< in the order of the sizes given
  double total = 0.0;                   ///< output of all, Q

  /// What each firm of the group earns, x²: price exceeds cost by x.
  [[nodiscard]] static double profit(const CompatibleGroup& group) { return group.output * group.output; }
  /// Q²/2: buyers differ in what the good alone is worth to them, evenly, and pay the same for it.
  [[nodiscard]] double consumer_surplus() const { return 0.5 * total * total; }
  /// Of buyers and all firms.
  [[nodiscard]] double total_surplus() const;
};

/// Equilibria of fulfilled expectations in quantities among firms in groups of so many compatible ones (Katz & Shapiro
/// 1985, American Economic Review 75: 424): a buyer in a network of y gains γ·y, so that a firm of group g sells at
/// cost + x = A + γ·y_g − Q, y_g = (firms of g)·x_g, or nothing if that is negative; demand_less_cost = A − c. One
/// group of all n: x = (A − c)/(n + 1 − γn); n alone: (A − c)/(n + 1 − γ). While γ·m < 1 for each group of m there is
/// one equilibrium and all sell. A group with γ·m > 1 drives those with less out of the market, and if there are
/// several such, any one or more of them may be those who sell: each case is given once, groups of equal size counting
/// as alike (the first of them sell), most sellers first. Groups with γ·m = 1 may share a market in any way among them;
/// even shares are given. Exact up to rounding. Throws DataError unless there are 1 to kMaxNetworkFirms firms, no
/// group is empty, 0 ≤ γ < 1 and A − c is positive and finite.
std::vector<NetworkEquilibrium> network_equilibria(std::span<const std::size_t> group_sizes, double network_effect,
                                                   double demand_less_cost);

/// More would have too many cases of who sells.
inline constexpr std::size_t kMaxNetworkFirms = 64;

}  // namespace splinternet::coalition
