#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/core/rng.hpp"
#include "tests/support/actor_worlds.hpp"

/// A world of six actors in which every term of the gallery has something to tell.
namespace splinternet::testing {

inline constexpr std::size_t kPlayers = 6;

/// The tables of the actors a … f, of different sizes, with attributes, symmetric propensities, effects of tariffs and
/// a payoff for each state: row r holds the actor order[r].
inline WorldTables gallery_tables(const std::vector<std::size_t>& order = {0, 1, 2, 3, 4, 5}) {
  const auto number = [](std::uint32_t of, std::uint32_t entity) {
    return Draws(5, Purpose::kTest, of, entity).uniform();
  };
  WorldTables tables;
  ActorTable& actors = tables.actors.emplace();
  actors.attribute = {"alpha", "club_cost", "intrinsic_pact", "network_worth", "target", "threshold"};
  actors.value.resize(actors.attribute.size());
  for (const std::size_t who : order) {
    const auto i = static_cast<std::uint32_t>(who);
    tables.countries.code.emplace_back(1, static_cast<char>('a' + static_cast<int>(i)));
    tables.countries.name.push_back(tables.countries.code.back());
    actors.size.push_back(0.5 + number(1, i));
    for (std::uint32_t a = 0; a < actors.value.size(); ++a) actors.value[a].push_back(0.2 + number(2 + a, i));
  }
  tables.pairs.column = {"propensity", "import_linear", "import_quadratic", "export_linear"};
  tables.pairs.value.resize(tables.pairs.column.size());
  for (std::uint32_t row = 0; row < kPlayers; ++row) {
    for (std::uint32_t other = 0; other < kPlayers; ++other) {
      if (row == other) continue;
      const auto i = static_cast<std::uint32_t>(order[row]);
      const auto j = static_cast<std::uint32_t>(order[other]);
      tables.pairs.from.push_back(row);
      tables.pairs.to.push_back(other);
      tables.pairs.place.push_back("pairs.csv:" + std::to_string(tables.pairs.size() + 1) + ":1");
      tables.pairs.value[0].push_back(number(10, std::min(i, j) * 6 + std::max(i, j)) - 0.5);
      for (std::uint32_t c = 1; c < 4; ++c) tables.pairs.value[c].push_back(number(10 + c, i * 6 + j) - 0.5);
    }
  }
  for (std::uint32_t state = 0; state < 1U << kPlayers; ++state) {
    std::uint32_t who = 0;
    for (std::size_t row = 0; row < kPlayers; ++row) who |= ((state >> row) & 1U) << order[row];
    for (const std::size_t i : order) tables.payoffs.push_back(number(20 + static_cast<std::uint32_t>(i), who));
  }
  return tables;
}

/// One framework, or two, among those actors: all terms of the gallery, the second framework gated, whatever needs a
/// number given one.
inline Scenario gallery_scenario(const std::vector<std::string>& frameworks = {"pact"}) {
  Scenario scenario = pact_scenario(0, {}, frameworks);
  scenario.terms = {"pairwise", "network_effect", "intrinsic", "public_good", "tariff_club"};
  if (frameworks.size() == 1) scenario.terms.push_back("table");
  set(scenario, "countries.good_beta", 2.0);
  set(scenario, "countries.good_phi", 0.3);
  set(scenario, "countries.taste_sd", 0.1);
  set(scenario, "framework.pact.club_tariff", 0.1);
  if (frameworks.size() == 2) {
    set(scenario, "framework." + frameworks[1] + ".gated", 1);
    set(scenario, "framework." + frameworks[1] + ".entry_into_force_members", 2);
    set(scenario, "framework." + frameworks[1] + ".club_tariff", 0.05);
  }
  return scenario;
}

/// Gives an attribute of all actors by its row.
inline void give(WorldTables& tables, const std::string& attribute, std::vector<double> value) {
  tables.actors->attribute.push_back(attribute);
  tables.actors->value.push_back(std::move(value));
}

}  // namespace splinternet::testing
