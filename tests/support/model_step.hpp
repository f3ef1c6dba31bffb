#pragma once

#include <cstdint>
#include <vector>

#include "sim/model/adaptation.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/courting.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/events.hpp"
#include "sim/model/firms.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/policy.hpp"
#include "sim/model/step_report.hpp"
#include "sim/model/trade_flows.hpp"
#include "sim/model/transfers.hpp"

/// A month of the model in two halves, so that tests can look at what countries saw when they decided.
namespace splinternet::testing {

/// Events and courting: all that comes before countries decide.
inline std::vector<Mission> begin_step(World& world, StepReport& report) {
  report.clear(world.frameworks());
  ++world.step;
  report.events = apply_events(world);
  update_entry_into_force(world);
  apply_policy(world);
  settle_transfers(world);
  return plan_missions(world, report);
}

/// Decisions and what follows from them, without the metrics.
inline void end_step(World& world, const std::vector<Mission>& missions, StepReport& report) {
  revise_memberships(world, missions, report);
  update_entry_into_force(world);
  if (world.setting().firms) revise_firms(world, report);
  apply_policy(world);
  if (world.setting().demand) route_data(world);
  if (world.setting().trade) solve_trade(world);
  adapt(world);
}

inline void run_step(World& world, StepReport& report) {
  const std::vector<Mission> missions = begin_step(world, report);
  end_step(world, missions, report);
}

}  // namespace splinternet::testing
