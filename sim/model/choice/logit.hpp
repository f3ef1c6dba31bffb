#pragma once

#include <cstddef>
#include <span>

namespace splinternet {

/// Probability of each option n under the logit rule: exp(U_n/T)/Σ exp(U_m/T) (McFadden 1974; quantal response,
/// McKelvey & Palfrey 1995). U in pp, T > 0 in pp. Written to `probability`, which sums to 1 up to rounding.
void logit_probabilities(std::span<const double> utility, double temperature, std::span<double> probability);

/// The option that the uniform draw picks when the probabilities are laid end to end in the order of the options.
std::size_t choose_logit(std::span<const double> utility, double temperature, double uniform);

}  // namespace splinternet
