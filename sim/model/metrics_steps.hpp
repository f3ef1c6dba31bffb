#pragma once

#include <cstdint>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kMetricsEvery =
    at_set_up(integer("metrics.every_months", "months", 12, {0, 1200}, {1, 60},
                      "months between metrics steps, at which networks and divisions are measured too; 0: only at the "
                      "start and the end",
                      "[J]"));

}  // namespace parameters

/// Whether the expensive metrics are taken at a step: at the start, at the end, and at each step that completes another
/// `metrics.every_months`.
bool is_metrics_step(const Scenario& scenario, std::int32_t step);

/// All metrics steps of the run, rising.
std::vector<std::int32_t> metrics_steps(const Scenario& scenario);

}  // namespace splinternet
