#pragma once

#include <cstddef>
#include <span>

namespace splinternet {

struct BalanceResult {
  int iterations;   ///< row-and-column sweeps done
  double residual;  ///< largest relative gap of a row or column sum at the end
};

/// Scales rows and columns of a non-negative row-major matrix (rows × columns) in place until its row sums are
/// `row_totals` and its column sums `column_totals` (Furness 1965; iterative proportional fitting). Zero cells stay
/// zero. The column totals are first scaled to the sum of the row totals; a row or column whose total is zero becomes
/// zero. Throws SolverError if a value is negative or not finite, if the totals differ in sum by more than 1e-9
/// relative, if a positive total has an all-zero row or column, or if `tolerance` is not reached in `max_iterations`
/// sweeps.
BalanceResult balance(std::span<double> matrix, std::span<const double> row_totals,
                      std::span<const double> column_totals, double tolerance = 1e-12, int max_iterations = 10000);

}  // namespace splinternet
