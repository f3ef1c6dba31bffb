#pragma once

#include "sim/model/world.hpp"

namespace splinternet {

/// How pairs of blocs count: rivals are blocs of incompatible frameworks; flows with the unaligned count on neither
/// side.
metrics::BlocPairs rival_pairs(const World& world);

/// Data delivered between blocs (demand less what rules and missing paths keep back, as a share of the world's demand)
/// and what follows from it. Domestic flows are left out. NaN without demand.
void observe_data_flows(const World& world, const metrics::BlocPairs& pairs, ObservationMemory& memory,
                        Observations& seen);

/// Trade between blocs (1e9 USD a year), exports, real income and what follows from them. Home sales are left out. NaN
/// without trade.
void observe_trade_flows(const World& world, const metrics::BlocPairs& pairs, ObservationMemory& memory,
                         Observations& seen);

}  // namespace splinternet
