#include "sim/io/text/demand_tables.hpp"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string_view>

#include "sim/core/check.hpp"
#include "sim/io/text/table_folder.hpp"

namespace splinternet {
namespace {

/// Names of a table of pairs and of its columns, and what its values may be.
struct PairTable {
  std::string_view name;
  std::string_view row;
  std::string_view column;
  std::string_view value;
  NumberRange range;
};

/// The matrix of a table with one line per pair of countries; pairs that it does not name are 0.
std::vector<double> read_matrix(const CsvTable& table, const PairTable& names, const CodeList& countries,
                                std::vector<std::string>& imputed) {
  const std::size_t n = countries.codes().size();
  const CsvColumn rows = table.column(names.row);
  const CsvColumn columns = table.column(names.column);
  const CsvColumn values = table.column(names.value);
  ImputedFlags flags(table, std::string(names.name), std::string(names.value));
  std::vector<double> matrix(n * n, 0.0);
  std::vector<std::uint8_t> seen(n * n, 0);
  for (std::size_t line = 0; line < table.row_count(); ++line) {
    const std::size_t cell = rows.code(line, countries) * n + columns.code(line, countries);
    if (seen[cell] != 0) table.check_unique({names.row, names.column});  // throws, naming both lines
    seen[cell] = 1;
    matrix[cell] = values.number(line, names.range);
    flags.note(line, rows.text(line), columns.text(line));
  }
  flags.append_to(imputed);
  return matrix;
}

/// Throws with the place of the last line that names the code in this column, or of the table's end if none does.
[[noreturn]] void fail_at_country(const CsvTable& table, std::string_view column, const std::string& code,
                                  const std::string& what_and_remedy) {
  const CsvColumn codes = table.column(column);
  for (std::size_t line = table.row_count(); line-- > 0;) {
    if (codes.text(line) == code) codes.fail(line, what_and_remedy);
  }
  const std::size_t last = table.row_count() == 0 ? 1 : table.line(table.row_count() - 1);
  throw DataError(table.path() + ":" + std::to_string(last) + ":1: the table ends here without a row whose " +
                  std::string(column) + " is " + code + ": " + what_and_remedy);
}

}  // namespace

std::vector<double> read_hosting(const CsvTable& table, const CodeList& countries, std::vector<std::string>& imputed) {
  table.check_columns({"country", "host", "share"}, {"source", "imputed"});
  const std::size_t n = countries.codes().size();
  std::vector<double> hosting = read_matrix(table, {"hosting", "country", "host", "share", {0, 1}}, countries, imputed);
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0.0;
    for (const double share : std::span(hosting).subspan(i * n, n)) sum += share;
    constexpr double kRounding = 1e-6;
    if (std::fabs(sum - 1.0) <= kRounding) continue;
    char text[40];
    std::snprintf(text, sizeof text, "%.9g", sum);
    const std::string& code = countries.codes()[i];
    fail_at_country(table, "country", code,
                    "the shares of " + code + " sum to " + text +
                        ", not to 1; every host's share of what the country "
                        "uses must be there, its own included.");
  }
  return hosting;
}

std::vector<double> read_data_demand(const CsvTable& table, const CodeList& countries,
                                     std::vector<std::string>& imputed) {
  table.check_columns({"origin", "destination", "demand"}, {"source", "imputed"});
  const std::size_t n = countries.codes().size();
  constexpr double kLargest = 1e300;  // sums stay finite
  std::vector<double> demand =
      read_matrix(table, {"data_demand", "origin", "destination", "demand", {0, kLargest}}, countries, imputed);
  for (std::size_t i = 0; i < n; ++i) {
    double from = 0.0;
    double to = 0.0;
    for (std::size_t j = 0; j < n; ++j) {
      from += demand[i * n + j];
      to += demand[j * n + i];
    }
    if (from > 0.0 && to > 0.0) continue;
    const std::string& code = countries.codes()[i];
    fail_at_country(table, from > 0.0 ? "destination" : "origin", code,
                    "there is no demand above 0 " + std::string(from > 0.0 ? "to " : "from ") + code +
                        "; every country needs some, if only with itself.");
  }
  return demand;
}

}  // namespace splinternet
