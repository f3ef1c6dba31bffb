#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/events.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/payoffs/term.hpp"
#include "sim/model/policy.hpp"
#include "sim/model/trade_flows.hpp"
#include "sim/model/world.hpp"

namespace splinternet::testing {

/// What a term gives to one option of one country.
inline double value_of(const PayoffTerm& term, const World& world, std::size_t country, FrameworkSet target,
                       double offer_busd = 0.0) {
  Options options;
  options.add(country, target, offer_busd);
  std::vector<double> out(1, -12345.0);
  term.evaluate(world, options, 0, 1, out);
  return out[0];
}

/// Sets a parameter as a shock in force would.
inline void set_now(World& world, std::string_view path, double value) {
  const std::size_t index = world.derived.parameters.find(path);
  SPLINTERNET_CHECK(index < world.derived.parameters.size(), path);
  world.derived.parameters.set(index, value);
}

/// Brings what follows from memberships and events up to date, without letting any time pass.
inline void refresh(World& world) {
  update_entry_into_force(world);
  apply_policy(world);
  if (world.setting().demand) route_data(world);
  if (world.setting().trade) resume_trade(world);
}

/// The first `steps` months of events, nobody revising.
inline void let_events_pass(World& world, int steps) {
  for (int step = 0; step < steps; ++step) {
    ++world.step;
    apply_events(world);
    refresh(world);
  }
}

}  // namespace splinternet::testing
