#pragma once

#include <vector>

#include "sim/graph/congested_network.hpp"
#include "sim/graph/equilibrium_flows.hpp"
#include "sim/graph/traffic_demand.hpp"

namespace splinternet {

/// The paths that `demand` still allows and wants, flows scaled pair by pair to the new demand. Paths that no longer
/// hang together in the network are dropped.
PathFlows kept_paths(const PathFlows& paths, const CongestedNetwork& network, const TrafficDemand& demand);

/// Flows to begin from, and the demand that they leave out.
struct KeptFlow {
  std::vector<double> class_flow{};  ///< [class][link]
  TrafficDemand rest{};
};

/// Flows of kept paths.
KeptFlow keep_paths(const PathFlows& kept, const CongestedNetwork& network, const TrafficDemand& demand);

/// For flows whose paths are not known: of every class whose restrictions are the same, the largest share σ of its
/// flows such that σ × old demand is nowhere above the new demand.
KeptFlow keep_shares(const std::vector<double>& class_flow, const TrafficDemand& old_demand,
                     const CongestedNetwork& network, const TrafficDemand& demand);

}  // namespace splinternet
