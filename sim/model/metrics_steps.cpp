#include "sim/model/metrics_steps.hpp"

#include <cmath>

namespace splinternet {

bool is_metrics_step(const Scenario& scenario, std::int32_t step) {
  if (step == 0 || step == scenario.run.horizon) return true;
  const double every = scenario.parameters(parameters::kMetricsEvery);
  if (every == 0.0) return false;
  const auto periods = [&](std::int32_t steps) { return std::floor(steps * scenario.run.step_months / every); };
  return periods(step) > periods(step - 1);
}

std::vector<std::int32_t> metrics_steps(const Scenario& scenario) {
  std::vector<std::int32_t> steps;
  for (std::int32_t step = 0; step <= scenario.run.horizon; ++step) {
    if (is_metrics_step(scenario, step)) steps.push_back(step);
  }
  return steps;
}

}  // namespace splinternet
