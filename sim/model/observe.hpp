#pragma once

#include "sim/model/metrics_steps.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kWeightDecouplingData = real("metrics.weight_decoupling_data", "1", 0.25, {0, 1}, {0, 1},
                                                        "weight of decoupling of data in the splinternet index", "[J]");
inline constexpr Parameter kWeightDecouplingTrade =
    real("metrics.weight_decoupling_trade", "1", 0.25, {0, 1}, {0, 1},
         "weight of decoupling of trade in the splinternet index", "[J]");
inline constexpr Parameter kWeightReachLoss = real("metrics.weight_reach_loss", "1", 0.25, {0, 1}, {0, 1},
                                                   "weight of reach loss in the splinternet index", "[J]");
inline constexpr Parameter kWeightPolarization = real("metrics.weight_polarization", "1", 0.25, {0, 1}, {0, 1},
                                                      "weight of polarization in the splinternet index", "[J]");
inline constexpr Parameter kPolarizationAlpha =
    real("metrics.polarization_alpha", "1", 1.3, {0.01, 1.6}, {1, 1.6}, "exponent α of Esteban-Ray polarization",
         "[S] Esteban & Ray 1994");

inline constexpr const Parameter* kMetricRows[] = {&kWeightDecouplingData, &kWeightDecouplingTrade, &kWeightReachLoss,
                                                   &kWeightPolarization,   &kPolarizationAlpha,     &kMetricsEvery};

}  // namespace parameters

/// Phase 9: measures the world into Derived::observed.
void observe(World& world);

/// The bloc of each country: 0 unaligned, 1 + k for a member of framework k (a signature counts before a listing, then
/// the first in order).
std::vector<std::uint32_t> bloc_labels(const World& world);

}  // namespace splinternet
