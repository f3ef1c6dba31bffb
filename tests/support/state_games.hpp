#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "sim/model/countries.hpp"
#include "sim/model/events.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/step_report.hpp"
#include "tests/support/actor_worlds.hpp"

/// Games of a few actors "a", "b", … about the framework "pact".
namespace splinternet::testing {

/// The tables of so many actors of size 1.
inline WorldTables lettered_actors(std::size_t actors) {
  WorldTables tables;
  ActorTable& table = tables.actors.emplace();
  for (std::size_t i = 0; i < actors; ++i) {
    tables.countries.code.emplace_back(1, static_cast<char>('a' + static_cast<int>(i)));
    tables.countries.name.push_back(tables.countries.code.back());
    table.size.push_back(1.0);
  }
  return tables;
}

/// The same with payoff(state, actor) for each state: bit i of it tells whether actor i is in.
template <class Payoff>
WorldTables state_game(std::size_t actors, const Payoff& payoff) {
  WorldTables tables = lettered_actors(actors);
  for (unsigned state = 0; state < 1U << actors; ++state) {
    for (std::size_t i = 0; i < actors; ++i) tables.payoffs.push_back(payoff(state, i));
  }
  return tables;
}

inline bool is_in(unsigned state, std::size_t actor) {
  return ((state >> actor) & 1U) != 0;
}

/// Best replies to the table of payoffs, one after another by code.
inline Scenario table_scenario() {
  Scenario scenario = pact_scenario(0);
  scenario.terms = {"table"};
  choose(scenario, "countries.choice", "best_response");
  choose(scenario, "countries.schedule", "fixed_order");
  return scenario;
}

/// Members now, as a state.
inline unsigned members_of_pact(const World& world) {
  unsigned state = 0;
  for (std::size_t i = 0; i < world.countries(); ++i) {
    if ((world.membership(i) & bit(0)) != 0) state |= 1U << i;
  }
  return state;
}

/// Lets those of the state in without asking.
inline void put_in(World& world, unsigned state) {
  for (std::size_t i = 0; i < world.countries(); ++i) {
    if (is_in(state, i)) accede(world, i, 0);
  }
  update_entry_into_force(world);
}

/// One step of a world without a map: events, then revisions.
inline StepReport actor_step(World& world) {
  StepReport report;
  report.clear(world.frameworks());
  ++world.step;
  report.events = apply_events(world);
  update_entry_into_force(world);
  revise_memberships(world, {}, report);
  update_entry_into_force(world);
  return report;
}

/// The proposal to these actors, in the first step.
inline EventSpec proposal(std::string id, std::vector<std::string> countries) {
  EventSpec event;
  event.id = std::move(id);
  event.kind = EventKind::kPropose;
  event.date = Date{2020, 1, 1};
  event.framework = "pact";
  event.countries = std::move(countries);
  return event;
}

}  // namespace splinternet::testing
