#pragma once

#include <span>
#include <vector>

#include "sim/trade/anderson.hpp"
#include "sim/trade/clearing.hpp"
#include "sim/trade/equilibrium.hpp"
#include "sim/trade/hat_algebra.hpp"

namespace splinternet {

struct TradeSolverSettings {
  double tolerance = 1e-12;    ///< on the residual: largest relative gap between a country's sales and its wage bill
  int max_iterations = 300;    ///< of the first method
  int newton_iterations = 50;  ///< of each of the fallback's two starts
};

/// Solves the general equilibrium of trade for one shock after another, from the last solution: Jacobi-scaled,
/// step-capped Anderson mixing of log wages, then Newton's method if that fails. Solutions are unique up to the
/// numeraire (Alvarez & Lucas 2007) unless the shock splits the world into parts that do not trade, when the wages of
/// one part relative to another stay near where they were and no real quantity depends on them. Where a shock leaves a
/// country imports but no exports, balanced trade has its solution in the limit only: the wage falls until what it
/// imports is below the tolerance, and real income is that of autarky.
/// Owns all buffers; solving allocates only in the fallback and in errors. Copies are independent.
class TradeSolver {
 public:
  TradeSolver(TradeBaseline baseline, Closure closure, TradeSolverSettings settings = {});

  /// The equilibrium under `shock`, until the next solve. If the last wages already clear the markets, they stay as
  /// they are bit for bit. Throws SolverError naming the country in the way, with the course of the residual, and
  /// InternalError if the solution breaks the ACR identity by more than 1e-9. After an error the next solve starts
  /// from the baseline's wages.
  const TradeEquilibrium& solve(const TradeShock& shock);

  /// What the last solve returned; arrays of zeros before the first.
  [[nodiscard]] const TradeEquilibrium& equilibrium() const { return equilibrium_; }
  [[nodiscard]] const TradeBaseline& baseline() const { return clearing_.baseline(); }

  /// The next solve starts from the baseline's wages.
  void reset();
  /// The next solve starts from these log wages (as when a checkpoint is read).
  void start_from(std::span<const double> ln_wage);

 private:
  bool iterate();
  void solve_by_newton();
  bool iterate_newton(std::span<const double> ln_wage);
  void newton_step(ClearingJacobian& jacobian);
  bool move_within_domain();
  void move(double largest_step);
  bool evaluate();
  [[noreturn]] void fail();

  MarketClearing clearing_;
  AndersonMixing mixing_;
  TradeSolverSettings settings_;
  TradeEquilibrium equilibrium_;
  std::vector<double> start_, ln_wage_, best_ln_wage_, scaled_gap_, step_;
  std::vector<double> residuals_;  // of each evaluation of the current solve
  double best_residual_ = 0.0;
};

}  // namespace splinternet
