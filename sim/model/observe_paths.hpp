#pragma once

#include "sim/model/world.hpp"

namespace splinternet {

/// Reach, length and efficiency of the paths in use, latency and transit by country, traffic by bloc. Lengths are the
/// mean latency of a pair over the policy classes of its origin. NaN without demand.
void observe_paths(const World& world, ObservationMemory& memory, Observations& seen);

}  // namespace splinternet
