#include "sim/model/trade_response.hpp"

#include <algorithm>

#include "sim/model/countries.hpp"

namespace splinternet {
namespace {

bool anybody_may_decide(const World& world) {
  for (std::size_t i = 0; i < world.countries(); ++i) {
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      if (may_decide_on(world, i, k)) return true;
    }
  }
  return false;
}

/// Whether a framework was opened, amended or closed after the step in which the response was taken.
bool frameworks_changed(const World& world) {
  const std::vector<EventSpec>& events = world.scenario().events;
  for (std::size_t e = 0; e < events.size(); ++e) {
    const EventKind kind = events[e].kind;
    const bool changes = kind == EventKind::kOpen || kind == EventKind::kAmend || kind == EventKind::kClose;
    if (changes && world.events.fired_step[e] > world.response.step.front()) return true;
  }
  return false;
}

bool is_due(const World& world) {
  const TradeEquilibrium& now = world.trade_solver->equilibrium();
  if (world.linear_response->is_stale(now, world.derived.parameters(parameters::kMarketAccessRefresh))) return true;
  return frameworks_changed(world) && world.linear_response->is_stale(now, 0.0);
}

}  // namespace

bool weighs_market_access(const Setting& setting) {
  const std::vector<std::string>& terms = setting.scenario.terms;
  return setting.trade && setting.scenario.has_countries &&
         std::find(terms.begin(), terms.end(), "market_access") != terms.end();
}

void take_response(World& world) {
  if (!weighs_market_access(world.setting())) return;
  if (!world.linear_response) world.linear_response.emplace(world.countries(), kTradeSectors);
  world.response.step.assign(1, world.step);
  world.response.cost_factor = world.derived.cost_factor;
  world.response.productivity = world.derived.productivity;
  world.response.log_wage = world.trade.log_wage;
  world.linear_response->factorise(world.trade_solver->baseline(), world.derived.productivity,
                                   world.trade_solver->equilibrium());
}

bool refresh_response(World& world) {
  if (!weighs_market_access(world.setting()) || !anybody_may_decide(world) || !is_due(world)) return false;
  take_response(world);
  return true;
}

void resume_response(World& world) {
  if (!weighs_market_access(world.setting())) return;
  TradeSolver solver = *world.trade_solver;
  // Wages that clear the markets stay as they are bit for bit, so that this is the equilibrium of that time.
  solver.start_from(world.response.log_wage);
  world.linear_response.emplace(world.countries(), kTradeSectors);
  const TradeShock conditions{world.response.cost_factor, world.response.productivity};
  world.linear_response->factorise(solver.baseline(), conditions.productivity, solver.solve(conditions));
}

}  // namespace splinternet
