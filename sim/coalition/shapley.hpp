#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/coalition/actor_set.hpp"
#include "sim/coalition/sampled_power.hpp"
#include "sim/core/function_ref.hpp"

namespace splinternet::coalition {

/// The Shapley value (Shapley 1953) of a game in which the coalition S can get value(S), in the unit of the values:
/// what a player adds, averaged over all orders of arrival. Sums to value(all) − value(none). Calls `value` once for
/// each of the 2ⁿ coalitions. Throws DataError for more than kMostActorsEnumerated players and, naming the coalition,
/// for a value that is not finite.
std::vector<double> shapley_value(std::size_t players, FunctionRef<double(ActorSet)> value);

/// The same for any number of players from random orders, players + 1 calls per order; `is_member` holds 1 or 0 per
/// player. The mean of the estimates sums to value(all) − value(none) up to rounding. Throws as check_sampling does,
/// and DataError for a value that is not finite.
std::vector<Estimate> sample_shapley_value(std::size_t players,
                                           FunctionRef<double(std::span<const std::uint8_t>)> value,
                                           const PowerSampling& sampling);

}  // namespace splinternet::coalition
