#pragma once

#include <cstdint>
#include <span>

#include "sim/coalition/voting_power.hpp"

namespace splinternet::coalition {

/// A sampled number with the standard deviation of its sampling error.
struct Estimate {
  double value = 0.0;
  double standard_error = 0.0;
};

/// How to draw orders and coalitions. Each player's draws hang on its key alone, so that samples do not depend on the
/// order of rows.
struct PowerSampling {
  std::uint64_t seed = 0;
  std::uint32_t samples = 10000;            ///< ≥ 2 orders, and as many coalitions
  std::span<const std::uint32_t> key = {};  ///< per player, all different; empty = its row
};

/// Fills `order` with the players in the random order of one sample.
void draw_order(const PowerSampling& sampling, std::uint32_t sample, std::span<std::uint32_t> order);

/// Throws DataError for fewer than two samples or two equal keys, InternalError if there is not one key per player.
void check_sampling(const PowerSampling& sampling, std::size_t players);

/// Indices of power of any number of voters and any weights: Shapley–Shubik from random orders (Mann & Shapley 1960),
/// the others from coalitions in which each voter stands with probability 1/2. Standard errors of ratios by the delta
/// method; an index over winning or losing coalitions is NaN if none was drawn. The same for any number of threads.
/// Throws as voters_of and check_sampling do.
PowerIndices<Estimate> sample_power(VotingRule rule, const PowerSampling& sampling);

}  // namespace splinternet::coalition
