#include "sim/app/examine.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "sim/app/interrupt.hpp"
#include "sim/app/progress_bar.hpp"
#include "sim/core/parallel.hpp"
#include "sim/study/explain.hpp"
#include "sim/study/result_file.hpp"
#include "sim/study/verify.hpp"

namespace splinternet {
namespace {

constexpr int kNotVerified = 3;
constexpr std::size_t kLinesShown = 10;

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
  fmt::print(stderr, "splinternet: {}: not verified: a replay of its scenario gives other values\n", arguments.file);
  for (std::size_t n = 0; n < std::min(lines.size(), kLinesShown); ++n) fmt::print(stderr, "  {}\n", lines[n]);
  if (lines.size() > kLinesShown) fmt::print(stderr, "  and {} more\n", lines.size() - kLinesShown);
  return kNotVerified;
}

int print_explanation(const ExamineArguments& arguments) {
  const LabelledDataset result = read_result(arguments.file);
  try {
    fmt::print("{}", explain(result, arguments.country, arguments.step));
  } catch (const DataError& error) {
    throw DataError(arguments.file + ": " + error.what());
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

  CLI::App* explaining = app.add_subcommand("explain", "Tell why a country signed or stayed out");
  explaining->add_option("file", arguments.file, "a result file of splinternet run")->required();
  explaining->add_option("country", arguments.country, "ISO 3166-1 alpha-3 code or English name")->required();
  explaining->add_option("--step", arguments.step, "only what happened in this step");
  explaining->callback([&] { code = print_explanation(arguments); });
}

}  // namespace splinternet
