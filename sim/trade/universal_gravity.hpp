#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/trade/clearing.hpp"
#include "sim/trade/equilibrium.hpp"
#include "sim/trade/fixed_point.hpp"

namespace splinternet {

/// Trade where supply answers to prices (Allen, Arkolakis & Takahashi 2020): a country's output rises with what it is
/// worth in goods to the power of the supply elasticity ψ, as with labour that can stay idle, move in, or inputs:
///   Ŷ_i = p̂_i (p̂_i/P̂_i)^ψ,  Σ_s Σ_j π'_ij α_js E'_j = Ŷ_i Y_i.
/// ψ = 0 is the solver with fixed endowments. For ψ ≥ 0 the solution is unique up to the numeraire where trade
/// connects all countries. Solved by Anderson mixing of Jacobi steps of log prices, then by plain steps if that fails.
class UniversalGravitySolver {
 public:
  /// Throws DataError if the supply elasticity is negative or not finite.
  UniversalGravitySolver(TradeBaseline baseline, Closure closure, double supply_elasticity,
                         FixedPointSettings settings = {});

  /// The equilibrium under `shock`, until the next solve, starting from the last solution. In it ln_wage is ln p̂ and
  /// real_wage p̂/P̂; output is Ŷ Y and, where trade is balanced, real income is Ŵ = (p̂/P̂)^(1+ψ). Throws SolverError
  /// naming the country in the way, and InternalError if p̂/P̂ breaks the ACR identity by more than 1e-9. After an
  /// error the next solve starts from the baseline.
  const TradeEquilibrium& solve(const TradeShock& shock);

  [[nodiscard]] const TradeBaseline& baseline() const { return clearing_.baseline(); }
  [[nodiscard]] double supply_elasticity() const { return supply_elasticity_; }
  /// The next solve starts from the baseline's prices.
  void reset();

 private:
  double step(std::span<const double> ln_price, std::span<double> f);
  double find_income(std::span<const double> ln_price);

  MarketClearing clearing_;
  double supply_elasticity_;
  FixedPointSettings settings_;
  TradeEquilibrium equilibrium_;
  double world_output_ = 0.0;
  std::vector<double> home_share_;                              // of all that a country bought at first
  std::vector<double> ln_price_, start_, ln_income_, scratch_;  // ln_price_ in units of the numeraire
};

}  // namespace splinternet
