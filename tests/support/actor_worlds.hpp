#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/model/build_world.hpp"
#include "sim/model/catalogue.hpp"
#include "sim/model/world.hpp"
#include "tests/support/small_world.hpp"

/// Worlds without a map, posed in a few lines.
namespace splinternet::testing {

/// Frameworks (first "pact" if not named otherwise), open from the start, among so many synthetic actors with these
/// attributes; 24 steps, the payoff term peers. 0 actors: those of the tables.
inline Scenario pact_scenario(std::size_t actors, std::vector<std::string> attributes = {},
                              const std::vector<std::string>& frameworks = {"pact"}) {
  Scenario scenario;
  scenario.name = "pact";
  scenario.run.start = Date{2020, 1, 1};
  scenario.run.horizon = 24;
  scenario.world.actors = actors;
  scenario.world.attributes = std::move(attributes);
  scenario.terms = {"peers"};
  scenario.has_countries = true;
  const ParameterValues::Family families[] = {{"framework.", frameworks}, {"attribute.", scenario.world.attributes}};
  scenario.parameters = ParameterValues(parameter_catalogue(), families);
  for (const std::string& id : frameworks) {
    FrameworkSpec& framework = scenario.frameworks.emplace_back();
    framework.id = framework.name = id;
    set(scenario, "framework." + id + ".open_at_start", 1);
  }
  return scenario;
}

/// Sets an option parameter by its word.
inline void choose(Scenario& scenario, std::string_view path, std::string_view word) {
  const Parameter& row = scenario.parameters.row(scenario.parameters.find(path));
  const std::vector<std::string> words = option_words(row);
  const auto place = std::find(words.begin(), words.end(), word);
  SPLINTERNET_CHECK(place != words.end(), path, word);
  set(scenario, path, static_cast<double>(place - words.begin()));
}

inline World actor_world(const Scenario& scenario, const WorldTables& tables = {}) {
  return World(make_setting(scenario, tables));
}

}  // namespace splinternet::testing
