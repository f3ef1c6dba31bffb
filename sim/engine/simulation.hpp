#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "sim/model/step_report.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// Names of the parts of a step whose time is taken, in order: the nine phases, and the linear response set-up that
/// belongs to the second.
std::span<const std::string_view> phase_names();

/// Advances a World step by step.
class Simulation {
 public:
  explicit Simulation(std::shared_ptr<const Setting> setting);

  /// One step, of `step_months`. Throws SolverError (naming step and country) if trade has no equilibrium.
  const StepReport& step();

  [[nodiscard]] const World& world() const { return world_; }
  /// What happened in the last step; empty before the first.
  [[nodiscard]] const StepReport& report() const { return report_; }
  /// Whether the horizon of the scenario is reached.
  [[nodiscard]] bool is_finished() const { return world_.step >= world_.scenario().run.horizon; }
  /// Seconds spent in each phase since the start.
  [[nodiscard]] std::span<const double> phase_seconds() const { return phase_seconds_; }

 private:
  World world_;
  StepReport report_;
  std::vector<double> phase_seconds_;
};

}  // namespace splinternet
