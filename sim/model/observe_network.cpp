#include "sim/model/observe_network.hpp"

#include <algorithm>

#include "sim/graph/avoidability.hpp"
#include "sim/graph/bgl.hpp"
#include "sim/graph/bgl_betweenness.hpp"
#include "sim/graph/bgl_biconnected.hpp"
#include "sim/graph/bgl_minimum_cut.hpp"
#include "sim/metrics/concentration.hpp"
#include "sim/metrics/spectral.hpp"

namespace splinternet {
namespace {

/// Links of the network by id, and the place of each in ordered_network.
struct LinksInUse {
  Network network;
  std::vector<std::size_t> place;
};

LinksInUse links_in_use(const World& world, const Network& all) {
  std::vector<LinkEnds> ends;
  std::vector<std::uint32_t> weights;
  std::vector<std::size_t> place;
  for (std::size_t l = 0; l < all.link_count(); ++l) {
    if (world.derived.effects.cut_link[world.setting().links->order[l]] != 0) continue;
    ends.push_back(all.ends(l));
    weights.push_back(all.weight(l));
    place.push_back(l);
  }
  return {Network(all.node_count(), ends, weights), std::move(place)};
}

double capacity(const World& world, std::size_t place) {
  const LinkSetting& links = *world.setting().links;
  return links.rows[links.order[place]].capacity_tbps;
}

struct Connectivity {
  double components = 0.0;
  double lambda_2 = 0.0;  ///< of the largest one
};

/// Countries that may be passed, joined by the capacity of links that may be used.
Connectivity connectivity(const World& world, const Network& network, const AvoidSet& avoid) {
  std::vector<std::size_t> node(network.node_count(), 0);
  std::size_t count = 0;
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (avoid.transit[i] == 0) node[i] = count++;
  }
  std::vector<double> joined(count * count, 0.0);
  for (std::size_t l = 0; l < network.link_count(); ++l) {
    const LinkEnds ends = network.ends(l);
    if (avoid.link[l] != 0 || avoid.transit[ends.a] != 0 || avoid.transit[ends.b] != 0) continue;
    joined[node[ends.a] * count + node[ends.b]] += capacity(world, l);
    joined[node[ends.b] * count + node[ends.a]] += capacity(world, l);
  }
  const auto parts = metrics::connectivity_by_component(joined, count, metrics::Laplacian::kNormalized);
  Connectivity result{static_cast<double>(parts.size()), 0.0};
  std::size_t largest = 0;
  for (const metrics::ComponentConnectivity& part : parts) {
    if (part.nodes.size() > largest) result.lambda_2 = part.lambda_2;
    largest = std::max(largest, part.nodes.size());
  }
  return result;
}

/// Class 0 for a framework without filters.
std::size_t class_of_framework(const std::vector<std::uint32_t>& filters, std::size_t framework) {
  for (std::size_t f = 0; f < filters.size(); ++f) {
    if (filters[f] == framework) return std::size_t{1} << f;
  }
  return 0;
}

void observe_links(const World& world, const Network& all, NetworkObservations& seen) {
  const LinksInUse links = links_in_use(world, all);
  const std::size_t n = all.node_count();
  const double pairs = (static_cast<double>(n) - 1.0) * (static_cast<double>(n) - 2.0) / 2.0;
  seen.betweenness = bgl::betweenness(links.network);
  seen.betweenness_centralization = n > 2 ? metrics::freeman_centralization(seen.betweenness, pairs) : 0.0;
  if (n > 2) {
    for (double& value : seen.betweenness) value /= pairs;
  }
  seen.avoidability = transit_avoidability(links.network);
  const bgl::Biconnectivity hanging = bgl::biconnectivity(links.network);
  seen.articulation_countries =
      static_cast<double>(std::count(hanging.articulation.begin(), hanging.articulation.end(), std::uint8_t{1}));
  seen.bridge.assign(all.link_count(), 0.0);
  seen.bridge_links = 0.0;
  for (std::size_t l = 0; l < links.place.size(); ++l) {
    seen.bridge[world.setting().links->order[links.place[l]]] = hanging.bridge[l];
    seen.bridge_links += hanging.bridge[l];
  }
}

void observe_filters(const World& world, NetworkMemory& memory, NetworkObservations& seen) {
  const std::vector<std::uint32_t>& filters = world.derived.routing.filters;
  const AvoidSet nothing = avoid_set(world, filters, 0);
  const Connectivity all = connectivity(world, *memory.network, nothing);
  seen.link_components = all.components;
  seen.algebraic_connectivity = all.lambda_2;
  memory.avoid.assign(world.frameworks(), nothing);
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    const std::size_t policy_class = class_of_framework(filters, k);
    if (policy_class != 0) memory.avoid[k] = avoid_set(world, filters, policy_class);
    const Connectivity left = policy_class != 0 ? connectivity(world, *memory.network, memory.avoid[k]) : all;
    seen.usable_components[k] = left.components;
    seen.usable_connectivity[k] = left.lambda_2;
  }
}

void observe_usable_reach(const World& world, const NetworkMemory& memory, NetworkObservations& seen) {
  const std::vector<std::uint8_t> everybody(world.countries(), 1);
  std::vector<std::uint8_t> member(world.countries());
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    for (std::size_t i = 0; i < member.size(); ++i) member[i] = contains(world.membership(i), k) ? 1 : 0;
    const bool has_members = std::find(member.begin(), member.end(), 1) != member.end();
    seen.usable_reach[k] =
        has_members ? avoidability(*memory.network, memory.avoid[k], member, everybody) : kNotObserved;
  }
}

/// Capacity in Tb/s whose loss would part two blocs, the countries of neither on either side.
void observe_minimum_cuts(const World& world, const NetworkMemory& memory, NetworkObservations& seen) {
  const std::size_t frameworks = world.frameworks();
  const std::vector<std::uint32_t>& bloc = world.derived.observed.bloc;
  std::vector<double> capacities(memory.network->link_count());
  for (std::size_t l = 0; l < capacities.size(); ++l) {
    const bool is_cut = world.derived.effects.cut_link[world.setting().links->order[l]] != 0;
    capacities[l] = is_cut ? 0.0 : capacity(world, l);
  }
  std::vector<bgl::Terminal> terminal(bloc.size());
  for (std::size_t a = 0; a < frameworks; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      if (std::find(bloc.begin(), bloc.end(), a + 1) == bloc.end()) continue;
      if (std::find(bloc.begin(), bloc.end(), b + 1) == bloc.end()) continue;
      for (std::size_t i = 0; i < bloc.size(); ++i) {
        terminal[i] = bloc[i] == a + 1   ? bgl::Terminal::kSource
                      : bloc[i] == b + 1 ? bgl::Terminal::kSink
                                         : bgl::Terminal::kEither;
      }
      const double value = bgl::minimum_cut(*memory.network, capacities, terminal).value;
      seen.minimum_cut_tbps[a * frameworks + b] = seen.minimum_cut_tbps[b * frameworks + a] = value;
    }
  }
}

}  // namespace

void observe_network(const World& world, NetworkMemory& memory, NetworkObservations& seen) {
  const std::size_t frameworks = world.frameworks();
  seen.minimum_cut_tbps.assign(frameworks * frameworks, kNotObserved);
  for (auto* series : {&seen.usable_components, &seen.usable_connectivity, &seen.usable_reach}) {
    series->resize(frameworks, kNotObserved);
  }
  if (!world.setting().demand) return;
  const std::uint64_t depends_on = world.derived.routing.depends_on;
  if (!memory.network || memory.depends_on != depends_on) {
    memory.network = ordered_network(world);
    memory.depends_on = depends_on;
    observe_links(world, *memory.network, seen);
    observe_filters(world, memory, seen);
  }
  observe_usable_reach(world, memory, seen);
  observe_minimum_cuts(world, memory, seen);
}

}  // namespace splinternet
