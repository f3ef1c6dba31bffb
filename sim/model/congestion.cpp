#include "sim/model/congestion.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/digest.hpp"
#include "sim/core/parallel.hpp"
#include "sim/graph/tree_search.hpp"
#include "sim/model/world.hpp"

namespace splinternet {
namespace {

constexpr double kTicksPerMs = 10000.0;  // of 0.1 µs

/// The links in both directions between nodes in order of codes, so that neither the order of the rows of countries nor
/// that of links matters to what is equal.
CongestedNetwork directed_network(const World& world) {
  const LinkSetting& links = *world.setting().links;
  const ParameterValues& value = world.scenario().parameters;
  const std::vector<std::uint32_t>& rank = world.setting().countries.rank;
  std::vector<CongestedLink> directed;
  for (const std::uint32_t row : links.order) {
    CongestedLink link;
    link.tail = std::min(rank[links.ends[row].a], rank[links.ends[row].b]);
    link.head = std::max(rank[links.ends[row].a], rank[links.ends[row].b]);
    link.free_time = static_cast<double>(links.weight[row]) / kTicksPerMs;
    link.capacity = links.rows[row].capacity_tbps;
    link.b = value(parameters::kCongestionRise);
    link.power = value(parameters::kCongestionPower);
    directed.push_back(link);
    std::swap(link.tail, link.head);
    directed.push_back(link);
  }
  return CongestedNetwork(world.countries(), std::move(directed));
}

/// [origin][destination] in order of codes from a matrix in order of rows.
template <class T, class Value>
std::vector<T> by_rank(const World& world, const Value& value) {
  const std::vector<std::uint32_t>& rank = world.setting().countries.rank;
  const std::size_t n = world.countries();
  std::vector<T> ranked(n * n);
  for (std::size_t o = 0; o < n; ++o) {
    for (std::size_t d = 0; d < n; ++d) ranked[rank[o] * n + rank[d]] = value(o, d);
  }
  return ranked;
}

AvoidSet directed(const World& world, const AvoidSet& avoid) {
  AvoidSet both;
  both.transit.assign(world.countries(), 0);
  for (std::size_t i = 0; i < avoid.transit.size(); ++i) {
    both.transit[world.setting().countries.rank[i]] = avoid.transit[i];
  }
  for (const std::uint8_t forbidden : avoid.link) both.link.insert(both.link.end(), 2, forbidden);
  return both;
}

/// All traffic as it was before any framework and event.
TrafficDemand baseline_traffic(const World& world) {
  const std::size_t n = world.countries();
  const double tbps = tbps_per_demand(world);
  const std::vector<double>& share = world.setting().demand->share;
  return {n, {{{}, by_rank<double>(world, [&](std::size_t o, std::size_t d) { return tbps * share[o * n + d]; })}}};
}

/// The traffic of every policy class in the shares that are kept now.
TrafficDemand traffic_now(const World& world) {
  const std::size_t n = world.countries();
  const double tbps = tbps_per_demand(world);
  const std::size_t classes = world.derived.routing.classes.size();
  TrafficDemand traffic{n, {}};
  for (std::size_t c = 0; c < classes; ++c) {
    const std::span<const double> asked = class_demand(world, c);
    traffic.classes.push_back({directed(world, avoid_set(world, world.derived.routing.filters, c)),
                               by_rank<double>(world, [&](std::size_t o, std::size_t d) {
                                 return tbps * world.derived.class_share[o * classes + c] * asked[o * n + d];
                               })});
  }
  return traffic;
}

/// Latency in 0.1 µs [origin][destination], by rows of countries, of the paths that are cheapest at `cost`.
std::vector<std::uint32_t> latencies(const World& world, const CongestedNetwork& network, const AvoidSet& avoid,
                                     std::span<const double> cost, std::span<const double> time_ms) {
  const std::size_t n = world.countries();
  const std::vector<std::uint32_t>& rank = world.setting().countries.rank;
  ArcsInto arcs(network, avoid);
  arcs.set_costs(cost);
  std::vector<std::uint32_t> ticks(n * n);
  parallel::for_each_range(n, 8, [&](std::size_t begin, std::size_t end) {
    TreeSearch search(n);
    std::vector<double> elapsed(n);
    for (std::size_t o = begin; o < end; ++o) {
      PathTree tree;
      search.run(arcs, rank[o], tree);
      std::fill(elapsed.begin(), elapsed.end(), std::numeric_limits<double>::infinity());
      elapsed[rank[o]] = 0.0;
      for (const std::uint32_t node : tree.order) {
        const std::uint32_t arc = tree.arc[node];
        if (arc != kNoArc) elapsed[node] = elapsed[arcs.tail(arc)] + time_ms[arcs.link(arc)];
      }
      for (std::size_t d = 0; d < n; ++d) {
        const double ms = elapsed[rank[d]];
        // An overloaded link may take any time; it still is a path.
        constexpr double kLongest = static_cast<double>(kUnreachable - 1);
        ticks[o * n + d] =
            std::isinf(ms) ? kUnreachable : static_cast<std::uint32_t>(std::min(kLongest, ms * kTicksPerMs + 0.5));
      }
    }
  });
  return ticks;
}

std::vector<double> times_ms(const CongestedNetwork& network, std::span<const double> flow) {
  std::vector<double> time(flow.size());
  LinkCosts(network, RoutingPrinciple::kUserEquilibrium).costs(flow, time);
  return time;
}

/// What flows in and does not end there, per country in order of rows, as a share of the world's demand.
std::vector<double> transit(const World& world, const CongestedNetwork& network, const TrafficDemand& traffic,
                            std::span<const double> flow_tbps) {
  const std::size_t n = world.countries();
  const double tbps = tbps_per_demand(world);
  std::vector<double> passing(n, 0.0);
  for (std::size_t a = 0; a < network.link_count(); ++a) passing[network.links()[a].head] += flow_tbps[a];
  std::vector<double> share(n, 0.0);
  for (std::size_t d = 0; d < n; ++d) {
    const std::uint32_t node = world.setting().countries.rank[d];
    for (std::size_t c = 0; c < traffic.classes.size(); ++c) {
      for (std::size_t o = 0; o < n; ++o) {
        if (o == d || world.derived.routing.classes[c].distance[o * n + d] == kUnreachable) continue;
        passing[node] -= traffic.classes[c].demand[world.setting().countries.rank[o] * n + node];
      }
    }
    // Nothing passes a country at the end of all its links; rounding must not make that negative.
    constexpr double kRounding = 1e-12;
    if (tbps > 0.0 && passing[node] > kRounding * tbps) share[d] = passing[node] / tbps;
  }
  return share;
}

AssignmentOptions options(const World& world) {
  const ParameterValues& value = world.scenario().parameters;
  AssignmentOptions options;
  options.principle = value.choice(parameters::kCongestion) == 2 ? RoutingPrinciple::kSystemOptimum
                                                                 : RoutingPrinciple::kUserEquilibrium;
  options.method = AssignmentMethod::kGradientProjection;  // keeps paths: restarts well
  options.stop.gap = value(parameters::kCongestionGap);
  return options;
}

std::uint64_t digest_of(const TrafficDemand& traffic) {
  Digest digest;
  for (const TrafficClass& one : traffic.classes) {
    digest.add(std::span<const double>(one.demand));
    digest.add(std::span<const std::uint8_t>(one.avoid.link));
    digest.add(std::span<const std::uint8_t>(one.avoid.transit));
  }
  return digest.value();
}

Assignment assign(const World& world, const CongestedNetwork& network, const TrafficDemand& traffic,
                  const Assignment* start) {
  try {
    return assign_traffic(network, traffic, options(world), start);
  } catch (const SolverError& error) {
    throw SolverError("step " + std::to_string(world.step) + ": congestion of data links: " + error.what());
  }
}

void take_baseline(World& world, const CongestedNetwork& network) {
  CongestedTraffic& congestion = world.derived.congestion;
  Assignment solved = assign(world, network, baseline_traffic(world), nullptr);
  world.derived.routing.congested_baseline = latencies(world, network, {}, solved.cost, times_ms(network, solved.flow));
  congestion.baseline = std::make_shared<const Assignment>(std::move(solved));
}

}  // namespace

bool is_congested(const World& world) {
  return world.scenario().parameters.choice(parameters::kCongestion) != 0;
}

double tbps_per_demand(const World& world) {
  const std::size_t n = world.countries();
  double abroad = 0.0;
  for (std::size_t o = 0; o < n; ++o) {
    for (std::size_t d = 0; d < n; ++d) abroad += o == d ? 0.0 : world.setting().demand->share[o * n + d];
  }
  return abroad > 0.0 ? world.scenario().parameters(parameters::kInternationalTraffic) / abroad : 0.0;
}

void update_congestion(World& world) {
  if (!is_congested(world)) return;
  CongestedTraffic& congestion = world.derived.congestion;
  const TrafficDemand traffic = traffic_now(world);
  const std::uint64_t depends_on = digest_of(traffic);
  if (congestion.baseline && congestion.depends_on == depends_on) return;
  const CongestedNetwork network = directed_network(world);
  if (!congestion.baseline) take_baseline(world, network);
  const Assignment solved = assign(world, network, traffic, congestion.baseline.get());
  const std::vector<double> time_ms = times_ms(network, solved.flow);
  std::vector<std::vector<std::uint32_t>>& latency = world.derived.routing.congested;
  latency.clear();
  for (const TrafficClass& one : traffic.classes) {
    latency.push_back(latencies(world, network, one.avoid, solved.cost, time_ms));
  }
  world.derived.routing.first_detour.clear();
  congestion.flow_tbps = solved.flow;
  congestion.transit_share = transit(world, network, traffic, solved.flow);
  congestion.gap = solved.gap();
  congestion.iterations = solved.iterations();
  congestion.depends_on = depends_on;
}

}  // namespace splinternet
