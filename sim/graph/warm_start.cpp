#include "sim/graph/warm_start.hpp"

#include <algorithm>
#include <cstdint>

namespace splinternet {
namespace {

bool is_forbidden(const std::vector<std::uint8_t>& flags, std::size_t index) {
  return !flags.empty() && flags[index] != 0;
}

bool is_allowed(const PathFlows& paths, std::size_t k, const CongestedNetwork& network, const AvoidSet& avoid) {
  std::uint32_t here = paths.origin[k];
  for (const std::uint32_t link : paths.path(k)) {
    if (link >= network.link_count() || network.links()[link].tail != here || is_forbidden(avoid.link, link)) {
      return false;
    }
    if (here != paths.origin[k] && is_forbidden(avoid.transit, here)) return false;
    here = network.links()[link].head;
  }
  return here == paths.destination[k];
}

bool is_wanted(const PathFlows& paths, std::size_t k, const TrafficDemand& demand) {
  const std::size_t zones = demand.zone_count;
  return paths.travel_class[k] < demand.classes.size() && paths.origin[k] < zones && paths.destination[k] < zones &&
         demand.classes[paths.travel_class[k]].demand[paths.origin[k] * zones + paths.destination[k]] > 0.0;
}

bool same_pair(const PathFlows& paths, std::size_t a, std::size_t b) {
  return paths.travel_class[a] == paths.travel_class[b] && paths.origin[a] == paths.origin[b] &&
         paths.destination[a] == paths.destination[b];
}

bool same_restrictions(const AvoidSet& a, const AvoidSet& b) {
  return a.transit == b.transit && a.link == b.link;
}

}  // namespace

PathFlows kept_paths(const PathFlows& paths, const CongestedNetwork& network, const TrafficDemand& demand) {
  PathFlows kept;
  std::vector<std::size_t> usable;
  for (std::size_t begin = 0, end = 0; begin < paths.size(); begin = end) {
    usable.clear();
    double carried = 0.0;
    for (; end < paths.size() && same_pair(paths, begin, end); ++end) {
      if (!is_wanted(paths, end, demand)) continue;
      if (!is_allowed(paths, end, network, demand.classes[paths.travel_class[end]].avoid)) continue;
      usable.push_back(end);
      carried += paths.flow[end];
    }
    if (!(carried > 0.0)) continue;
    const std::size_t cell = paths.origin[begin] * demand.zone_count + paths.destination[begin];
    const double wanted = demand.classes[paths.travel_class[begin]].demand[cell];
    for (const std::size_t k : usable) {
      kept.add(paths.travel_class[k], paths.origin[k], paths.destination[k], paths.flow[k] / carried * wanted,
               paths.path(k));
    }
  }
  return kept;
}

KeptFlow keep_paths(const PathFlows& kept, const CongestedNetwork& network, const TrafficDemand& demand) {
  KeptFlow result{std::vector<double>(demand.classes.size() * network.link_count(), 0.0), demand};
  for (std::size_t k = 0; k < kept.size(); ++k) {
    const std::size_t index = kept.travel_class[k];
    for (const std::uint32_t link : kept.path(k))
      result.class_flow[index * network.link_count() + link] += kept.flow[k];
    result.rest.classes[index].demand[kept.origin[k] * demand.zone_count + kept.destination[k]] = 0.0;
  }
  return result;
}

KeptFlow keep_shares(const std::vector<double>& class_flow, const TrafficDemand& old_demand,
                     const CongestedNetwork& network, const TrafficDemand& demand) {
  KeptFlow result{std::vector<double>(demand.classes.size() * network.link_count(), 0.0), demand};
  if (old_demand.zone_count != demand.zone_count) return result;
  const std::size_t classes = std::min(old_demand.classes.size(), demand.classes.size());
  for (std::size_t index = 0; index < classes; ++index) {
    if (!same_restrictions(old_demand.classes[index].avoid, demand.classes[index].avoid)) continue;
    const std::vector<double>& before = old_demand.classes[index].demand;
    std::vector<double>& rest = result.rest.classes[index].demand;
    double share = 1.0;
    for (std::size_t pair = 0; pair < rest.size(); ++pair) {
      const bool is_travel = pair / demand.zone_count != pair % demand.zone_count;
      if (is_travel && before[pair] > rest[pair]) share = std::min(share, rest[pair] / before[pair]);
    }
    for (std::size_t pair = 0; pair < rest.size(); ++pair)
      rest[pair] = std::max(0.0, rest[pair] - share * before[pair]);
    const auto begin = static_cast<std::ptrdiff_t>(index * network.link_count());
    const auto end = begin + static_cast<std::ptrdiff_t>(network.link_count());
    std::transform(class_flow.begin() + begin, class_flow.begin() + end, result.class_flow.begin() + begin,
                   [&](double flow) { return share * flow; });
  }
  return result;
}

}  // namespace splinternet
