#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

/// What routing policy does to reach and path length. Matrices are N×N, row = origin, column = destination, row-major;
/// all measures run over ordered pairs of *different* nodes (domestic traffic is never lost and has no length).
/// Each throws InternalError if sizes differ.
namespace splinternet::metrics {

/// Whole distance of a pair without a path.
inline constexpr std::uint32_t kNoPath = 0xffffffffU;

/// A view of distances in any unit: whole numbers, kNoPath without a path, or doubles ≥ 0, +∞ without a path.
class PathLengths {
 public:
  PathLengths() = default;
  template <class Lengths>
  requires std::convertible_to<const Lengths&, std::span<const std::uint32_t>> PathLengths(const Lengths& lengths)
      : whole_(lengths) {}  // NOLINT(google-explicit-constructor): a view
  template <class Lengths>
  requires std::convertible_to<const Lengths&, std::span<const double>> PathLengths(const Lengths& lengths)
      : real_(lengths) {}  // NOLINT(google-explicit-constructor): a view

  [[nodiscard]] std::size_t size() const { return whole_.size() + real_.size(); }
  /// +∞ without a path.
  [[nodiscard]] double operator[](std::size_t cell) const {
    if (whole_.empty()) return real_[cell];
    return whole_[cell] == kNoPath ? std::numeric_limits<double>::infinity() : static_cast<double>(whole_[cell]);
  }
  /// What a distance of 0 between different nodes counts as: one unit, the resolution of whole numbers.
  [[nodiscard]] double resolution() const { return whole_.empty() ? 0.0 : 1.0; }

 private:
  std::span<const std::uint32_t> whole_;
  std::span<const double> real_;
};

/// Share of demand whose pair has no path: 1 − Σ T·[d < ∞] / Σ T, in [0, 1]. 0 if there is no demand.
double reach_loss_by_demand(std::span<const double> demand, PathLengths distance, std::size_t nodes);

/// Share of ordered pairs without a path, in [0, 1]. 0 for fewer than two nodes.
double reach_loss_by_pair(PathLengths distance, std::size_t nodes);

/// Σ T·d / Σ T·d⁰ over pairs with a path now and in the baseline d⁰; ≥ 1 if policy only forbids. Falls when long pairs
/// are cut off, so always report it beside the reach loss. 1 if no such pair has demand and length.
double demand_weighted_stretch(std::span<const double> demand, PathLengths distance, PathLengths baseline,
                               std::size_t nodes);

/// Mean of d/d⁰ weighted by demand, Σ T·(d/d⁰) / Σ T, over the same pairs; those of baseline length 0 are left out.
/// Long pairs count no more than short ones, unlike in demand_weighted_stretch. 1 if no such pair has demand.
double mean_stretch(std::span<const double> demand, PathLengths distance, PathLengths baseline, std::size_t nodes);

/// Largest d/d⁰ over pairs with a path now and in the baseline; pairs of baseline length 0 are left out. 1 if no pair
/// is left.
double largest_stretch(PathLengths distance, PathLengths baseline, std::size_t nodes);

/// Global efficiency (Latora & Marchiori 2001): mean over ordered pairs of 1/d, 0 for a pair without a path, in 1/unit
/// of distance. d = 0 between different nodes counts as one unit, the resolution, in whole distances; among doubles it
/// makes the mean infinite. 0 for fewer than two nodes.
double global_efficiency(PathLengths distance, std::size_t nodes);

/// Global efficiency now over that of the baseline, a pure number, exactly 1 for equal distances. 1 if the baseline's
/// is 0.
double efficiency_ratio(PathLengths distance, PathLengths baseline, std::size_t nodes);

}  // namespace splinternet::metrics
