#include "sim/model/trade_flows.hpp"

#include <algorithm>

#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"
#include "sim/model/policy.hpp"
#include "sim/trade/column_kernels.hpp"

namespace splinternet {
namespace {

/// ln B that today's policy is moving to, [sector][exporter][importer].
std::vector<double> target_log_factors(const World& world) {
  const std::size_t n = world.countries();
  const std::size_t frameworks = world.frameworks();
  const Derived& derived = world.derived;
  const bool routed = world.setting().demand != nullptr;
  std::vector<double> target(kTradeSectors * n * n, 0.0);
  parallel::for_each_range(n, 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const auto depth_i = std::span(derived.depth).subspan(i * frameworks, frameworks);
      for (std::size_t j = 0; j < n; ++j) {
        if (i == j) continue;
        const LogCostFactors factors = log_cost_factors(
            derived.costs, {derived.restrictiveness[i * n + j] - derived.baseline_restrictiveness[i * n + j],
                            routed ? derived.log_latency[i * n + j] : 0.0,
                            log_trust(world, depth_i, std::span(derived.depth).subspan(j * frameworks, frameworks))});
        target[i * n + j] = factors.goods;
        target[n * n + i * n + j] = factors.services;
      }
    }
  });
  const double elasticity[] = {derived.parameters(parameters::kElasticityGoods),
                               derived.parameters(parameters::kElasticityServices)};
  for (const Effects::Tariff& tariff : derived.effects.tariffs) {
    for (std::size_t s = 0; s < kTradeSectors; ++s) {
      target[(s * n + tariff.exporter) * n + tariff.importer] -= elasticity[s] * tariff.log_iceberg;
    }
  }
  return target;
}

/// Moves a state towards its target by the share of a first-order lag that one step covers.
void approach(std::span<double> state, std::span<const double> target, double share) {
  for (std::size_t n = 0; n < state.size(); ++n) state[n] += share * (target[n] - state[n]);
}

void solve_at_conditions(World& world) {
  const std::size_t n = world.countries();
  Derived& derived = world.derived;
  derived.cost_factor.resize(world.policy.log_cost_factor.size());
  math::exp(world.policy.log_cost_factor, derived.cost_factor);
  if (world.setting().demand) {
    double* services = &derived.cost_factor[kServices * n * n];
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (i != j) services[i * n + j] *= derived.reach[i * n + j] * derived.reach[j * n + i];
      }
    }
  }
  derived.cost_factor_by_importer.resize(derived.cost_factor.size());
  for (std::size_t s = 0; s < kTradeSectors; ++s) {
    transpose(std::span(derived.cost_factor).subspan(s * n * n, n * n), n,
              std::span(derived.cost_factor_by_importer).subspan(s * n * n, n * n));
  }
  derived.productivity.resize(n);
  math::exp(world.policy.log_productivity, derived.productivity);
  world.trade.log_wage = world.trade_solver->solve({derived.cost_factor, derived.productivity}).ln_wage;
}

}  // namespace

TradeSetting balanced_trade(const Scenario& scenario, const WorldTables& tables) {
  const std::size_t n = tables.countries.size();
  TradeFlows flows{
      n,
      kTradeSectors,
      {},
      {scenario.parameters(parameters::kElasticityGoods), scenario.parameters(parameters::kElasticityServices)}};
  flows.flow = tables.goods_trade_busd;
  flows.flow.insert(flows.flow.end(), tables.services_trade_busd.begin(), tables.services_trade_busd.end());
  for (std::size_t i = 0; i < n; ++i) {
    flows.flow[i * n + i] = tables.countries.goods_domestic_busd[i];
    flows.flow[(n + i) * n + i] = tables.countries.services_domestic_busd[i];
  }
  return {balanced(TradeBaseline(std::move(flows), tables.countries.code))};
}

void solve_trade(World& world) {
  const double share =
      1.0 - math::exp(-world.scenario().run.step_months / world.derived.parameters(parameters::kPhaseInMonths));
  approach(world.policy.log_cost_factor, target_log_factors(world), share);
  if (world.setting().demand) {
    std::vector<double> productivity(world.countries());
    const double diffusion = world.derived.parameters(parameters::kIdeaDiffusion);
    for (std::size_t i = 0; i < productivity.size(); ++i) {
      productivity[i] = diffusion * (world.derived.data_access[i] - world.derived.baseline_data_access[i]);
    }
    approach(world.policy.log_productivity, productivity, share);
  }
  solve_at_conditions(world);
}

void resume_trade(World& world) {
  world.trade_solver->start_from(world.trade.log_wage);
  solve_at_conditions(world);
}

}  // namespace splinternet
