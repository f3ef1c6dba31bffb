#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

/// What routing policy does to reach and path length. Matrices are N×N, row = origin, column = destination, row-major;
/// all measures run over ordered pairs of *different* nodes (domestic traffic is never lost and has no length).
/// Distances are whole numbers in any unit. Each throws InternalError if sizes differ.
namespace splinternet::metrics {

/// Distance of a pair without a path.
inline constexpr std::uint32_t kNoPath = 0xffffffffU;

/// Share of demand whose pair has no path: 1 − Σ T·[d < ∞] / Σ T, in [0, 1]. 0 if there is no demand.
double reach_loss_by_demand(std::span<const double> demand, std::span<const std::uint32_t> distance, std::size_t nodes);

/// Share of ordered pairs without a path, in [0, 1]. 0 for fewer than two nodes.
double reach_loss_by_pair(std::span<const std::uint32_t> distance, std::size_t nodes);

/// Σ T·d / Σ T·d⁰ over pairs with a path now and in the baseline d⁰; ≥ 1 if policy only forbids. Falls when long pairs
/// are cut off, so always report it beside the reach loss. 1 if no such pair has demand and length.
double demand_weighted_stretch(std::span<const double> demand, std::span<const std::uint32_t> distance,
                               std::span<const std::uint32_t> baseline, std::size_t nodes);

/// Mean of d/d⁰ weighted by demand, Σ T·(d/d⁰) / Σ T, over the same pairs; those of baseline length 0 are left out.
/// Long pairs count no more than short ones, unlike in demand_weighted_stretch. 1 if no such pair has demand.
double mean_stretch(std::span<const double> demand, std::span<const std::uint32_t> distance,
                    std::span<const std::uint32_t> baseline, std::size_t nodes);

/// Largest d/d⁰ over pairs with a path now and in the baseline; pairs of baseline length 0 are left out. 1 if no pair
/// is left.
double largest_stretch(std::span<const std::uint32_t> distance, std::span<const std::uint32_t> baseline,
                       std::size_t nodes);

/// Global efficiency (Latora & Marchiori 2001): mean over ordered pairs of 1/d, 0 for a pair without a path, in 1/unit
/// of distance; d = 0 between different nodes counts as one unit, the resolution. 0 for fewer than two nodes.
double global_efficiency(std::span<const std::uint32_t> distance, std::size_t nodes);

/// Global efficiency now over that of the baseline, a pure number, exactly 1 for equal distances. 1 if the baseline's
/// is 0.
double efficiency_ratio(std::span<const std::uint32_t> distance, std::span<const std::uint32_t> baseline,
                        std::size_t nodes);

}  // namespace splinternet::metrics
