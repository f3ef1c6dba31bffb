#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/model/countries.hpp"
#include "sim/model/schedule.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

/// Small worlds whose countries are about to revise their memberships.
namespace splinternet::testing {

inline Scenario scheduled(Schedule schedule) {
  Scenario scenario = small_scenario();
  set(scenario, "countries.schedule", static_cast<double>(schedule));
  scenario.organisations = {{"league", false, {}, ""}, {"union", false, {}, ""}};
  return scenario;
}

/// Terms that need no flows, so that long runs are quick.
inline Scenario quick(Schedule schedule) {
  Scenario scenario = scheduled(schedule);
  scenario.has_data = scenario.has_trade = scenario.has_firms = false;
  scenario.terms = {"alignment", "peers", "side_payment", "inertia"};
  return scenario;
}

inline Mission visit(std::size_t country, std::size_t framework, double offer_busd = 0.0) {
  Mission mission;
  mission.country = static_cast<std::uint32_t>(country);
  mission.framework = static_cast<std::uint32_t>(framework);
  mission.offer_busd = offer_busd;
  return mission;
}

/// Both frameworks open, nobody has decided anything yet.
inline World opened(const Scenario& scenario, const WorldTables& tables = small_tables()) {
  World world = make_world(scenario, tables);
  let_events_pass(world, 3);
  return world;
}

inline StepReport revise(World& world, const std::vector<Mission>& missions = {}) {
  StepReport report;
  report.clear(world.frameworks());
  revise_memberships(world, missions, report);
  return report;
}

}  // namespace splinternet::testing
