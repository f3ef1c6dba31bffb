#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/trade/country_step.hpp"
#include "sim/trade/fixed_point.hpp"
#include "sim/trade/input_output_data.hpp"

namespace splinternet {

/// What changes against the baseline. Empty spans: no change.
struct InputOutputShock {
  std::span<const double> cost_factor;   ///< B[s][exporter][importer] = d̂^(−θ_s)·ψ̂ ≥ 0, tariffs not included
  std::span<const double> productivity;  ///< Â[exporter] > 0, common to all sectors
  std::span<const double> tariff;        ///< τ'[s][exporter][importer]: new levels > −1, 0 at home
  std::span<const double> deficit;       ///< D'[country]: new levels in units of world value added; sum to 0
};

/// A solved world. x̂ are ratios to the baseline, x' levels in its money, with world value added as the numeraire
/// (Σ ŵ_n w_nL_n = Σ w_nL_n).
struct InputOutputEquilibrium {
  std::vector<double> ln_wage;         ///< ln ŵ[n]
  std::vector<double> sector_price;    ///< P̂[s][n]; 1 where the country buys nothing of the sector
  std::vector<double> consumer_price;  ///< P̂c[n] = Π_s (P̂_n^s)^α
  std::vector<double> real_wage;       ///< ŵ[n]/P̂c[n]
  std::vector<double> real_income;     ///< Ŵ[n] = (I'_n/I_n)/P̂c: welfare
  std::vector<double> final_demand;    ///< I'[n] = ŵ_n w_nL_n + tariff revenue + D'_n
  std::vector<double> tariff_revenue;  ///< [n]
  std::vector<double> expenditure;     ///< X'[s][n]: purchases for final and input use, tariffs included
  std::vector<double> sales;           ///< [s][n]: received by sellers, tariffs not included
  std::vector<double> share;           ///< π'[s][exporter][importer]
  std::vector<double> flow;            ///< X'π'[s][exporter][importer], tariffs included
  double residual = 0.0;               ///< largest relative gap of all conditions
  int evaluations = 0;
  double acr_gap = 0.0;  ///< largest gap of the identity of real wages and home shares
};

/// Trade with inputs, tariffs and many sectors by exact hat algebra (Caliendo & Parro 2015, equations 10–14):
///   ĉ_n^j = ŵ_n^va Π_k (P̂_n^k)^γ / Â_n,  κ̂ = d̂ (1+τ')/(1+τ),
///   P̂_n^j = [Σ_i π_in κ̂_in^(−θ_j) (ĉ_i^j)^(−θ_j)]^(−1/θ_j),
///   X'_n^j = Σ_k γ_n^jk S'_n^k + α_n^j I'_n,  S'_n^k = Σ_i π'_ni X'_i^k/(1+τ'_ni),  Σ_j va_n^j S'_n^j = ŵ_n w_nL_n
/// with π_ni: seller n, buyer i. Wages, prices and purchases are solved for together in logs: Anderson mixing of steps
/// in which every country solves its own linearised conditions, all others held (without this nearly closed countries
/// take thousands of steps), then such steps alone if that fails. The solution is the one reached from the last
/// solution; with inputs and tariffs no general proof says it is unique.
/// The real wage obeys ln(ŵ_n/P̂c_n) = α_n'(I − Γ_n')⁻¹ [ln Â_n − ln(π̂_nn/B_nn)/θ] whatever the shock (Costinot &
/// Rodríguez-Clare 2014); every solve checks it, leaving out countries without home sales in a sector.
class InputOutputSolver {
 public:
  explicit InputOutputSolver(InputOutputBaseline baseline, FixedPointSettings settings = {.plain = 2000});

  /// The equilibrium under `shock`, until the next solve; evaluation of no change leaves ln ŵ = 0 exactly. Throws
  /// SolverError naming the country for a shock out of range, a country left without a seller it needs or without
  /// buyers, and if no equilibrium is found, with the course of the residual; InternalError if the identity is broken
  /// by more than 1e-9. After an error the next solve starts from the baseline.
  const InputOutputEquilibrium& solve(const InputOutputShock& shock);

  [[nodiscard]] const InputOutputBaseline& baseline() const { return baseline_; }
  /// The next solve starts from the baseline.
  void reset();

 private:
  /// Where in the vector of unknowns the three kinds begin: N wages, then S·N prices, then S·N purchases.
  [[nodiscard]] std::size_t prices_at() const { return baseline_.countries(); }
  [[nodiscard]] std::size_t purchases_at() const { return prices_at() + baseline_.sectors() * baseline_.countries(); }

  void set_shock(const InputOutputShock& shock);
  void set_pair(std::size_t pair, double factor, double tariff);
  void set_deficit(std::span<const double> deficit);
  double step(std::span<const double> x, std::span<double> f);
  void price_inputs(std::span<const double> x);
  void trade_sector(std::size_t sector, std::span<const double> x);
  bool gather(std::size_t country);
  void keep_world_wages(std::span<const double> x, std::span<double> f) const;
  void note(double gap, std::size_t country);
  [[noreturn]] void fail(const FixedPoint& found) const;
  void write();
  void write_sector(std::size_t sector);

  InputOutputBaseline baseline_;
  FixedPointSettings settings_;
  double world_wages_ = 0.0;
  std::vector<double> bought_;                      // π κ̂^(−θ) as [s][exporter][importer]
  std::vector<double> net_;                         // the same over 1+τ': what of it reaches the seller …
  std::vector<double> net_by_importer_;             // … and as [s][importer][exporter]
  std::vector<double> ln_productivity_, deficit_;   // [n]
  std::vector<double> x_;                           // the unknowns
  std::vector<double> cost_, market_;               // [s][n]: ĉ^(−θ), Σ π κ̂^(−θ) ĉ^(−θ)
  std::vector<double> purchases_, sales_;           // [s][n]: X', S'
  std::vector<double> price_gap_, sales_slope_;     // [s][n], as in CountryConditions
  std::vector<double> tariff_part_;                 // [s][n]
  std::vector<double> wage_, revenue_, income_;     // [n]
  std::vector<double> weight_, weight2_, squares_;  // [n], scratch
  CountryConditions conditions_;
  CountryStep country_step_;
  double residual_ = 0.0;
  std::size_t worst_country_ = 0;
  std::size_t bankrupt_ = 0;  // a country whose fixed surplus took all its income, on the way
  InputOutputEquilibrium equilibrium_;
};

}  // namespace splinternet
