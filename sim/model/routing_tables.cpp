#include "sim/model/routing_tables.hpp"

#include <algorithm>

#include "sim/core/digest.hpp"
#include "sim/core/parallel.hpp"
#include "sim/graph/routing.hpp"
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

/// What the frameworks of a class forbid together; links that are cut are forbidden to all.
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

RoutingTables::Class solve_class(const World& world, const Network& network, const AvoidSet& avoid) {
  const std::size_t n = world.countries();
  const std::size_t link_count = network.link_count();
  const RoutingIndex index(network, avoid, world.setting().countries.rank);
  RoutingTables::Class solved;
  solved.distance.resize(n * n);
  solved.transit.assign(n * n, 0.0);
  solved.link_load.assign(n * link_count, 0.0);
  solved.lost.assign(n, 0.0);
  parallel::for_each_range(n, 8, [&](std::size_t begin, std::size_t end) {
    RoutingQuery query(n);
    for (std::size_t o = begin; o < end; ++o) {
      query.run(index, static_cast<std::uint32_t>(o));
      std::copy(query.distance().begin(), query.distance().end(), solved.distance.begin() + static_cast<long>(o * n));
      solved.lost[o] = query.accumulate_transit(std::span(world.setting().demand->share).subspan(o * n, n),
                                                std::span(solved.transit).subspan(o * n, n),
                                                std::span(solved.link_load).subspan(o * link_count, link_count));
    }
  });
  return solved;
}

std::uint64_t digest_of_filters(const World& world) {
  Digest digest;
  digest.add(std::span<const std::uint8_t>(world.derived.effects.cut_link));
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    digest.add(std::uint64_t{strength(world, Provision::kCleanCarrier, k) > 0.0});
    digest.add(std::uint64_t{strength(world, Provision::kCleanCable, k) > 0.0});
  }
  return digest.value();
}

}  // namespace

void update_routing_tables(const World& world, RoutingTables& tables) {
  const std::uint64_t depends_on = digest_of_filters(world);
  if (!tables.classes.empty() && tables.depends_on == depends_on) return;
  tables.depends_on = depends_on;
  const Network network = ordered_network(world);
  tables.filters.clear();
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (world.derived.strengths[k].link_filter > 0.0) tables.filters.push_back(static_cast<std::uint32_t>(k));
  }
  if (tables.baseline_distance.empty()) {
    tables.baseline_distance = solve_class(world, network, AvoidSet{}).distance;
  }
  tables.classes.clear();
  for (std::size_t c = 0; c < (std::size_t{1} << tables.filters.size()); ++c) {
    tables.classes.push_back(solve_class(world, network, avoid_set(world, tables.filters, c)));
  }
}

void class_weights(const World& world, std::span<const double> depth, std::span<double> weights) {
  const RoutingTables& tables = world.derived.routing;
  for (std::size_t c = 0; c < weights.size(); ++c) {
    double weight = 1.0;
    for (std::size_t f = 0; f < tables.filters.size(); ++f) {
      const std::size_t k = tables.filters[f];
      const double keeps = depth[k] * world.derived.strengths[k].link_filter;
      weight *= ((c >> f) & 1U) != 0 ? keeps : 1.0 - keeps;
    }
    weights[c] = weight;
  }
}

}  // namespace splinternet
