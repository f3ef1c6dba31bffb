#pragma once

#include <span>
#include <vector>

#include "sim/trade/anderson.hpp"
#include "sim/trade/clearing.hpp"
#include "sim/trade/equilibrium.hpp"
#include "sim/trade/hat_algebra.hpp"

namespace splinternet {

struct TradeSolverSettings {
  double supply_elasticity = 0.0;  ///< ψ ≥ 0: 0 is a fixed endowment of labour
  double tolerance = 1e-12;        ///< on the residual: largest relative gap between a country's sales and its output
  int max_iterations = 300;        ///< of the first method
  int newton_iterations = 80;      ///< of each of the fallback's two starts
};

/// Solves the general equilibrium of trade for one shock after another, from the last solution: Jacobi-scaled,
/// step-capped Anderson mixing of log wages, then pseudo-transient Newton steps if that fails. Solutions are unique up
/// to the numeraire (Alvarez & Lucas 2007) unless the shock splits the world into parts that do not trade, when the
/// wages of one part relative to another stay near where they were and no real quantity depends on them. Where a shock
/// leaves a country imports but no exports, balanced trade has its solution in the limit only: the wage falls until
/// what it imports is below the tolerance, and real income is that of autarky.
///
/// With a supply elasticity ψ > 0 this is universal gravity (Allen, Arkolakis & Takahashi 2020): a country's output
/// rises with what it is worth in goods, as with labour that can stay idle, move in, or inputs,
///   Ŷ_i = p̂_i (p̂_i/P̂_i)^ψ,  Σ_s Σ_j π'_ij α_js E'_j = Ŷ_i Y_i;
/// then ln_wage is ln p̂, real_wage p̂/P̂, and where trade is balanced real income is (p̂/P̂)^(1+ψ). The solution is
/// unique up to the numeraire where trade connects all countries.
///
/// Owns all buffers; solving allocates only in the fallback and in errors. Copies are independent.
class TradeSolver {
 public:
  /// Throws DataError if the supply elasticity is negative or not finite.
  TradeSolver(TradeBaseline baseline, Closure closure, TradeSolverSettings settings = {});

  /// The equilibrium under `shock`, until the next solve. If the last wages already clear the markets, they stay as
  /// they are bit for bit. Throws SolverError naming the country in the way and the cause, with the course of the
  /// residual if it was searched for, and InternalError if the solution breaks the ACR identity (see acr_gap). After an
  /// error the next solve starts from the baseline's wages. Without flows (kTotals) a solve is cheaper.
  const TradeEquilibrium& solve(const TradeShock& shock, TradeDetail detail = TradeDetail::kFlows);

  /// What the last solve returned; arrays of zeros before the first.
  [[nodiscard]] const TradeEquilibrium& equilibrium() const { return equilibrium_; }
  [[nodiscard]] const TradeBaseline& baseline() const { return clearing_.baseline(); }
  [[nodiscard]] const TradeSolverSettings& settings() const { return settings_; }
  /// The residual at each evaluation of the last solve.
  [[nodiscard]] std::span<const double> residuals() const { return residuals_; }

  /// The next solve starts from the baseline's wages.
  void reset();
  /// The next solve starts from these log wages (as when a checkpoint is read).
  void start_from(std::span<const double> ln_wage);

 private:
  bool iterate();
  void find_scaled_gaps();
  void solve_by_newton();
  bool iterate_newton(std::span<const double> ln_wage);
  void move(double largest_step);
  bool evaluate();
  [[noreturn]] void fail();

  MarketClearing clearing_;
  AndersonMixing mixing_;
  TradeSolverSettings settings_;
  TradeEquilibrium equilibrium_;
  std::vector<double> start_, ln_wage_, best_ln_wage_, scaled_gap_, damping_, step_;
  std::vector<double> residuals_;  // of each evaluation of the current solve
  double best_residual_ = 0.0;
  std::size_t bankrupt_ = 0;  // a country whose fixed surplus took all that it earned, on the way
};

}  // namespace splinternet
