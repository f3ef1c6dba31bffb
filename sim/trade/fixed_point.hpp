#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "sim/core/function_ref.hpp"

namespace splinternet {

struct FixedPointSettings {
  double tolerance = 1e-12;  ///< on the residual
  int accelerated = 300;     ///< evaluations with Anderson mixing at most
  int plain = 20000;         ///< evaluations of the plain iteration that follows if the former fails
  double largest_step = 0.5;
};

struct FixedPoint {
  double residual = 0.0;          ///< at the point found; infinite if no point was in the domain
  bool found = false;             ///< whether it is below the tolerance
  std::vector<double> residuals;  ///< of each evaluation
};

/// Writes the step f that the plain iteration would take from x, and returns the residual: how far x is from a
/// solution, in units of its own; infinite where x lies outside the domain of f.
using FixedPointStep = FunctionRef<double(std::span<const double> x, std::span<double> f)>;

/// Looks for x with f(x) = 0, from the given x, and leaves the best point there: steps by Anderson mixing, none of
/// whose components exceeds `largest_step`, until the residual is below the tolerance or `accelerated` evaluations are
/// spent; then x ← x + f(x) from the best point, with shorter steps where these leave the domain. Each call evaluates f
/// last at the point that it leaves.
FixedPoint find_fixed_point(std::span<double> x, FixedPointStep step, const FixedPointSettings& settings = {});

/// "0.3 0.01 …": about 16 of the residuals, evenly spread, for messages.
std::string course_of(std::span<const double> residuals);

}  // namespace splinternet
