#pragma once

#include "sim/model/setting.hpp"

namespace splinternet {

/// The firms of a world: the named ones of the tables first, then `firms.synthetic` drawn ones: size Pareto, numbers of
/// markets and suppliers from power laws, home in proportion to GDP times internet users, markets to GDP, suppliers to
/// revenue among the sectors that others buy from. Draws are keyed by population index, so that a larger population
/// contains the smaller one (but its firms find their suppliers among all). Half of a firm's sales are at home, the
/// rest over its other markets by GDP. Stances as of the start; later pledges in the tables are left out.
FirmSetting firm_population(const Scenario& scenario, const WorldTables& tables, const CountrySetting& countries,
                            const FrameworkSetting& frameworks);

}  // namespace splinternet
