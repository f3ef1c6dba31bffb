#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kDataCostServices =
    real("policy.data_cost_services", "1", 0.054, {0, 5}, {0.03, 0.14},
         "ln τ in services per unit of a pair's restrictiveness: κ_s",
         "[C] analysis/calibration: OECD & WTO 2025, data autarky, real exports -8.45 %");
inline constexpr Parameter kDataCostGoods =
    real("policy.data_cost_goods", "1", 0.0054, {0, 5}, {0.002, 0.02},
         "ln τ in goods per unit of a pair's restrictiveness: κ_g", "[J] a tenth of κ_s; .05 to .2 of it plausible");
inline constexpr Parameter kIdeaDiffusion =
    real("policy.idea_diffusion", "1", 0.1165, {0, 2}, {0.085, 0.16},
         "ln A per unit of data access, domestic use counted: φ",
         "[C] analysis/calibration: OECD & WTO 2025, data autarky, real GDP -4.53 %");
inline constexpr Parameter kLatencyCostServices = real("policy.latency_cost_services", "1", 0.02, {0, 5}, {0, 0.1},
                                                       "ln τ in services per ln latency: λ_s", "[J] no source");
inline constexpr Parameter kLatencyCostGoods =
    real("policy.latency_cost_goods", "1", 0.0, {0, 5}, {0, 0.02}, "ln τ in goods per ln latency: λ_g", "[J]");
inline constexpr Parameter kTrust = real("policy.trust", "1", 0.10, {0, 5}, {0, 0.3},
                                         "ln ψ in services between members at full credibility, strength and depth: η",
                                         "[S] sign only: Ferracane & van der Marel 2021");
inline constexpr Parameter kRecognition =
    real("policy.recognition", "1", 0.15, {0, 1}, {0.1, 0.3},
         "fall of restrictiveness between members by mutual_recognition at strength 1",
         "[S] EU adequacy, digital trade +7 to 9 % (Ferracane et al. 2026): analysis/calibration gives +6 %");
inline constexpr Parameter kLocalLawCost =
    real("policy.local_law", "1", 0.02, {0, 1}, {0, 0.1},
         "restrictiveness towards non-members by local_law at strength 1", "[J]");
inline constexpr Parameter kPhaseInMonths = real(
    "policy.phase_in_months", "months", 12, {1, 240}, {6, 36},
    "time in which trade conditions close 63 % of the gap to their target: the trade block is a long-run equilibrium",
    "[J]");
inline constexpr Parameter kPairRule =
    option("policy.pair_rule", "both_sides|maximum",
           "restrictiveness of a pair: 1 - (1 - r_ij)(1 - r_ji), or the larger of the two", "[D] MODEL.md (M15b)");

inline constexpr const Parameter* kPolicyRows[] = {
    &kDataCostServices, &kDataCostGoods, &kIdeaDiffusion, &kLatencyCostServices,
    &kLatencyCostGoods, &kTrust,         &kRecognition,   &kLocalLawCost,
    &kPhaseInMonths,    &kPairRule};

}  // namespace parameters

/// One entry per framework; recomputed every step, since strengths and credibility move.
std::vector<BindingStrengths> binding_strengths(const World& world);

/// What frameworks add to how a country at depths [framework] of its own treats the data of each j, at those that bind
/// on j now: Σ_k d_ik·(exclusions of j − recognition + local law). Exclusions between members of one framework are
/// shielded by its evidence_based.
void rules_towards(const World& world, std::span<const double> depth, std::span<double> out);

/// What frameworks add to how each j, at the depths that bind on it now, treats the data of a country that would be at
/// these depths and is an untrusted home to the frameworks `untrusted`.
void rules_by(const World& world, std::span<const double> depth, FrameworkSet untrusted, std::span<double> out);

/// r⁰_i with the events in force.
double home_rules(const World& world, std::size_t i);

/// r_ij = clip(r⁰_i + rules_towards_j + shifts of the pair, 0, 1): how i treats the data of each j. The entry of i
/// itself means nothing.
void restrictiveness_towards(const World& world, std::size_t i, std::span<const double> depth_i, std::span<double> out);

/// R_ij of a pair from how the two sides treat each other: 1 − (1 − r_ij)(1 − r_ji), or the maximum by `pair_rule`.
inline double pair_restrictiveness(const PolicyCosts& costs, double r_ij, double r_ji) {
  return costs.pair_maximum ? std::max(r_ij, r_ji) : 1.0 - (1.0 - r_ij) * (1.0 - r_ji);
}

/// Phase 5: from memberships, depth and events to the depths that bind and the restrictiveness of every pair. Reads
/// nothing else, so it may be called at any time (start, checkpoint).
void apply_policy(World& world);

}  // namespace splinternet
