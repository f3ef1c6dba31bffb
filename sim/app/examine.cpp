#include "sim/app/examine.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "sim/app/interrupt.hpp"
#include "sim/app/progress_bar.hpp"
#include "sim/core/parallel.hpp"
#include "sim/study/explain.hpp"
#include "sim/study/parting.hpp"
#include "sim/study/replay.hpp"
#include "sim/study/result_file.hpp"
#include "sim/study/verify.hpp"

namespace splinternet {
namespace {

constexpr int kNotVerified = 3;
constexpr std::size_t kLinesShown = 10;

/// Prints what does not fit; returns the exit code.
int print_faults(const std::string& file, const char* verdict, const std::vector<std::string>& lines) {
  fmt::print(stderr, "splinternet: {}: {}\n", file, verdict);
  for (std::size_t n = 0; n < std::min(lines.size(), kLinesShown); ++n) fmt::print(stderr, "  {}\n", lines[n]);
  if (lines.size() > kLinesShown) fmt::print(stderr, "  and {} more\n", lines.size() - kLinesShown);
  return kNotVerified;
}

int verify(const ExamineArguments& arguments) {
  const parallel::ThreadLimit limit(arguments.threads);
  const Verification found = [&] {
    ProgressBar bar(ProgressBar::Show::kOnTerminal);
    return verify_result(arguments.file, arguments.tables, [&bar](int done, int horizon) {
      bar.update(done, horizon);
      return !interrupted();
    });
  }();
  for (const std::string& note : found.notes) fmt::print("{}: note: {}\n", arguments.file, note);
  const std::vector<std::string>& lines = found.differences;
  if (lines.empty()) {
    fmt::print("{}: verified: {} steps, {} arrays, same bits\n", arguments.file, found.steps, found.arrays);
    return 0;
  }
  return print_faults(arguments.file, "not verified: a replay of its scenario gives other values", lines);
}

int replay(const std::string& file, const LabelledDataset& result) {
  const Replay found = replay_decisions(result);
  if (!found.faults.empty()) return print_faults(file, "its record of decisions contradicts itself", found.faults);
  fmt::print("{}: {} decisions and {} answers of organisations replayed: each follows from what is recorded of it\n",
             file, found.decisions, found.answers);
  return 0;
}

int compare_with_other(const ExamineArguments& arguments, const LabelledDataset& result) {
  const LabelledDataset other = read_result(arguments.other);
  const std::optional<std::string_view> country =
      arguments.country.empty() ? std::nullopt : std::optional<std::string_view>(arguments.country);
  fmt::print("{}", explain_parting(result, other, country));
  return 0;
}

int print_explanation(const ExamineArguments& arguments) {
  const LabelledDataset result = read_result(arguments.file);
  try {
    if (arguments.replay) return replay(arguments.file, result);
    if (!arguments.other.empty()) return compare_with_other(arguments, result);
    fmt::print("{}", explain(result, arguments.country, arguments.step));
  } catch (const DataError& error) {
    const std::string both = arguments.other.empty() ? "" : " and " + arguments.other;
    throw DataError(arguments.file + both + ": " + error.what());
  }
  return 0;
}

}  // namespace

void declare_examinations(CLI::App& app, ExamineArguments& arguments, int& code) {
  CLI::App* verifying = app.add_subcommand("verify", "Replay a result file and compare every bit of it");
  verifying->add_option("file", arguments.file, "a result file of splinternet run")->required();
  verifying->add_option("--tables", arguments.tables, "folder of its tables (default: where the file says)");
  verifying->add_option("--threads", arguments.threads, "threads (default: all); the result does not depend on it")
      ->check(CLI::Range(0, 1024));
  verifying->callback([&] { code = verify(arguments); });

  CLI::App* explaining = app.add_subcommand("explain", "Tell why a country signed or stayed out, or two runs part");
  explaining->add_option("file", arguments.file, "a result file of splinternet run")->required();
  explaining->add_option("country", arguments.country, "ISO 3166-1 alpha-3 code or English name");
  CLI::Option* step = explaining->add_option("--step", arguments.step, "only what happened in this step");
  CLI::Option* other = explaining->add_option("--compare", arguments.other,
                                              "another result file: the first decision over which the two runs part");
  CLI::Option* again =
      explaining->add_flag("--replay", arguments.replay, "make every recorded choice again and check it");
  step->excludes(other)->excludes(again);
  other->excludes(again);
  explaining->callback([&] {
    if (arguments.country.empty() && arguments.other.empty() && !arguments.replay) {
      throw CLI::RequiredError("country");
    }
    code = print_explanation(arguments);
  });
}

}  // namespace splinternet
