// run_classroom SCENARIO_FILE [key=value]…: runs a scenario with what a browser has (no HDF5, no threads) and prints
// the digest of the state at every step, a decimal number per line.
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "sim/io/text/scenario_check.hpp"
#include "sim/io/text/scenario_file.hpp"
#include "sim/io/text/world_tables_file.hpp"
#include "sim/model/build_world.hpp"

namespace {

using namespace splinternet;

void print_digest(const World& world) {
  std::printf("%llu\n", static_cast<unsigned long long>(state_digest(world)));
}

void print_digests(const std::string& scenario_file, const std::vector<Override>& overrides) {
  const Scenario scenario = read_scenario(scenario_file, overrides);
  const WorldTables tables = read_world_tables(scenario.world.tables_path, scenario.world.impute);
  check_against_tables(scenario, tables);
  Simulation simulation(make_setting(scenario, tables));
  print_digest(simulation.world());
  while (!simulation.is_finished()) {
    simulation.step();
    print_digest(simulation.world());
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: run_classroom SCENARIO_FILE [key=value]...\n");
    return 2;
  }
  try {
    std::vector<Override> overrides;
    for (int n = 2; n < count; ++n) overrides.push_back(parse_override(arguments[n]));
    print_digests(arguments[1], overrides);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "run_classroom: %s\n", error.what());
    return 1;
  }
  return 0;
}
