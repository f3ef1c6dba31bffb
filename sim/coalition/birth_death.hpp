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

}  // namespace splinternet::coalition
