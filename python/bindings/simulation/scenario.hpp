#pragma once

#include <memory>
#include <span>
#include <string>

#include "sim/io/text/analysis_file.hpp"
#include "sim/io/text/scenario_file.hpp"
#include "sim/model/extensions.hpp"
#include "sim/model/setting.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/world_tables.hpp"

namespace splinternet::python {

/// A scenario as Python holds it: read and checked to the end, and never changed again.
class LoadedScenario {
 public:
  /// Reads a shipped scenario by name, or a file. Throws as `load_setting` does.
  static std::shared_ptr<LoadedScenario> load(const std::string& name_or_path);
  /// The same of a text; see parse_scenario_document.
  static std::shared_ptr<LoadedScenario> parse(const std::string& text, const std::string& name,
                                               const std::string& folder);
  /// This scenario with other values laid over it. Tables are read again only if it names others.
  [[nodiscard]] std::shared_ptr<LoadedScenario> with(std::span<const Override> overrides) const;

  [[nodiscard]] const ScenarioDocument& document() const { return document_; }
  /// What it tells its readers, and what it asks to be analysed.
  [[nodiscard]] const AnalysisFile& file() const { return file_; }
  [[nodiscard]] bool is_runnable() const { return scenario_ != nullptr; }
  /// Throws ScenarioError, with what to do instead, if this is only analysed.
  [[nodiscard]] const Scenario& scenario() const;
  [[nodiscard]] const WorldTables& tables() const;
  /// All that a run of it needs. Throws as make_setting does, and ScenarioError if this is only analysed.
  [[nodiscard]] std::shared_ptr<const Setting> make_setting(const Extensions& extensions = {}) const;

 private:
  explicit LoadedScenario(ScenarioDocument document);
  void read_tables(const LoadedScenario* like);

  ScenarioDocument document_;
  AnalysisFile file_;
  std::shared_ptr<const Scenario> scenario_;
  std::shared_ptr<const WorldTables> tables_;
};

}  // namespace splinternet::python
