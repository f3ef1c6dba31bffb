#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kLatencyPerKm =
    at_set_up(real("data.latency_us_per_km", "us per km", 4.9, {1, 20}, {4.9, 5.0}, "light in fibre, one way",
                   "[M] refractive index 1.468"));
inline constexpr Parameter kCircuitySea = at_set_up(real("data.circuity_submarine", "1", 1.10, {1, 3}, {1.05, 1.15},
                                                         "route length over table length of submarine links", "[M]"));
inline constexpr Parameter kCircuityLand = at_set_up(real("data.circuity_terrestrial", "1", 1.35, {1, 3}, {1.2, 1.5},
                                                          "route length over table length of land links", "[M]"));
inline constexpr Parameter kSatelliteLatencyPerKm = at_set_up(real(
    "data.satellite_latency_us_per_km", "us per km", 3.336, {1, 20}, {3.336, 3.336}, "light in free space", "[D] 1/c"));
inline constexpr Parameter kHopPenalty = at_set_up(
    real("data.link_penalty_ms", "ms", 0.5, {0, 100}, {0, 2}, "handling at each border, added to every link", "[J]"));

inline constexpr const Parameter* kDataRows[] = {&kLatencyPerKm, &kCircuitySea, &kCircuityLand, &kSatelliteLatencyPerKm,
                                                 &kHopPenalty};

}  // namespace parameters

/// The links with their weights in 0.1 µs. Throws DataError at the length of a link so long that the latency of a path
/// through all countries could not be counted.
LinkSetting weigh_links(const Scenario& scenario, const WorldTables& tables);

/// What becomes of the traffic of one origin with one destination when each policy class takes its share.
struct PathMix {
  double reach;       ///< share of the traffic that has a path, 0–1; exactly 1 if every class in use has one
  double latency_ms;  ///< mean over that share, 0 without any; exactly that of the path if all classes take the same
};
PathMix mix_paths(const RoutingTables& routing, std::span<const double> class_share, std::size_t origin,
                  std::size_t destination);

/// Latency of a pair, both directions added, over the paths before any framework and event; 0 without them.
double baseline_latency_ms(const RoutingTables& routing, std::size_t a, std::size_t b);

/// Demand for data now, [origin][destination] or [user][host], and what becomes of it.
struct DemandNow {
  std::span<const double> share;       ///< of the world's demand
  std::span<const double> reach;       ///< share of the pair's demand that a path serves, 0–1
  std::span<const double> latency_ms;  ///< mean over what is served, 0 without any
};
DemandNow demand_now(const World& world);

/// Phase 6: routes the demand of every origin over the paths that its policy class allows: reach, latency, transit and
/// data access. Path tables are computed anew only if links or link filters have changed.
void route_data(World& world);

/// Data access of country i (M15c): Σ_o (share of o in i's data use)·(1 − R_oi)·(share of it that has a path), i's own
/// data included at R = 0. `restrictiveness` and `reach` are the country's column: one entry per origin.
double data_access(const World& world, std::size_t i, std::span<const double> restrictiveness,
                   std::span<const double> reach);

}  // namespace splinternet
