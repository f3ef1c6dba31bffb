#pragma once

#include "sim/model/world.hpp"

namespace splinternet {

/// How pairs of blocs count: rivals are blocs of incompatible frameworks; flows with the unaligned count on neither
/// side.
metrics::BlocPairs rival_pairs(const World& world);

enum class FlowKind : std::uint8_t { kData, kTrade };

/// Flows of the moment, [from][to]: data delivered (demand less what rules and missing paths keep back, as a share of
/// the world's demand) or trade over both sectors (1e9 USD a year), home flows included. The section must stand.
std::vector<double> flow_matrix(const World& world, FlowKind kind);

/// Data delivered between blocs and what follows from it. Domestic flows are left out. NaN without demand.
void observe_data_flows(const World& world, const metrics::BlocPairs& pairs, ObservationMemory& memory,
                        Observations& seen);

/// Trade between blocs (1e9 USD a year), exports, real income and what follows from them. Home sales are left out. NaN
/// without trade.
void observe_trade_flows(const World& world, const metrics::BlocPairs& pairs, ObservationMemory& memory,
                         Observations& seen);

}  // namespace splinternet
