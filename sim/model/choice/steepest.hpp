#pragma once

#include <cstddef>
#include <span>

namespace splinternet {

/// The option of the highest utility if it is worth more than staying (option 0) by more than `tie_eps` pp, the first
/// in order among equals; else staying. Under `countries.choice = "steepest"` the country whose option gains most moves
/// by it, one move after another (steepest descent on the landscape of Axelrod & Bennett 1993, Br. J. Polit. Sci.
/// 23:211).
std::size_t choose_steepest(std::span<const double> utility, double tie_eps);

}  // namespace splinternet
