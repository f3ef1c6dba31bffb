#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/graph/routed_demand.hpp"
#include "sim/model/setting.hpp"

namespace splinternet {

class World;

/// Shortest paths of every policy class from every origin. A policy class is the set of frameworks whose filters of
/// links (clean_carrier, clean_cable) and, with hosting, of hosts (clean_cloud) a country keeps; it does not depend on
/// who else is a member, so the tables change only when links or strengths do, and the class a country *would* be in is
/// a table look-up.
struct RoutingTables {
  /// Frameworks with a filter: class c filters those whose bit is set among these, in order.
  std::vector<std::uint32_t> filters;
  using Class = RoutedDemand;  ///< N countries; links in the order of the network; shares of the world's demand
  std::vector<Class> classes;  ///< 2^filters.size(); class 0 is unrestricted
  /// [class] demand of the users [user][host] after untrusted hosts have been left; empty where that is the baseline's.
  std::vector<std::vector<double>> demand;
  std::vector<RoutingIndex> policies;  ///< per class, the links and countries that its rows were computed with
  std::vector<std::uint32_t> baseline_distance;  ///< [origin][destination] of class 0 with all links in use
  /// With congestion: [class] latency at the traffic of the moment and that of the baseline, [origin][destination] in
  /// 0.1 µs. Else empty.
  std::vector<std::vector<std::uint32_t>> congested;
  std::vector<std::uint32_t> congested_baseline;
  /// Destinations that all classes reach, but not equally fast, of origin o from first_detour[o] to first_detour[o + 1];
  /// empty until list_detours.
  std::vector<std::uint32_t> first_detour, detour;
  std::vector<std::vector<double>> detour_excess;  ///< [class − 1][detour] by how much longer than class 0, in 0.1 µs
  /// Likewise those that class 0 reaches and some class does not.
  std::vector<std::uint32_t> first_gap, gap;
  std::vector<double> gap_excess;  ///< [gap][class − 1] as of detours; infinite where the class has no path
  std::uint64_t depends_on = 0;  ///< digest of what the tables were computed from

  /// Latency of the paths that a class takes, [origin][destination] in 0.1 µs, kUnreachable without one.
  [[nodiscard]] std::span<const std::uint32_t> latency(std::size_t policy_class) const {
    return congested.empty() ? classes[policy_class].distance : congested[policy_class];
  }
  /// The same without filters, at the baseline.
  [[nodiscard]] std::span<const std::uint32_t> baseline_latency() const {
    return congested_baseline.empty() ? baseline_distance : congested_baseline;
  }
};

/// Brings the tables up to date with the links in use and the filters: in each class only the origins that feel what
/// has changed are solved anew, in parallel; the result is that of solving all, bit for bit.
void update_routing_tables(const World& world, RoutingTables& tables);

/// Fills the detours and gaps; paths and their latencies are up to date.
void list_detours(RoutingTables& tables);

/// All links, in order of id.
Network ordered_network(const World& world);

/// What the frameworks of a class (bits over `filters`) forbid together, by links of ordered_network; links that are
/// cut are forbidden to all.
AvoidSet avoid_set(const World& world, const std::vector<std::uint32_t>& filters, std::size_t policy_class);

/// What the countries of a policy class ask for, as the baseline [origin][destination]: with hosting, clean_cloud moves
/// the demand of its users from untrusted hosts to the others.
std::span<const double> class_demand(const World& world, std::size_t policy_class);

/// Share of the origin's traffic that keeps each class, given the depth [framework] at which provisions bind.
/// weights has one entry per class; sums to 1.
void class_weights(const World& world, std::span<const double> depth, std::span<double> weights);

/// [filter] share of the traffic of a member at full depth that keeps it.
std::vector<double> filter_strengths(const World& world);

/// class_weights by strengths that have been looked up.
void class_weights(const RoutingTables& tables, std::span<const double> filter_strengths, std::span<const double> depth,
                   std::span<double> weights);

}  // namespace splinternet
