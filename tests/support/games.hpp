#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/coalition/finite_game.hpp"
#include "sim/core/rng.hpp"

/// Games of the textbooks, and random ones.
namespace splinternet::testing {

/// Two actors, two options: payoffs (row, column) in the profiles (0, 0), (0, 1), (1, 0), (1, 1).
inline coalition::FiniteGame two_by_two(std::vector<double> payoffs) {
  return {{2, 2}, std::move(payoffs)};
}

inline coalition::FiniteGame prisoners_dilemma() {
  return two_by_two({3, 3, 0, 5, 5, 0, 1, 1});
}
inline coalition::FiniteGame matching_pennies() {
  return two_by_two({1, -1, -1, 1, -1, 1, 1, -1});
}
inline coalition::FiniteGame stag_hunt() {
  return two_by_two({4, 4, 0, 3, 3, 0, 3, 3});
}

/// Three actors with 2, 3 and 2 options and payoffs 0 … values − 1; few values make many ties.
inline coalition::FiniteGame random_game(std::uint32_t world, std::uint32_t values) {
  const Draws draws(31, Purpose::kTest, world, 0);
  std::vector<double> payoff(36);
  for (std::uint32_t at = 0; at < 36; ++at) payoff[at] = draws.below(values, at);
  return {{2, 3, 2}, payoff};
}

}  // namespace splinternet::testing
