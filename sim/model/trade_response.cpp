#include "sim/model/trade_response.hpp"

#include <algorithm>
#include <array>

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

/// ln B of goods and services per unit of a pair's restrictiveness.
std::array<double, kTradeSectors> slopes(const World& world) {
  return {world.derived.costs.goods_per_restrictiveness, world.derived.costs.services_per_restrictiveness};
}

void take_series(World& world) {
  if (!world.response_series) world.response_series.emplace();
  world.response_series->take(*world.linear_response, world.response.cost_factor, slopes(world));
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
  take_series(world);
}

const ResponseSeries* fitting_series(const World& world) {
  const bool fits = world.response_series && world.response_series->fits(slopes(world));
  return fits ? &*world.response_series : nullptr;
}

bool refresh_response(World& world) {
  if (!weighs_market_access(world.setting())) return false;
  const bool is_taken = anybody_may_decide(world) && is_due(world);
  if (is_taken) {
    take_response(world);
  } else if (fitting_series(world) == nullptr) {
    take_series(world);
  }
  return is_taken;
}

void resume_response(World& world) {
  if (!weighs_market_access(world.setting())) return;
  TradeSolver solver = *world.trade_solver;
  // Wages that clear the markets stay as they are bit for bit, so that this is the equilibrium of that time.
  solver.start_from(world.response.log_wage);
  world.linear_response.emplace(world.countries(), kTradeSectors);
  const TradeShock conditions{world.response.cost_factor, world.response.productivity};
  world.linear_response->factorise(solver.baseline(), conditions.productivity, solver.solve(conditions));
  take_series(world);
}

}  // namespace splinternet
