#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/graph/routing.hpp"
#include "sim/graph/tree_search.hpp"

/// Cheapest paths of a directed network whose costs are any numbers ≥ 0, and what they make of demand. Where weights
/// are whole numbers and links have no direction, AllPairs and RoutingQuery are faster.
namespace splinternet {

/// Paths from some sources: one row per source, one column per node.
struct CheapestPaths {
  std::vector<double> cost;                ///< infinite where no path leads
  std::vector<std::uint32_t> predecessor;  ///< node before on the path; kNoNode for the source and where no path is
  std::vector<std::uint32_t> predecessor_link;  ///< link into the node on the path; kNoNode as above
};

/// The cheapest paths from each of `sources` at the costs that the arcs hold; in parallel over sources. Costs are sums
/// from the source on, as in Dijkstra's algorithm, and ties are broken as in TreeSearch. Throws InternalError for a
/// source that is no node.
CheapestPaths cheapest_paths(const ArcsInto& arcs, std::span<const std::uint32_t> sources);

/// What becomes of demand, in its unit.
struct PathLoads {
  std::vector<double> link;     ///< [link] carried
  std::vector<double> transit;  ///< [node] passing through; ends of paths are exempt
  std::vector<double> lost;     ///< [origin] without a path
  double cost = 0.0;            ///< Σ demand × cost of its path
};

/// Sends `demand` [origin][destination] of the first `zone_count` nodes (values ≥ 0; what a zone asks of itself stays
/// at home) along the cheapest paths: all of it along the predecessors, or at each node in equal parts from the tails
/// of all its tight arcs, label(u) + cost = label(v). Sums of costs that are not whole numbers tie by chance only. Of
/// parallel links one carries all. `link_count` is that of the network of the arcs. In parallel over fixed groups of
/// origins: the same bits for any number of threads. Throws InternalError if sizes do not go together.
PathLoads load_paths(const ArcsInto& arcs, std::size_t link_count, std::size_t zone_count,
                     std::span<const double> demand, PathSplit split);

}  // namespace splinternet
