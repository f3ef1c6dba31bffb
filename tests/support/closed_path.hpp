#pragma once

#include "sim/model/membership.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {

/// A small world in step 1 in which EEE has signed "clean" at full depth and its only way to FFF leads through BBB,
/// which it therefore filters: services between the two have ended.
inline World behind_a_closed_path() {
  Scenario scenario = small_scenario();
  set(scenario, "countries.depth_on_signing", 1.0);
  World world = make_world(scenario, small_tables());
  let_events_pass(world, 1);
  accede(world, kEee, kClean);
  world.derived.effects.cut_link[5] = 1;  // EEE - FFF
  refresh(world);
  return world;
}

}  // namespace splinternet::testing
