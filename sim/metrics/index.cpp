#include "sim/metrics/index.hpp"

#include <cmath>
#include <cstddef>
#include <sstream>

#include "sim/core/check.hpp"

namespace splinternet::metrics {

double clip_to_unit(double value) {
  if (value < 0.0) return 0.0;
  return value > 1.0 ? 1.0 : value;
}

double weighted_index(std::span<const double> components, std::span<const double> weights) {
  SPLINTERNET_CHECK(components.size() == weights.size(), components.size(), weights.size());
  double sum = 0.0;
  double total_weight = 0.0;
  for (std::size_t n = 0; n < weights.size(); ++n) {
    if (!(weights[n] >= 0.0) || !std::isfinite(weights[n])) {
      std::ostringstream message;
      message << "weight " << n + 1 << " of the splinternet index is " << weights[n] << "; weights are numbers ≥ 0";
      throw ScenarioError(message.str());
    }
    SPLINTERNET_CHECK(components[n] >= 0.0 && components[n] <= 1.0, "component", n, "is", components[n]);
    sum += weights[n] * components[n];
    total_weight += weights[n];
  }
  if (total_weight == 0.0) {
    throw ScenarioError("all weights of the splinternet index are 0; give at least one component a weight > 0");
  }
  // Rounding may carry a mean of ones past 1.
  return clip_to_unit(sum / total_weight);
}

}  // namespace splinternet::metrics
