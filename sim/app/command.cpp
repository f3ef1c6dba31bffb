#include "sim/app/command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "sim/app/examine.hpp"
#include "sim/app/interrupt.hpp"
#include "sim/app/listings.hpp"
#include "sim/app/run_scenario.hpp"
#include "sim/core/check.hpp"
#include "sim/core/nearest_name.hpp"
#include "sim/engine/version.hpp"
#include "sim/study/run.hpp"

namespace splinternet {
namespace {

constexpr int kFailed = 1;
constexpr int kBadInput = 2;
constexpr int kInterrupted = 130;

/// Declares the commands; parsing one sets `code` to what it returned.
void declare_run(CLI::App& app, RunArguments& arguments, int& code) {
  CLI::App* command = app.add_subcommand("run", "Run a scenario and write its result file");
  command->add_option("scenario", arguments.scenario, "a scenario file, or the name of a shipped one")->required();
  command->add_option("-o,--output", arguments.output, "result file (default: out/<scenario>.h5)");
  command->add_option("--seed", arguments.seed, "seed of the random draws (default: the scenario's)");
  command->add_option("--set", arguments.settings, "another value for a key, e.g. --set countries.temperature=0.2")
      ->allow_extra_args(false);
  command->add_option("--threads", arguments.threads, "threads (default: all); the result does not depend on it")
      ->check(CLI::Range(0, 1024));
  command->add_flag("--quiet", arguments.quiet, "no progress bar, no summary");
  command->callback([&] { code = run_scenario(arguments); });
}

/// Refuses a first word that is no command; CLI11 would only say that one is missing.
void check_command(const CLI::App& app, const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments.front().starts_with('-')) return;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), arguments.front()) != names.end()) return;
  throw ScenarioError(fmt::format("there is no command \"{}\".{} Commands: {}. Run with --help for more information.",
                                  arguments.front(), did_you_mean(arguments.front(), names), fmt::join(names, ", ")));
}

int guarded(CLI::App& app, const std::vector<std::string>& arguments, int& code) {
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // as CLI11 wants them
  try {
    check_command(app, arguments);
    app.parse(reversed);
    return code;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kBadInput;
  } catch (const Interrupted& error) {
    fmt::print(stderr, "splinternet: {}\n", error.what());
    return kInterrupted;
  } catch (const InternalError& error) {
    fmt::print(stderr, "splinternet: internal error, please report it: {}\n", error.what());
    return kFailed;
  } catch (const Error& error) {
    fmt::print(stderr, "splinternet: {}\n", error.what());
    return kBadInput;
  } catch (const std::exception& error) {
    fmt::print(stderr, "splinternet: the system refused: {}\n", error.what());
    return kFailed;
  }
}

}  // namespace

int run_command(const std::vector<std::string>& arguments) {
  const SignalGuard signals;
  CLI::App app("splinternet: how countries and firms join rival data-security frameworks", "splinternet");
  app.set_version_flag("--version", std::string(code_version()) + " (" + std::string(code_commit()) + ")");
  app.require_subcommand(1);
  int code = 0;
  RunArguments run;
  ListingArguments listing;
  ExamineArguments examination;
  declare_run(app, run, code);
  declare_listings(app, listing, code);
  declare_examinations(app, examination, code);
  return guarded(app, arguments, code);
}

}  // namespace splinternet
