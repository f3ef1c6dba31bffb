#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace splinternet {

class CsvTable;

/// Closed interval in which a number must lie; infinite bounds mean "any".
struct NumberRange {
  double lowest = -std::numeric_limits<double>::infinity();
  double highest = std::numeric_limits<double>::infinity();
};

/// A fixed list of allowed words (ISO codes, kinds of link, …), found in O(1) and kept in the order given.
class CodeList {
 public:
  /// `meaning` names the words in messages, e.g. "country". Throws InternalError if a word stands twice.
  CodeList(std::string meaning, std::vector<std::string> codes);

  /// Place of the word in the list, or nothing.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view code) const;
  [[nodiscard]] const std::string& meaning() const { return meaning_; }
  [[nodiscard]] const std::vector<std::string>& codes() const { return codes_; }

 private:
  static constexpr std::size_t kNoPlace = static_cast<std::size_t>(-1);
  /// Where the word stands in the hash table, or the free slot where it would.
  [[nodiscard]] std::size_t slot_of(std::string_view code) const;

  std::string meaning_;
  std::vector<std::string> codes_;
  std::vector<std::size_t> places_;  ///< hash table of open addressing
};

/// One column of a table, read with types. Refers to the table, which must outlive it.
/// Every reader throws DataError "file:line:column: what, why, how to mend"; rows count from 0.
class CsvColumn {
 public:
  [[nodiscard]] const std::string& name() const;
  [[nodiscard]] std::size_t size() const;
  /// True where the cell is empty.
  [[nodiscard]] bool is_missing(std::size_t row) const;
  /// The cell as it stands, "" if missing.
  [[nodiscard]] std::string_view text(std::size_t row) const;
  /// The cell; an empty one is an error.
  [[nodiscard]] std::string_view required_text(std::size_t row) const;
  /// A finite decimal number within the range; an empty cell is an error. Correctly rounded, whatever the locale.
  [[nodiscard]] double number(std::size_t row, NumberRange range = {}) const;
  /// The same, but nothing where the cell is empty.
  [[nodiscard]] std::optional<double> optional_number(std::size_t row, NumberRange range = {}) const;
  /// A whole number within [lowest, highest]; an empty cell is an error.
  [[nodiscard]] std::int64_t integer(std::size_t row, std::int64_t lowest, std::int64_t highest) const;
  /// The same, but nothing where the cell is empty.
  [[nodiscard]] std::optional<std::int64_t> optional_integer(std::size_t row, std::int64_t lowest,
                                                             std::int64_t highest) const;
  /// 1 is true, 0 is false, all else (also an empty cell) is an error.
  [[nodiscard]] bool zero_or_one(std::size_t row) const;
  /// Place of the cell's word in the list; an unknown word is an error with the nearest one.
  [[nodiscard]] std::size_t code(std::size_t row, const CodeList& allowed) const;
  /// "file:line:column" of the cell.
  [[nodiscard]] std::string place(std::size_t row) const;
  /// For the caller's own checks: throws DataError "file:line:column: column "name": <what_and_remedy>".
  [[noreturn]] void fail(std::size_t row, std::string_view what_and_remedy) const;

 private:
  friend class CsvTable;
  CsvColumn(const CsvTable& table, std::size_t column) : table_(&table), column_(column) {}
  const CsvTable* table_;
  std::size_t column_;
};

/// A table of text cells with one header row, as read from UTF-8 CSV (RFC 4180): commas, "…" with "" for a quote,
/// LF or CRLF, an optional byte order mark; an empty cell is a missing value. Blanks are kept as they stand.
class CsvTable {
 public:
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] std::size_t row_count() const { return cells_.size() / header_.size(); }
  [[nodiscard]] bool has_column(std::string_view name) const;
  /// The column; throws DataError with the nearest name if there is none.
  [[nodiscard]] CsvColumn column(std::string_view name) const;
  /// Text of a cell. Throws InternalError outside the table.
  [[nodiscard]] std::string_view text(std::size_t row, std::size_t column) const;
  /// "file:line:column" of the first character of a cell (lines and characters count from 1).
  [[nodiscard]] std::string place(std::size_t row, std::size_t column) const;
  /// Line of a row's first cell in the file, counted from 1.
  [[nodiscard]] std::size_t line(std::size_t row) const;

  /// Throws DataError if a required column is missing, or if there is a column that is neither required nor optional.
  void check_columns(std::initializer_list<std::string_view> required,
                     std::initializer_list<std::string_view> optional = {}) const;
  void check_columns(std::span<const std::string_view> required, std::span<const std::string_view> optional) const;
  /// Throws DataError that names both lines if two rows agree in all key columns.
  void check_unique(std::initializer_list<std::string_view> key_columns) const;
  void check_unique(std::span<const std::string_view> key_columns) const;

 private:
  friend class CsvParser;
  struct Cell {
    std::size_t begin;
    std::size_t length;
    std::size_t line;
    std::size_t column;
  };
  CsvTable() = default;
  [[nodiscard]] const Cell& cell(std::size_t row, std::size_t column) const;

  std::string path_;
  std::vector<std::string> header_;
  std::vector<Cell> header_cells_;
  std::vector<Cell> cells_;  ///< row-major
  std::string text_;         ///< the text of all cells, unquoted, end to end
};

/// Reads a table. Throws DataError if the file is missing (with the nearest file name in its folder), empty, cut off
/// (last row short, quote never closed), ragged (with the counts expected and found), not UTF-8, or if a column name is
/// empty or stands twice; FileError if the operating system refuses.
CsvTable read_csv(const std::filesystem::path& path);

/// The same for text in memory; `path` is the name used in messages.
CsvTable parse_csv(std::string_view text, std::string path);

}  // namespace splinternet
