#pragma once

#include <cstddef>
#include <span>

/// Matrix-vector products that vectorise across outputs and never across a sum: each output is summed over the rows in
/// their order, so that the bits do not depend on the width of the machine's vectors.
namespace splinternet {

/// out[c] = Σ_r weight[r]·matrix[r][c], rows in order; matrix is weight.size() × out.size(), row-major.
void sum_rows(std::span<const double> matrix, std::span<const double> weight, std::span<double> out);

/// As sum_rows, and beside it out2[c] = Σ_r weight2[r]·matrix[r][c]², in the same pass.
void sum_rows_and_squares(std::span<const double> matrix, std::span<const double> weight,
                          std::span<const double> weight2, std::span<double> out, std::span<double> out2);

/// max |values[i]|, 0 for none; NaN counts for nothing.
[[nodiscard]] double largest_size(std::span<const double> values);

/// out = matrixᵀ for a square n×n matrix.
void transpose(std::span<const double> matrix, std::size_t n, std::span<double> out);

}  // namespace splinternet
