#include "sim/engine/run_attributes.hpp"

#include "sim/core/digest.hpp"
#include "sim/engine/version.hpp"

namespace splinternet {

std::vector<std::pair<std::string, std::string>> run_attributes(const World& world) {
  const Scenario& scenario = world.scenario();
  std::vector<std::pair<std::string, std::string>> attributes = {
      {"file_type", kRunFileType},
      {"format_version", std::string(kFormatVersion)},
      {"Conventions", "CF-1.11"},
      {"title", scenario.title},
      {"source", "splinternet " + std::string(code_version())},
      {"code_version", std::string(code_version())},
      {"code_commit", std::string(code_commit())},
      {"scenario_name", scenario.name},
      {"scenario", scenario.resolved},
      {"tables", scenario.world.tables},
      {"tables_digest", to_hex(world.setting().tables_digest)},
      {"seed", std::to_string(scenario.run.seed)},
      {"seed_scheme", "Philox4x32-10; counter = (entity, step, purpose<<16|kind, index), key = seed"},
      {"digest_algorithm", std::string(kDigestAlgorithm)}};
  if (world.step < scenario.run.horizon) attributes.emplace_back(kStoppedAfter, std::to_string(world.step));
  const Extensions& own = world.setting().extensions;
  if (!own.empty()) attributes.emplace_back(kRulesAttribute, extensions_text(own));
  return attributes;
}

}  // namespace splinternet
