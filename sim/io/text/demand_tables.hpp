#pragma once

#include <string>
#include <vector>

#include "sim/io/text/csv.hpp"

namespace splinternet {

/// Shares [country][host] of each country's data use by the host that serves it, from rows (country, host, share, and
/// if wanted imputed); pairs without a row are 0. Throws DataError at unknown codes, repeated pairs, shares outside
/// [0, 1], shares of a country that do not sum to 1 within 1e-6 (also of one that has no row).
std::vector<double> read_hosting(const CsvTable& table, const CodeList& countries, std::vector<std::string>& imputed);

/// Demand for data [origin][destination] in any unit, from rows (origin, destination, demand, and if wanted source and
/// imputed), countries with themselves included; pairs without a row are 0. Throws DataError at unknown codes, repeated
/// pairs, numbers below 0, and if a country has no demand above 0 as origin or as destination.
std::vector<double> read_data_demand(const CsvTable& table, const CodeList& countries,
                                     std::vector<std::string>& imputed);

}  // namespace splinternet
