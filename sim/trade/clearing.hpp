#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/trade/equilibrium.hpp"
#include "sim/trade/hat_algebra.hpp"
#include "sim/trade/jacobian.hpp"

namespace splinternet {

/// The market clearing conditions of one baseline and closure under a shock: what the world buys of each country,
/// Σ_s Σ_j X'_ij with X'_ij = π'_ij α_js E'_j, against its wage bill ŵ_i Y_i (Dekle, Eaton & Kortum 2008, with labour
/// mobile between the sectors of a country). Owns its buffers; only compute_jacobian() and errors allocate.
class MarketClearing {
 public:
  MarketClearing(TradeBaseline baseline, Closure closure);

  [[nodiscard]] const TradeBaseline& baseline() const { return baseline_; }

  /// Takes B and Â. Throws SolverError naming the countries if a B is negative or not finite or an Â not positive.
  void set_shock(const TradeShock& shock);

  /// Computes demand, gaps and slopes at log wages `ln_wage`; false if a price or a demand is 0 or overflows.
  [[nodiscard]] bool evaluate(std::span<const double> ln_wage);

  /// The same where the price of what a country makes and its income part, as when supply answers to prices: costs
  /// follow `ln_price`, the wage bill and what is spent follow `ln_income`. slope() is then that at an income that
  /// follows the price one for one.
  [[nodiscard]] bool evaluate(std::span<const double> ln_price, std::span<const double> ln_income);

  /// Writes ln P̂, the price index of each country over all sectors at the log wages (or prices) `ln_wage`; infinite
  /// where nothing can be bought. Undoes the last evaluation.
  void find_price_index(std::span<const double> ln_wage, std::span<double> ln_price_index);

  /// max_i |demand_i/(ŵ_i Y_i) − 1| of the last evaluation, or the relative gap of the numeraire if that is larger.
  [[nodiscard]] double residual() const { return residual_; }
  /// The country with the largest gap.
  [[nodiscard]] std::size_t worst_country() const { return worst_country_; }
  /// Σ_s Σ_j X'_ij − ŵ_i Y_i, money.
  [[nodiscard]] std::span<const double> gap() const { return gap_; }
  /// −∂gap_i/∂ln w_i with the common factor of expenditure held, money:
  /// Σ_s θ_s Σ_j X'_ij (1 − π'_ij) + ŵ_i Y_i − Σ_s π'_ii α_is ∂E'_i/∂ln w_i.
  [[nodiscard]] std::span<const double> slope() const { return slope_; }
  /// ŵ_i Y_i, money.
  [[nodiscard]] std::span<const double> wage_bill() const { return wage_bill_; }

  /// Shifts log wages by a constant so that Σ ŵ_i Y_i = Σ Y_i.
  void normalise(std::span<double> ln_wage);

  /// Computes ∂gap_i/∂ln w_k at the last evaluation.
  void compute_jacobian(ClearingJacobian& jacobian) const;

  /// Throws SolverError naming the first country that the shock leaves without anything to buy in a sector that it
  /// needs, or without any buyer; returns if there is none.
  void require_markets() const;

  /// Writes the arrays and the residual of the last evaluation, which was at `ln_wage`, and the largest gap of
  /// ŵ_j/P̂_j = Â_j Π_s (π'_jj/(λ_jj B_jj))^(−α_js/θ_s) (Arkolakis, Costinot & Rodríguez-Clare 2012). A country without
  /// home sales in a sector that it buys is left out of the latter: its home share is 0 before and after.
  void write(std::span<const double> ln_wage, TradeEquilibrium& equilibrium);

 private:
  void spend();
  void price_costs(std::size_t sector, std::span<const double> ln_wage);
  void add_sector(std::size_t sector);
  bool close();
  [[nodiscard]] double income_slope(std::size_t country) const;
  void write_shares(std::size_t sector, std::span<double> share, std::span<double> flow) const;
  void write_sector(std::size_t sector, TradeEquilibrium& equilibrium, std::span<double> ln_price) const;
  void write_totals(std::span<const double> ln_wage, std::span<const double> ln_price, TradeEquilibrium& out) const;
  [[nodiscard]] double acr_gap(std::span<const double> ln_wage, std::span<const double> ln_price,
                               const TradeEquilibrium& equilibrium) const;

  TradeBaseline baseline_;
  Closure closure_;
  double world_output_ = 0.0;
  double world_expenditure_ = 0.0;
  double residual_ = 0.0;
  std::size_t worst_country_ = 0;
  std::vector<double> flow_;                      // X·B as [s][i][j] …
  std::vector<double> flow_by_importer_;          // … and as [s][j][i]
  std::vector<double> ln_productivity_;           // [i]
  std::vector<double> wage_, wage_bill_, spent_;  // [i]: ŵ, ŵY, E'
  std::vector<double> cost_;                      // [s][i]: u = (ŵ/Â)^(−θ)
  std::vector<double> market_;                    // [s][j]: Σ_i X_ij B_ij u_i
  std::vector<double> demand_, gap_, slope_;      // [i]
  std::vector<double> per_market_, per_market2_;  // [j]: what multiplies X·B·u in X', (X·B·u)² in X'π'
  std::vector<double> sales_, squares_;           // [i]
  std::vector<double> ln_price_;                  // [j], scratch of write
};

}  // namespace splinternet
