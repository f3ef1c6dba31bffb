#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/io/text/csv.hpp"
#include "sim/scenario/world_tables.hpp"

namespace splinternet {

/// Trade [exporter][importer] in USD bn from rows (exporter, importer, value_musd); pairs without a row trade nothing.
/// `name` is the table's, for `imputed`. Throws DataError at unknown codes, trade with itself, repeated pairs.
std::vector<double> read_trade(const CsvTable& table, const std::string& name, const CodeList& countries,
                               std::vector<std::string>& imputed);

/// N×N flags, symmetric, diagonal 1, from one row per pair. Throws DataError if a pair stands twice, in either order.
std::vector<std::uint8_t> read_languages(const CsvTable& table, const CodeList& countries);

/// Links between countries. Throws DataError at unknown codes or kinds, repeated ids, links to itself, bad numbers.
std::vector<LinkRow> read_links(const CsvTable& table, const CodeList& countries, std::vector<std::string>& imputed);

}  // namespace splinternet
