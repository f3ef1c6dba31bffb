#include "sim/model/routing_tables.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "sim/core/digest.hpp"
#include "sim/graph/all_pairs.hpp"
#include "sim/model/hosting.hpp"
#include "sim/model/world.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet {
namespace {

double strength(const World& world, Provision provision, std::size_t framework) {
  return world.derived.parameters(kProvisionStrength[static_cast<std::size_t>(provision)], framework);
}

bool is_owned_by_untrusted(const World& world, const LinkRow& link, std::size_t framework) {
  const CountrySetting& countries = world.setting().countries;
  for (const std::string& home : link.owner_homes) {
    for (std::size_t i = 0; i < countries.count; ++i) {
      if (countries.code[i] == home &&
          world.setting().frameworks.untrusted_home[framework * countries.count + i] != 0) {
        return true;
      }
    }
  }
  return false;
}

bool filters_hosts(const World& world, std::size_t framework) {
  return world.setting().demand->rows == DemandRows::kUsers && strength(world, Provision::kCleanCloud, framework) > 0.0;
}

/// Share of the traffic of a member at full depth that keeps the framework's filters.
double filter_strength(const World& world, std::size_t framework) {
  const double links = world.derived.strengths[framework].link_filter;
  if (!filters_hosts(world, framework)) return links;
  return std::max(links, strength(world, Provision::kCleanCloud, framework));
}

/// The demand of a class after untrusted hosts have been left; empty if none is.
std::vector<double> rehosted_demand(const World& world, const std::vector<std::uint32_t>& filters,
                                    std::size_t policy_class) {
  const std::size_t n = world.countries();
  std::vector<std::uint8_t> untrusted(n, 0);
  for (std::size_t f = 0; f < filters.size(); ++f) {
    const std::size_t k = filters[f];
    if (((policy_class >> f) & 1U) == 0 || !filters_hosts(world, k)) continue;
    for (std::size_t i = 0; i < n; ++i) untrusted[i] |= world.setting().frameworks.untrusted_home[k * n + i];
  }
  if (std::find(untrusted.begin(), untrusted.end(), 1) == untrusted.end()) return {};
  std::vector<double> demand = world.setting().demand->share;
  for (std::size_t user = 0; user < n; ++user) rehost(std::span(demand).subspan(user * n, n), user, untrusted);
  return demand;
}

std::vector<std::uint32_t> all_origins(const World& world) {
  std::vector<std::uint32_t> origins(world.countries());
  std::iota(origins.begin(), origins.end(), 0U);
  return origins;
}

/// Shortest paths of one class under `policy`: anew if the class is the next one or asks for something else, else only
/// for the origins that feel what has changed since.
void update_class(const World& world, RoutingTables& tables, std::size_t policy_class, RoutingIndex policy) {
  std::vector<double> rehosted = rehosted_demand(world, tables.filters, policy_class);
  const std::span<const double> demand = rehosted.empty() ? world.setting().demand->share : rehosted;
  if (policy_class == tables.classes.size()) {
    tables.classes.push_back(route_demand(policy, demand));
    tables.policies.push_back(std::move(policy));
    tables.demand.push_back(std::move(rehosted));
    return;
  }
  RoutedDemand& routed = tables.classes[policy_class];
  const std::vector<std::uint32_t> origins =
      rehosted == tables.demand[policy_class]
          ? origins_that_change(tables.policies[policy_class], policy, routed.distance)
          : all_origins(world);
  reroute_demand(policy, demand, origins, routed);
  tables.policies[policy_class] = std::move(policy);
  tables.demand[policy_class] = std::move(rehosted);
}

std::vector<std::uint32_t> frameworks_with_filters(const World& world) {
  std::vector<std::uint32_t> filters;
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (filter_strength(world, k) > 0.0) filters.push_back(static_cast<std::uint32_t>(k));
  }
  return filters;
}

/// By how much longer than class 0 the class takes, in 0.1 µs; infinite if it has no path where class 0 has one. What
/// class 0 does not reach nobody does: filters only take links away.
double excess_of_class(const RoutingTables& tables, std::size_t policy_class, std::size_t place) {
  const std::uint32_t first = tables.latency(0)[place], ticks = tables.latency(policy_class)[place];
  if (ticks == first) return 0.0;
  if (ticks == kUnreachable) return std::numeric_limits<double>::infinity();
  return static_cast<double>(ticks) - static_cast<double>(first);
}

std::uint64_t digest_of_filters(const World& world) {
  Digest digest;
  digest.add(std::span<const std::uint8_t>(world.derived.effects.cut_link));
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    digest.add(std::uint64_t{strength(world, Provision::kCleanCarrier, k) > 0.0});
    digest.add(std::uint64_t{strength(world, Provision::kCleanCable, k) > 0.0});
    digest.add(std::uint64_t{filters_hosts(world, k)});
  }
  return digest.value();
}

}  // namespace

AvoidSet avoid_set(const World& world, const std::vector<std::uint32_t>& filters, std::size_t policy_class) {
  const LinkSetting& links = *world.setting().links;
  const std::size_t n = world.countries();
  AvoidSet avoid;
  avoid.transit.assign(n, 0);
  avoid.link.resize(links.rows.size());
  for (std::size_t l = 0; l < links.rows.size(); ++l) avoid.link[l] = world.derived.effects.cut_link[links.order[l]];
  for (std::size_t f = 0; f < filters.size(); ++f) {
    if (((policy_class >> f) & 1U) == 0) continue;
    const std::size_t k = filters[f];
    if (strength(world, Provision::kCleanCarrier, k) > 0.0) {
      for (std::size_t i = 0; i < n; ++i) avoid.transit[i] |= world.setting().frameworks.untrusted_home[k * n + i];
    }
    if (strength(world, Provision::kCleanCable, k) > 0.0) {
      for (std::size_t l = 0; l < links.rows.size(); ++l) {
        if (is_owned_by_untrusted(world, links.rows[links.order[l]], k)) avoid.link[l] = 1;
      }
    }
  }
  return avoid;
}

Network ordered_network(const World& world) {
  const LinkSetting& links = *world.setting().links;
  std::vector<LinkEnds> ends(links.ends.size());
  std::vector<std::uint32_t> weights(links.ends.size());
  for (std::size_t l = 0; l < ends.size(); ++l) {
    ends[l] = links.ends[links.order[l]];
    weights[l] = links.weight[links.order[l]];
  }
  return Network(world.countries(), ends, weights);
}

void update_routing_tables(const World& world, RoutingTables& tables) {
  const std::uint64_t depends_on = digest_of_filters(world);
  if (!tables.classes.empty() && tables.depends_on == depends_on) return;
  tables.depends_on = depends_on;
  tables.first_detour.clear();
  const Network network = ordered_network(world);
  const std::vector<std::uint32_t>& rank = world.setting().countries.rank;
  if (tables.baseline_distance.empty()) {
    tables.baseline_distance = shortest_distances(RoutingIndex(network, AvoidSet{}, rank), all_origins(world));
  }
  std::vector<std::uint32_t> filters = frameworks_with_filters(world);
  if (filters != tables.filters) {
    tables.classes.clear();
    tables.policies.clear();
    tables.demand.clear();
    tables.filters = std::move(filters);
  }
  for (std::size_t c = 0; c < (std::size_t{1} << tables.filters.size()); ++c) {
    update_class(world, tables, c, RoutingIndex(network, avoid_set(world, tables.filters, c), rank));
  }
}

std::span<const double> class_demand(const World& world, std::size_t policy_class) {
  const std::vector<double>& rehosted = world.derived.routing.demand[policy_class];
  return rehosted.empty() ? world.setting().demand->share : rehosted;
}

void list_detours(RoutingTables& tables) {
  const std::size_t n = tables.classes[0].lost.size(), classes = tables.classes.size();
  tables.detour.clear();
  tables.detour_excess.assign(classes - 1, {});
  tables.gap.clear();
  tables.gap_excess.clear();
  tables.first_detour.assign(1, 0);
  tables.first_gap.assign(1, 0);
  std::vector<double> excess(classes - 1);
  for (std::size_t o = 0; o < n; ++o) {
    for (std::size_t d = 0; d < n; ++d) {
      bool differs = false, ends = false;
      for (std::size_t c = 1; c < classes; ++c) {
        excess[c - 1] = excess_of_class(tables, c, o * n + d);
        differs = differs || excess[c - 1] != 0.0;
        ends = ends || excess[c - 1] == std::numeric_limits<double>::infinity();
      }
      if (!differs || o == d) continue;
      (ends ? tables.gap : tables.detour).push_back(static_cast<std::uint32_t>(d));
      if (ends) tables.gap_excess.insert(tables.gap_excess.end(), excess.begin(), excess.end());
      for (std::size_t c = 1; c < classes && !ends; ++c) tables.detour_excess[c - 1].push_back(excess[c - 1]);
    }
    tables.first_detour.push_back(static_cast<std::uint32_t>(tables.detour.size()));
    tables.first_gap.push_back(static_cast<std::uint32_t>(tables.gap.size()));
  }
}

std::vector<double> filter_strengths(const World& world) {
  std::vector<double> strengths;
  for (const std::uint32_t k : world.derived.routing.filters) strengths.push_back(filter_strength(world, k));
  return strengths;
}

void class_weights(const World& world, std::span<const double> depth, std::span<double> weights) {
  class_weights(world.derived.routing, filter_strengths(world), depth, weights);
}

void class_weights(const RoutingTables& tables, std::span<const double> filter_strengths, std::span<const double> depth,
                   std::span<double> weights) {
  for (std::size_t c = 0; c < weights.size(); ++c) {
    double weight = 1.0;
    for (std::size_t f = 0; f < tables.filters.size(); ++f) {
      const double keeps = depth[tables.filters[f]] * filter_strengths[f];
      weight *= ((c >> f) & 1U) != 0 ? keeps : 1.0 - keeps;
    }
    weights[c] = weight;
  }
}

}  // namespace splinternet
