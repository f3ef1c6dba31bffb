#include "sim/io/text/scenario_file.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/nearest_name.hpp"
#include "sim/engine/outputs.hpp"
#include "sim/io/text/analysis_file.hpp"
#include "sim/io/text/scenario_builder.hpp"
#include "sim/io/text/scenario_merge.hpp"
#include "sim/model/catalogue.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

namespace fs = std::filesystem;

Scenario with_overrides(ScenarioDocument document, std::span<const Override> overrides, const Vocabulary& vocabulary) {
  lay_over(document, overrides);
  return scenario_of(document, vocabulary);
}

}  // namespace

Override parse_override(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    refuse({"--set " + std::string(text), "", "there is no \"=\"", "key=value, with a dotted key",
            "write e.g. --set countries.temperature=0.2"});
  }
  return {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

Vocabulary program_vocabulary() {
  std::vector<std::string> arrays = output_names();
  arrays.push_back("default");
  return {parameter_catalogue(), term_names(), std::move(arrays), default_term_names()};
}

ScenarioDocument read_scenario_document(const std::string& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    refuse({path, "", "there is no such file", "a scenario file", "correct the name." + nearest_file(path)});
  }
  const fs::path file(path);
  const std::string folder = file.parent_path().string();
  return {resolve_extends(read_toml(path), path, folder), path, file.stem().string(), folder};
}

ScenarioDocument parse_scenario_document(std::string_view text, const std::string& name, const std::string& folder) {
  return {resolve_extends(parse_toml(text, name), name, folder), name, name, folder};
}

void lay_over(ScenarioDocument& document, std::span<const Override> overrides) {
  apply_overrides(document.table, overrides);
}

Scenario scenario_of(const ScenarioDocument& document, const Vocabulary& vocabulary) {
  TomlValue table = document.table;
  remove_analyses(table, document.file);
  drop_disabled(table);
  return build_scenario(table, document.name, document.folder, vocabulary);
}

void check_tables_exist(const Scenario& scenario) {
  std::error_code ignored;
  if (scenario.world.actors > 0 || fs::is_directory(scenario.world.tables_path, ignored)) return;
  refuse({scenario.places.at("world.tables"), "world.tables", "there is no folder " + scenario.world.tables_path,
          "a folder of tables, relative to this file", "correct the name." + nearest_file(scenario.world.tables_path)});
}

Scenario read_scenario(const std::string& path, std::span<const Override> overrides) {
  return read_scenario(path, overrides, program_vocabulary());
}

Scenario read_scenario(const std::string& path, std::span<const Override> overrides, const Vocabulary& vocabulary) {
  Scenario scenario = with_overrides(read_scenario_document(path), overrides, vocabulary);
  check_tables_exist(scenario);
  return scenario;
}

Scenario parse_scenario(std::string_view text, const std::string& name, const std::string& folder,
                        std::span<const Override> overrides) {
  return parse_scenario(text, name, folder, overrides, program_vocabulary());
}

Scenario parse_scenario(std::string_view text, const std::string& name, const std::string& folder,
                        std::span<const Override> overrides, const Vocabulary& vocabulary) {
  return with_overrides(parse_scenario_document(text, name, folder), overrides, vocabulary);
}

}  // namespace splinternet
