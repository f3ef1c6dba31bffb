#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/io/text/scenario_file.hpp"
#include "sim/io/text/toml_document.hpp"

namespace splinternet {

/// One table [analysis.<id>] of a file: a question that is answered without a run.
struct AnalysisSpec {
  std::string id;
  TomlValue table;  ///< with its key `kind`, a string; who answers that kind reads and checks the rest

  /// Path of a key of the table in messages, "analysis.<id>.<key>"; of the table itself for "".
  [[nodiscard]] std::string path(std::string_view key = "") const;
  [[nodiscard]] const TomlValue& kind() const { return *table.find("kind"); }
};

/// What a scenario file tells its readers and asks to be analysed.
struct AnalysisFile {
  std::string path;
  std::string title;
  std::string question;
  std::string lesson;                  ///< paragraphs, separated by blank lines
  bool is_runnable = false;            ///< a scenario besides
  std::vector<AnalysisSpec> analyses;  ///< in the order of the file; may be empty if is_runnable
};

/// Whether a merged document is a scenario: it has a section [run] or [world].
bool is_runnable(const TomlValue& document);

/// Reads title, question, lesson and all [analysis.<id>] of a scenario file, with what it extends and the overrides
/// laid over it. Sections of a runnable scenario are left to read_scenario. Throws ScenarioError with place and remedy
/// for keys and sections that are unknown, an analysis that is no table or has no kind, and a file that is neither
/// analysed nor run; FileError if the operating system refuses to read a file.
AnalysisFile read_analysis_file(const std::string& path, std::span<const Override> overrides = {});
/// The same of a document that was read before.
AnalysisFile analysis_file_of(const ScenarioDocument& document);

/// Removes from a merged document what only its readers and `analyse` want: lesson and [analysis]. Throws ScenarioError
/// with the command to type instead if nothing is left that could be run. `file` is the path of the scenario.
void remove_analyses(TomlValue& document, const std::string& file);

}  // namespace splinternet
