#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/graph/network.hpp"

/// Algorithms of Boost.Graph on a Network. The library itself is included in bgl.cpp only.
namespace splinternet::bgl {

/// Shortest distances (0.1 µs) from `source` to every node under `avoid` (Dijkstra 1959, boost::dijkstra_shortest_paths
/// on a filtered compressed sparse row graph); kUnreachable where there is no path. Builds the graph anew on each call:
/// the reference against which RoutingQuery is checked. Throws InternalError if a span has the wrong length.
void dijkstra(const Network& network, std::uint32_t source, const AvoidSet& avoid, std::span<std::uint32_t> distance);

/// A partition of the nodes into connected components.
struct Components {
  std::size_t count = 0;
  std::vector<std::uint32_t> label;  ///< per node, in [0, count); components are numbered by their lowest node
};

/// Connected components of the network over all its links.
Components connected_components(const Network& network);

}  // namespace splinternet::bgl
