#include "sim/io/text/actor_world.hpp"

#include <algorithm>
#include <limits>

#include "sim/core/check.hpp"

namespace splinternet {
namespace {

constexpr double kNoBound = std::numeric_limits<double>::infinity();

double positive_or_one(const CsvTable& table, std::string_view name, std::size_t row) {
  if (!table.has_column(name)) return 1.0;
  const double value = table.column(name).number(row, {0, kNoBound});
  if (value == 0.0)
    table.column(name).fail(row, "0 would count for nothing; write a number above 0, or remove the row.");
  return value;
}

bool is_attribute(std::string_view column) {
  return column != "code" && column != "name" && column != "size";
}

}  // namespace

WorldTables read_actors(const CsvTable& table) {
  WorldTables tables;
  ActorTable& actors = tables.actors.emplace();
  const CsvColumn code = table.column("code");
  if (table.row_count() == 0) throw DataError(table.path() + ": a world needs at least one actor; add a row.");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    tables.countries.code.emplace_back(code.required_text(row));
    if (tables.countries.code.back().find_first_of(" +|") != std::string::npos) {
      code.fail(row, "a code has no blank, '+' or '|' in it; write the full name in a column name.");
    }
    tables.countries.name.emplace_back(table.has_column("name") ? table.column("name").required_text(row)
                                                                : code.text(row));
    tables.countries.written_at.push_back(code.place(row));
    actors.size.push_back(positive_or_one(table, "size", row));
  }
  table.check_unique({"code"});
  std::vector<std::string> names = table.header();
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    if (!is_attribute(name)) continue;
    actors.attribute.push_back(name);
    std::vector<double>& value = actors.value.emplace_back();
    for (std::size_t row = 0; row < table.row_count(); ++row) value.push_back(table.column(name).number(row));
  }
  return tables;
}

std::vector<InfluenceRow> read_influence(const CsvTable& table, const CodeList& actors) {
  table.check_columns({"from", "to"}, {"weight"});
  table.check_unique({"from", "to"});
  const CsvColumn from = table.column("from");
  const CsvColumn to = table.column("to");
  std::vector<InfluenceRow> rows;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto one = static_cast<std::uint32_t>(from.code(row, actors));
    const auto other = static_cast<std::uint32_t>(to.code(row, actors));
    if (one == other) to.fail(row, "an actor does not look at itself; remove the row.");
    rows.push_back({one, other, positive_or_one(table, "weight", row)});
  }
  return rows;
}

}  // namespace splinternet
