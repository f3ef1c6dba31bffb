#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/graph/assignment.hpp"
#include "sim/scenario/parameter.hpp"

namespace splinternet {

class World;

namespace parameters {

inline constexpr Parameter kCongestion =
    at_set_up(option("data.congestion", "none|user_equilibrium|system_optimum",
                     "whether latency grows with the traffic on a link: not; with traffic on the paths that are "
                     "fastest for each, or best for all",
                     "[D] Wardrop 1952; capacities of links are mostly constructed"));
inline constexpr Parameter kInternationalTraffic = at_set_up(real(
    "data.international_traffic_tbps", "Tb/s", 510, {0, 1e6}, {170, 2000}, "traffic between countries at the baseline",
    "[S] 170 on the public internet in 2020 (TeleGeography), a third of the bandwidth in use; [J] "
    "networks of content providers carry as much per bandwidth"));
inline constexpr Parameter kCongestionRise =
    at_set_up(real("data.congestion_b", "1", 0.15, {0, 100}, {0.15, 1},
                   "latency of a link at capacity over that of an empty one, less 1", "[S] Bureau of Public Roads"));
inline constexpr Parameter kCongestionPower =
    at_set_up(real("data.congestion_power", "1", 4, {1, 20}, {4, 10}, "power with which latency grows",
                   "[S] Bureau of Public "
                   "Roads"));
inline constexpr Parameter kCongestionGap =
    at_set_up(real("data.congestion_gap", "1", 1e-4, {1e-12, 0.1}, {1e-6, 1e-4},
                   "relative gap at which an assignment is good enough", "[J]"));

inline constexpr const Parameter* kCongestionRows[] = {&kCongestion, &kInternationalTraffic, &kCongestionRise,
                                                       &kCongestionPower, &kCongestionGap};

}  // namespace parameters

/// Traffic on congested links (M15d); everything empty without congestion. Latencies stand with the routing tables.
/// Directions of a link: 2·link from its lower to its higher end in order of codes, 2·link + 1 back; links in the order
/// of the network.
struct CongestedTraffic {
  std::vector<double> flow_tbps;               ///< [direction of link]
  std::vector<double> transit_share;           ///< [country] share of the world's demand that passes through
  double gap = 0.0;                            ///< relative, of the last assignment
  int iterations = 0;                          ///< of the last assignment
  std::uint64_t depends_on = 0;                ///< digest of what the last assignment was of
  std::shared_ptr<const Assignment> baseline;  ///< where every assignment begins: no step depends on the one before
};

/// Whether the scenario asks for congestion.
bool is_congested(const World& world);

/// Tb/s per unit of demand: demand between countries at the baseline is `international_traffic_tbps`; 0 if there is
/// none.
double tbps_per_demand(const World& world);

/// Assigns the demand of all policy classes, in the shares that countries now keep them, to the links in use, and takes
/// the latencies that result. Nothing is done without congestion, or if demand and links are those of the last time.
/// Throws SolverError naming the step if the gap is not reached.
void update_congestion(World& world);

}  // namespace splinternet
