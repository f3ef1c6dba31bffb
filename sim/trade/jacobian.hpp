#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/trade/hat_algebra.hpp"

namespace splinternet {

/// What the slopes of the clearing conditions depend on: a state of trade, in equilibrium or not.
struct ClearingPoint {
  Closure closure = Closure::kBalanced;
  std::span<const double> share;        ///< π'[s][exporter][importer]
  std::span<const double> flow;         ///< π' α_js E'_j as [s][exporter][importer], money
  std::span<const double> wage_bill;    ///< ŵ_i Y_i, money
  std::span<const double> expenditure;  ///< E'_j, money
};

/// Slopes of the clearing conditions gap_i = Σ_s Σ_j X'_ij − ŵ_i Y_i in log wages. Owns its buffers.
class ClearingJacobian {
 public:
  ClearingJacobian(std::size_t countries, std::size_t sectors);

  /// Computes ∂gap_i/∂ln w_k = Σ_s [θ_s (Σ_j π'_ij X'_kj − 1(i=k) Σ_j X'_ij) + X'_ik ∂ln E'_k/∂ln w_k] − 1(i=k) ŵ_i
  /// Y_i, and where deficits are multiplicative the effect of the common factor of expenditure; N×N, row-major, money.
  std::span<const double> compute(std::span<const double> elasticity, const ClearingPoint& point);

  /// Turns the slopes into a regular system: by Walras' law one condition follows from the others, and that of the
  /// country with the largest wage bill gives way to the numeraire, Σ ŵ_k Y_k Δln w_k = 0; rows are divided by
  /// ŵ_i Y_i, so that pivots compare like with like; and the diagonal of the others falls by 1e-12, which keeps the
  /// system regular where parts of the world hardly trade and their relative wages are free. Returns that country.
  std::size_t pin_numeraire(std::span<const double> wage_bill);

  /// What compute() or pin_numeraire() left, N×N, row-major.
  [[nodiscard]] std::span<const double> matrix() const { return matrix_; }

 private:
  void add_sector(double elasticity, const double* share, const double* flow, const ClearingPoint& point);
  void add_common_factor(const ClearingPoint& point);

  std::size_t countries_, sectors_;
  std::vector<double> matrix_, flow_by_importer_, product_;
  std::vector<double> sold_;  // [i]
};

}  // namespace splinternet
