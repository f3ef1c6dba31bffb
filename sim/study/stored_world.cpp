#include "sim/study/stored_world.hpp"

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

}  // namespace

StoredWorld stored_world(const LabelledDataset& result, const std::string& path, const std::string& tables_folder) {
  check_digest_algorithm(result, path);
  StoredWorld stored{read_scenario_of(result, path), {}};
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
