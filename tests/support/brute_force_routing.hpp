#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

/// Shortest paths under forbidden transit nodes and links in the plainest way possible: for each destination remove the
/// forbidden nodes other than the two endpoints and relax every link until nothing changes (Bellman–Ford). Shares no
/// code and no idea with sim/graph.
namespace splinternet::testing {

struct PlainLink {
  std::uint32_t a;
  std::uint32_t b;
  std::uint32_t weight;
};

inline constexpr std::uint32_t kNoDistance = std::numeric_limits<std::uint32_t>::max();

inline std::uint32_t subgraph_distance(std::size_t nodes, std::span<const PlainLink> links,
                                       std::span<const std::uint8_t> forbidden_node,
                                       std::span<const std::uint8_t> forbidden_link, std::uint32_t from,
                                       std::uint32_t to) {
  const auto gone = [&](std::uint32_t node) {
    return !forbidden_node.empty() && forbidden_node[node] != 0 && node != from && node != to;
  };
  std::vector<std::uint64_t> distance(nodes, kNoDistance);
  distance[from] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t id = 0; id < links.size(); ++id) {
      const PlainLink& link = links[id];
      if (gone(link.a) || gone(link.b) || (!forbidden_link.empty() && forbidden_link[id] != 0)) continue;
      const auto relax = [&](std::uint32_t tail, std::uint32_t head) {
        if (distance[tail] + link.weight >= distance[head]) return;
        distance[head] = distance[tail] + link.weight;
        changed = true;
      };
      relax(link.a, link.b);
      relax(link.b, link.a);
    }
  }
  return static_cast<std::uint32_t>(distance[to]);
}

/// Distances from one node to all.
inline std::vector<std::uint32_t> subgraph_distances(std::size_t nodes, std::span<const PlainLink> links,
                                                     std::span<const std::uint8_t> forbidden_node,
                                                     std::span<const std::uint8_t> forbidden_link, std::uint32_t from) {
  std::vector<std::uint32_t> distance;
  for (std::uint32_t to = 0; to < nodes; ++to) {
    distance.push_back(subgraph_distance(nodes, links, forbidden_node, forbidden_link, from, to));
  }
  return distance;
}

}  // namespace splinternet::testing
