#include "sim/io/text/pair_tables.hpp"

#include <limits>
#include <utility>

#include "sim/io/text/table_folder.hpp"

namespace splinternet {
namespace {

constexpr double kNoBound = std::numeric_limits<double>::infinity();

double positive_number(const CsvColumn& column, std::size_t row) {
  const double value = column.number(row, {0, kNoBound});
  if (value == 0.0) column.fail(row, "0 is out of range; allowed is a number above 0.");
  return value;
}

/// Both ends of a row; the same country twice is an error.
std::pair<std::size_t, std::size_t> read_pair(const CsvColumn& first, const CsvColumn& second, std::size_t row,
                                              const CodeList& countries) {
  const std::size_t a = first.code(row, countries);
  const std::size_t b = second.code(row, countries);
  if (a == b) second.fail(row, countries.codes()[b] + " is paired with itself; remove the row or correct a code.");
  return {a, b};
}

}  // namespace

std::vector<double> read_trade(const CsvTable& table, const std::string& name, const CodeList& countries,
                               std::vector<std::string>& imputed) {
  table.check_columns({"exporter", "importer", "value_musd"}, {"source", "imputed"});
  const std::size_t n = countries.codes().size();
  const CsvColumn exporter = table.column("exporter");
  const CsvColumn importer = table.column("importer");
  const CsvColumn value = table.column("value_musd");
  ImputedFlags flags(table, name, "value_musd");
  std::vector<double> matrix(n * n, 0.0);
  std::vector<std::uint8_t> seen(n * n, 0);
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto [i, j] = read_pair(exporter, importer, row, countries);
    if (seen[i * n + j] != 0) table.check_unique({"exporter", "importer"});  // throws, naming both lines
    seen[i * n + j] = 1;
    constexpr double kMillionsPerBillion = 1000.0;
    matrix[i * n + j] = value.number(row, {0, kNoBound}) / kMillionsPerBillion;
    flags.note(row, countries.codes()[i], countries.codes()[j]);
  }
  flags.append_to(imputed);
  return matrix;
}

std::vector<std::uint8_t> read_languages(const CsvTable& table, const CodeList& countries) {
  table.check_columns({"iso3_a", "iso3_b"});
  const std::size_t n = countries.codes().size();
  const CsvColumn first = table.column("iso3_a");
  const CsvColumn second = table.column("iso3_b");
  std::vector<std::uint8_t> common(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) common[i * n + i] = 1;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto [i, j] = read_pair(first, second, row, countries);
    if (common[i * n + j] != 0) {
      second.fail(row, "the pair " + countries.codes()[i] + ", " + countries.codes()[j] +
                           " stands already in the table, in this or the other order; remove one row.");
    }
    common[i * n + j] = common[j * n + i] = 1;
  }
  return common;
}

std::vector<LinkRow> read_links(const CsvTable& table, const CodeList& countries, std::vector<std::string>& imputed) {
  table.check_columns({"link", "iso3_a", "iso3_b", "kind", "cable_name", "length_km", "capacity_tbps",
                       "in_service_year", "owner_homes"},
                      {"imputed"});
  table.check_unique({"link"});
  const CodeList kinds("kind of link", {"submarine", "terrestrial", "satellite"});
  const CsvColumn owners = table.column("owner_homes");
  ImputedFlags flags(table, "links", "capacity_tbps");
  std::vector<LinkRow> links;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto [a, b] = read_pair(table.column("iso3_a"), table.column("iso3_b"), row, countries);
    LinkRow link;
    link.id = table.column("link").required_text(row);
    link.a = static_cast<std::uint32_t>(a);
    link.b = static_cast<std::uint32_t>(b);
    link.kind = static_cast<LinkKind>(table.column("kind").code(row, kinds));
    link.cable = table.column("cable_name").required_text(row);
    link.length_km = positive_number(table.column("length_km"), row);
    link.place = table.column("length_km").place(row);
    link.capacity_tbps = positive_number(table.column("capacity_tbps"), row);
    link.year = static_cast<int>(table.column("in_service_year").integer(row, 1950, 2100));
    link.owner_homes = split_cell(owners.text(row));
    for (const std::string& home : link.owner_homes) {
      if (!countries.find(home)) owners.fail(row, "\"" + home + "\" is not a known country; correct or remove it.");
    }
    flags.note(row, link.id);
    links.push_back(std::move(link));
  }
  flags.append_to(imputed);
  return links;
}

}  // namespace splinternet
