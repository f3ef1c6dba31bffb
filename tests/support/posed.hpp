#pragma once

#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/study/analyses/registry.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/temporary_folder.hpp"

namespace splinternet::testing {

/// The analyses of a text, read as a file of the name "case.toml".
inline AnalysisFile analysis_file(const std::string& text) {
  const TemporaryFolder folder;
  write_file(folder / "case.toml", text);
  return read_analysis_file(folder / "case.toml");
}

/// The only analysis of a file with one table [analysis.test] of these keys.
inline std::unique_ptr<PosedAnalysis> posed(const std::string& keys) {
  const AnalysisFile file = analysis_file("[analysis.test]\n" + keys);
  return pose_analysis(file.analyses.at(0), file);
}

/// What refuses it says, or "no error".
inline std::string refusal(const std::string& keys) {
  return error_message([&] { posed(keys)->answer(); });
}

/// The cell of a column in a row.
inline std::string cell(const ResultTable& table, std::size_t row, const std::string& column) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c] == column) return table.rows.at(row).at(c);
  }
  throw std::out_of_range("no column " + column);
}

/// The cells of a column from top to bottom, parted by spaces.
inline std::string cells(const ResultTable& table, const std::string& column) {
  std::string text;
  for (std::size_t row = 0; row < table.rows.size(); ++row) text += (row == 0 ? "" : " ") + cell(table, row, column);
  return text;
}

}  // namespace splinternet::testing
