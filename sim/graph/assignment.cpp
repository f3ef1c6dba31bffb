#include "sim/graph/assignment.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/graph/all_or_nothing.hpp"
#include "sim/graph/frank_wolfe.hpp"
#include "sim/graph/gradient_projection.hpp"
#include "sim/graph/warm_start.hpp"

namespace splinternet {
namespace {

// Gaps shown in a message: the last ones tell whether it still fell.
constexpr std::size_t kGapsShown = 8;

void check_options(const CongestedNetwork& network, const AssignmentOptions& options, const Assignment* start) {
  if (!(options.stop.gap >= 0.0)) throw DataError("the relative gap to reach must be 0 or more");
  if (options.stop.most_iterations < 0) throw DataError("the number of iterations must be 0 or more");
  if (start != nullptr && start->cost.size() != network.link_count()) {
    throw DataError("the assignment to start from has " + std::to_string(start->cost.size()) +
                    " links, the network has " + std::to_string(network.link_count()));
  }
}

[[noreturn]] void fail(const EquilibriumFlows& found, const StopRule& rule) {
  std::ostringstream text;
  text << "the assignment came to a relative gap of " << found.gaps.back() << " in " << found.gaps.size() - 1
       << " iterations where " << rule.gap << " was asked for. Gaps:";
  for (std::size_t n = found.gaps.size() - std::min(kGapsShown, found.gaps.size()); n < found.gaps.size(); ++n) {
    text << ' ' << found.gaps[n];
  }
  text << ". Allow more iterations, ask for less, or take gradient projection.";
  throw SolverError(text.str());
}

/// Flows by class to begin from.
std::vector<double> first_flow(const CongestedNetwork& network, const TrafficDemand& demand, const Assignment& start) {
  KeptFlow kept = start.paths.size() > 0 ? keep_paths(kept_paths(start.paths, network, demand), network, demand)
                                         : keep_shares(start.class_flow, start.demand, network, demand);
  AllOrNothing rest(network, kept.rest);
  rest.load(start.cost);
  for (std::size_t n = 0; n < kept.class_flow.size(); ++n) kept.class_flow[n] += rest.flow()[n];
  return std::move(kept.class_flow);
}

EquilibriumFlows solve(const CongestedNetwork& network, const TrafficDemand& demand, const AssignmentOptions& options,
                       const LinkCosts& costs, AllOrNothing& loader, const Assignment* start) {
  std::vector<double> first_cost(network.link_count());
  costs.costs(std::vector<double>(network.link_count(), 0.0), first_cost);
  if (start != nullptr) first_cost = start->cost;
  if (options.method == AssignmentMethod::kGradientProjection) {
    const PathFlows paths = start != nullptr ? kept_paths(start->paths, network, demand) : PathFlows{};
    return project_gradients(costs, loader, paths, first_cost, options.stop);
  }
  const std::vector<double> flow = start != nullptr ? first_flow(network, demand, *start) : std::vector<double>{};
  return frank_wolfe(costs, loader, flow, first_cost, options.stop);
}

}  // namespace

Assignment assign_traffic(const CongestedNetwork& network, const TrafficDemand& demand,
                          const AssignmentOptions& options, const Assignment* start) {
  check(demand, network);
  check_options(network, options, start);
  const LinkCosts costs(network, options.principle);
  AllOrNothing loader(network, demand);
  EquilibriumFlows found = solve(network, demand, options, costs, loader, start);
  if (!found.converged && options.if_not_converged == IfNotConverged::kThrow) fail(found, options.stop);

  Assignment result;
  result.flow.resize(network.link_count());
  sum_classes(found.class_flow, result.flow);
  result.cost.resize(network.link_count());
  costs.costs(result.flow, result.cost);
  result.objective = costs.objective(result.flow);
  const LinkCosts own(network, RoutingPrinciple::kUserEquilibrium);
  for (std::size_t link = 0; link < result.flow.size(); ++link) {
    const double cost = own.cost(link, result.flow[link]);
    result.total_cost += result.flow[link] * cost;
    result.total_time += result.flow[link] * (cost - network.links()[link].fixed_cost);
  }
  result.unserved.assign(loader.unserved().begin(), loader.unserved().end());
  result.class_flow = std::move(found.class_flow);
  result.gaps = std::move(found.gaps);
  result.converged = found.converged;
  result.paths = std::move(found.paths);
  result.demand = demand;
  return result;
}

}  // namespace splinternet
