#pragma once

#include "sim/model/world.hpp"

namespace splinternet {

/// Measures links in use, what the filters of each framework leave of them, and the capacity between blocs. What hangs
/// on links and filters alone is computed anew only when these have changed. NaN without demand.
void observe_network(const World& world, NetworkMemory& memory, NetworkObservations& seen);

}  // namespace splinternet
