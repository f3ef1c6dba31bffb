#pragma once

#include <string>

#include "sim/core/check.hpp"

namespace splinternet::python {

/// The number of threads that a caller asks for. Throws ScenarioError unless it is one that the program takes too.
inline int checked_threads(int threads) {
  constexpr int kMost = 1024;
  if (threads >= 0 && threads <= kMost) return threads;
  throw ScenarioError("threads: " + std::to_string(threads) + " is not from 0 (all of the machine) to " +
                      std::to_string(kMost));
}

}  // namespace splinternet::python
