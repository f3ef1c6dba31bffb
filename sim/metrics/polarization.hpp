#pragma once

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

}  // namespace splinternet::metrics
