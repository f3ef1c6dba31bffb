#pragma once

#include <cstddef>
#include <span>

namespace splinternet {

enum class OnTie { kStay, kLowest, kRandom };

/// The option of the highest utility; options within `tie_eps` pp of it tie. Option 0 is staying. A tie that includes
/// staying stays under kStay and moves under kLowest; among alternatives both take the first in order. Under kRandom
/// the uniform draw picks one of the tied options, staying included.
std::size_t choose_best_response(std::span<const double> utility, double tie_eps, OnTie on_tie, double uniform);

}  // namespace splinternet
