#pragma once

#include <span>
#include <vector>

#include "sim/trade/hat_algebra.hpp"

namespace splinternet {

/// What changes against the baseline. Empty spans stand for "no change" (all ones).
struct TradeShock {
  /// B[s][exporter][importer] = τ̂^(−θ_s)·ψ̂ ≥ 0 (iceberg costs and trust); 0 forbids the trade.
  std::span<const double> cost_factor;
  /// Â[exporter] > 0, common to all sectors.
  std::span<const double> productivity;
};

/// What a solution holds beside wages, prices, incomes and home shares.
enum class TradeDetail {
  kTotals,  ///< nothing: share, flow and demand_slope stay empty
  kFlows    ///< them too
};

/// A solved world. x̂ are ratios to the baseline, x' levels in its money, with world output as the numeraire
/// (Σ ŵ_i Y_i = Σ Y_i).
struct TradeEquilibrium {
  Closure closure = Closure::kBalanced;
  std::vector<double> ln_wage;             ///< ln ŵ[i]
  std::vector<double> price_index;         ///< P̂[j], over sectors
  std::vector<double> real_income;         ///< Ŵ[j] = (E'_j/E_j)/P̂_j: welfare
  std::vector<double> real_wage;           ///< ŵ[j]/P̂[j]
  std::vector<double> output;              ///< Y'[i] = ŵ_i Y_i
  std::vector<double> expenditure;         ///< E'[j]
  std::vector<double> sector_price_index;  ///< [s][j]; 1 where the country buys nothing of the sector
  std::vector<double> home_share;          ///< π'[s][j]: what a country buys of itself in a sector
  std::vector<double> share;               ///< π'[s][exporter][importer]
  std::vector<double> flow;                ///< X'[s][exporter][importer]
  std::vector<double> demand_slope;  ///< −∂(Σ_s Σ_j X'_ij − Y'_i)/∂ln w_i ≥ 0: diagonal of the Jacobian, money
  double residual = 0.0;             ///< max_i |Σ_s Σ_j X'_ij / Y'_i − 1|
  int iterations = 0;                ///< evaluations of the clearing conditions after the first
  bool newton_used = false;          ///< whether the iteration had to fall back on Newton's method
  double acr_gap = 0.0;              ///< largest relative gap of the ACR identity
};

}  // namespace splinternet
