#include "sim/study/stored_world.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/core/digest.hpp"
#include "sim/engine/version.hpp"
#include "sim/io/text/scenario_check.hpp"
#include "sim/io/text/scenario_library.hpp"
#include "sim/io/text/world_tables_file.hpp"
#include "sim/study/result_file.hpp"

namespace splinternet {
namespace {

std::string text_of(const LabelledDataset& result, std::string_view name) {
  return std::string(result.attribute(name));
}

void check_digest_algorithm(const LabelledDataset& result, const std::string& path) {
  if (result.attribute("digest_algorithm") == kDigestAlgorithm) return;
  throw DataError(path + ": its digests are of algorithm \"" + text_of(result, "digest_algorithm") +
                  "\", but this program computes \"" + std::string(kDigestAlgorithm) + "\"; use version " +
                  text_of(result, "code_version") + " of the program, which wrote it");
}

Scenario read_scenario_of(const LabelledDataset& result, const std::string& path) {
  try {
    return scenario_of(result);
  } catch (const DataError& error) {
    throw DataError(path + ": " + error.what());
  }
}

std::string folder_of_tables(const LabelledDataset& result, const std::string& path, const std::string& named) {
  if (!named.empty()) return named;
  try {
    return find_tables(result.attribute("tables"));
  } catch (const ScenarioError& error) {
    throw DataError(path + ": its tables are needed: " + error.what() + " Name their folder with --tables");
  }
}

/// "payoff term culture (sha256 0123456789ab…)".
std::string named(const char* kind, const RuleSource& source) {
  return std::string(kind) + " " + source.name + " (sha256 " + source.sha256.substr(0, 12) + "…)";
}

[[noreturn]] void refuse_missing(const std::string& path, const RuleSources& used) {
  std::string names, arguments;
  for (const RuleSource& term : used.terms) {
    names += (names.empty() ? "" : ", ") + named("payoff term", term);
    arguments += (arguments.empty() ? "payoffs=[" : ", ") + term.name;
  }
  if (!arguments.empty()) arguments += "]";
  if (used.firms) {
    names += (names.empty() ? "" : ", ") + named("firm rule", *used.firms);
    arguments += (arguments.empty() ? "firm_rule=" : ", firm_rule=") + used.firms->name;
  }
  throw DataError(path + ": the run used rules written in Python: " + names +
                  "; only Python can make it again, e.g. splinternet.verify(file, " + arguments + ")");
}

/// `used` by the run against `given` now: the same, or why not.
void check_same_rule(const std::string& path, const char* kind, const RuleSource* used, const RuleSource* given) {
  if (used == nullptr && given != nullptr) {
    throw DataError(path + ": the run had no " + named(kind, *given) + "; leave it out");
  }
  if (used != nullptr && given == nullptr) {
    throw DataError(path + ": the run used the " + named(kind, *used) + ", which is not given; give it too");
  }
  if (used == nullptr || *used == *given) return;
  if (used->name != given->name) {
    throw DataError(path + ": in this place the run used the " + named(kind, *used) + ", but given is the " +
                    named(kind, *given) + "; give the same rules in the same order");
  }
  throw DataError(path + ": the run used the " + named(kind, *used) + " in " + used->unit + ", but given is the " +
                  named(kind, *given) + " in " + given->unit +
                  ": its text, or a value that it uses, is another; give the one of then");
}

/// Who runs a file again has to bring the rules that it was made with.
void check_same_rules(const LabelledDataset& result, const std::string& path, const Extensions& given) {
  const RuleSources used = read_extensions(result.attribute(kRulesAttribute));
  if (given.empty() && (!used.terms.empty() || used.firms)) refuse_missing(path, used);
  for (std::size_t n = 0; n < std::max(used.terms.size(), given.terms.size()); ++n) {
    check_same_rule(path, "payoff term", n < used.terms.size() ? &used.terms[n] : nullptr,
                    n < given.terms.size() ? &given.terms[n].source : nullptr);
  }
  check_same_rule(path, "firm rule", used.firms ? &*used.firms : nullptr,
                  given.firms ? &given.firms->source : nullptr);
}

}  // namespace

StoredWorld stored_world(const LabelledDataset& result, const std::string& path, const std::string& tables_folder,
                         const Extensions& extensions) {
  check_same_rules(result, path, extensions);
  check_digest_algorithm(result, path);
  StoredWorld stored{read_scenario_of(result, path), {}, extensions};
  Scenario& scenario = stored.scenario;
  if (scenario.world.actors == 0) scenario.world.tables_path = folder_of_tables(result, path, tables_folder);
  stored.tables = read_world_tables(scenario.world);
  if (to_hex(stored.tables.digest) != result.attribute("tables_digest")) {
    throw DataError(path + ": it was made from tables with digest " + text_of(result, "tables_digest") +
                    ", but those in " + scenario.world.tables_path + " have " + to_hex(stored.tables.digest) +
                    "; name the folder with the original ones with --tables");
  }
  check_against_tables(scenario, stored.tables);
  return stored;
}

std::vector<std::string> notes_on_code(const LabelledDataset& result) {
  const std::string version = text_of(result, "code_version");
  const std::string commit = text_of(result, "code_commit");
  if (version == code_version() && commit == code_commit()) return {};
  return {"written by version " + version + " (" + commit + "), replayed by " + std::string(code_version()) + " (" +
          std::string(code_commit()) + ")"};
}

}  // namespace splinternet
