#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "sim/io/text/analysis_file.hpp"
#include "sim/study/analyses/posed_analysis.hpp"

namespace splinternet {

/// A kind of analysis: its word in `kind = "…"`, and who reads such a table.
struct AnalysisKind {
  std::string_view name;
  /// Reads the table; throws ScenarioError with place and remedy. `file` is the file that it stands in.
  std::unique_ptr<PosedAnalysis> (*pose)(const AnalysisSpec& spec, const AnalysisFile& file);
};

/// All kinds, by name.
std::span<const AnalysisKind> analysis_kinds();

/// The question of the table, by its kind. Throws ScenarioError, with the nearest one for an unknown kind.
std::unique_ptr<PosedAnalysis> pose_analysis(const AnalysisSpec& spec, const AnalysisFile& file);

}  // namespace splinternet
