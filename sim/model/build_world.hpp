#pragma once

#include <memory>

#include "sim/model/world.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/world_tables.hpp"

namespace splinternet {

/// Everything that the run will never change, from the scenario and its tables. Sections that the scenario does not
/// have are left out. Throws ScenarioError for names that the tables do not know or that hash alike, DataError or
/// SolverError for tables from which no balanced world can be made. `extensions` are rules of a user that the run follows
/// too; throws ScenarioError for those that do not fit (check_extensions).
std::shared_ptr<const Setting> make_setting(const Scenario& scenario, const WorldTables& tables,
                                            const Extensions& extensions = {});

}  // namespace splinternet
