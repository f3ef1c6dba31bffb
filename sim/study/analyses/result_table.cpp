#include "sim/study/analyses/result_table.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "sim/core/check.hpp"

namespace splinternet {
namespace {

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) line += (&cell == cells.data() ? "" : ",") + csv_cell(cell);
  return line + "\n";
}

void check_rows(const ResultTable& table) {
  for (const std::vector<std::string>& row : table.rows) {
    SPLINTERNET_CHECK(row.size() == table.columns.size(), row.size(), table.columns.size());
  }
}

/// Columns of a terminal that UTF-8 text takes, one per code point.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + '"';
}

std::string csv_text(std::span<const ResultTable> tables) {
  std::vector<std::string> columns;
  for (const ResultTable& table : tables) {
    check_rows(table);
    for (const std::string& column : table.columns) {
      if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
    }
  }
  std::string text = csv_line(columns);
  for (const ResultTable& table : tables) {
    for (const std::vector<std::string>& row : table.rows) {
      std::vector<std::string> cells(columns.size());
      for (std::size_t c = 0; c < row.size(); ++c) {
        const auto place = std::find(columns.begin(), columns.end(), table.columns[c]) - columns.begin();
        cells[static_cast<std::size_t>(place)] = row[c];
      }
      text += csv_line(cells);
    }
  }
  return text;
}

std::string aligned_text(const ResultTable& table) {
  check_rows(table);
  std::vector<std::size_t> width;
  for (const std::string& column : table.columns) width.push_back(width_of(column));
  for (const std::vector<std::string>& row : table.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) width[c] = std::max(width[c], width_of(row[c]));
  }
  std::string text;
  const auto add_line = [&](const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      const std::string space(width[c] - width_of(cells[c]), ' ');
      line += "  " + (c == 0 ? cells[c] + space : space + cells[c]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  add_line(table.columns);
  for (const std::vector<std::string>& row : table.rows) add_line(row);
  return text;
}

}  // namespace splinternet
