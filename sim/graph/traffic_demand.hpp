#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/graph/congested_network.hpp"
#include "sim/graph/network.hpp"

namespace splinternet {

/// The traffic that shares one policy.
struct TrafficClass {
  AvoidSet avoid{};              ///< links and transit nodes it may not use; empty = none
  std::vector<double> demand{};  ///< T[origin][destination] ≥ 0, one value per pair of zones
};

/// What an assignment has to carry. Zones are the first nodes of the network: zone z is node z. Demand of a zone for
/// itself stays at home: it is neither carried nor lost.
struct TrafficDemand {
  std::size_t zone_count = 0;
  std::vector<TrafficClass> classes{};
};

/// Throws DataError naming class and zones if there is no class, sizes do not go together or a demand is negative or
/// not finite.
void check(const TrafficDemand& demand, const CongestedNetwork& network);

/// The restriction of TNTP's "first through node": nodes below `first_through` (from 0) may begin and end paths only.
AvoidSet no_transit_below(std::size_t first_through, std::size_t node_count);

}  // namespace splinternet
