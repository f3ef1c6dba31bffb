#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/engine/labelled_dataset.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/io/text/scenario_file.hpp"

namespace splinternet {

/// Reads a scenario (a path or the name of a shipped one) with its tables and makes everything that a run needs.
/// Throws ScenarioError, DataError, SolverError or FileError with one message for the user.
std::shared_ptr<const Setting> load_setting(const std::string& name_or_path, std::span<const Override> overrides);

/// Called after every step with the steps done and those to do; returns false to stop the run.
using Progress = std::function<bool(int done, int horizon)>;

/// A run that was stopped by its user (Ctrl-C): nothing is written.
class Interrupted : public Error {
 public:
  using Error::Error;
};

/// A finished run.
struct RunResult {
  LabelledDataset dataset;
  std::vector<double> phase_seconds;
  double set_up_seconds = 0.0;  ///< start state and baseline equilibrium
  World world;                  ///< at the end
};

/// Runs the scenario to its horizon. Throws Interrupted if `progress` says so, SolverError naming the step if trade has
/// no equilibrium.
RunResult run_to_end(std::shared_ptr<const Setting> setting, const Progress& progress);

/// The same up to a step; what lies between it and the horizon is left as not reached.
RunResult run_to_step(std::shared_ptr<const Setting> setting, int last_step, const Progress& progress);

}  // namespace splinternet
