#pragma once

#include <string>
#include <vector>

#include "sim/trade/input_output.hpp"
#include "sim/trade/solver.hpp"
#include "tests/trade/input_output_worlds.hpp"

/// All engines of trade behind one face, for tests of what must hold for each.
namespace splinternet::test {

enum class Engine { kFixedSupply, kElasticSupply, kInputs };
inline constexpr std::size_t kEngines = 3;

/// A world, what happens to it, and which engine is to solve it.
struct EngineWorld {
  Engine engine = Engine::kFixedSupply;
  Closure closure = Closure::kBalanced;  ///< with inputs: balanced ends all deficits, multiplicative halves them
  TradeFlows flows;
  std::vector<double> cost_factor, productivity;
  double supply_elasticity = 0.0;                          ///< of kElasticSupply
  std::vector<double> tariff, value_added, input_share{};  ///< of kInputs, as in InputOutputData
  std::vector<double> new_tariff{};                        ///< of kInputs; empty: as before
};

/// What the engines have in common.
struct Outcome {
  std::vector<double> ln_wage, real_wage, real_income;
  std::vector<double> spending;  ///< all purchases of each country, money
  std::vector<double> flow;
  double residual = 0.0, acr_gap = 0.0;
  int iterations = 0;
  bool newton_used = false;
};

inline Outcome solve_with_inputs(const EngineWorld& world) {
  const std::size_t n = world.flows.countries;
  const InputOutputData data{world.flows, world.tariff, world.value_added, world.input_share};
  InputOutputSolver solver{InputOutputBaseline(data)};
  std::vector<double> deficit(solver.baseline().deficit().begin(), solver.baseline().deficit().end());
  const double kept = world.closure == Closure::kBalanced ? 0.0 : world.closure == Closure::kAdditive ? 1.0 : 0.5;
  for (double& value : deficit) value *= kept;
  const auto& result = solver.solve({world.cost_factor, world.productivity, world.new_tariff, deficit});
  Outcome out{result.ln_wage, result.real_wage, result.real_income, std::vector<double>(n, 0.0),
              result.flow,    result.residual,  result.acr_gap,     result.evaluations - 1,
              false};
  for (std::size_t k = 0; k < result.expenditure.size(); ++k) out.spending[k % n] += result.expenditure[k];
  return out;
}

/// Throws what the engine throws.
inline Outcome solve(const EngineWorld& world) {
  if (world.engine == Engine::kInputs) return solve_with_inputs(world);
  const double elasticity = world.engine == Engine::kElasticSupply ? world.supply_elasticity : 0.0;
  TradeSolver solver(TradeBaseline(world.flows), world.closure, {.supply_elasticity = elasticity});
  const TradeEquilibrium& result = solver.solve({world.cost_factor, world.productivity});
  return {result.ln_wage,  result.real_wage, result.real_income, result.expenditure, result.flow,
          result.residual, result.acr_gap,   result.iterations,  result.newton_used};
}

/// A world of ordinary size for any engine, with deficits and a random shock.
inline EngineWorld random_world(Engine engine, Closure closure, std::uint64_t seed, std::size_t n,
                                std::size_t sectors) {
  InputOutputData data = random_production(seed, n, sectors, 0.6, 0.5);
  EngineWorld world{engine, closure, data.trade, random_factors(seed, data.trade), {}, 0.8, {}, {}, {}, {}};
  world.tariff = data.tariff;
  world.value_added = data.value_added;
  world.input_share = data.input_share;
  for (const double tariff : data.tariff) world.new_tariff.push_back(1.5 * tariff);
  for (std::size_t i = 0; i < n; ++i) world.productivity.push_back(0.8 + 0.5 * uniform(seed, i, 5));
  return world;
}

inline std::string name_of(const EngineWorld& world) {
  const char* const closures[] = {"multiplicative", "additive", "balanced"};
  const char* const engines[] = {"fixed supply, ", "elastic supply, ", "inputs, "};
  return std::string(engines[static_cast<int>(world.engine)]) + closures[static_cast<int>(world.closure)];
}

}  // namespace splinternet::test
