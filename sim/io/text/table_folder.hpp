#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/io/text/csv.hpp"
#include "sim/io/text/toml_document.hpp"

namespace splinternet {

/// A folder of tables and what its `tables.toml` says of them: [<table>] file, rows, sum = {<column> = <number>}.
class TableFolder {
 public:
  /// Reads tables.toml and all files that it lists. Throws DataError if the folder, tables.toml or a file is missing
  /// (with the nearest name), or if tables.toml lists an unknown table, one of another kind of world, or not all
  /// that are required.
  explicit TableFolder(const std::string& folder);

  [[nodiscard]] bool has(std::string_view table) const { return manifest_.find(table) != nullptr; }
  /// The table, its cells not yet checked.
  [[nodiscard]] CsvTable read(std::string_view table) const;
  /// Throws DataError unless the row count and the sums of the table are as stated (to 6 digits; empty cells count as
  /// 0). To be called after the cells were checked, because a bad cell is the better message.
  void check_totals(std::string_view name, const CsvTable& table) const;
  /// Digest of the names and bytes of tables.toml and all files listed, in order of their names.
  [[nodiscard]] std::uint64_t digest() const;

 private:
  struct File {
    std::string name;
    std::string bytes;
  };
  void read_manifest();
  void check_tables_of_actors() const;
  void check_tables_of_countries() const;
  void read_listed_files();
  static void check_row_count(const TomlValue& entry, const CsvTable& table);
  static void check_sums(const TomlValue& entry, const CsvTable& table);

  std::string folder_;
  TomlValue manifest_;
  std::vector<File> files_;
};

/// Names of the tables that a world may have, those first that a map requires; `actors` stands for a world without one.
std::vector<std::string> known_tables();

/// The parts of a cell that holds a list, separated by '|'; none for an empty cell.
std::vector<std::string> split_cell(std::string_view cell);

/// Collects which values of a table are flagged as not observed: its column `imputed` (which may be absent) holds 0, 1
/// (the value column) or a list of columns. Entries read "table.column key".
class ImputedFlags {
 public:
  ImputedFlags(const CsvTable& table, std::string name, std::string value_column);
  /// Notes the flags of a row under its key, or of a pair under "key-other". Throws DataError if a flagged column does
  /// not exist.
  void note(std::size_t row, std::string_view key, std::string_view other = {});
  /// Appends the entries; where every row is flagged only in the value column, one entry stands for all.
  void append_to(std::vector<std::string>& imputed) const;

 private:
  const CsvTable& table_;
  std::string name_;
  std::string value_column_;
  std::optional<CsvColumn> flags_;
  std::size_t flagged_values_ = 0;
  std::vector<std::string> entries_;
};

}  // namespace splinternet
