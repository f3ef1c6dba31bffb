#pragma once

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "sim/core/rng.hpp"

namespace splinternet::testing {

/// Flows among a handful of countries in up to five blocs (some perhaps empty); a third of the cells are zero.
struct RandomFlows {
  std::size_t blocs = 0;
  std::vector<std::uint32_t> bloc;
  std::vector<double> flow;  ///< row-major, domestic flows included

  [[nodiscard]] std::size_t nodes() const { return bloc.size(); }
};

/// Between 2 and 2 + `most` − 1 countries.
inline RandomFlows random_flows(std::uint32_t world, std::uint32_t most = 12) {
  const Draws draws(3, Purpose::kTest, 0, world);
  std::uint32_t index = 0;
  RandomFlows random;
  random.blocs = 1 + draws.below(5, index++);
  const std::uint32_t n = 2 + draws.below(most, index++);
  for (std::uint32_t i = 0; i < n; ++i) {
    random.bloc.push_back(draws.below(static_cast<std::uint32_t>(random.blocs), index++));
  }
  for (std::uint32_t cell = 0; cell < n * n; ++cell) {
    random.flow.push_back(draws.below(3, index++) == 0 ? 0.0 : draws.uniform(index++));
  }
  return random;
}

/// A permutation of 0 … count − 1 (Fisher–Yates).
inline std::vector<std::uint32_t> shuffled(std::size_t count, std::uint32_t world) {
  const Draws draws(3, Purpose::kTest, 1, world);
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  for (auto left = static_cast<std::uint32_t>(count); left > 1; --left) {
    std::swap(order[left - 1], order[draws.below(left, left)]);
  }
  return order;
}

/// The matrix with row and column n taken from row and column order[n].
inline std::vector<double> reordered(const std::vector<double>& flow, const std::vector<std::uint32_t>& order) {
  std::vector<double> result;
  for (const std::uint32_t from : order) {
    for (const std::uint32_t to : order) result.push_back(flow[from * order.size() + to]);
  }
  return result;
}

}  // namespace splinternet::testing
