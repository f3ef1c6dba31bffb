#pragma once

#include <string>

#include "sim/study/analyses/result_table.hpp"

namespace splinternet {

/// What an analysis found.
struct AnalysisAnswer {
  std::string text;   ///< for a reader: what was asked, a table, what follows; ends with a newline
  ResultTable table;  ///< the same in full precision, for other programs
};

/// A question that an [analysis.<id>] poses, read and checked. The same answer for any number of threads.
class PosedAnalysis {
 public:
  PosedAnalysis() = default;
  PosedAnalysis(const PosedAnalysis&) = delete;
  PosedAnalysis& operator=(const PosedAnalysis&) = delete;
  virtual ~PosedAnalysis() = default;

  /// What it is about, e.g. "15 voters, 2 conditions".
  [[nodiscard]] virtual std::string subject() const = 0;
  /// Throws ScenarioError or SolverError if what was asked has no answer.
  [[nodiscard]] virtual AnalysisAnswer answer() const = 0;
};

}  // namespace splinternet
