#pragma once

#include <span>

#include "sim/graph/all_or_nothing.hpp"
#include "sim/graph/bpr.hpp"
#include "sim/graph/equilibrium_flows.hpp"

namespace splinternet {

/// Path-based gradient projection (Jayakrishnan, Tsai, Prashker & Rajadhyaksha 1994, TRR 1443), for gaps far below what
/// Frank–Wolfe methods reach: each iteration finds the cheapest path of every pair of zones at the present costs, adds
/// it to the paths in use, and then goes several times through the pairs with more than one path, moving flow from each
/// dearer path to the cheapest until both cost the same or the dearer one is empty. Costs are those after the move
/// before, so that every move lowers the objective. Moves run one after the other, searches in parallel.
///
/// `start` holds flows by path (none = empty): allowed, and adding up to the demand of every pair of zones that has a
/// path in it. Pairs without one begin on the cheapest path at `first_cost`, one cost per link.
EquilibriumFlows project_gradients(const LinkCosts& costs, AllOrNothing& loader, const PathFlows& start,
                                   std::span<const double> first_cost, const StopRule& rule);

}  // namespace splinternet
