#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/step_report.hpp"
#include "tests/support/actor_worlds.hpp"

/// Crowds that look at their peers alone, and what becomes of them.
namespace splinternet::testing {

/// Actors who choose by this rule, all at once, and never leave.
inline Scenario crowd(std::size_t actors, std::string_view rule, const std::vector<std::string>& attributes = {},
                      const std::vector<std::string>& frameworks = {"pact"}) {
  Scenario scenario = pact_scenario(actors, attributes, frameworks);
  scenario.terms.clear();
  choose(scenario, "countries.choice", rule);
  choose(scenario, "countries.schedule", "simultaneous");
  choose(scenario, "countries.withdrawal", "never");
  scenario.record.acts = false;
  return scenario;
}

inline StepReport step(World& world) {
  StepReport report;
  report.clear(world.frameworks());
  ++world.step;
  revise_memberships(world, {}, report);
  return report;
}

inline std::uint32_t members(const World& world, std::size_t framework = 0) {
  return world.derived.member_count[framework];
}

/// Runs until nobody has moved in a step; returns the steps.
inline int settle(World& world, int most = 100000) {
  for (int steps = 1; steps <= most; ++steps) {
    const std::vector<std::uint8_t> before = world.members.level;
    step(world);
    if (world.members.level == before) return steps;
  }
  throw InternalError("the crowd never settles");
}

/// The number of members in the end.
inline std::uint32_t settled(const Scenario& scenario, const WorldTables& tables = {}) {
  World world = actor_world(scenario, tables);
  settle(world);
  return members(world);
}

}  // namespace splinternet::testing
