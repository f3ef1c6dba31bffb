#pragma once

#include <cstddef>
#include <span>

#include "sim/core/function_ref.hpp"

namespace splinternet {

/// How far a point is from rest.
struct RestGap {
  double rate = 0.0;      ///< max |F|; infinite outside the domain
  bool is_found = false;  ///< near enough for the caller
};

/// A movement dx/dt = F(x) whose point of rest is wanted.
struct Movement {
  /// Evaluates F at x, which it may shift along a direction in which F does not change (a numeraire).
  FunctionRef<RestGap(std::span<double> x)> evaluate;
  /// Writes F and −∂F/∂x at the last point evaluated, row-major; returns a row that holds a side condition of the step
  /// in place of one that follows from the others, or the number of rows if there is none.
  FunctionRef<std::size_t(std::span<double> matrix, std::span<double> rate)> linearise;
};

/// Looks for F(x) = 0 from x by implicit Euler steps, (1/Δt − ∂F/∂x) Δx = F, whose Δt grows as rates fall, so that
/// short safe steps end as Newton's (pseudo-transient continuation; Kelley & Keyes 1998). Where the movement is that of
/// prices under gross substitution, ∂F/∂x has no negative entry off its diagonal and every step is well defined. True
/// if found; otherwise false after `steps` steps, or when no step stays in the domain. x is then any point visited, and
/// so is the last point evaluated. Allocates.
bool find_rest(std::span<double> x, const Movement& movement, int steps);

}  // namespace splinternet
