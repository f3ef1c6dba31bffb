#include "sim/trade/anderson.hpp"

#include <algorithm>

#include "sim/core/vector_clones.hpp"

namespace splinternet {
namespace {

// Square of the relative length below which what is left of a difference is rounding.
constexpr double kDependent = 1e-20;

constexpr std::size_t kColumns = 8;

/// out[c] = Σ_i a_ik·a_ic. Four rows at a time: their sum does not wait for that of the rows before.
SPLINTERNET_VECTOR_CLONES void multiply_by_column(const double* __restrict rows, std::size_t count, std::size_t k,
                                                  double* __restrict out) {
  double sum[kColumns] = {};
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    const double* __restrict a = rows + i * kColumns;
    const double* __restrict b = a + kColumns;
    const double* __restrict d = b + kColumns;
    const double* __restrict e = d + kColumns;
    for (std::size_t c = 0; c < kColumns; ++c) sum[c] += (a[k] * a[c] + b[k] * b[c]) + (d[k] * d[c] + e[k] * e[c]);
  }
  for (; i < count; ++i) {
    const double* __restrict a = rows + i * kColumns;
    for (std::size_t c = 0; c < kColumns; ++c) sum[c] += a[k] * a[c];
  }
  for (std::size_t c = 0; c < kColumns; ++c) out[c] = sum[c];
}

/// a_ic −= coefficient[c]·a_ik.
SPLINTERNET_VECTOR_CLONES void take_column(double* __restrict rows, std::size_t count, std::size_t k,
                                           const double* __restrict coefficient) {
  for (std::size_t i = 0; i < count; ++i) {
    double* __restrict a = rows + i * kColumns;
    const double value = a[k];
    for (std::size_t c = 0; c < kColumns; ++c) a[c] -= coefficient[c] * value;
  }
}

}  // namespace

AndersonMixing::AndersonMixing(std::size_t size) : size_(size), last_x_(size), last_f_(size), work_(size) {
  for (auto* history : {&dx_, &df_}) {
    for (auto& column : *history) column.resize(size);
  }
}

void AndersonMixing::reset() {
  kept_ = 0;
  next_ = 0;
  has_last_ = false;
}

void AndersonMixing::remember(std::span<const double> x, std::span<const double> f) {
  if (has_last_) {
    for (std::size_t i = 0; i < size_; ++i) {
      dx_[next_][i] = x[i] - last_x_[i];
      df_[next_][i] = f[i] - last_f_[i];
    }
    next_ = (next_ + 1) % kDepth;
    kept_ = std::min(kept_ + 1, kDepth);
  }
  std::copy(x.begin(), x.end(), last_x_.begin());
  std::copy(f.begin(), f.end(), last_f_.begin());
  has_last_ = true;
}

void AndersonMixing::gather(std::span<const double> f) {
  std::fill(work_.begin(), work_.end(), Row{});
  for (std::size_t age = 0; age < kept_; ++age) {
    const auto& column = df_[slot(age)];
    for (std::size_t i = 0; i < size_; ++i) work_[i][age] = column[i];
  }
  for (std::size_t i = 0; i < size_; ++i) work_[i][kept_] = f[i];
}

// Modified Gram-Schmidt with f as the last column, which makes the least-squares solution backward stable (Björck
// 1967). Rows hold all columns side by side, so that the products of one column with all others vectorise across
// outputs.
void AndersonMixing::orthogonalise() {
  static_assert(kLanes == kColumns && sizeof(Row) == kColumns * sizeof(double));
  double* const rows = work_.front().data();
  Row length{};
  for (const Row& row : work_) {
    for (std::size_t c = 0; c < kLanes; ++c) length[c] += row[c] * row[c];
  }
  for (std::size_t k = 0; k < kept_; ++k) {
    Row product;
    multiply_by_column(rows, size_, k, product.data());
    independent_[k] = product[k] > kDependent * length[k];
    triangle_[k] = Row{};
    if (!independent_[k]) continue;
    for (std::size_t c = k + 1; c <= kept_; ++c) triangle_[k][c] = product[c] / product[k];
    take_column(rows, size_, k, triangle_[k].data());
  }
}

std::array<double, AndersonMixing::kDepth> AndersonMixing::coefficients() const {
  std::array<double, kDepth> gamma{};
  for (std::size_t k = kept_; k-- > 0;) {
    if (!independent_[k]) continue;
    gamma[k] = triangle_[k][kept_];
    for (std::size_t c = k + 1; c < kept_; ++c) gamma[k] -= triangle_[k][c] * gamma[c];
  }
  return gamma;
}

void AndersonMixing::step(std::span<const double> x, std::span<const double> f, std::span<double> step) {
  remember(x, f);
  gather(f);
  orthogonalise();
  const auto gamma = coefficients();
  std::copy(f.begin(), f.end(), step.begin());
  for (std::size_t age = 0; age < kept_; ++age) {
    const auto& dx = dx_[slot(age)];
    const auto& df = df_[slot(age)];
    for (std::size_t i = 0; i < size_; ++i) step[i] -= gamma[age] * (dx[i] + df[i]);
  }
}

}  // namespace splinternet
