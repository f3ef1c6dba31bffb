#pragma once

#include <cstddef>
#include <span>

#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kElasticityGoods =
    at_set_up(real("trade.elasticity_goods", "1", 5, {0.1, 50}, {4, 8}, "trade elasticity of goods: θ_g",
                   "[S] Head & Mayer: median 5.03"));
inline constexpr Parameter kElasticityServices =
    at_set_up(real("trade.elasticity_services", "1", 5, {0.1, 50}, {4, 8}, "trade elasticity of services: θ_s",
                   "[S] Head & Mayer: median 5.03"));

inline constexpr const Parameter* kTradeRows[] = {&kElasticityGoods, &kElasticityServices};

}  // namespace parameters

/// Baseline flows of goods and services, home sales on the diagonal, balanced (D = 0). Throws DataError or SolverError
/// naming the country for flows from which no world economy can be made.
TradeSetting balanced_trade(const Scenario& scenario, const WorldTables& tables);

/// What moves the trade cost of a pair, as changes against the baseline.
struct PairChange {
  double restrictiveness;  ///< R' − R⁰
  double log_latency;      ///< ln latency' − ln latency⁰
  double log_trust;        ///< ln ψ
};
struct LogCostFactors {
  double goods;
  double services;
};
/// ln B_s = −θ_s·(κ_s·ΔR + λ_s·Δln latency), in services plus trust (MODEL.md, M15a). Tariffs come on top, and the
/// share of the digital trade that still has a path multiplies B of services.
inline LogCostFactors log_cost_factors(const PolicyCosts& costs, const PairChange& change) {
  return {costs.goods_per_restrictiveness * change.restrictiveness + costs.goods_per_log_latency * change.log_latency,
          costs.services_per_restrictiveness * change.restrictiveness +
              costs.services_per_log_latency * change.log_latency + change.log_trust};
}

/// Phase 7: the targets of ln B and ln Â, a step of the conditions in force towards them, and the equilibrium.
void solve_trade(World& world);

/// The equilibrium at the conditions in force, without moving them: at the start and after a checkpoint.
void resume_trade(World& world);

}  // namespace splinternet
