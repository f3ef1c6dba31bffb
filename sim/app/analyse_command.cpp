#include "sim/app/analyse_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <span>
#include <system_error>

#include "sim/app/interrupt.hpp"
#include "sim/app/progress_bar.hpp"
#include "sim/app/run_scenario.hpp"
#include "sim/core/parallel.hpp"
#include "sim/io/hdf5/atomic_file.hpp"
#include "sim/io/text/scenario_library.hpp"
#include "sim/scenario/fault.hpp"
#include "sim/study/analyse_file.hpp"
#include "sim/study/analysis_csv.hpp"
#include "sim/study/analysis_text.hpp"
#include "sim/study/output_path.hpp"
#include "sim/study/run.hpp"
#include "sim/study/state_analysis.hpp"
#include "sim/study/state_analysis_csv.hpp"
#include "sim/study/state_analysis_text.hpp"

namespace splinternet {
namespace {

/// A scenario, by name or by path; all else is taken for a result file.
bool is_scenario(const std::string& file) {
  std::error_code ignored;
  const bool is_result = file.ends_with(".h5") || file.ends_with(".nc") || std::filesystem::exists(file, ignored);
  return file.ends_with(".toml") || !is_result;
}

void write_table(const AnalyseArguments& arguments, const std::string& table) {
  if (!arguments.csv.empty()) write_atomically(arguments.csv, std::as_bytes(std::span(table.data(), table.size())));
}

int print_analysis_of_states(const AnalyseArguments& arguments, const AnalysisFile& file) {
  const World start(load_setting(arguments.file, overrides(arguments.settings, "")));
  const StateAnalysis found = [&] {
    ProgressBar bar(ProgressBar::Show::kOnTerminal, "state");
    return analyse_states(start, [&bar](std::size_t done, std::size_t states) {
      bar.update(static_cast<int>(done), static_cast<int>(states));  // no more than coalition::kMostStates
      return !interrupted();
    });
  }();
  if (!arguments.csv.empty()) write_table(arguments, state_analysis_csv(start, found));
  const std::string head = introduction(file);
  fmt::print("{}{}{}", head, head.empty() ? "" : "\n", state_analysis_text(start, found));
  return 0;
}

int print_analysis_of_scenario(const AnalyseArguments& arguments) {
  const AnalysisFile file = read_analysis_file(find_scenario(arguments.file), overrides(arguments.settings, ""));
  if (file.analyses.empty() && file.is_runnable) return print_analysis_of_states(arguments, file);
  const FileAnalysis analysis = analyse_file(file);
  write_table(arguments, analysis.csv);
  fmt::print("{}", analysis.text);
  return 0;
}

int print_analysis_of_result(const AnalyseArguments& arguments) {
  const Analysis analysis = [&] {
    ProgressBar bar(ProgressBar::Show::kOnTerminal);
    return analyse(arguments.file, arguments.request, [&bar](int done, int horizon) {
      bar.update(done, horizon);
      return !interrupted();
    });
  }();
  for (const std::string& note : analysis.notes) fmt::print("{}: note: {}\n", arguments.file, note);
  if (!arguments.csv.empty()) write_table(arguments, analysis_csv(analysis));
  fmt::print("{}", analysis_text(analysis));
  return 0;
}

/// Options that only one of both kinds of file understands.
void check_options(const AnalyseArguments& arguments, const CLI::App& command) {
  const bool is_of_scenario = is_scenario(arguments.file);
  const auto refuse_option = [&](const std::string& option, const std::string& what, const std::string& remedy) {
    if (command.count(option) > 0) refuse({option, "", what, "", remedy});
  };
  for (const char* option : {"--step", "--pivotal", "--tables"}) {
    if (is_of_scenario) {
      refuse_option(option, arguments.file + " is a scenario; this option is for result files",
                    "leave it out, or name a file that splinternet run has written");
    }
  }
  if (!is_of_scenario) {
    refuse_option("--set", arguments.file + " is taken for a result file, whose values stand",
                  "leave it out, or run the scenario again with this --set");
  }
}

int print_analysis(const AnalyseArguments& arguments, const CLI::App& command) {
  check_options(arguments, command);
  if (!arguments.csv.empty()) check_writable(arguments.csv, "--csv");
  const parallel::ThreadLimit limit(arguments.threads);
  return is_scenario(arguments.file) ? print_analysis_of_scenario(arguments) : print_analysis_of_result(arguments);
}

}  // namespace

void declare_analyse(CLI::App& app, AnalyseArguments& arguments, int& code) {
  CLI::App* command = app.add_subcommand("analyse", "Tell whether frameworks hold together, and who could tip them");
  command
      ->add_option(
          "file", arguments.file,
          "a result file of splinternet run, or a scenario (splinternet list): with analyses of its own, or with few "
          "enough states to go through")
      ->required();
  command->add_option("--set", arguments.settings, "another value for a key of the scenario")->allow_extra_args(false);
  command->add_option("--step", arguments.request.step, "at the end of this step (default: the last; 0: the start)");
  command->add_option(
      "--pivotal", arguments.request.pivotal,
      "hold out each of these countries, e.g. KEN,Nigeria, or the so many largest members, and run again");
  command->add_option("--csv", arguments.csv, "write all numbers to this file as well");
  command->add_option("--tables", arguments.request.tables, "folder of its tables (default: where the file says)");
  command->add_option("--threads", arguments.threads, "threads (default: all); the result does not depend on it")
      ->check(CLI::Range(0, 1024));
  command->callback([&arguments, &code, command] { code = print_analysis(arguments, *command); });
}

}  // namespace splinternet
