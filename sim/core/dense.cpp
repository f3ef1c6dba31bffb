#include "sim/core/dense.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "sim/core/check.hpp"
#include "sim/core/vector_clones.hpp"

namespace splinternet::dense {
namespace {

// Columns that are eliminated before the rest of the matrix follows, and right-hand sides that are solved together:
// enough to load each entry once for many updates.
constexpr std::size_t kPanel = 16;

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t n = 0; n < a.size(); ++n) sum += a[n] * b[n];
  return sum;
}

/// y += factor · x.
void add_scaled(double factor, const double* x, double* y, std::size_t count) {
  for (std::size_t n = 0; n < count; ++n) y[n] += factor * x[n];
}

/// y += f[0]·x₀ + … + f[3]·x₃, rows of x `stride` apart: the additions of four calls of `add_scaled` in the same order,
/// with one load and store of y instead of four.
SPLINTERNET_VECTOR_CLONES
void add_four_scaled(const double* f, const double* x, std::ptrdiff_t stride, double* y, std::size_t count) {
  const double *x0 = x, *x1 = x + stride, *x2 = x + 2 * stride, *x3 = x + 3 * stride;
  const double f0 = f[0], f1 = f[1], f2 = f[2], f3 = f[3];
  for (std::size_t n = 0; n < count; ++n) y[n] = (((y[n] + f0 * x0[n]) + f1 * x1[n]) + f2 * x2[n]) + f3 * x3[n];
}

/// add_four_scaled for two rows y and z at once, which share what is loaded of x. The rows are apart.
SPLINTERNET_VECTOR_CLONES
void add_four_scaled_to_two(const double* f, const double* g, const double* x, std::ptrdiff_t stride,
                            double* __restrict y, double* __restrict z, std::size_t count) {
  const double *x0 = x, *x1 = x + stride, *x2 = x + 2 * stride, *x3 = x + 3 * stride;
  const double f0 = f[0], f1 = f[1], f2 = f[2], f3 = f[3], g0 = g[0], g1 = g[1], g2 = g[2], g3 = g[3];
  for (std::size_t n = 0; n < count; ++n) {
    const double a = x0[n], b = x1[n], c = x2[n], d = x3[n];
    y[n] = (((y[n] + f0 * a) + f1 * b) + f2 * c) + f3 * d;
    z[n] = (((z[n] + g0 * a) + g1 * b) + g2 * c) + g3 * d;
  }
}

/// Adds f[l]·x_l for l = 0 … terms − 1 in order to each of `rows` rows y of `count` values, `y_stride` apart; f is
/// terms values per row, `f_stride` apart, and x_l begins at x + l·x_stride.
void add_combinations(const double* f, std::size_t f_stride, const double* x, std::ptrdiff_t x_stride,
                      std::size_t terms, double* y, std::size_t y_stride, std::size_t rows, std::size_t count) {
  std::size_t r = 0;
  for (; r + 2 <= rows; r += 2) {
    std::size_t l = 0;
    for (; l + 4 <= terms; l += 4) {
      add_four_scaled_to_two(f + r * f_stride + l, f + (r + 1) * f_stride + l,
                             x + static_cast<std::ptrdiff_t>(l) * x_stride, x_stride, y + r * y_stride,
                             y + (r + 1) * y_stride, count);
    }
    for (; l < terms; ++l) {
      for (const std::size_t row : {r, r + 1}) {
        add_scaled(f[row * f_stride + l], x + static_cast<std::ptrdiff_t>(l) * x_stride, y + row * y_stride, count);
      }
    }
  }
  if (r == rows) return;
  std::size_t l = 0;
  for (; l + 4 <= terms; l += 4) {
    add_four_scaled(f + r * f_stride + l, x + static_cast<std::ptrdiff_t>(l) * x_stride, x_stride, y + r * y_stride,
                    count);
  }
  for (; l < terms; ++l) {
    add_scaled(f[r * f_stride + l], x + static_cast<std::ptrdiff_t>(l) * x_stride, y + r * y_stride, count);
  }
}

/// Turns x into the v of the Householder reflection I − 2vvᵀ/vᵀv that sends x to (head, 0, …), and returns head; its
/// sign is the one that avoids cancellation. `norm` is |x|₂ > 0.
double make_reflection(std::span<double> x, double norm) {
  const double head = x[0] > 0.0 ? -norm : norm;
  x[0] -= head;
  return head;
}

/// Applies the reflection of v to as many values from `target` on.
void reflect(std::span<const double> v, double* target) {
  const double factor = -2.0 * dot(v, {target, v.size()}) / dot(v, v);
  add_scaled(factor, v.data(), target, v.size());
}

}  // namespace

Lu::Lu(std::span<const double> matrix, std::size_t n) {
  factorise(matrix, n);
}

// Panel by panel, but every entry is updated by the rows above it in their order, so that the factors are bit for bit
// those of plain elimination.
void Lu::factorise(std::span<const double> matrix, std::size_t n) {
  SPLINTERNET_CHECK(matrix.size() == n * n, matrix.size(), n);
  n_ = n;
  factors_.assign(matrix.begin(), matrix.end());
  pivots_.resize(n);
  column_sizes_.assign(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) column_sizes_[j] = std::max(column_sizes_[j], std::fabs(matrix[i * n + j]));
  }
  const double rounding = static_cast<double>(n) * std::numeric_limits<double>::epsilon();
  for (std::size_t begin = 0; begin < n; begin += kPanel) {
    const std::size_t end = std::min(n, begin + kPanel);
    factorise_panel(begin, end, rounding);
    update_behind(begin, end);
  }
}

/// Eliminates columns [begin, end) within themselves; rows are exchanged whole.
void Lu::factorise_panel(std::size_t begin, std::size_t end, double rounding) {
  const std::size_t n = n_;
  double* const a = factors_.data();
  for (std::size_t k = begin; k < end; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i) {
      if (std::fabs(a[i * n + k]) > std::fabs(a[pivot * n + k])) pivot = i;
    }
    pivots_[k] = pivot;
    if (!(std::fabs(a[pivot * n + k]) > rounding * column_sizes_[k])) {
      n_ = 0;
      throw SolverError("LU: the matrix of size " + std::to_string(n) + " is singular at column " + std::to_string(k));
    }
    if (pivot != k) std::swap_ranges(a + k * n, a + (k + 1) * n, a + pivot * n);
    for (std::size_t i = k + 1; i < n; ++i) {
      const double factor = a[i * n + k] / a[k * n + k];
      a[i * n + k] = factor;
      add_scaled(-factor, a + k * n + k + 1, a + i * n + k + 1, end - k - 1);
    }
  }
}

/// Subtracts what columns [begin, end) take off the columns behind them: rows of the panel follow those above them only
/// and one by one, those below it follow all of them.
void Lu::update_behind(std::size_t begin, std::size_t end) {
  if (end == n_) return;
  for (std::size_t i = begin + 1; i < end; ++i) update_rows(i, i + 1, begin, i, end);
  for (std::size_t i = end; i < n_; i += kPanel) update_rows(i, std::min(n_, i + kPanel), begin, end, end);
}

/// Takes off rows [first, last), at most kPanel, in the columns from `behind` on, what rows [begin, end) eliminate.
void Lu::update_rows(std::size_t first, std::size_t last, std::size_t begin, std::size_t end, std::size_t behind) {
  double* const a = factors_.data();
  std::array<double, kPanel * kPanel> factor;
  for (std::size_t i = first; i < last; ++i) {
    for (std::size_t k = begin; k < end; ++k) factor[(i - first) * kPanel + k - begin] = -a[i * n_ + k];
  }
  add_combinations(factor.data(), kPanel, a + begin * n_ + behind, static_cast<std::ptrdiff_t>(n_), end - begin,
                   a + first * n_ + behind, n_, last - first, n_ - behind);
}

void Lu::solve(std::span<double> b) const {
  SPLINTERNET_CHECK(b.size() == n_, b.size(), n_);
  const std::span<const double> a = factors_;
  for (std::size_t k = 0; k < n_; ++k) std::swap(b[k], b[pivots_[k]]);
  for (std::size_t i = 0; i < n_; ++i) b[i] -= dot(a.subspan(i * n_, i), b);
  for (std::size_t i = n_; i-- > 0;) {
    b[i] = (b[i] - dot(a.subspan(i * n_ + i + 1, n_ - i - 1), b.subspan(i + 1))) / a[i * n_ + i];
  }
}

// Panel by panel, so that many right-hand sides share what is loaded of the factors; every entry is updated by those
// before it in their order, so that each row gets the bits of plain substitution.
void Lu::solve_transposed(std::span<double> rows) const {
  SPLINTERNET_CHECK(n_ > 0 ? rows.size() % n_ == 0 : rows.empty(), rows.size(), n_);
  for (std::size_t from = 0; from < rows.size(); from += kPanel * n_) {
    const std::span<double> block = rows.subspan(from, std::min(kPanel * n_, rows.size() - from));
    for (std::size_t begin = 0; begin < n_; begin += kPanel) {
      solve_upper_panel(begin, std::min(n_, begin + kPanel), block);
    }
    for (std::size_t behind = (n_ + kPanel - 1) / kPanel; behind > 0; --behind) {
      solve_lower_panel((behind - 1) * kPanel, std::min(n_, behind * kPanel), block);
    }
    for (std::size_t r = 0; r < block.size(); r += n_) {
      for (std::size_t k = n_; k-- > 0;) std::swap(block[r + k], block[r + pivots_[k]]);
    }
  }
}

/// Divides by U in columns [begin, end) of at most kPanel rows and takes their part off the columns behind.
void Lu::solve_upper_panel(std::size_t begin, std::size_t end, std::span<double> rows) const {
  const double* const a = factors_.data();
  std::array<double, kPanel * kPanel> factor;
  for (std::size_t r = 0; r < rows.size() / n_; ++r) {
    double* const b = &rows[r * n_];
    for (std::size_t k = begin; k < end; ++k) {
      b[k] /= a[k * n_ + k];
      factor[r * kPanel + k - begin] = -b[k];
      add_scaled(-b[k], a + k * n_ + k + 1, b + k + 1, end - k - 1);
    }
  }
  if (end == n_) return;
  add_combinations(factor.data(), kPanel, a + begin * n_ + end, static_cast<std::ptrdiff_t>(n_), end - begin,
                   rows.data() + end, n_, rows.size() / n_, n_ - end);
}

/// Divides by L in columns [begin, end), last one first, of at most kPanel rows and takes their part off the columns in
/// front.
void Lu::solve_lower_panel(std::size_t begin, std::size_t end, std::span<double> rows) const {
  const double* const a = factors_.data();
  std::array<double, kPanel * kPanel> factor;
  for (std::size_t r = 0; r < rows.size() / n_; ++r) {
    double* const b = &rows[r * n_];
    for (std::size_t k = end; k-- > begin;) {
      factor[r * kPanel + end - 1 - k] = -b[k];
      add_scaled(-b[k], a + k * n_ + begin, b + begin, k - begin);
    }
  }
  add_combinations(factor.data(), kPanel, a + (end - 1) * n_, -static_cast<std::ptrdiff_t>(n_), end - begin,
                   rows.data(), n_, rows.size() / n_, begin);
}

std::vector<double> least_squares(std::span<const double> matrix, std::size_t columns, std::span<const double> b,
                                  double tolerance) {
  const std::size_t rows = b.size();
  SPLINTERNET_CHECK(matrix.size() == rows * columns, matrix.size(), rows, columns);
  std::vector<double> q(matrix.begin(), matrix.end());
  std::vector<double> rest(b.begin(), b.end());
  std::vector<std::size_t> kept;  // columns that add to the rank; kept[r] has its diagonal in row r
  std::vector<double> diagonal;
  for (std::size_t column = 0; column < columns && kept.size() < rows; ++column) {
    const std::size_t r = kept.size();
    const std::span<double> whole(q.data() + column * rows, rows);
    const std::span<double> below = whole.subspan(r);
    const double norm = std::sqrt(dot(below, below));
    if (!(norm > tolerance * std::sqrt(dot(whole, whole)))) continue;
    diagonal.push_back(make_reflection(below, norm));
    for (std::size_t other = column + 1; other < columns; ++other) reflect(below, q.data() + other * rows + r);
    reflect(below, rest.data() + r);
    kept.push_back(column);
  }
  std::vector<double> solution(columns, 0.0);
  for (std::size_t r = kept.size(); r-- > 0;) {
    double value = rest[r];
    for (std::size_t s = r + 1; s < kept.size(); ++s) value -= q[kept[s] * rows + r] * solution[kept[s]];
    solution[kept[r]] = value / diagonal[r];
  }
  return solution;
}

void multiply(std::span<const double> a, std::span<const double> b, std::span<double> c, std::size_t m, std::size_t k,
              std::size_t n) {
  SPLINTERNET_CHECK(a.size() == m * k && b.size() == k * n && c.size() == m * n, m, k, n);
  std::fill(c.begin(), c.end(), 0.0);
  add_combinations(a.data(), k, b.data(), static_cast<std::ptrdiff_t>(n), k, c.data(), n, m, n);
}

void multiply_to_symmetric(std::span<const double> a, std::span<const double> b, std::span<double> c, std::size_t begin,
                           std::size_t end, std::size_t n) {
  SPLINTERNET_CHECK(a.size() == n * n && b.size() == n * n && c.size() == n * n && begin <= end && end <= n, begin, end,
                    n);
  for (std::size_t i = begin; i < end; ++i) std::fill(&c[i * n + begin], c.data() + (i + 1) * n, 0.0);
  add_combinations(a.data() + begin * n, n, b.data() + begin, static_cast<std::ptrdiff_t>(n), n,
                   c.data() + begin * n + begin, n, end - begin, n - begin);
}

}  // namespace splinternet::dense
