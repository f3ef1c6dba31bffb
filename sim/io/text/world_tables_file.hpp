#pragma once

#include <string>

#include "sim/scenario/world_tables.hpp"

namespace splinternet {

/// Reads the tables of a world from a folder: `tables.toml` says which files there are, how many rows they have and
/// what their columns sum to (to 6 digits); countries, goods_trade and links must be there, all else may be left out.
/// In a world without a map the table actors stands in their place, with influence and initial_memberships if wanted.
/// Countries come out sorted by code, matrices in USD bn. Checks codes, ranges, duplicates, pairs with itself, row
/// counts and sums. An empty cell is an error; with `impute` a gap among a country's numbers is filled with the median
/// of its subregion, else of its region (GDP: per head; domestic absorption: per GDP) and listed in
/// WorldTables::imputed beside the values that the files themselves flag.
/// Throws DataError "file:line:column: what is wrong and how to mend it", with the nearest valid name.
WorldTables read_world_tables(const std::string& folder, bool impute);

/// Those of a scenario's world; none at all for synthetic actors.
WorldTables read_world_tables(const WorldSpec& world);

}  // namespace splinternet
