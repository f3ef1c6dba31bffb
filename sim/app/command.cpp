#include "sim/app/command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "sim/app/analyse_command.hpp"
#include "sim/app/examine.hpp"
#include "sim/app/interrupt.hpp"
#include "sim/app/listings.hpp"
#include "sim/app/run_scenario.hpp"
#include "sim/core/check.hpp"
#include "sim/core/nearest_name.hpp"
#include "sim/engine/version.hpp"
#include "sim/scenario/fault.hpp"
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

std::vector<std::string> names_of_commands(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

std::vector<std::string> names_of_options(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Refuses a word that is no command, and an option that the command does not have: CLI11 would name neither what was
/// meant nor what there is.
void check_words(const CLI::App& app, const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments.front().starts_with('-')) return;
  const std::vector<std::string> commands = names_of_commands(app);
  if (!holds(commands, arguments.front())) {
    refuse({arguments.front(), "", "there is no such command", fmt::format("{}", fmt::join(commands, ", ")),
            "correct the command." + did_you_mean(arguments.front(), commands)});
  }
  const std::vector<std::string> options = names_of_options(*app.get_subcommand(arguments.front()));
  for (const std::string& argument : arguments) {
    const std::string name = argument.substr(0, argument.find('='));
    if (!name.starts_with("--") || name == "--" || holds(options, name)) continue;
    refuse({name, "", fmt::format("splinternet {} has no such option", arguments.front()),
            fmt::format("{}", fmt::join(options, ", ")), "correct the option." + did_you_mean(name, options)});
  }
}

/// The message of CLI11 in the form of all others, with the command that can explain itself.
std::string usage_fault(const CLI::App& app, const CLI::ParseError& error, const std::vector<std::string>& arguments) {
  const bool named = !arguments.empty() && holds(names_of_commands(app), arguments.front());
  if (!named && arguments.empty()) {
    return message_of({"", "", "a command is needed", fmt::format("{}", fmt::join(names_of_commands(app), ", ")),
                       "write e.g. splinternet run classroom-12, or splinternet --help"});
  }
  const std::string command = named ? arguments.front() : "";
  std::string what = error.what();
  if (error.get_name() == "ArgumentMismatch" && what.ends_with(" missing")) {  // "--output: 1 required TEXT missing"
    what = what.substr(0, what.find(':')) + " needs a value";
  }
  return message_of({command, "", what, "",
                     fmt::format("`splinternet {}{}--help` tells what is expected", command, named ? " " : "")});
}

int guarded(CLI::App& app, const std::vector<std::string>& arguments, int& code) {
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // as CLI11 wants them
  try {
    check_words(app, arguments);
    app.parse(reversed);
    return code;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help and --version
    fmt::print(stderr, "splinternet: {}\n", usage_fault(app, error, arguments));
    return kBadInput;
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
  AnalyseArguments analysis;
  declare_run(app, run, code);
  declare_listings(app, listing, code);
  declare_examinations(app, examination, code);
  declare_analyse(app, analysis, code);
  return guarded(app, arguments, code);
}

}  // namespace splinternet
