#include "sim/study/run.hpp"

#include <chrono>

#include "sim/engine/dataset_recorder.hpp"
#include "sim/io/text/scenario_check.hpp"
#include "sim/io/text/scenario_library.hpp"
#include "sim/io/text/world_tables_file.hpp"
#include "sim/model/build_world.hpp"

namespace splinternet {

std::shared_ptr<const Setting> load_setting(const std::string& name_or_path, std::span<const Override> overrides) {
  const Scenario scenario = read_scenario(find_scenario(name_or_path), overrides);
  const WorldTables tables = read_world_tables(scenario.world);
  check_against_tables(scenario, tables);
  return make_setting(scenario, tables);
}

RunResult run_to_end(std::shared_ptr<const Setting> setting, const Progress& progress) {
  const int horizon = setting->scenario.run.horizon;
  return run_to_step(std::move(setting), horizon, progress);
}

RunResult run_to_step(std::shared_ptr<const Setting> setting, int last_step, const Progress& progress) {
  const auto start = std::chrono::steady_clock::now();
  Simulation simulation(std::move(setting));
  const double set_up = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  DatasetRecorder recorder(simulation.world());
  recorder.record(simulation.world(), simulation.report());
  while (simulation.world().step < last_step && !simulation.is_finished()) {
    simulation.step();
    recorder.record(simulation.world(), simulation.report());
    if (progress && !progress(simulation.world().step, last_step)) {
      throw Interrupted("interrupted after step " + std::to_string(simulation.world().step) + " of " +
                        std::to_string(last_step) + "; nothing was written");
    }
  }
  return {recorder.dataset(simulation.world()),
          {simulation.phase_seconds().begin(), simulation.phase_seconds().end()},
          set_up,
          simulation.world()};
}

}  // namespace splinternet
