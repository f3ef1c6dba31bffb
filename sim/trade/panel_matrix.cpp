#include "sim/trade/panel_matrix.hpp"

#include <algorithm>
#include <cstdint>

#include "sim/core/check.hpp"
#include "sim/core/vector_clones.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kWidth = PanelMatrix::kWidth;
constexpr std::size_t kLanes = PanelMatrix::kLanes;
static_assert(kWidth == 3 * kLanes);
constexpr std::size_t kRows = 8;  // added while the sums of a panel stay in registers

SPLINTERNET_VECTOR_CLONES void sum_panel_rows(const double* __restrict values, const double* __restrict weight,
                                              std::size_t rows, double* __restrict out) {
  std::size_t i = 0;
  for (; i + kRows <= rows; i += kRows) {
    const double* __restrict a = values + i * kWidth;
    const double* __restrict w = weight + i;
    const double w0 = w[0], w1 = w[1], w2 = w[2], w3 = w[3], w4 = w[4], w5 = w[5], w6 = w[6], w7 = w[7];
    for (std::size_t c = 0; c < kWidth; ++c) {
      double sum = out[c];
      sum = (sum + w0 * a[c]) + w1 * a[kWidth + c];
      sum = (sum + w2 * a[2 * kWidth + c]) + w3 * a[3 * kWidth + c];
      sum = (sum + w4 * a[4 * kWidth + c]) + w5 * a[5 * kWidth + c];
      out[c] = (sum + w6 * a[6 * kWidth + c]) + w7 * a[7 * kWidth + c];
    }
  }
  for (; i < rows; ++i) {
    for (std::size_t c = 0; c < kWidth; ++c) out[c] += weight[i] * values[i * kWidth + c];
  }
}

SPLINTERNET_VECTOR_CLONES void add_panel_columns(const double* __restrict values, const double* __restrict weight,
                                                 std::size_t rows, double* __restrict sums) {
  for (std::size_t i = 0; i < rows; ++i) {
    const double* __restrict a = values + i * kWidth;
    double* __restrict sum = sums + i * kLanes;
    for (std::size_t l = 0; l < kLanes; ++l) {
      sum[l] += (a[l] * weight[l] + a[l + kLanes] * weight[l + kLanes]) + a[l + 2 * kLanes] * weight[l + 2 * kLanes];
    }
  }
}

SPLINTERNET_VECTOR_CLONES void start_panel_columns(const double* __restrict values, const double* __restrict weight,
                                                   std::size_t rows, double* __restrict sums) {
  for (std::size_t i = 0; i < rows; ++i) {
    const double* __restrict a = values + i * kWidth;
    double* __restrict sum = sums + i * kLanes;
    for (std::size_t l = 0; l < kLanes; ++l) {
      sum[l] = (a[l] * weight[l] + a[l + kLanes] * weight[l + kLanes]) + a[l + 2 * kLanes] * weight[l + 2 * kLanes];
    }
  }
}

SPLINTERNET_VECTOR_CLONES void add_panel_squares(const double* __restrict values, const double* __restrict weight,
                                                 std::size_t rows, double* __restrict sums) {
  for (std::size_t i = 0; i < rows; ++i) {
    const double* __restrict a = values + i * kWidth;
    double* __restrict sum = sums + i * kLanes;
    for (std::size_t l = 0; l < kLanes; ++l) {
      const double b = a[l] * a[l], d = a[l + kLanes] * a[l + kLanes], e = a[l + 2 * kLanes] * a[l + 2 * kLanes];
      sum[l] += (b * weight[l] + d * weight[l + kLanes]) + e * weight[l + 2 * kLanes];
    }
  }
}

SPLINTERNET_VECTOR_CLONES void sum_row_lanes(const double* __restrict sums, std::size_t rows, double* __restrict out) {
  for (std::size_t i = 0; i < rows; ++i) {
    const double* __restrict s = sums + i * kLanes;
    out[i] = ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
  }
}

/// Products of one row's part in a panel; the top bit of what it returns is set if a factor is suspect.
SPLINTERNET_VECTOR_CLONES std::uint64_t multiply_row(const double* __restrict values, const double* __restrict factor,
                                                     std::size_t columns, std::size_t panel_size,
                                                     double* __restrict out) {
  // By their bits, finite values with a clear sign are all below infinity: a test without branches, which vectorises.
  constexpr std::uint64_t kLowestExponent = std::uint64_t{1} << 52;
  std::uint64_t suspect = 0;
  std::size_t j = 0;
  for (; j + kWidth <= columns; j += kWidth, out += panel_size) {
    for (std::size_t c = 0; c < kWidth; ++c) {
      const auto bits = __builtin_bit_cast(std::uint64_t, factor[j + c]);
      suspect |= bits | (bits + kLowestExponent);
      out[c] = values[j + c] * factor[j + c];
    }
  }
  for (std::size_t c = 0; j < columns; ++j, ++c) {
    const auto bits = __builtin_bit_cast(std::uint64_t, factor[j]);
    suspect |= bits | (bits + kLowestExponent);
    out[c] = values[j] * factor[j];
  }
  return suspect;
}

struct ColumnScales {
  const double* column;
  const double* factor;
};

SPLINTERNET_VECTOR_CLONES void scale_row(const double* __restrict values, std::size_t panel_size, double row,
                                         ColumnScales scales, std::size_t columns, double* __restrict scaled,
                                         double* __restrict product) {
  const double* __restrict column = scales.column;
  const double* __restrict factor = scales.factor;
  std::size_t j = 0;
  for (; j + kWidth <= columns; j += kWidth, values += panel_size) {
    for (std::size_t c = 0; c < kWidth; ++c) {
      const double value = values[c] * row * column[j + c];
      scaled[j + c] = value;
      product[j + c] = value * factor[j + c];
    }
  }
  for (std::size_t c = 0; j < columns; ++j, ++c) {
    const double value = values[c] * row * column[j];
    scaled[j] = value;
    product[j] = value * factor[j];
  }
}

}  // namespace

PanelMatrix::PanelMatrix(std::size_t n) : n_(n), values_(padded_columns() * n, 0.0) {}

void PanelMatrix::assign(std::span<const double> values) {
  SPLINTERNET_CHECK(values.size() == n_ * n_, values.size(), n_);
  for (std::size_t i = 0; i < n_; ++i) {
    for (std::size_t j = 0; j < n_; j += kWidth) {
      std::copy_n(&values[i * n_ + j], std::min(kWidth, n_ - j), &values_[j * n_ + i * kWidth]);
    }
  }
}

bool PanelMatrix::assign_product(std::span<const double> values, std::span<const double> factor) {
  SPLINTERNET_CHECK(values.size() == n_ * n_ && factor.size() == n_ * n_, values.size(), factor.size(), n_);
  std::uint64_t suspect = 0;
  for (std::size_t i = 0; i < n_; ++i) {
    suspect |= multiply_row(&values[i * n_], &factor[i * n_], n_, n_ * kWidth, &values_[i * kWidth]);
  }
  return suspect >> 63 == 0;
}

void PanelMatrix::sum_rows(std::size_t panel, std::span<const double> weight, std::span<double> out) const {
  SPLINTERNET_CHECK(panel < panels() && weight.size() == n_ && out.size() == kWidth, panel, weight.size());
  std::fill(out.begin(), out.end(), 0.0);
  sum_panel_rows(this->panel(panel), weight.data(), n_, out.data());
}

void PanelMatrix::add_columns(std::size_t panel, std::span<const double> weight, std::span<double> sums) const {
  SPLINTERNET_CHECK(panel < panels() && weight.size() == kWidth && sums.size() == n_ * kLanes, panel, weight.size());
  const auto add = panel == 0 ? start_panel_columns : add_panel_columns;
  add(this->panel(panel), weight.data(), n_, sums.data());
}

void PanelMatrix::add_column_squares(std::size_t panel, std::span<const double> weight, std::span<double> sums) const {
  SPLINTERNET_CHECK(panel < panels() && weight.size() == kWidth && sums.size() == n_ * kLanes, panel, weight.size());
  if (panel == 0) std::fill(sums.begin(), sums.end(), 0.0);
  add_panel_squares(this->panel(panel), weight.data(), n_, sums.data());
}

void PanelMatrix::scale(std::span<const double> row, std::span<const double> column, std::span<const double> factor,
                        std::span<double> scaled, std::span<double> product) const {
  SPLINTERNET_CHECK(row.size() == n_ && column.size() >= n_ && factor.size() >= n_, row.size(), column.size());
  SPLINTERNET_CHECK(scaled.size() == n_ * n_ && product.size() == n_ * n_, scaled.size(), product.size());
  for (std::size_t i = 0; i < n_; ++i) {
    scale_row(&values_[i * kWidth], n_ * kWidth, row[i], {column.data(), factor.data()}, n_, &scaled[i * n_],
              &product[i * n_]);
  }
}

void sum_lanes(std::span<const double> sums, std::span<double> out) {
  SPLINTERNET_CHECK(sums.size() == out.size() * kLanes, sums.size(), out.size());
  sum_row_lanes(sums.data(), out.size(), out.data());
}

}  // namespace splinternet
