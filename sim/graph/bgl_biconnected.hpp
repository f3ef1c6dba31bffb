#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/graph/network.hpp"

namespace splinternet::bgl {

/// Where a network hangs on one node or on one link.
struct Biconnectivity {
  std::size_t count = 0;                   ///< biconnected components (blocks)
  std::vector<std::uint32_t> block;        ///< per link, in [0, count): blocks numbered by their lowest link
  std::vector<std::uint8_t> articulation;  ///< per node: 1 if losing the node parts others that are connected with it
  std::vector<std::uint8_t> bridge;        ///< per link: 1 if losing the link alone parts its ends
};

/// Biconnected components, articulation nodes and bridge links (Hopcroft & Tarjan 1973, boost::biconnected_components).
/// Parallel links are never bridges and share a block.
Biconnectivity biconnectivity(const Network& network);

}  // namespace splinternet::bgl
