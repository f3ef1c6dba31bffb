#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/io/text/csv.hpp"

namespace splinternet {

/// Turns CSV text into a table in one pass; each instance parses one text. `read_csv` and `parse_csv` are its doors.
class CsvParser {
 public:
  /// `path` is the name used in messages. The text must outlive the parser.
  CsvParser(std::string_view text, std::string path);

  /// The table; throws DataError as `read_csv` says.
  CsvTable parse() &&;

 private:
  struct Place {
    std::size_t line = 1;
    std::size_t column = 1;
  };

  void check_encoding();
  void read_header();
  void read_row();
  void check_row() const;
  void read_quoted_cell();
  void read_plain_cell();
  void end_cell(std::size_t begin, Place start);
  [[nodiscard]] bool at_end() const { return next_ == text_.size(); }
  [[nodiscard]] bool at_line_break() const;
  void advance();
  void skip_line_break();
  [[noreturn]] void fail(Place place, std::string_view message) const;

  std::string_view text_;
  std::size_t next_ = 0;
  Place place_;
  CsvTable table_;
  std::vector<CsvTable::Cell> row_;
};

}  // namespace splinternet
