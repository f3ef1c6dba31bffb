#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/coalition/actor_set.hpp"
#include "sim/core/function_ref.hpp"

namespace splinternet::coalition {

/// Links between at most kMostLinkedActors actors, bit link_between(i, j) for that of i and j.
using LinkSet = std::uint32_t;

/// Most actors whose graphs are gone through one by one: 2²¹ graphs.
inline constexpr std::size_t kMostLinkedActors = 7;

/// The place of the link between two actors, whatever their order: pairs (1, 0), (2, 0), (2, 1), (3, 0) …
constexpr std::size_t link_between(std::size_t i, std::size_t j) {
  return i > j ? i * (i - 1) / 2 + j : j * (j - 1) / 2 + i;
}

/// Neighbours of each of n actors.
std::vector<ActorSet> neighbours_of(LinkSet links, std::size_t actors);

/// Number of links of each of n actors, falling: what two graphs share that differ by the names of actors only.
std::vector<std::size_t> degree_pattern(LinkSet links, std::size_t actors);

/// Which graphs actors who form and cut links come to, and which they would be best in.
struct LinkFormation {
  /// Pairwise stable graphs: nobody gains by cutting one of its links, and no two without a link gain by forming it,
  /// one of them strictly and the other at least nothing lost (Jackson & Wolinsky 1996, Journal of Economic Theory 71:
  /// 44). Rising.
  std::vector<LinkSet> stable;
  std::vector<LinkSet> efficient;  ///< graphs of the highest sum of payoffs, or at most tie_eps below it; rising
  double highest_value = 0.0;      ///< that sum
};

/// Goes through all 2^(n(n−1)/2) graphs, asking for each payoff(actor, neighbours of each actor) once; 8 bytes per
/// graph and actor. To gain is to gain more than tie_eps, to lose is to lose more. Throws DataError for more than
/// kMostLinkedActors actors, a negative tie_eps, or, naming actor and links, a payoff that is not finite.
LinkFormation link_formation(std::size_t actors, FunctionRef<double(std::size_t, std::span<const ActorSet>)> payoff,
                             double tie_eps = 0.0);

/// Payoff of the symmetric connections model: Σ_j δ^(steps from i to j) − c·(links of i), nothing from who is out of
/// reach (Jackson & Wolinsky 1996, section 2.1).
class Connections {
 public:
  /// Throws DataError unless δ is in [0, 1] and c finite.
  Connections(double decay, double link_cost);

  double operator()(std::size_t actor, std::span<const ActorSet> neighbours) const;

 private:
  double decay_, link_cost_;
};

}  // namespace splinternet::coalition
