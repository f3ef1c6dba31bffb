#pragma once

#include <span>

namespace splinternet::metrics {

/// Cuts `value` to [0, 1]: for components such as the decoupling index, which may be negative. NaN stays NaN.
double clip_to_unit(double value);

/// The splinternet index: Σ w·c / Σ w over components c in [0, 1], each a degree of fragmentation; in [0, 1].
/// Throws ScenarioError if a weight is negative or not finite or if all are 0, InternalError if the sizes differ or a
/// component is outside [0, 1].
double weighted_index(std::span<const double> components, std::span<const double> weights);

}  // namespace splinternet::metrics
