#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/coalition/landscape.hpp"
#include "sim/core/rng.hpp"

/// Landscapes of the literature, and random ones.
namespace splinternet::testing {

/// Nine computer firms before the Unix alliances of 1988 (Axelrod & Bennett 1993, table 2): Sun, Prime, AT&T, IBM, DEC,
/// HP, Apollo, Intergraph, SGI. Distant rivals (specialists and generalists) draw each other by `distant`, close ones
/// by `close`.
inline coalition::Landscape unix_firms(double distant = 0.0, double close = -1.0) {
  const std::string type = "SSGGGGSSS";
  std::vector<double> propensity;
  for (const char one : type) {
    for (const char other : type) propensity.push_back(one == other ? close : distant);
  }
  return {{28.9, 1.0, 28.5, 3.8, 20.0, 11.5, 21.2, 4.4, 4.4}, propensity};
}

/// Sizes 0.5 to 1.5, propensities −1 to 1.
inline coalition::Landscape random_landscape(std::uint32_t world, std::size_t n, bool symmetric) {
  const Draws draws(21, Purpose::kTest, world, 0);
  std::vector<double> size(n), propensity(n * n);
  std::uint32_t next = 0;
  for (double& value : size) value = 0.5 + draws.uniform(next++);
  for (double& value : propensity) value = 2.0 * draws.uniform(next++) - 1.0;
  for (std::size_t i = 0; i < n && symmetric; ++i) {
    for (std::size_t j = 0; j < i; ++j) propensity[i * n + j] = propensity[j * n + i];
  }
  return {size, propensity};
}

}  // namespace splinternet::testing
