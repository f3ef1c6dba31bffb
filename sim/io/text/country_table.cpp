#include "sim/io/text/country_table.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <string_view>

#include "sim/core/check.hpp"
#include "sim/io/text/table_folder.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

struct NumberColumn {
  std::string_view name;
  std::vector<double> CountryTable::*values;
  NumberRange range;
  bool is_positive;
  bool is_imputable;
};

constexpr double kNoBound = std::numeric_limits<double>::infinity();

const std::array<NumberColumn, 9> kNumbers = {{
    {"latitude_deg", &CountryTable::latitude_deg, {-90, 90}, false, false},
    {"longitude_deg", &CountryTable::longitude_deg, {-180, 180}, false, false},
    {"gdp_busd", &CountryTable::gdp_busd, {0, kNoBound}, true, true},
    {"population_mn", &CountryTable::population_mn, {0, kNoBound}, true, false},
    {"internet_users_pct", &CountryTable::internet_users_pct, {0, 100}, false, true},
    {"ideal_point_sd", &CountryTable::ideal_point_sd, {-10, 10}, false, true},
    {"home_restrictiveness", &CountryTable::home_restrictiveness, {0, 1}, false, true},
    {"goods_domestic_busd", &CountryTable::goods_domestic_busd, {0, kNoBound}, true, true},
    {"services_domestic_busd", &CountryTable::services_domestic_busd, {0, kNoBound}, true, true},
}};

void check_header(const CsvTable& table) {
  std::vector<std::string_view> required = {"iso3", "name", "region", "subregion", "chooses"};
  for (const NumberColumn& column : kNumbers) required.push_back(column.name);
  const std::vector<std::string_view> optional = {"iso2", "liberal_democracy", "imputed"};
  table.check_columns(required, optional);
}

/// Rows of the file in order of their codes.
std::vector<std::size_t> sorted_rows(const CsvTable& table) {
  const CsvColumn iso3 = table.column("iso3");
  if (table.row_count() == 0) throw DataError(table.path() + ": a world needs at least one country; add a row.");
  std::vector<std::size_t> rows(table.row_count());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  for (const std::size_t row : rows) {
    const std::string_view code = iso3.required_text(row);
    const bool is_capital = std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (code.size() != 3 || !is_capital) {
      iso3.fail(row, in_quotes(code) + " is not a code; write three capital letters (ISO 3166-1 alpha-3).");
    }
  }
  table.check_unique({"iso3"});
  std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return iso3.text(a) < iso3.text(b); });
  return rows;
}

double read_number(const CsvColumn& column, std::size_t row, const NumberColumn& rule, Gaps gaps) {
  if (column.is_missing(row)) {
    if (gaps == Gaps::kImpute && rule.is_imputable) return std::numeric_limits<double>::quiet_NaN();
    column.fail(row, rule.is_imputable
                         ? "the cell is empty; fill it in, or write impute = \"region_median\" in [world]."
                         : "the cell is empty, and no rule can fill it; fill it in.");
  }
  const double value = column.number(row, rule.range);
  if (rule.is_positive && value == 0.0) column.fail(row, "0 is out of range; allowed is a number above 0.");
  return value;
}

}  // namespace

CountryTable read_country_table(const CsvTable& table, Gaps gaps, std::vector<std::string>& imputed) {
  check_header(table);
  CountryTable countries;
  ImputedFlags flags(table, "countries", "gdp_busd");
  const std::vector<std::size_t> rows = sorted_rows(table);
  for (const std::size_t row : rows) {
    countries.code.emplace_back(table.column("iso3").text(row));
    countries.written_at.push_back(table.column("iso3").place(row));
    countries.name.emplace_back(table.column("name").required_text(row));
    countries.region.emplace_back(table.column("region").required_text(row));
    countries.subregion.emplace_back(table.column("subregion").required_text(row));
    countries.chooses.push_back(table.column("chooses").zero_or_one(row) ? 1 : 0);
    flags.note(row, countries.code.back());
  }
  for (const NumberColumn& rule : kNumbers) {
    const CsvColumn column = table.column(rule.name);
    for (const std::size_t row : rows) (countries.*rule.values).push_back(read_number(column, row, rule, gaps));
  }
  flags.append_to(imputed);
  fill_country_gaps(countries, table.path(), imputed);
  return countries;
}

}  // namespace splinternet
