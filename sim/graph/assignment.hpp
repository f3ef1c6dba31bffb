#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/graph/bpr.hpp"
#include "sim/graph/congested_network.hpp"
#include "sim/graph/equilibrium_flows.hpp"
#include "sim/graph/traffic_demand.hpp"

namespace splinternet {

/// How an assignment is solved.
enum class AssignmentMethod {
  kBiconjugateFrankWolfe,  ///< by link; to gaps of 1e-4 … 1e-6
  kGradientProjection,     ///< by path; to 1e-8 and beyond, and restarts well after changes of demand
};

/// What becomes of an assignment that has not reached its gap.
enum class IfNotConverged {
  kThrow,   ///< SolverError with the course of the gap
  kReturn,  ///< as it stands, with `converged` false
};

/// How to solve, and how far.
struct AssignmentOptions {
  RoutingPrinciple principle = RoutingPrinciple::kUserEquilibrium;
  AssignmentMethod method = AssignmentMethod::kBiconjugateFrankWolfe;
  StopRule stop{};
  IfNotConverged if_not_converged = IfNotConverged::kThrow;
};

/// Flows on a congested network. Total link flows are unique if all costs rise strictly; flows by class and by path
/// are not.
struct Assignment {
  std::vector<double> flow{};        ///< by link, all classes
  std::vector<double> class_flow{};  ///< [class][link]
  std::vector<double> cost{};        ///< by link, of one more unit: marginal under the system optimum
  double objective = 0.0;            ///< Beckmann's sum of integrals; under the system optimum the total cost
  double total_time = 0.0;           ///< Σ x·t(x), without fixed costs
  double total_cost = 0.0;           ///< Σ x·(t(x) + fixed cost)
  std::vector<double> unserved{};    ///< demand without any allowed path, by class; not in the flows
  std::vector<double> gaps{};        ///< relative gap of the first flows and after every iteration
  bool converged = false;
  PathFlows paths{};       ///< of gradient projection
  TrafficDemand demand{};  ///< what was asked for

  [[nodiscard]] double gap() const { return gaps.back(); }
  [[nodiscard]] int iterations() const { return static_cast<int>(gaps.size()) - 1; }
};

/// Multi-class user equilibrium or system optimum (Wardrop 1952; Beckmann, McGuire & Winsten 1956): all classes share
/// the links and their costs, each takes only the links and transit nodes that its policy allows.
///
/// `start` is an earlier result on the same links, to begin from; demand, restrictions and cost functions may have
/// changed. What is still allowed of it is kept, the rest begins on the cheapest paths at its costs: pair by pair if it
/// holds paths, else the largest share of a class's flows that its new demand contains.
/// Throws DataError for demand that makes no sense, SolverError if the gap is not reached (unless told to return), or
/// if a cost overflows.
Assignment assign_traffic(const CongestedNetwork& network, const TrafficDemand& demand,
                          const AssignmentOptions& options = {}, const Assignment* start = nullptr);

}  // namespace splinternet
