#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace splinternet::metrics {

/// Theil's T and its exact decomposition by groups: total = between + within up to rounding.
struct Theil {
  double total = 0.0;
  double between = 0.0;
  double within = 0.0;
};

/// Theil (1967) index of `value` (≥ 0, e.g. income per head) with population weights `weight` (≥ 0):
/// T = Σ p_i·(y_i/μ)·ln(y_i/μ), p the weight shares and μ = Σ p·y, in [0, ln(1/min p)]; y = 0 adds its limit 0.
/// between = Σ_g p_g·(μ_g/μ)·ln(μ_g/μ); within = Σ_g p_g·(μ_g/μ)·T_g. `group` holds labels in [0, group_count).
/// All 0 if there is no weight or no value. Throws InternalError if sizes differ or a label is out of range.
Theil theil(std::span<const double> value, std::span<const double> weight, std::span<const std::uint32_t> group,
            std::size_t group_count);

}  // namespace splinternet::metrics
