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

  /// Linearises the rates F_i = ln(Σ_s Σ_j X'_ij / Y'_i) in log prices where supply answers them with the elasticity ψ,
  /// Ŷ_i = p̂_i (p̂_i/P̂_i)^ψ (0: in log wages): leaves −∂F_i/∂ln p_k in matrix(), N×N, but in the row of the country with
  /// the largest output, which follows from the others, the shares with which output moves with prices: their product
  /// with a step that keeps the numeraire Σ Y' is 0. Returns that country.
  std::size_t compute_rates(std::span<const double> elasticity, const ClearingPoint& point, double supply_elasticity);

  /// What the last of the above left, N×N, row-major.
  [[nodiscard]] std::span<const double> matrix() const { return matrix_; }

 private:
  void add_sector(double elasticity, const double* share, const double* flow, const ClearingPoint& point);
  void add_common_factor(const ClearingPoint& point);
  void add_parts(std::span<const double> elasticity, const ClearingPoint& point);
  void find_supply(const ClearingPoint& point, double supply_elasticity);

  std::size_t countries_, sectors_;
  std::vector<double> matrix_;                      // what follows from prices, then the whole
  std::vector<double> income_;                      // what follows from incomes, money
  std::vector<double> supply_;                      // ∂ln Y'_i/∂ln p_k
  std::vector<double> flow_by_importer_, product_;  // of one sector
  std::vector<double> sold_;                        // [i]
};

}  // namespace splinternet
