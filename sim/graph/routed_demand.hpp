#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/graph/routing.hpp"

namespace splinternet {

/// What shortest paths under one policy make of demand between nodes: one row per origin. N nodes, L links.
struct RoutedDemand {
  std::vector<std::uint32_t> distance;  ///< [origin][destination] 0.1 µs, kUnreachable without a path
  std::vector<double> transit;          ///< [origin][node] demand of the origin that passes through, in its unit
  std::vector<double> link_load;        ///< [origin][link] demand of the origin that the link carries
  std::vector<double> lost;             ///< [origin] demand without a path
};

/// Routes `demand` [origin][destination] (N² values ≥ 0 of any unit; what nodes ask of themselves stays at home) over
/// the shortest paths of `index`; in parallel over origins, the same bits for any number of threads. Throws
/// InternalError if there are not N² values.
RoutedDemand route_demand(const RoutingIndex& index, std::span<const double> demand,
                          PathSplit split = PathSplit::kSingle);

/// The same for some `origins` only: replaces their rows in `routed`, which holds the results of all origins.
void reroute_demand(const RoutingIndex& index, std::span<const double> demand, std::span<const std::uint32_t> origins,
                    RoutedDemand& routed, PathSplit split = PathSplit::kSingle);

/// The origins, rising, whose distances or paths may differ between two policies on networks of the same nodes, links
/// and ranks, given all distances under the first: those for whom an arc that is gone was tight, or a new arc (u, v, w)
/// is tight or shorter, d(u) + w ≤ d(v). For every other origin the distances still obey each arc and the same arcs are
/// tight, so nothing that depends on them changes. Throws InternalError if nodes, ranks or sizes differ.
std::vector<std::uint32_t> origins_that_change(const RoutingIndex& before, const RoutingIndex& after,
                                               std::span<const std::uint32_t> distance_before);

}  // namespace splinternet
