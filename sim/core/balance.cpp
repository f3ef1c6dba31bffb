#include "sim/core/balance.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "sim/core/check.hpp"

namespace splinternet {
namespace {

/// Six significant digits, so that a small gap does not read as zero.
std::string text_of(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

double sum_of(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum;
}

/// Refuses negative, infinite and NaN values.
void check_values(std::span<const double> values, const char* what) {
  for (std::size_t n = 0; n < values.size(); ++n) {
    if (values[n] >= 0.0 && values[n] <= 1e300) continue;
    throw SolverError("balance: " + std::string(what) + " " + std::to_string(n) + " is " + text_of(values[n]) +
                      "; expected a finite value ≥ 0");
  }
}

class Furness {
 public:
  Furness(std::span<double> matrix, std::span<const double> row_totals, std::span<const double> column_totals)
      : matrix_(matrix),
        row_totals_(row_totals),
        column_totals_(column_totals.begin(), column_totals.end()),
        row_sums_(row_totals.size()),
        column_sums_(column_totals.size()) {
    const double rows_total = sum_of(row_totals);
    const double columns_total = sum_of(column_totals);
    if (std::fabs(rows_total - columns_total) > 1e-9 * std::max(rows_total, columns_total)) {
      throw SolverError("balance: the row totals sum to " + text_of(rows_total) + ", the column totals to " +
                        text_of(columns_total));
    }
    // Without this, margins whose sums differ by a rounding could never both be met.
    if (columns_total > 0.0) {
      for (double& total : column_totals_) total *= rows_total / columns_total;
    }
    sum_rows();
    sum_columns();
    check_support(row_sums_, row_totals_, "row");
    check_support(column_sums_, column_totals_, "column");
  }

  void scale_rows() {
    const std::size_t columns = column_totals_.size();
    for (std::size_t i = 0; i < row_totals_.size(); ++i) {
      const double factor = row_sums_[i] > 0.0 ? row_totals_[i] / row_sums_[i] : 0.0;
      for (std::size_t j = 0; j < columns; ++j) matrix_[i * columns + j] *= factor;
    }
    sum_columns();
  }

  void scale_columns() {
    const std::size_t columns = column_totals_.size();
    for (std::size_t j = 0; j < columns; ++j) {
      column_sums_[j] = column_sums_[j] > 0.0 ? column_totals_[j] / column_sums_[j] : 0.0;
    }
    for (std::size_t i = 0; i < row_totals_.size(); ++i) {
      for (std::size_t j = 0; j < columns; ++j) matrix_[i * columns + j] *= column_sums_[j];
    }
    sum_rows();
    sum_columns();
  }

  [[nodiscard]] double residual() const {
    return std::max(largest_gap(row_sums_, row_totals_), largest_gap(column_sums_, column_totals_));
  }

 private:
  void sum_rows() {
    const std::size_t columns = column_totals_.size();
    for (std::size_t i = 0; i < row_totals_.size(); ++i) row_sums_[i] = sum_of(matrix_.subspan(i * columns, columns));
  }

  void sum_columns() {
    const std::size_t columns = column_totals_.size();
    std::fill(column_sums_.begin(), column_sums_.end(), 0.0);
    for (std::size_t i = 0; i < row_totals_.size(); ++i) {
      for (std::size_t j = 0; j < columns; ++j) column_sums_[j] += matrix_[i * columns + j];
    }
  }

  static void check_support(std::span<const double> sums, std::span<const double> totals, const char* what) {
    for (std::size_t n = 0; n < sums.size(); ++n) {
      if (totals[n] > 0.0 && !(sums[n] > 0.0)) {
        throw SolverError("balance: " + std::string(what) + " " + std::to_string(n) + " must sum to " +
                          text_of(totals[n]) + " but holds only zeros");
      }
    }
  }

  static double largest_gap(std::span<const double> sums, std::span<const double> totals) {
    double largest = 0.0;
    for (std::size_t n = 0; n < sums.size(); ++n) {
      const double gap = std::fabs(sums[n] - totals[n]);
      largest = std::max(largest, totals[n] > 0.0 ? gap / totals[n] : gap);
    }
    return largest;
  }

  std::span<double> matrix_;
  std::span<const double> row_totals_;
  std::vector<double> column_totals_;
  std::vector<double> row_sums_;
  std::vector<double> column_sums_;
};

}  // namespace

BalanceResult balance(std::span<double> matrix, std::span<const double> row_totals,
                      std::span<const double> column_totals, double tolerance, int max_iterations) {
  SPLINTERNET_CHECK(matrix.size() == row_totals.size() * column_totals.size(), matrix.size(), row_totals.size(),
                    column_totals.size());
  check_values(matrix, "cell");
  check_values(row_totals, "row total");
  check_values(column_totals, "column total");
  Furness furness(matrix, row_totals, column_totals);
  BalanceResult result{0, furness.residual()};
  while (result.residual > tolerance && result.iterations < max_iterations) {
    furness.scale_rows();
    furness.scale_columns();
    result = {result.iterations + 1, furness.residual()};
  }
  if (result.residual > tolerance) {
    throw SolverError("balance: after " + std::to_string(result.iterations) + " sweeps a margin is still off by " +
                      text_of(result.residual) + " of itself; the zeros may rule the totals out");
  }
  return result;
}

}  // namespace splinternet
