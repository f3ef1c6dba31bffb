#include "sim/model/trade_flows.hpp"

#include <algorithm>

#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"
#include "sim/model/policy.hpp"
#include "sim/trade/column_kernels.hpp"

namespace splinternet {
namespace {

/// Tariffs in force by exporter.
std::vector<std::vector<const Effects::Tariff*>> tariffs_by_exporter(const World& world) {
  std::vector<std::vector<const Effects::Tariff*>> tariffs(world.countries());
  for (const Effects::Tariff& tariff : world.derived.effects.tariffs) tariffs[tariff.exporter].push_back(&tariff);
  return tariffs;
}

/// ln B of one exporter that today's policy is moving to, [importer]; in columns, so that loops vectorise.
struct TargetRow {
  explicit TargetRow(std::size_t n) : goods(n), services(n), log_trust(n), unrouted(n) {}

  /// Tariffs come on top.
  void fill(const World& world, std::size_t i) {
    const std::size_t n = goods.size();
    const Derived& derived = world.derived;
    std::fill(log_trust.begin(), log_trust.end(), 0.0);
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      const double own = derived.depth[world.at(i, k)], trust = derived.strengths[k].trust;
      const double* depth = &derived.depth_by_framework[k * n];
      for (std::size_t j = 0; j < n; ++j) log_trust[j] += std::min(own, depth[j]) * trust;
    }
    const double* now = &derived.restrictiveness[i * n];
    const double* before = &derived.baseline_restrictiveness[i * n];
    const double* latency = world.setting().demand ? &derived.log_latency[i * n] : unrouted.data();
    const PolicyCosts costs = derived.costs;
    for (std::size_t j = 0; j < n; ++j) {
      const LogCostFactors factors = log_cost_factors(costs, {now[j] - before[j], latency[j], log_trust[j]});
      goods[j] = factors.goods;
      services[j] = factors.services;
    }
    goods[i] = services[i] = 0.0;
  }

  std::vector<double> goods, services;
  std::vector<double> log_trust, unrouted;  // the latter all 0
};

/// Moves a state towards its target by the share of a first-order lag that one step covers.
void approach(std::span<double> state, std::span<const double> target, double share) {
  for (std::size_t n = 0; n < state.size(); ++n) state[n] += share * (target[n] - state[n]);
}

/// Moves ln B towards its targets.
void approach_costs(World& world, double share) {
  const std::size_t n = world.countries();
  const double elasticity[] = {world.derived.parameters(parameters::kElasticityGoods),
                               world.derived.parameters(parameters::kElasticityServices)};
  const auto tariffs = tariffs_by_exporter(world);
  parallel::for_each_range(n, 16, [&](std::size_t begin, std::size_t end) {
    const std::span<double> state = world.policy.log_cost_factor;
    TargetRow target(n);
    for (std::size_t i = begin; i < end; ++i) {
      target.fill(world, i);
      for (const Effects::Tariff* tariff : tariffs[i]) {
        target.goods[tariff->importer] -= elasticity[kGoods] * tariff->log_iceberg;
        target.services[tariff->importer] -= elasticity[kServices] * tariff->log_iceberg;
      }
      approach(state.subspan((kGoods * n + i) * n, n), target.goods, share);
      approach(state.subspan((kServices * n + i) * n, n), target.services, share);
    }
  });
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
  approach_costs(world, share);
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
