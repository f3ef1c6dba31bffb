#pragma once

#include <cstdint>
#include <span>

/// Polarization of a mass over groups. Masses are divided by their total; 0 if there is no mass.
namespace splinternet::metrics {

/// Esteban & Ray (1994): K·Σ_a Σ_b s_a^(1+α)·s_b·d_ab, α in (0, 1.6], with d the groups × groups row-major distances
/// (≥ 0, any unit). Throws InternalError if the sizes differ or α is outside its range.
double esteban_ray(std::span<const double> mass, std::span<const double> distance, double alpha, double scale = 1.0);

/// Esteban–Ray relative to two equal masses at `maximal_distance`, the most polarized world on a line:
/// ER / (maximal_distance·2·(1/2)^(2+α)), in [0, 1]. Only when three or more groups are all about equally far apart and
/// α < .71 could the ratio pass 1; it is cut there. `maximal_distance` > 0 is a fixed scale, so that values of several
/// steps and runs compare.
double relative_esteban_ray(std::span<const double> mass, std::span<const double> distance, double alpha,
                            double maximal_distance);

/// Reynal-Querol (2002): 4·Σ s²(1 − s), in [0, 1]; 1 for two equal groups. Knows no distance.
double reynal_querol(std::span<const double> mass);

/// Mean distance of the policies of two countries of one bloc and of two blocs.
struct PolicyDistance {
  double within = 0.0;
  double across = 0.0;
};

/// Σ w_i·w_j·|x_i − x_j| / Σ w_i·w_j over pairs of different countries of the same bloc (within) and of different blocs
/// (across), for positions x on one axis (UN ideal points, restrictiveness: distances keep that unit) and weights w ≥ 0
/// (empty = one each). 0 where there is no such pair with weight. Measured fragmentation depends on the choice of axis.
/// Throws InternalError if the sizes differ.
PolicyDistance policy_distance(std::span<const double> position, std::span<const std::uint32_t> bloc,
                               std::span<const double> weight = {});

}  // namespace splinternet::metrics
