#include "sim/trade/column_kernels.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/vector_clones.hpp"

namespace splinternet {
namespace {

// Four rows at a time keep a running sum in a register instead of memory; the additions stay in row order.
constexpr std::size_t kRows = 4;

SPLINTERNET_VECTOR_CLONES void add_four(const double* __restrict matrix, const double* __restrict weight,
                                        std::size_t columns, double* __restrict out) {
  const double* __restrict row1 = matrix + columns;
  const double* __restrict row2 = row1 + columns;
  const double* __restrict row3 = row2 + columns;
  const double w0 = weight[0], w1 = weight[1], w2 = weight[2], w3 = weight[3];
  for (std::size_t c = 0; c < columns; ++c) {
    out[c] = (((out[c] + w0 * matrix[c]) + w1 * row1[c]) + w2 * row2[c]) + w3 * row3[c];
  }
}

SPLINTERNET_VECTOR_CLONES void add_one(const double* __restrict row, double weight, std::size_t columns,
                                       double* __restrict out) {
  for (std::size_t c = 0; c < columns; ++c) out[c] += weight * row[c];
}

SPLINTERNET_VECTOR_CLONES void add_four_and_squares(const double* __restrict matrix, const double* __restrict weight,
                                                    const double* __restrict weight2, std::size_t columns,
                                                    double* __restrict out, double* __restrict out2) {
  const double* __restrict row1 = matrix + columns;
  const double* __restrict row2 = row1 + columns;
  const double* __restrict row3 = row2 + columns;
  const double w0 = weight[0], w1 = weight[1], w2 = weight[2], w3 = weight[3];
  const double v0 = weight2[0], v1 = weight2[1], v2 = weight2[2], v3 = weight2[3];
  for (std::size_t c = 0; c < columns; ++c) {
    const double a = matrix[c], b = row1[c], d = row2[c], e = row3[c];
    out[c] = (((out[c] + w0 * a) + w1 * b) + w2 * d) + w3 * e;
    out2[c] = (((out2[c] + v0 * (a * a)) + v1 * (b * b)) + v2 * (d * d)) + v3 * (e * e);
  }
}

SPLINTERNET_VECTOR_CLONES void add_one_and_squares(const double* __restrict row, double weight, double weight2,
                                                   std::size_t columns, double* __restrict out,
                                                   double* __restrict out2) {
  for (std::size_t c = 0; c < columns; ++c) {
    out[c] += weight * row[c];
    out2[c] += weight2 * (row[c] * row[c]);
  }
}

}  // namespace

void sum_rows(std::span<const double> matrix, std::span<const double> weight, std::span<double> out) {
  const std::size_t columns = out.size();
  std::fill(out.begin(), out.end(), 0.0);
  std::size_t r = 0;
  for (; r + kRows <= weight.size(); r += kRows) {
    add_four(&matrix[r * columns], &weight[r], columns, out.data());
  }
  for (; r < weight.size(); ++r) add_one(&matrix[r * columns], weight[r], columns, out.data());
}

void sum_rows_and_squares(std::span<const double> matrix, std::span<const double> weight,
                          std::span<const double> weight2, std::span<double> out, std::span<double> out2) {
  const std::size_t columns = out.size();
  std::fill(out.begin(), out.end(), 0.0);
  std::fill(out2.begin(), out2.end(), 0.0);
  std::size_t r = 0;
  for (; r + kRows <= weight.size(); r += kRows) {
    add_four_and_squares(&matrix[r * columns], &weight[r], &weight2[r], columns, out.data(), out2.data());
  }
  for (; r < weight.size(); ++r) {
    add_one_and_squares(&matrix[r * columns], weight[r], weight2[r], columns, out.data(), out2.data());
  }
}

SPLINTERNET_VECTOR_CLONES double largest_size(std::span<const double> values) {
  constexpr std::size_t kLanes = 8;
  const double* __restrict from = values.data();
  double largest[kLanes] = {};
  std::size_t i = 0;
  for (; i + kLanes <= values.size(); i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const double size = std::fabs(from[i + lane]);
      largest[lane] = size > largest[lane] ? size : largest[lane];
    }
  }
  for (; i < values.size(); ++i) largest[0] = std::max(largest[0], std::fabs(from[i]));
  return *std::max_element(largest, largest + kLanes);
}

void transpose(std::span<const double> matrix, std::size_t n, std::span<double> out) {
  // Bands of a fixed number of rows, read side by side: a cache line of each column is written at once.
  constexpr std::size_t kBand = 8;
  const double* __restrict from = matrix.data();
  double* __restrict to = out.data();
  std::size_t i = 0;
  for (; i + kBand <= n; i += kBand) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t b = 0; b < kBand; ++b) to[j * n + i + b] = from[(i + b) * n + j];
    }
  }
  for (; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) to[j * n + i] = from[i * n + j];
  }
}

}  // namespace splinternet
