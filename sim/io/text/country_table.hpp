#pragma once

#include <string>
#include <vector>

#include "sim/io/text/csv.hpp"
#include "sim/scenario/world_tables.hpp"

namespace splinternet {

/// What to do with an empty cell among the numbers of a country.
enum class Gaps { kRefuse, kImpute };

/// Reads the table of countries, sorted by code; appends what is flagged or filled in to `imputed`.
/// Throws DataError with the place of the first fault.
CountryTable read_country_table(const CsvTable& table, Gaps gaps, std::vector<std::string>& imputed);

/// Fills every NaN of gdp_busd (by median GDP per head), internet_users_pct, ideal_point_sd, home_restrictiveness (by
/// median), goods_domestic_busd and services_domestic_busd (by median per GDP) from the country's subregion, or from
/// its region if the whole subregion has gaps; appends "countries.<column> <code>" to `imputed`.
/// Throws DataError if the whole region has gaps. `path` is the file, for messages.
void fill_country_gaps(CountryTable& countries, const std::string& path, std::vector<std::string>& imputed);

}  // namespace splinternet
