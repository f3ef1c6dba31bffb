#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "sim/trade/hat_algebra.hpp"

/// Worlds and shocks for the tests of trade.
namespace splinternet::test {

/// Whether two values differ by at most `tolerance` relative to the second.
inline bool near(double value, double expected, double tolerance) {
  return std::fabs(value - expected) <= tolerance * std::fabs(expected);
}

inline double uniform(std::uint64_t seed, std::size_t row, std::uint16_t kind) {
  return Draws(seed, Purpose::kTest, 0, static_cast<std::uint32_t>(row), kind).uniform();
}

/// Flows by gravity: sizes over three orders of magnitude, log-normal pair terms, `home_share` of output sold at home.
inline TradeFlows random_flows(std::uint64_t seed, std::size_t n, std::size_t sectors, double home_share) {
  TradeFlows world{n, sectors, std::vector<double>(sectors * n * n), {}};
  for (std::size_t s = 0; s < sectors; ++s) {
    world.elasticity.push_back(3.0 + 5.0 * uniform(seed, s, 0));
    for (std::size_t i = 0; i < n; ++i) {
      const double size = math::exp(7.0 * uniform(seed, i, 1)) * (0.5 + uniform(seed, i + n * s, 2));
      double* row = &world.flow[(s * n + i) * n];
      double abroad = 0.0;
      for (std::size_t j = 0; j < n; ++j) {
        const auto pair = static_cast<std::uint32_t>((s * n + i) * n + j);
        row[j] = math::exp(7.0 * uniform(seed, j, 1) + Draws(seed, Purpose::kTest, 0, pair, 3).normal());
        if (j != i) abroad += row[j];
      }
      for (std::size_t j = 0; j < n; ++j) row[j] *= size * (1.0 - home_share) / abroad;
      row[i] = size * home_share;
    }
  }
  return world;
}

/// B for iceberg costs that rise by the factor `tau` between countries of different parity; 1 elsewhere.
inline std::vector<double> split_by_parity(const TradeFlows& world, double tau) {
  const std::size_t n = world.countries;
  std::vector<double> factor(world.flow.size(), 1.0);
  for (std::size_t s = 0; s < world.sectors; ++s) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (i % 2 != j % 2) factor[(s * n + i) * n + j] = math::pow(tau, -world.elasticity[s]);
      }
    }
  }
  return factor;
}

/// B between 0.2 and 1.8, asymmetric, 1 at home.
inline std::vector<double> random_factors(std::uint64_t seed, const TradeFlows& world) {
  const std::size_t n = world.countries;
  std::vector<double> factor(world.flow.size());
  for (std::size_t k = 0; k < factor.size(); ++k) {
    factor[k] = k / n % n == k % n ? 1.0 : 0.2 + 1.6 * uniform(seed, k, 4);
  }
  return factor;
}

/// No trade between countries at all.
inline std::vector<double> autarky(const TradeFlows& world) {
  const std::size_t n = world.countries;
  std::vector<double> factor(world.flow.size(), 0.0);
  for (std::size_t k = 0; k < factor.size(); ++k) {
    if (k / n % n == k % n) factor[k] = 1.0;
  }
  return factor;
}

/// The unbalanced three-country world of the stored solutions.
inline TradeFlows three_countries() {
  return {3, 1, {70, 20, 10, 15, 55, 12, 12, 10, 80}, {5.0}};
}

}  // namespace splinternet::test
