#pragma once

#include <algorithm>
#include <cstddef>

namespace splinternet {

/// The place in a list of `count` > 0 that a uniform draw falls on, each place with the same probability.
inline std::size_t drawn_place(double uniform, std::size_t count) {
  return std::min(static_cast<std::size_t>(uniform * static_cast<double>(count)), count - 1);
}

}  // namespace splinternet
