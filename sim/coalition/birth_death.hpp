#pragma once

#include <cstddef>
#include <vector>

#include "sim/core/function_ref.hpp"

namespace splinternet::coalition {

/// Stationary law of the number k = 0 … most of actors that take an option when it goes up by one with probability (or
/// rate) up(k) and down by one with down(k): π(k+1)/π(k) = up(k)/down(k+1). Asks for up(0 … most − 1) and
/// down(1 … most). Throws DataError, naming k, for a value that is not finite and above 0.
std::vector<double> birth_death_law(std::size_t most, FunctionRef<double(std::size_t)> up,
                                    FunctionRef<double(std::size_t)> down);

/// How a walk ends that stops where it first meets 0 or `most`.
struct FirstExit {
  double at_top = 0.0;     ///< probability that it ends at `most`
  double mean_time = 0.0;  ///< expected time, in units in which up and down are rates (steps, if probabilities)
};

/// The walk from `start` that goes up by one at the rate up(k) and down by one at down(k): which of two standards wins,
/// and when, if arrivals of their adherents alternate by chance until one is ahead by enough to draw all (Arthur 1989,
/// Economic Journal 99: 116). Even odds, a steps below the top and b above 0: b/(a + b) and, at one step per unit, a·b.
/// Asks for up and down of 1 … most − 1. Throws DataError, naming k, for a rate that is not finite and above 0;
/// InternalError if start > most.
FirstExit first_exit(std::size_t most, std::size_t start, FunctionRef<double(std::size_t)> up,
                     FunctionRef<double(std::size_t)> down);

}  // namespace splinternet::coalition
