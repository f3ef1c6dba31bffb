#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/coalition/actor_set.hpp"
#include "sim/core/function_ref.hpp"

namespace splinternet::coalition {

/// What keeps one coalition S together and others out (d'Aspremont et al. 1983), from the payoffs π_i(S) of each actor.
struct Stability {
  /// Per actor π_i(S ∪ i) − π_i(S ∖ i): what it gains by being in.
  std::vector<double> margin;
  bool internal = false;           ///< no member gains more than tie_eps by leaving
  bool external = false;           ///< no outsider gains more than tie_eps by joining
  bool strictly_internal = false;  ///< every member loses more than tie_eps by leaving
  bool strictly_external = false;  ///< every outsider loses more than tie_eps by joining
  /// Sum of the members' margins: what transfers among members can share out (Carraro, Eyckmans & Finus 2006).
  double surplus = 0.0;
  bool potentially_internal = false;  ///< surplus ≥ −|S|·tie_eps: some transfers among members keep all of them in
  std::vector<std::uint32_t> first_to_leave;  ///< members by rising margin, ties by rank
  std::vector<std::uint32_t> first_to_join;   ///< outsiders by falling margin, ties by rank

  [[nodiscard]] bool stable() const { return internal && external; }
  /// Least side payment, in the unit of the payoffs, for which the actor changes sides (or is indifferent): from a
  /// member to leave, from an outsider to join. 0 if it would anyway.
  [[nodiscard]] double payment_to_change(std::size_t actor, std::span<const std::uint8_t> is_member) const;
  /// Least side payment for which the actor keeps its side (or is indifferent). 0 if it would anyway.
  [[nodiscard]] double payment_to_keep(std::size_t actor, std::span<const std::uint8_t> is_member) const;
};

/// Margins that are known already, one per actor, e.g. of a framework of the model. `rank` settles equal margins (empty
/// = row). Throws DataError, naming the actor, for a margin that is not finite; InternalError if sizes differ.
Stability stability_from_margins(std::span<const std::uint8_t> is_member, std::span<const double> margin,
                                 double tie_eps = 0.0, std::span<const std::uint32_t> rank = {});

/// One coalition of any number of actors: asks `payoff(actor, coalition)` for S, S ∖ i and S ∪ i only, 2n calls.
Stability stability(std::span<const std::uint8_t> is_member,
                    FunctionRef<double(std::size_t, std::span<const std::uint8_t>)> payoff, double tie_eps = 0.0,
                    std::span<const std::uint32_t> rank = {});

/// Transfers among members that leave each its payoff outside and a share of the surplus (almost ideal sharing,
/// Eyckmans & Finus 2004): t_i = w_i/Σ_S w·surplus − margin_i for members, 0 for the others; they sum to 0. If S is
/// potentially internally stable, nobody gains by leaving with them. `weight` ≥ 0 per actor; empty = equal shares.
/// Throws DataError, naming the actor, for a figure that is not finite, a negative weight, or members without weight;
/// InternalError if sizes differ.
std::vector<double> stabilising_transfers(std::span<const std::uint8_t> is_member, std::span<const double> margin,
                                          std::span<const double> weight = {});

/// All coalitions that hold, and how many do by size, 0 … n. The empty coalition is internally stable, that of all
/// externally.
struct StableCoalitions {
  std::vector<ActorSet> stable;           ///< internally and externally, rising as bit sets
  std::vector<ActorSet> strictly_stable;  ///< strictly in both
  std::vector<std::size_t> stable_by_size;
  std::vector<std::size_t> internal_by_size;
  std::vector<std::size_t> external_by_size;
  std::vector<std::size_t> potentially_internal_by_size;
};

/// Goes through all 2ⁿ coalitions, asking for each payoff(actor, coalition) once. Throws DataError for more than
/// kMostActorsEnumerated actors or, naming actor and coalition, a payoff that is not finite.
StableCoalitions stable_coalitions(std::size_t actors, FunctionRef<double(std::size_t, ActorSet)> payoff,
                                   double tie_eps = 0.0);

}  // namespace splinternet::coalition
