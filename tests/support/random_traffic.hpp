#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "sim/core/rng.hpp"
#include "tests/support/traffic_cases.hpp"

namespace splinternet::testing {

/// A random congested network (3 to `most_nodes` nodes, about three links per node, parallel links, links of cost zero,
/// constant ones, several powers and some tolls) with two or three classes, of whose links a tenth and transit nodes a
/// sixth are forbidden; not all pairs are connected.
inline TrafficCase random_traffic(std::uint32_t world, std::uint32_t most_nodes, std::uint32_t fewest_nodes = 3) {
  const Draws draws(11, Purpose::kTest, 0, world);
  std::uint32_t next = 0;
  const auto below = [&](std::uint32_t bound) { return draws.below(bound, next++); };
  const auto uniform = [&] { return draws.uniform(next++); };
  const std::uint32_t nodes = fewest_nodes + below(most_nodes - fewest_nodes + 1);
  std::vector<CongestedLink> links;
  for (std::uint32_t count = 3 * nodes; count > 0; --count) {
    const std::uint32_t tail = below(nodes);
    CongestedLink link{tail, (tail + 1 + below(nodes - 1)) % nodes};
    link.free_time = below(8) == 0 ? 0.0 : 1.0 + 9.0 * uniform();
    link.capacity = 2.0 + 18.0 * uniform();
    link.b = below(6) == 0 ? 0.0 : 0.15 + uniform();
    constexpr double kPowers[] = {1.0, 2.0, 4.0, 2.5};
    link.power = kPowers[below(4)];
    link.fixed_cost = below(5) == 0 ? uniform() : 0.0;
    links.push_back(link);
  }
  const std::uint32_t zones = 2 + below(nodes - 1);
  TrafficDemand demand{zones, {}};
  for (std::uint32_t count = 2 + below(2); count > 0; --count) {
    TrafficClass one;
    for (std::uint32_t node = 0; node < nodes; ++node) one.avoid.transit.push_back(below(6) == 0 ? 1 : 0);
    for (std::size_t link = 0; link < links.size(); ++link) one.avoid.link.push_back(below(10) == 0 ? 1 : 0);
    for (std::uint32_t pair = 0; pair < zones * zones; ++pair) {
      one.demand.push_back(below(3) == 0 ? 0.0 : 20.0 * uniform() / zones);
    }
    demand.classes.push_back(std::move(one));
  }
  return {CongestedNetwork(nodes, std::move(links)), std::move(demand)};
}

}  // namespace splinternet::testing
