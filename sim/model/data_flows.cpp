#include "sim/model/data_flows.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/balance.hpp"
#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"

namespace splinternet {
namespace {

constexpr double kEarthRadiusKm = 6371.0;
constexpr double kRadiansPerDegree = 3.14159265358979323846 / 180.0;
constexpr double kTicksPerMs = 10000.0;  // of 0.1 µs

/// Users times GDP per head: the size of a country's digital economy (M15).
std::vector<double> digital_mass(const CountryTable& countries) {
  std::vector<double> mass(countries.size());
  for (std::size_t i = 0; i < mass.size(); ++i) {
    mass[i] = countries.internet_users_pct[i] / 100.0 * countries.gdp_busd[i];
  }
  return mass;
}

/// Shares of the world's demand in proportion to a power of size.
std::vector<double> totals_by_power(const std::vector<double>& mass, double exponent) {
  std::vector<double> totals(mass);
  double sum = 0.0;
  for (double& total : totals) {
    if (exponent != 1.0) total = math::pow(total, exponent);
    sum += total;
  }
  for (double& total : totals) total /= sum;
  return totals;
}

/// ln of a pair's mean latency against the baseline, both directions; 0 at home and where a direction has no path.
void compare_with_baseline(Derived& derived, std::size_t n) {
  std::vector<double> ratio(n * n, 1.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double now = derived.latency_ms[i * n + j] + derived.latency_ms[j * n + i];
      // Divided one by one, as latency_ms is: unchanged paths then give exactly 1.
      const double before = static_cast<double>(derived.routing.baseline_distance[i * n + j]) / kTicksPerMs +
                            static_cast<double>(derived.routing.baseline_distance[j * n + i]) / kTicksPerMs;
      const bool connected = derived.reach[i * n + j] > 0.0 && derived.reach[j * n + i] > 0.0 &&
                             derived.routing.baseline_distance[i * n + j] != kUnreachable && before > 0.0;
      ratio[i * n + j] = ratio[j * n + i] = connected ? now / before : 1.0;
    }
  }
  math::log(ratio, derived.log_latency);
}

void sum_transit(Derived& derived, std::size_t n, std::size_t class_count) {
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

}  // namespace

double distance_km(const CountryTable& countries, std::size_t a, std::size_t b) {
  if (a == b) return std::max(50.0, 120.0 * std::sqrt(countries.population_mn[a] / 10.0));
  const double lat_a = countries.latitude_deg[a] * kRadiansPerDegree;
  const double lat_b = countries.latitude_deg[b] * kRadiansPerDegree;
  const double half_dlat = (lat_b - lat_a) / 2.0;
  const double half_dlon = (countries.longitude_deg[b] - countries.longitude_deg[a]) * kRadiansPerDegree / 2.0;
  const double s = math::sin(half_dlat) * math::sin(half_dlat) +
                   math::cos(lat_a) * math::cos(lat_b) * math::sin(half_dlon) * math::sin(half_dlon);
  return 2.0 * kEarthRadiusKm * math::asin(std::min(1.0, std::sqrt(s)));
}

DemandSetting gravity_demand(const Scenario& scenario, const WorldTables& tables) {
  const std::size_t n = tables.countries.size();
  const ParameterValues& value = scenario.parameters;
  const std::vector<double> mass = digital_mass(tables.countries);
  double world_mass = 0.0;
  for (const double m : mass) world_mass += m;
  DemandSetting demand;
  demand.share.resize(n * n);
  for (std::size_t o = 0; o < n; ++o) {
    for (std::size_t d = 0; d < n; ++d) {
      const double distance = std::max(1.0, distance_km(tables.countries, o, d));
      const double language =
          o == d || tables.common_language[o * n + d] != 0 ? value(parameters::kDemandLanguage) : 0.0;
      demand.share[o * n + d] = math::pow(mass[o] / world_mass, value(parameters::kDemandOrigin)) *
                                math::pow(mass[d] / world_mass, value(parameters::kDemandDestination)) *
                                math::pow(distance, -value(parameters::kDemandDistance)) * math::exp(language);
    }
  }
  balance(demand.share, totals_by_power(mass, value(parameters::kDemandOrigin)),
          totals_by_power(mass, value(parameters::kDemandDestination)));
  demand.use_share.resize(n * n);
  for (std::size_t d = 0; d < n; ++d) {
    double use = 0.0;
    for (std::size_t o = 0; o < n; ++o) use += demand.share[o * n + d];
    for (std::size_t o = 0; o < n; ++o) demand.use_share[o * n + d] = demand.share[o * n + d] / use;
  }
  return demand;
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
    const std::uint32_t ticks = routing.classes[c].distance[place];
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

LinkSetting weigh_links(const Scenario& scenario, const WorldTables& tables) {
  const ParameterValues& value = scenario.parameters;
  LinkSetting links;
  links.rows = tables.links;
  for (const LinkRow& link : links.rows) {
    double us_per_km = value(parameters::kLatencyPerKm);
    if (link.kind == LinkKind::kSubmarine) us_per_km *= value(parameters::kCircuitySea);
    if (link.kind == LinkKind::kTerrestrial) us_per_km *= value(parameters::kCircuityLand);
    if (link.kind == LinkKind::kSatellite) us_per_km = value(parameters::kSatelliteLatencyPerKm);
    const double latency_us = link.length_km * us_per_km + value(parameters::kHopPenalty) * 1000.0;
    links.ends.push_back({link.a, link.b});
    links.weight.push_back(static_cast<std::uint32_t>(latency_us * 10.0 + 0.5));
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
  derived.log_latency.resize(n * n);
  derived.data_access.resize(n);
  parallel::for_each_range(n, 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t o = begin; o < end; ++o) {
      const std::span<double> share = std::span(derived.class_share).subspan(o * class_count, class_count);
      class_weights(world, std::span(derived.depth).subspan(o * world.frameworks(), world.frameworks()), share);
      for (std::size_t d = 0; d < n; ++d) {
        const PathMix mix = mix_paths(derived.routing, share, o, d);
        derived.reach[o * n + d] = mix.reach;
        derived.latency_ms[o * n + d] = mix.latency_ms;
      }
    }
  });
  compare_with_baseline(derived, n);
  sum_transit(derived, n, class_count);
  std::vector<double> restrictiveness(n);
  std::vector<double> reach(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t o = 0; o < n; ++o) {
      restrictiveness[o] = derived.restrictiveness[o * n + i];
      reach[o] = derived.reach[o * n + i];
    }
    derived.data_access[i] = data_access(world, i, restrictiveness, reach);
  }
}

}  // namespace splinternet
