#pragma once

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/world_tables.hpp"

namespace splinternet {

/// Checks every country, firm, buyer, cable and organisation that the scenario names against the tables of its world.
/// Throws ScenarioError with the place in the scenario file and the nearest valid name (of a country: by code or by
/// name, so that "Germny" leads to DEU).
void check_against_tables(const Scenario& scenario, const WorldTables& tables);

}  // namespace splinternet
