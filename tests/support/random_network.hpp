#pragma once

#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "sim/core/rng.hpp"
#include "sim/graph/network.hpp"
#include "tests/support/brute_force_routing.hpp"

namespace splinternet::testing {

/// A random link graph with policy: few distinct weights, so that ties, parallel links and links of length zero abound.
struct RandomNetwork {
  std::size_t nodes = 0;
  std::vector<PlainLink> plain;
  std::vector<LinkEnds> ends;
  std::vector<std::uint32_t> weights;
  AvoidSet avoid;
  std::vector<std::uint32_t> rank;

  [[nodiscard]] Network network() const { return {nodes, ends, weights}; }
};

/// A permutation of 0 … count − 1 (Fisher–Yates).
inline std::vector<std::uint32_t> random_permutation(std::size_t count, std::uint32_t world) {
  const Draws draws(7, Purpose::kTest, 0, world, 1);
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  for (auto left = static_cast<std::uint32_t>(count); left > 1; --left) {
    std::swap(order[left - 1], order[draws.below(left, left)]);
  }
  return order;
}

/// Between 2 and `most_nodes` nodes, about two links per node, a fifth of nodes and a tenth of links forbidden; weights
/// in [lightest, lightest + 3].
inline RandomNetwork random_network(std::uint32_t world, std::uint32_t most_nodes, std::uint32_t lightest = 0) {
  const Draws draws(7, Purpose::kTest, 0, world);
  std::uint32_t index = 0;
  RandomNetwork result;
  const std::uint32_t nodes = 2 + draws.below(most_nodes - 1, index++);
  result.nodes = nodes;
  const std::uint32_t link_count = draws.below(2 * nodes + 3, index++);
  for (std::uint32_t link = 0; link < link_count; ++link) {
    const std::uint32_t a = draws.below(nodes, index++);
    const std::uint32_t b = (a + 1 + draws.below(nodes - 1, index++)) % nodes;
    const std::uint32_t weight = lightest + draws.below(4, index++);
    result.plain.push_back({a, b, weight});
    result.ends.push_back({a, b});
    result.weights.push_back(weight);
    result.avoid.link.push_back(draws.below(10, index++) == 0 ? 1 : 0);
  }
  for (std::uint32_t node = 0; node < nodes; ++node) {
    result.avoid.transit.push_back(draws.below(5, index++) == 0 ? 1 : 0);
  }
  result.rank = random_permutation(nodes, world);
  return result;
}

}  // namespace splinternet::testing
