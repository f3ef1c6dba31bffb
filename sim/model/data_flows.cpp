#include "sim/model/data_flows.hpp"

#include <algorithm>
#include <cstdint>
#include <string>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/number_text.hpp"
#include "sim/core/parallel.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

constexpr double kTicksPerUs = 10.0;
constexpr double kTicksPerMs = 1000.0 * kTicksPerUs;

/// Mean latency of pairs, both directions, and its ln against the baseline; 0 at home and where a direction has no
/// path.
void compare_with_baseline(Derived& derived, std::size_t n) {
  std::vector<double> ratio(n * n, 1.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const bool paths = derived.reach[i * n + j] > 0.0 && derived.reach[j * n + i] > 0.0;
      const double now = paths ? derived.latency_ms[i * n + j] + derived.latency_ms[j * n + i] : 0.0;
      const double before = baseline_latency_ms(derived.routing, i, j);
      derived.pair_latency_ms[i * n + j] = derived.pair_latency_ms[j * n + i] = now;
      ratio[i * n + j] = ratio[j * n + i] = now > 0.0 && before > 0.0 ? now / before : 1.0;
    }
  }
  math::log(ratio, derived.log_latency);
}

/// Latency of the pairs that detours are of, side by side.
void list_detour_pairs(Derived& derived, std::size_t n) {
  const RoutingTables& routing = derived.routing;
  derived.detour_pair.resize(routing.detour.size());
  for (std::size_t o = 0; o < n; ++o) {
    for (std::size_t m = routing.first_detour[o]; m < routing.first_detour[o + 1]; ++m) {
      const double pair = kTicksPerMs * derived.pair_latency_ms[o * n + routing.detour[m]];
      derived.detour_pair[m] = pair > 0.0 ? pair : Derived::kNoWayBack;
    }
  }
}

void sum_transit(Derived& derived, std::size_t n, std::size_t class_count) {
  if (!derived.congestion.transit_share.empty()) {
    derived.transit_share = derived.congestion.transit_share;
    return;
  }
  derived.transit_share.assign(n, 0.0);
  for (std::size_t o = 0; o < n; ++o) {
    for (std::size_t c = 0; c < class_count; ++c) {
      const double share = derived.class_share[o * class_count + c];
      if (share == 0.0) continue;
      const double* transit = &derived.routing.classes[c].transit[o * n];
      for (std::size_t v = 0; v < n; ++v) derived.transit_share[v] += share * transit[v];
    }
  }
}

double latency_us_per_km(const ParameterValues& value, LinkKind kind) {
  if (kind == LinkKind::kSatellite) return value(parameters::kSatelliteLatencyPerKm);
  const bool at_sea = kind == LinkKind::kSubmarine;
  return value(parameters::kLatencyPerKm) * value(at_sea ? parameters::kCircuitySea : parameters::kCircuityLand);
}

[[noreturn]] void fail_length(const LinkRow& link, double most_km, std::size_t countries) {
  throw DataError(
      message_of({link.place.empty() ? "links" : link.place, "",
                  "column \"length_km\": link " + link.id + " is " + number_text(link.length_km) + " km long",
                  "at most " + std::to_string(static_cast<std::int64_t>(most_km)) + " km here: paths through all " +
                      std::to_string(countries) + " countries must take less than " +
                      number_text(kUnreachable / kTicksPerMs / 1000.0) + " s",
                  "correct the length, in kilometres, or the latencies below data of the scenario"}));
}

/// What is asked of each host now: policy classes differ in the hosts that they use. `share` has one entry per class.
void sum_demand(World& world, std::size_t user, std::span<const double> share, std::span<double> mixed) {
  const std::size_t n = world.countries();
  Derived& derived = world.derived;
  for (std::size_t host = 0; host < n; ++host) {
    const std::size_t place = user * n + host;
    double total = 0.0;
    for (std::size_t c = 0; c < share.size(); ++c) {
      mixed[c] = share[c] * class_demand(world, c)[place];
      total += mixed[c];
    }
    derived.demand[place] = total;
    for (double& part : mixed) part = total > 0.0 ? part / total : 0.0;
    const PathMix mix = mix_paths(derived.routing, total > 0.0 ? mixed : share, user, host);
    derived.demand_reach[place] = mix.reach;
    derived.demand_latency_ms[place] = mix.latency_ms;
  }
}

/// Reach and latency of every pair, and of demand where hosts may be left.
void mix_all_paths(World& world) {
  const std::size_t n = world.countries();
  Derived& derived = world.derived;
  const std::size_t class_count = derived.routing.classes.size();
  parallel::for_each_range(n, 16, [&](std::size_t begin, std::size_t end) {
    std::vector<double> mixed(class_count);
    for (std::size_t o = begin; o < end; ++o) {
      const std::span<const double> share = std::span(derived.class_share).subspan(o * class_count, class_count);
      for (std::size_t d = 0; d < n; ++d) {
        const PathMix mix = mix_paths(derived.routing, share, o, d);
        derived.reach[o * n + d] = mix.reach;
        derived.latency_ms[o * n + d] = mix.latency_ms;
      }
      if (!derived.demand.empty()) sum_demand(world, o, share, mixed);
    }
  });
}

void update_data_access(World& world) {
  const std::size_t n = world.countries();
  Derived& derived = world.derived;
  std::vector<double> restrictiveness(n);
  std::vector<double> reach(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t o = 0; o < n; ++o) {
      restrictiveness[o] = derived.restrictiveness[o * n + i];
      reach[o] = derived.reach[world.setting().demand->place_of_use(o, i, n)];
    }
    derived.data_access[i] = data_access(world, i, restrictiveness, reach);
    for (std::size_t o = 0; o < n; ++o) {
      const double served = world.setting().demand->use_share[o * n + i] * reach[o];
      derived.served_use[i * n + o] = served;
      derived.served_use_single[i * n + o] = static_cast<float>(served);
    }
  }
}

}  // namespace

DemandNow demand_now(const World& world) {
  const Derived& derived = world.derived;
  if (derived.demand.empty()) return {world.setting().demand->share, derived.reach, derived.latency_ms};
  return {derived.demand, derived.demand_reach, derived.demand_latency_ms};
}

PathMix mix_paths(const RoutingTables& routing, std::span<const double> class_share, std::size_t origin,
                  std::size_t destination) {
  const std::size_t place = origin * routing.classes[0].lost.size() + destination;
  double served = 0.0;
  double lost = 0.0;
  double first = 0.0;
  double excess = 0.0;
  for (std::size_t c = 0; c < class_share.size(); ++c) {
    const double share = class_share[c];
    if (share == 0.0) continue;
    const std::uint32_t ticks = routing.latency(c)[place];
    if (ticks == kUnreachable) {
      lost += share;
      continue;
    }
    // Summed as a difference to the first path: equal paths then mix to exactly that path, whatever their shares.
    if (served == 0.0) first = static_cast<double>(ticks);
    served += share;
    excess += share * (static_cast<double>(ticks) - first);
  }
  if (served == 0.0) return {0.0, 0.0};
  return {std::max(0.0, 1.0 - lost), (first + excess / served) / kTicksPerMs};
}

double baseline_latency_ms(const RoutingTables& routing, std::size_t a, std::size_t b) {
  const std::size_t n = routing.classes[0].lost.size();
  const std::uint32_t there = routing.baseline_latency()[a * n + b], back = routing.baseline_latency()[b * n + a];
  if (there == kUnreachable || back == kUnreachable) return 0.0;
  // Divided one by one, as latency_ms is: the pair's latency over paths that are the same is then exactly this.
  return static_cast<double>(there) / kTicksPerMs + static_cast<double>(back) / kTicksPerMs;
}

LinkSetting weigh_links(const Scenario& scenario, const WorldTables& tables) {
  const ParameterValues& value = scenario.parameters;
  const std::size_t n = tables.countries.size();
  const double most_ticks = (kUnreachable - 1) / static_cast<double>(n - 1);  // a path has n − 1 links at most
  const double penalty_us = value(parameters::kHopPenalty) * 1000.0;
  LinkSetting links;
  links.rows = tables.links;
  for (const LinkRow& link : links.rows) {
    const double us_per_km = latency_us_per_km(value, link.kind);
    const double ticks = (link.length_km * us_per_km + penalty_us) * kTicksPerUs + 0.5;
    if (!(ticks <= most_ticks)) fail_length(link, (most_ticks / kTicksPerUs - penalty_us) / us_per_km, n);
    links.ends.push_back({link.a, link.b});
    links.weight.push_back(static_cast<std::uint32_t>(ticks));
  }
  links.order.resize(links.rows.size());
  for (std::size_t l = 0; l < links.order.size(); ++l) links.order[l] = static_cast<std::uint32_t>(l);
  std::sort(links.order.begin(), links.order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return links.rows[a].id < links.rows[b].id; });
  return links;
}

double data_access(const World& world, std::size_t i, std::span<const double> restrictiveness,
                   std::span<const double> reach) {
  const std::size_t n = world.countries();
  const std::vector<double>& use_share = world.setting().demand->use_share;
  return parallel::sum(n, [&](std::size_t begin, std::size_t end) {
    double access = 0.0;
    for (std::size_t o = begin; o < end; ++o) access += use_share[o * n + i] * (1.0 - restrictiveness[o]) * reach[o];
    return access;
  });
}

void route_data(World& world) {
  const std::size_t n = world.countries();
  Derived& derived = world.derived;
  update_routing_tables(world, derived.routing);
  const std::size_t class_count = derived.routing.classes.size();
  derived.class_share.resize(n * class_count);
  derived.reach.resize(n * n);
  derived.latency_ms.resize(n * n);
  derived.pair_latency_ms.resize(n * n);
  derived.log_latency.resize(n * n);
  derived.data_access.resize(n);
  derived.served_use.resize(n * n);
  derived.served_use_single.resize(n * n);
  const bool hosted = world.setting().demand->rows == DemandRows::kUsers;
  for (auto* matrix : {&derived.demand, &derived.demand_reach, &derived.demand_latency_ms}) {
    matrix->resize(hosted ? n * n : 0);
  }
  const std::vector<double> strengths = filter_strengths(world);
  for (std::size_t o = 0; o < n; ++o) {
    class_weights(derived.routing, strengths,
                  std::span(derived.depth).subspan(o * world.frameworks(), world.frameworks()),
                  std::span(derived.class_share).subspan(o * class_count, class_count));
  }
  update_congestion(world);
  if (derived.routing.first_detour.empty()) list_detours(derived.routing);
  mix_all_paths(world);
  compare_with_baseline(derived, n);
  list_detour_pairs(derived, n);
  sum_transit(derived, n, class_count);
  update_data_access(world);
}

}  // namespace splinternet
