#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/trade/equilibrium.hpp"
#include "sim/trade/hat_algebra.hpp"
#include "sim/trade/jacobian.hpp"
#include "sim/trade/panel_matrix.hpp"

namespace splinternet {

/// Of the term Σ_j X'_ij π'_ij of the slopes.
enum class SlopeTerms {
  kAll,
  kHome  ///< j = i only, at no cost: exact in the limit of small suppliers, else the slope is too steep
};

/// The market clearing conditions of one baseline and closure under a shock: what the world buys of each country,
/// Σ_s Σ_j X'_ij with X'_ij = π'_ij α_js E'_j, against its output Y'_i = Ŷ_i Y_i (Dekle, Eaton & Kortum 2008, with
/// labour mobile between the sectors of a country). With a supply elasticity ψ (Allen, Arkolakis & Takahashi 2020)
/// output rises with what it is worth in goods, Ŷ_i = p̂_i (p̂_i/P̂_i)^ψ; ψ = 0 is a fixed endowment, where p̂ is the wage
/// ŵ and output the wage bill. Owns its buffers; only compute_rates() and errors allocate.
class MarketClearing {
 public:
  explicit MarketClearing(TradeBaseline baseline, Closure closure, double supply_elasticity = 0.0);

  [[nodiscard]] const TradeBaseline& baseline() const { return baseline_; }

  /// Takes B and Â. Throws SolverError naming the countries if a B is negative or not finite or an Â not positive.
  void set_shock(const TradeShock& shock);

  /// Computes demand and gaps at log prices `ln_price` of what countries make (log wages where supply is fixed); false
  /// if a price or a demand is 0 or overflows.
  [[nodiscard]] bool evaluate(std::span<const double> ln_price);

  /// Computes slope() at the last evaluation.
  void find_slopes(SlopeTerms terms);

  /// max_i |demand_i/(ŵ_i Y_i) − 1| of the last evaluation, or the relative gap of the numeraire if that is larger.
  [[nodiscard]] double residual() const { return residual_; }
  /// The country with the largest gap at the last evaluation, or the first whose account is not positive and finite.
  [[nodiscard]] std::size_t worst_country() const;
  /// Σ_s Σ_j X'_ij − ŵ_i Y_i, money.
  [[nodiscard]] std::span<const double> gap() const { return gap_; }
  /// −∂gap_i/∂ln p_i with the common factor of expenditure held, money:
  /// Σ_s θ_s Σ_j X'_ij (1 − π'_ij) + Y'_i − Σ_s π'_ii α_is ∂E'_i/∂ln Y'_i, and where supply answers what a dearer good
  /// draws out, ψ (1 − Σ_s α_is π'_ii) Y'_i.
  [[nodiscard]] std::span<const double> slope() const { return slope_; }
  /// Y'_i, money.
  [[nodiscard]] std::span<const double> wage_bill() const { return wage_bill_; }

  /// Shifts log prices by a constant so that Σ Y'_i = Σ Y_i.
  void normalise(std::span<double> ln_price);
  /// Moves log prices, which are those of the last evaluation, by `scale`·`step` and by a constant so that
  /// Σ Y'_i = Σ Y_i up to the fourth order of the step.
  void move(std::span<double> ln_price, std::span<const double> step, double scale);

  /// Linearises the rates ln(demand_i/Y'_i) at the last evaluation: see ClearingJacobian::compute_rates.
  std::size_t compute_rates(ClearingJacobian& jacobian);

  /// Throws SolverError naming the first country that the shock leaves without anything to buy in a sector that it
  /// needs, or without any buyer; returns if there is none.
  void require_markets() const;

  /// Throws SolverError naming two countries if the shock has split the world into parts that do not trade and one of
  /// them has a fixed deficit or surplus that nobody in it balances; returns otherwise.
  void require_balance_apart() const;

  /// The country that spends nothing at the last evaluation, as fixed surpluses may have it; countries() if there is
  /// none.
  [[nodiscard]] std::size_t country_without_spending() const;

  /// Writes the arrays and the residual of the last evaluation, which was at `ln_price`, all but acr_gap.
  void write(std::span<const double> ln_price, TradeDetail detail, TradeEquilibrium& equilibrium);

 private:
  enum class MarketSums { kKnown, kFindFirst };

  void find_income(std::span<const double> ln_price);
  void find_ln_price_index();
  void spend();
  void apply_factors(std::span<const double> factor);
  void price_costs(std::span<const double> ln_price);
  void find_market(std::size_t sector, std::size_t panel);
  void find_markets();
  void find_budgets(std::size_t sector, std::size_t panel);
  void add_demand(std::size_t sector, MarketSums sums);
  void sum_squares(std::size_t sector, SlopeTerms terms);
  void add_slope(std::size_t sector, SlopeTerms terms);
  [[nodiscard]] double flow(std::size_t sector, std::size_t i, std::size_t j) const { return flow_[sector].at(i, j); }
  bool close();
  [[nodiscard]] double income_slope(std::size_t country) const;
  void write_shares(std::size_t sector, std::span<double> share, std::span<double> flow);
  void write_prices(std::size_t sector, TradeEquilibrium& equilibrium);
  void write_flows(TradeDetail detail, TradeEquilibrium& equilibrium);
  void write_totals(std::span<const double> ln_price, TradeEquilibrium& out) const;

  TradeBaseline baseline_;
  Closure closure_;
  double supply_elasticity_;
  double world_output_ = 0.0;
  double world_expenditure_ = 0.0;
  double residual_ = 0.0;
  std::vector<PanelMatrix> flow_;                   // X·B of each sector
  std::vector<double> ln_productivity_;             // [i]
  std::vector<double> income_, wage_bill_, spent_;  // [i]: Ŷ, ŶY, E'
  std::vector<double> cost_;                        // [s][i]: u = (p̂/Â)^(−θ)
  std::vector<double> market_;                      // [s][j]: Σ_i X_ij B_ij u_i; the j fill panels
  std::vector<double> per_market_;                  // [s][j]: what multiplies X·B·u in X'
  std::vector<double> per_market2_;                 // [j]: what multiplies (X·B·u)² in X'π'
  std::vector<double> sales_;                       // [s][i]: Σ_j X'_ij / u_i
  std::vector<double> demand_, gap_, slope_;        // [i]
  CacheLineVector lanes_;                           // running sums of rows
  std::vector<double> ln_price_index_, scratch_;    // [j]
};

}  // namespace splinternet
