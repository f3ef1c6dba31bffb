#pragma once

#include <span>
#include <vector>

#include "sim/graph/all_or_nothing.hpp"
#include "sim/graph/bpr.hpp"
#include "sim/graph/equilibrium_flows.hpp"

namespace splinternet {

/// Bi-conjugate Frank–Wolfe (Mitradjieva & Lindberg 2013, Transportation Science 47). Each iteration moves the flows
/// towards a convex combination of the all-or-nothing flows and the two points moved to before, such that the direction
/// is conjugate to the last two directions under the slopes of the link costs; the step minimises the objective to full
/// double precision. The combination is forgotten after a step of almost 1, where its weights have no meaning, and
/// where it would not lead down. Stops early without `converged` if no step lowers the objective any more.
///
/// `start` [class][link] must be feasible for the demand of `loader`; empty = all-or-nothing at `first_cost`, one cost
/// per link.
EquilibriumFlows frank_wolfe(const LinkCosts& costs, AllOrNothing& loader, std::span<const double> start,
                             std::span<const double> first_cost, const StopRule& rule);

}  // namespace splinternet
