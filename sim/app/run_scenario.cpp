#include "sim/app/run_scenario.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "sim/app/interrupt.hpp"
#include "sim/app/progress_bar.hpp"
#include "sim/core/parallel.hpp"
#include "sim/io/hdf5/atomic_file.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "sim/io/text/analysis_file.hpp"
#include "sim/io/text/scenario_library.hpp"
#include "sim/study/analyse_file.hpp"
#include "sim/study/output_path.hpp"
#include "sim/study/run.hpp"
#include "sim/study/summary.hpp"

namespace splinternet {
namespace {

/// What a scenario that teaches has to say, to be read while it runs.
void print_lesson(const RunArguments& arguments) {
  const AnalysisFile file =
      read_analysis_file(find_scenario(arguments.scenario), overrides(arguments.settings, arguments.seed));
  if (file.lesson.empty()) return;
  fmt::print("{}\n", introduction(file));
  std::fflush(stdout);
}

}  // namespace

std::vector<Override> overrides(const std::vector<std::string>& settings, const std::string& seed) {
  std::vector<Override> list;
  for (const std::string& text : settings) list.push_back(parse_override(text));
  if (!seed.empty()) list.push_back({"run.seed", seed, "--seed " + seed});
  return list;
}

int run_scenario(const RunArguments& arguments) {
  const auto start = std::chrono::steady_clock::now();
  const parallel::ThreadLimit limit(arguments.threads);
  const std::shared_ptr<const Setting> setting =
      load_setting(arguments.scenario, overrides(arguments.settings, arguments.seed));
  const std::string path = arguments.output.empty() ? "out/" + setting->scenario.name + ".h5" : arguments.output;
  check_writable(path);
  if (!arguments.quiet) print_lesson(arguments);
  const RunResult result = [&] {
    ProgressBar bar(arguments.quiet ? ProgressBar::Show::kNever : ProgressBar::Show::kOnTerminal);
    return run_to_end(setting, [&bar](int done, int horizon) {
      bar.update(done, horizon);
      return !interrupted();
    });
  }();
  const ParentFolders folders(path);
  write_atomically(path, to_hdf5(result.dataset));
  if (!arguments.quiet) {
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    fmt::print("{}Written: {}\n", summary(result, seconds), path);
  }
  return 0;
}

}  // namespace splinternet
