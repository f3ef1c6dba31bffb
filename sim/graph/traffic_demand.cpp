#include "sim/graph/traffic_demand.hpp"

#include <algorithm>
#include <sstream>
#include <string>

#include "sim/core/check.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = __builtin_inf();

void check_size(std::size_t size, std::size_t wanted, std::size_t index, const char* what) {
  if (size == wanted) return;
  throw DataError("traffic class " + std::to_string(index) + " has " + std::to_string(size) + " " + what +
                  " where there must be " + std::to_string(wanted));
}

void check_values(const std::vector<double>& demand, std::size_t zones, std::size_t index) {
  for (std::size_t pair = 0; pair < demand.size(); ++pair) {
    if (demand[pair] >= 0.0 && demand[pair] < kInfinity) continue;
    std::ostringstream text;
    text << "demand of traffic class " << index << " from zone " << pair / zones << " to zone " << pair % zones
         << " is " << demand[pair] << "; it must be finite and not negative";
    throw DataError(text.str());
  }
}

}  // namespace

void check(const TrafficDemand& demand, const CongestedNetwork& network) {
  if (demand.classes.empty()) throw DataError("there is no traffic class to assign");
  if (demand.zone_count > network.node_count()) {
    throw DataError(std::to_string(demand.zone_count) + " zones in a network of " +
                    std::to_string(network.node_count()) + " nodes; each zone is a node");
  }
  for (std::size_t index = 0; index < demand.classes.size(); ++index) {
    const TrafficClass& one = demand.classes[index];
    check_size(one.demand.size(), demand.zone_count * demand.zone_count, index, "demands");
    if (!one.avoid.transit.empty()) check_size(one.avoid.transit.size(), network.node_count(), index, "transit flags");
    if (!one.avoid.link.empty()) check_size(one.avoid.link.size(), network.link_count(), index, "link flags");
    check_values(one.demand, demand.zone_count, index);
  }
}

AvoidSet no_transit_below(std::size_t first_through, std::size_t node_count) {
  AvoidSet avoid{std::vector<std::uint8_t>(node_count, 0), {}};
  std::fill_n(avoid.transit.begin(), std::min(first_through, node_count), std::uint8_t{1});
  return avoid;
}

}  // namespace splinternet
