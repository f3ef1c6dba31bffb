#include "sim/app/listings.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "sim/app/run_scenario.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/io/text/analysis_file.hpp"
#include "sim/io/text/scenario_library.hpp"
#include "sim/study/analyse_file.hpp"
#include "sim/study/result_file.hpp"
#include "sim/study/run.hpp"
#include "sim/study/tables_text.hpp"

namespace splinternet {
namespace {

int print_tables(const ListingArguments& arguments) {
  const TableFormat format = arguments.json       ? TableFormat::kJson
                             : arguments.markdown ? TableFormat::kMarkdown
                                                  : TableFormat::kText;
  fmt::print("{}", arguments.outputs ? output_table_text(format) : parameter_table_text(format));
  return 0;
}

constexpr int kNameWidth = 31;

void print_entry(const ScenarioEntry& entry) {
  fmt::print("{:{}} {}\n", entry.name, kNameWidth, entry.title);
  if (!entry.question.empty()) fmt::print("{:{}} {}\n", "", kNameWidth, entry.question);
}

int print_scenarios() {
  const std::vector<ScenarioEntry> entries = list_scenarios();
  for (const ScenarioEntry& entry : entries) {
    if (!entry.in_gallery()) print_entry(entry);
  }
  bool is_first = true;
  for (const ScenarioEntry& entry : entries) {
    if (!entry.in_gallery()) continue;
    if (is_first) fmt::print("\nGallery: models of the literature, to learn from\n");
    is_first = false;
    print_entry(entry);
    for (const std::string& command : entry.commands) {
      fmt::print("{:{}} splinternet {} {}\n", "", kNameWidth, command, entry.name);
    }
  }
  return 0;
}

bool is_result_file(const std::string& path) {
  return path.ends_with(".h5") || path.ends_with(".nc");
}

/// What a result file has for verify and explain.
std::string extras(const LabelledDataset& result) {
  std::string text = result.find("state_digest") != nullptr && result.find("state_part_digest") != nullptr
                         ? fmt::format("digests of every step and of {} state arrays", result.size("state_part"))
                         : "no digests";
  return text + (result.find("decision_step") != nullptr ? fmt::format(", {} decisions", result.size("decision"))
                                                         : ", no decisions");
}

int check(const ListingArguments& arguments) {
  if (is_result_file(arguments.path)) {
    const LabelledDataset result = read_result(arguments.path);
    fmt::print("{}: a complete result of scenario {}, {} arrays, {} steps; {}\n", arguments.path,
               result.attribute("scenario_name"), result.arrays.size(), result.size("step") - 1, extras(result));
    return 0;
  }
  const AnalysisFile file = read_analysis_file(find_scenario(arguments.path), overrides(arguments.settings, ""));
  if (!file.analyses.empty()) {
    const std::string found = check_analyses(file);
    fmt::print("{}: good. {}\n", arguments.path, found);
  }
  if (!file.is_runnable) return 0;
  const std::shared_ptr<const Setting> setting = load_setting(arguments.path, overrides(arguments.settings, ""));
  const Simulation start(setting);  // throws if the tables and the scenario allow no start
  fmt::print("{}: good. {} countries, {} frameworks, {} events, {} organisations, {} firms; {} values are imputed\n",
             arguments.path, setting->countries.count, setting->frameworks.count, setting->scenario.events.size(),
             setting->organisations.size(), setting->firms ? setting->firms->count : 0, setting->imputed.size());
  return 0;
}

}  // namespace

void declare_listings(CLI::App& app, ListingArguments& arguments, int& code) {
  CLI::App* params = app.add_subcommand("params", "Print the parameter table: unit, default, range, meaning, source");
  CLI::Option* markdown = params->add_flag("--markdown", arguments.markdown, "as a Markdown table");
  params->add_flag("--json", arguments.json, "as JSON")->excludes(markdown);
  params->add_flag("--outputs", arguments.outputs, "print the table of recorded arrays instead");
  params->callback([&] { code = print_tables(arguments); });

  CLI::App* list = app.add_subcommand("list", "List the shipped scenarios");
  list->callback([&] { code = print_scenarios(); });

  CLI::App* checking = app.add_subcommand("check", "Check a scenario or a result file without running anything");
  checking->add_option("path", arguments.path, "a scenario (file or shipped name) or a result file")->required();
  checking->add_option("--set", arguments.settings, "another value for a key")->allow_extra_args(false);
  checking->callback([&] { code = check(arguments); });
}

}  // namespace splinternet
