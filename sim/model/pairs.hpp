#pragma once

#include <string_view>

#include "sim/model/setting.hpp"

namespace splinternet {

/// The table of pairs in compressed rows, each actor's partners in order of their codes, so that sums over them do not
/// hang on the order of rows.
PairSetting pair_setting(const PairTable& table, const CountrySetting& actors);

/// The column of that name. Throws ScenarioError naming `wanted_by` (a key of the scenario or a word in it), with the
/// nearest name, if pairs of actors have no such number or the world has a map.
const std::vector<double>& pair_column(const Setting& setting, std::string_view name, std::string_view wanted_by);

/// Throws DataError with both places if a number of a pair differs from that of the opposite pair; a pair that stands
/// in one direction only has 0 in the other.
void check_symmetric(const Setting& setting, std::string_view column, std::string_view remedy);

}  // namespace splinternet
