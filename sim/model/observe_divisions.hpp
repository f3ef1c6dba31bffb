#pragma once

#include "sim/metrics/leiden.hpp"
#include "sim/model/observe_flows.hpp"

namespace splinternet {

/// Measures the division into blocs against flows that know no blocs and no home market, and how far apart the members
/// of blocs are in policy. NaN without data or trade. Observations::bloc must be that of the moment.
void observe_divisions(const World& world, DivisionObservations& seen);

/// The division of highest modularity that is found in the flows between countries of the moment, with the blocs as
/// reference: the same for any order of rows. Takes some ten milliseconds for 200 countries.
metrics::BestPartition best_division(const World& world, FlowKind kind);

}  // namespace splinternet
