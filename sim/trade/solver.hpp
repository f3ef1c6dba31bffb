#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "sim/trade/equilibrium.hpp"
#include "sim/trade/hat_algebra.hpp"

namespace splinternet {

struct TradeSolverSettings {
  double tolerance = 1e-12;   ///< on the residual: largest relative gap between a country's sales and its wage bill
  int max_iterations = 300;   ///< before the fallback
  int newton_iterations = 50; ///< of the fallback
};

/// Solves the general equilibrium of trade for one baseline after another shock, starting from the last solution.
class TradeSolver {
 public:
  TradeSolver(TradeBaseline baseline, Closure closure, TradeSolverSettings settings = {});

  /// The equilibrium under `shock`; the reference stays valid (and changes) until the solver dies.
  const TradeEquilibrium& solve(const TradeShock& shock);
  [[nodiscard]] const TradeEquilibrium& equilibrium() const;
  [[nodiscard]] const TradeBaseline& baseline() const;
  /// Next solve starts from the baseline's wages.
  void reset();
  /// Next solve starts from these log wages (as after a checkpoint).
  void start_from(std::span<const double> ln_wage);
};

}  // namespace splinternet
