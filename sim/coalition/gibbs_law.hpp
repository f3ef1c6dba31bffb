#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/coalition/landscape.hpp"

namespace splinternet::coalition {

/// The stationary law over the states of a landscape when one actor at a time, drawn evenly, chooses among K alliances
/// by a logit of precision β on −s_i·F_i: P(X) ∝ (number of names of X)·exp(−β·E(X)/2), with K!/(K − b)! names for b
/// alliances. (With payoff −F_i, or moves at once, the law is another.)
struct GibbsLaw {
  std::vector<double> probability;  ///< per state
  double mean_energy = 0.0;
  double energy_variance = 0.0;

  [[nodiscard]] double probability_of(std::span<const std::size_t> states) const;
};

/// `alliances` = K ≥ those of the space, also when K > n. Throws DataError if p is not symmetric, β is negative or not
/// finite, or K is less than the space's.
GibbsLaw gibbs_law(const Landscape& landscape, const PartitionSpace& space, std::size_t alliances, double beta);

/// P(x) ∝ exp(β·potential(x)): the law over the profiles of a game with an exact potential when one actor at a time,
/// drawn evenly, chooses among all its options by a logit of precision β (Blume 1993, Games and Economic Behavior 5:
/// 387). Throws DataError if β is negative or not finite.
std::vector<double> gibbs_probabilities(std::span<const double> potential, double beta);

}  // namespace splinternet::coalition
