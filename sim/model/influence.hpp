#pragma once

#include <cstddef>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kInfluenceTrade = at_set_up(
    real("countries.influence_trade", "1", 1.0 / 3, {0, 1}, {0, 1}, "weight of trade partners in ω (M4)", "[J]"));
inline constexpr Parameter kInfluenceGroups = at_set_up(
    real("countries.influence_groups", "1", 1.0 / 3, {0, 1}, {0, 1}, "weight of common groupings in ω (M4)", "[J]"));
inline constexpr Parameter kInfluenceSubregion = at_set_up(
    real("countries.influence_subregion", "1", 1.0 / 3, {0, 1}, {0, 1}, "weight of the subregion in ω (M4)", "[J]"));
inline constexpr Parameter kInfluenceWorld =
    at_set_up(real("countries.influence_world", "1", 0, {0, 1}, {0, 1}, "weight of all countries alike in ω (M4)",
                   "[J] the \"majority of countries\" argument"));

inline constexpr const Parameter* kInfluenceRows[] = {&kInfluenceTrade, &kInfluenceGroups, &kInfluenceSubregion,
                                                      &kInfluenceWorld};

}  // namespace parameters

namespace parameters {

inline constexpr Parameter kInfluenceGraph =
    at_set_up(option("influence.graph", "complete|table|ring|grid|moore_grid|regular_tree|poisson",
                     "at whom the actors of a world without a map look: all others; as the table says; neighbours on a "
                     "ring, a torus, a torus with diagonals, a tree; by lot",
                     "[D]"));
inline constexpr Parameter kInfluenceDegree = at_set_up(
    integer("influence.degree", "actors", 2, {1, 1000}, {2, 10}, "neighbours on a ring or a regular tree", "[D]"));
inline constexpr Parameter kInfluenceMeanDegree =
    at_set_up(real("influence.mean_degree", "actors", 4, {0, 1000}, {1, 10}, "mean degree of poisson", "[D]"));
inline constexpr Parameter kInfluenceDimensions =
    at_set_up(integer("influence.dimensions", "1", 2, {1, 6}, {1, 3}, "dimensions of the torus of grid", "[D]"));

inline constexpr const Parameter* kActorInfluenceRows[] = {&kInfluenceGraph, &kInfluenceDegree, &kInfluenceMeanDegree,
                                                           &kInfluenceDimensions};

}  // namespace parameters

/// Who looks at whom in a world of actors.
InfluenceSetting influence_of_actors(const Scenario& scenario, const WorldTables& tables, const CountrySetting& actors);

/// ω: a mix of trade partners (goods and services, both ways), common groupings, the subregion and the world. Each part
/// is normalised over the peers (countries that choose, not oneself), then the rows of the mix.
InfluenceSetting influence_graph(const Scenario& scenario, const WorldTables& tables);

/// Σ_j ω_ij·1[k ∈ M_j]: the share of what i looks at that is in framework k.
double peer_share(const World& world, std::size_t country, std::size_t framework);

/// peer_share in one state of memberships, the same bits: of all countries at once if so many options ask for it that
/// this is less work than theirs one by one.
class PeerShares {
 public:
  PeerShares(const World& world, std::size_t options);

  [[nodiscard]] double operator()(std::size_t country, std::size_t framework) const {
    if (share_.empty()) return peer_share(world_, country, framework);
    return share_[framework * world_.countries() + country];
  }

 private:
  const World& world_;
  std::vector<double> share_;  // [framework][country]; empty if they are asked for one by one
};

}  // namespace splinternet
