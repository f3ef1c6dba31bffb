#pragma once

#include <span>
#include <string>
#include <vector>

namespace splinternet {

/// Results as rows under named columns; numbers as the shortest decimals that read back to the same number.
struct ResultTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  ///< one cell per column; "" = not applicable
};

/// The text as a cell of CSV: in quotes where it holds commas, quotes or ends of lines.
std::string csv_cell(const std::string& text);

/// The tables below each other as CSV (RFC 4180): all columns in order of first appearance, cells empty where a table
/// lacks the column. Throws InternalError if a row has not one cell per column.
std::string csv_text(std::span<const ResultTable> tables);

/// The table for a terminal: each line indented by two, the first column to the left, the others to the right.
std::string aligned_text(const ResultTable& table);

}  // namespace splinternet
