#include "sim/io/text/table_folder.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "sim/core/check.hpp"
#include "sim/core/digest.hpp"
#include "sim/core/nearest_name.hpp"
#include "sim/io/text/text_file.hpp"
#include "sim/io/text/toml_reader.hpp"

namespace splinternet {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRequiredTables = 3;
constexpr std::string_view kManifest = "tables.toml";
constexpr std::string_view kActors = "actors";

bool contains(const std::vector<std::string>& tables, const std::string& table) {
  return std::find(tables.begin(), tables.end(), table) != tables.end();
}

/// What a world of actors may have: all else tells of countries.
std::vector<std::string> tables_of_actors() {
  return {std::string(kActors), "influence", "pairs", "payoffs", "initial_memberships"};
}

/// What a world with a map may have.
std::vector<std::string> tables_of_countries() {
  const std::vector<std::string> of_actors = tables_of_actors();
  std::vector<std::string> allowed;
  for (const std::string& table : known_tables()) {
    const bool is_for_both = table == "initial_memberships";
    if (is_for_both || !contains(of_actors, table)) allowed.push_back(table);
  }
  return allowed;
}

constexpr Parameter kRows = integer("rows", "rows", 0, {0, 1e9}, {0, 1e9}, "number of rows without the header", "[D]");
constexpr Parameter kSum = real("sum", "1", 0, {-kNoLimit, kNoLimit}, {0, 0}, "sum of a column", "[D]");

std::string short_number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::string count_of_rows(std::size_t rows) {
  return std::to_string(rows) + (rows == 1 ? " row" : " rows");
}

}  // namespace

std::vector<std::string> known_tables() {
  return {"countries", "goods_trade",   "links",  "services_trade", "languages",           "vendor_shares",
          "groupings", "organisations", "firms",  "firm_stances",   "initial_memberships", "compliance_gaps",
          "hosting",   "data_demand",   "actors", "influence",      "pairs",     "payoffs"};
}

TableFolder::TableFolder(const std::string& folder) : folder_(folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    throw DataError(folder + ": there is no such folder of tables; correct the name." + nearest_file(folder));
  }
  try {
    read_manifest();
    read_listed_files();
  } catch (const ScenarioError& error) {
    throw DataError(error.what());  // tables.toml is data, though it is read like a scenario
  }
}

void TableFolder::read_manifest() {
  const std::string path = (fs::path(folder_) / kManifest).string();
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    refuse({path, "", "there is no such file, but it lists the tables of this folder", "",
            "restore it, or name another folder of tables." + nearest_file(path)});
  }
  files_.push_back({std::string(kManifest), read_text_file(path)});
  manifest_ = parse_toml(files_.back().bytes, path);
  const std::vector<std::string> known = known_tables();
  refuse_unknown_keys(manifest_, "", known);
  if (has(kActors)) return check_tables_of_actors();
  for (std::size_t n = 0; n < kRequiredTables; ++n) {
    if (has(known[n])) continue;
    refuse({path + ":1:1", known[n], "the table " + in_quotes(known[n]) + " is not listed, but every world needs it",
            "", "add [" + known[n] + "] with file and rows"});
  }
  check_tables_of_countries();
}

void TableFolder::check_tables_of_actors() const {
  const std::vector<std::string> allowed = tables_of_actors();
  for (const TomlValue& entry : manifest_.items) {
    if (contains(allowed, entry.key)) continue;
    refuse({to_string(entry.place), entry.key,
            "a world of actors has no map, so that the table " + in_quotes(entry.key) + " would tell of nobody",
            list_text(allowed), "remove [" + entry.key + "], or list countries instead of actors"});
  }
}

void TableFolder::check_tables_of_countries() const {
  const std::vector<std::string> allowed = tables_of_countries();
  for (const TomlValue& entry : manifest_.items) {
    if (contains(allowed, entry.key)) continue;
    refuse({to_string(entry.place), entry.key,
            "the table " + in_quotes(entry.key) + " is for worlds of actors, so that nothing would look at it",
            list_text(allowed), "remove [" + entry.key + "], or list actors instead of countries"});
  }
}

void TableFolder::read_listed_files() {
  for (const TomlValue& entry : manifest_.items) {
    const TomlReader reader(&entry, entry.key, entry.place);
    refuse_unknown_keys(entry, entry.key, std::vector<std::string>{"file", "rows", "sum"});
    reader.require("file", "the name of a CSV file in this folder");
    reader.require("rows", allowed_text(kRows));
    const std::string name = reader.text("file");
    const std::string path = (fs::path(folder_) / name).string();
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
      refuse({to_string(entry.find("file")->place), entry.key + ".file", "there is no file " + path,
              "a CSV file in this folder", "restore the file or correct its name." + nearest_file(path)});
    }
    files_.push_back({name, read_text_file(path)});
  }
}

CsvTable TableFolder::read(std::string_view table) const {
  const TomlValue* entry = manifest_.find(table);
  SPLINTERNET_CHECK(entry != nullptr, table);
  const std::string& name = entry->find("file")->text;
  const auto file = std::find_if(files_.begin(), files_.end(), [&](const File& f) { return f.name == name; });
  return parse_csv(file->bytes, (fs::path(folder_) / name).string());
}

void TableFolder::check_totals(std::string_view name, const CsvTable& table) const {
  const TomlValue* entry = manifest_.find(name);
  SPLINTERNET_CHECK(entry != nullptr, name);
  try {
    check_row_count(*entry, table);
    check_sums(*entry, table);
  } catch (const ScenarioError& error) {
    throw DataError(error.what());
  }
}

void TableFolder::check_row_count(const TomlValue& entry, const CsvTable& table) {
  const double stated = TomlReader(&entry, entry.key, entry.place).number("rows", kRows);
  const std::size_t rows = table.row_count();
  if (stated == static_cast<double>(rows)) return;
  const std::size_t last_line = rows == 0 ? 1 : table.line(rows - 1);
  const std::string missing = stated > static_cast<double>(rows) ? "lines are missing" : "lines were added";
  throw DataError(table.path() + ":" + std::to_string(last_line) + ":1: the table ends here with " +
                  count_of_rows(rows) + ", but " + to_string(entry.find("rows")->place) + " states " +
                  short_number(stated) + ": " + missing + "; restore the whole file, or correct that number.");
}

void TableFolder::check_sums(const TomlValue& entry, const CsvTable& table) {
  const TomlValue* sums = entry.find("sum");
  if (sums == nullptr) return;
  const std::string path = entry.key + ".sum";
  if (sums->kind != TomlKind::kTable) refuse_type(*sums, path, "a table, {column = number}");
  refuse_unknown_keys(*sums, path, table.header());
  for (const TomlValue& stated : sums->items) {
    const CsvColumn column = table.column(stated.key);
    double sum = 0.0;
    for (std::size_t row = 0; row < column.size(); ++row) sum += column.optional_number(row).value_or(0.0);
    const double wanted = checked_number(stated, path + "." + stated.key, kSum);
    constexpr double kSixDigits = 1e-5;
    if (std::fabs(sum - wanted) <= kSixDigits * std::fabs(wanted)) continue;
    refuse({to_string(stated.place), path + "." + stated.key,
            "the stated sum is " + short_number(wanted) + ", but column " + in_quotes(stated.key) + " of " +
                table.path() + " sums to " + short_number(sum),
            "", "the table was changed or damaged: restore it, or correct the stated sum"});
  }
}

std::uint64_t TableFolder::digest() const {
  std::vector<const File*> files;
  for (const File& file : files_) files.push_back(&file);
  std::sort(files.begin(), files.end(), [](const File* a, const File* b) { return a->name < b->name; });
  Digest digest;
  for (const File* file : files) {
    digest.add(file->name);
    digest.add(file->bytes);
  }
  return digest.value();
}

std::vector<std::string> split_cell(std::string_view cell) {
  std::vector<std::string> parts;
  while (!cell.empty()) {
    const std::size_t bar = cell.find('|');
    parts.emplace_back(cell.substr(0, bar));
    cell = bar == std::string_view::npos ? std::string_view{} : cell.substr(bar + 1);
  }
  return parts;
}

ImputedFlags::ImputedFlags(const CsvTable& table, std::string name, std::string value_column)
    : table_(table), name_(std::move(name)), value_column_(std::move(value_column)) {
  if (table.has_column("imputed")) flags_ = table.column("imputed");
}

void ImputedFlags::note(std::size_t row, std::string_view key, std::string_view other) {
  const std::string_view cell = flags_ ? flags_->text(row) : std::string_view{};
  if (cell.empty() || cell == "0") return;
  const std::vector<std::string> columns = cell == "1" ? std::vector{value_column_} : split_cell(cell);
  for (const std::string& column : columns) {
    if (!table_.has_column(column)) flags_->fail(row, "\"" + column + "\" is no column of this table; correct it.");
    std::string& entry = entries_.emplace_back(name_ + "." + column + " ");
    entry += key;
    if (!other.empty()) (entry += '-') += other;
    if (column == value_column_) ++flagged_values_;
  }
}

void ImputedFlags::append_to(std::vector<std::string>& imputed) const {
  const std::size_t rows = table_.row_count();
  if (rows > 0 && flagged_values_ == rows && entries_.size() == rows) {
    imputed.push_back(name_ + "." + value_column_ + " (all rows)");
    return;
  }
  imputed.insert(imputed.end(), entries_.begin(), entries_.end());
}

}  // namespace splinternet
