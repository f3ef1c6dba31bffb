#pragma once

#include <vector>

#include "sim/graph/network.hpp"

namespace splinternet::bgl {

/// Betweenness of each node (Freeman 1977; Brandes 2001, boost::brandes_betweenness_centrality) on shortest paths by
/// weight: Σ over unordered pairs s, t of the share of shortest s–t paths that pass through the node, endpoints out, in
/// pairs of nodes; a star's centre has (n − 1)(n − 2)/2. Equally short paths share a pair equally. Of parallel links
/// only the shortest counts, once; a link of length 0 counts as one unit, since path counts need positive weights.
/// Demand and policy do not enter: for them see the transit volumes of routing.
std::vector<double> betweenness(const Network& network);

}  // namespace splinternet::bgl
