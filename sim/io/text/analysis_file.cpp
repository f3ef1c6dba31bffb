#include "sim/io/text/analysis_file.hpp"

#include <algorithm>

#include "sim/core/nearest_name.hpp"
#include "sim/io/text/scenario_library.hpp"
#include "sim/io/text/scenario_parameters.hpp"
#include "sim/io/text/toml_reader.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

constexpr std::string_view kWantedTable = "a table for each analysis, [analysis.<id>]";

/// A file that is not meant to be run: all that it may hold is known here.
void check_sections(const TomlValue& document) {
  const std::vector<std::string> known = {"analysis", "lesson", "question", "title"};
  refuse_unknown_keys(document, "", document.find("analysis") != nullptr ? known : plain_keys(""));
}

std::vector<AnalysisSpec> read_analyses(const TomlValue& document) {
  std::vector<AnalysisSpec> analyses;
  const TomlValue* tables = document.find("analysis");
  if (tables == nullptr) return analyses;
  if (tables->kind != TomlKind::kTable) refuse_type(*tables, "analysis", kWantedTable);
  for (const TomlValue& table : tables->items) {
    const AnalysisSpec spec{table.key, table};
    if (table.kind != TomlKind::kTable) refuse_type(table, spec.path(), "a table, [" + spec.path() + "]");
    const TomlReader reader(&table, spec.path(), table.place);
    reader.require("kind", "the kind of analysis, a string in quotes");
    (void)reader.text("kind");  // of the right type
    analyses.push_back(spec);
  }
  std::stable_sort(analyses.begin(), analyses.end(), [](const AnalysisSpec& a, const AnalysisSpec& b) {
    return a.table.key_place.line < b.table.key_place.line;
  });
  return analyses;
}

}  // namespace

std::string AnalysisSpec::path(std::string_view key) const {
  const std::string own = "analysis." + id;
  return key.empty() ? own : join_path(own, key);
}

bool is_runnable(const TomlValue& document) {
  return document.find("run") != nullptr || document.find("world") != nullptr;
}

AnalysisFile read_analysis_file(const std::string& path, std::span<const Override> overrides) {
  ScenarioDocument document = read_scenario_document(path);
  lay_over(document, overrides);
  return analysis_file_of(document);
}

AnalysisFile analysis_file_of(const ScenarioDocument& document) {
  const TomlValue& table = document.table;
  const TomlReader reader(&table, "", table.place);
  AnalysisFile file;
  file.path = document.file;
  file.is_runnable = is_runnable(table);
  if (!file.is_runnable) check_sections(table);
  file.title = reader.text("title");
  file.question = reader.text("question");
  file.lesson = reader.text("lesson");
  file.analyses = read_analyses(table);
  if (file.analyses.empty() && !file.is_runnable) {
    refuse({file.path, "", "there is nothing here to run or to analyse", "[run] and [world], or [analysis.<id>]",
            "add what is missing; `splinternet list` names scenarios to start from"});
  }
  return file;
}

void remove_analyses(TomlValue& document, const std::string& file) {
  const TomlReader reader(&document, "", document.place);
  (void)reader.text("lesson");  // refused here if it is no text: nobody reads it later
  const TomlValue* analyses = document.find("analysis");
  if (analyses != nullptr && !is_runnable(document)) {
    refuse({to_string(analyses->place), "analysis",
            "this file is analysed, not run: it has no sections [run] and [world]", "",
            "write splinternet analyse " + shipped_name(file)});
  }
  document.erase("analysis");
  document.erase("lesson");
}

}  // namespace splinternet
