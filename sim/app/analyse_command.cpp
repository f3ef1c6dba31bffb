#include "sim/app/analyse_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <span>

#include "sim/app/interrupt.hpp"
#include "sim/app/progress_bar.hpp"
#include "sim/core/parallel.hpp"
#include "sim/io/hdf5/atomic_file.hpp"
#include "sim/study/analysis_csv.hpp"
#include "sim/study/analysis_text.hpp"
#include "sim/study/output_path.hpp"

namespace splinternet {
namespace {

int print_analysis(const AnalyseArguments& arguments) {
  if (!arguments.csv.empty()) check_writable(arguments.csv, "--csv");
  const parallel::ThreadLimit limit(arguments.threads);
  const Analysis analysis = [&] {
    ProgressBar bar(ProgressBar::Show::kOnTerminal);
    return analyse(arguments.file, arguments.request, [&bar](int done, int horizon) {
      bar.update(done, horizon);
      return !interrupted();
    });
  }();
  for (const std::string& note : analysis.notes) fmt::print("{}: note: {}\n", arguments.file, note);
  if (!arguments.csv.empty()) {
    const std::string table = analysis_csv(analysis);
    write_atomically(arguments.csv, std::as_bytes(std::span(table.data(), table.size())));
  }
  fmt::print("{}", analysis_text(analysis));
  return 0;
}

}  // namespace

void declare_analyse(CLI::App& app, AnalyseArguments& arguments, int& code) {
  CLI::App* command = app.add_subcommand("analyse", "Tell whether frameworks hold together, and who could tip them");
  command->add_option("file", arguments.file, "a result file of splinternet run")->required();
  command->add_option("--step", arguments.request.step, "at the end of this step (default: the last; 0: the start)");
  command->add_option(
      "--pivotal", arguments.request.pivotal,
      "hold out each of these countries, e.g. KEN,Nigeria, or the so many largest members, and run again");
  command->add_option("--csv", arguments.csv, "write all numbers to this file as well");
  command->add_option("--tables", arguments.request.tables, "folder of its tables (default: where the file says)");
  command->add_option("--threads", arguments.threads, "threads (default: all); the result does not depend on it")
      ->check(CLI::Range(0, 1024));
  command->callback([&] { code = print_analysis(arguments); });
}

}  // namespace splinternet
