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

/// change = (x − last x) + (f − last f); last f becomes f − last f, last x becomes x. Returns |f − last f|².
SPLINTERNET_VECTOR_CLONES double find_differences(const double* __restrict x, const double* __restrict f,
                                                  double* __restrict last_x, double* __restrict last_f,
                                                  std::size_t count, double* __restrict change) {
  for (std::size_t i = 0; i < count; ++i) {
    const double df = f[i] - last_f[i];
    change[i] = (x[i] - last_x[i]) + df;
    last_f[i] = df;
    last_x[i] = x[i];
  }
  double square[kColumns] = {};
  std::size_t i = 0;
  for (; i + kColumns <= count; i += kColumns) {
    for (std::size_t c = 0; c < kColumns; ++c) square[c] += last_f[i + c] * last_f[i + c];
  }
  for (; i < count; ++i) square[0] += last_f[i] * last_f[i];
  return ((square[0] + square[4]) + (square[2] + square[6])) + ((square[1] + square[5]) + (square[3] + square[7]));
}

/// step −= factor·change.
SPLINTERNET_VECTOR_CLONES void take_change(double factor, const double* __restrict change, std::size_t count,
                                           double* __restrict step) {
  for (std::size_t i = 0; i < count; ++i) step[i] -= factor * change[i];
}

}  // namespace

AndersonMixing::AndersonMixing(std::size_t size)
    : size_(size), last_x_(size), last_f_(size), rows_(size * kLanes), work_(size * kLanes) {
  for (auto& column : change_) column.resize(size);
}

void AndersonMixing::reset() {
  kept_ = 0;
  next_ = 0;
  has_last_ = false;
  std::fill(rows_.begin(), rows_.end(), 0.0);
}

void AndersonMixing::remember(std::span<const double> x, std::span<const double> f) {
  if (has_last_) {
    length_[next_] = find_differences(x.data(), f.data(), last_x_.data(), last_f_.data(), size_, change_[next_].data());
    for (std::size_t i = 0; i < size_; ++i) rows_[i * kLanes + next_] = last_f_[i];
    next_ = (next_ + 1) % kDepth;
    kept_ = std::min(kept_ + 1, kDepth);
  }
  for (std::size_t i = 0; i < size_; ++i) rows_[i * kLanes + kF] = f[i];
  if (!has_last_) std::copy(x.begin(), x.end(), last_x_.begin());
  std::copy(f.begin(), f.end(), last_f_.begin());
  has_last_ = true;
}

// Modified Gram-Schmidt, newest differences first and f last, which makes the least-squares solution backward stable
// (Björck 1967). Rows hold all columns side by side, so that the products of one column with all others vectorise
// across outputs; columns that are done, or not there yet, are carried along with coefficients of 0.
void AndersonMixing::orthogonalise() {
  static_assert(kLanes == kColumns);
  Row product;
  std::copy(rows_.begin(), rows_.end(), work_.begin());
  for (std::size_t age = 0; age < kept_; ++age) {
    const std::size_t k = slot(age);
    multiply_by_column(work_.data(), size_, k, product.data());
    independent_[age] = product[k] > kDependent * length_[k];
    triangle_[age] = Row{};
    if (!independent_[age]) continue;
    for (std::size_t later = age + 1; later < kept_; ++later) {
      triangle_[age][slot(later)] = product[slot(later)] / product[k];
    }
    triangle_[age][kF] = product[kF] / product[k];
    if (age + 1 < kept_) take_column(work_.data(), size_, k, triangle_[age].data());
  }
}

std::array<double, AndersonMixing::kDepth> AndersonMixing::coefficients() const {
  std::array<double, kDepth> gamma{};
  for (std::size_t age = kept_; age-- > 0;) {
    if (!independent_[age]) continue;
    double value = triangle_[age][kF];
    for (std::size_t later = age + 1; later < kept_; ++later) value -= triangle_[age][slot(later)] * gamma[slot(later)];
    gamma[slot(age)] = value;
  }
  return gamma;
}

void AndersonMixing::step(std::span<const double> x, std::span<const double> f, std::span<double> step) {
  remember(x, f);
  orthogonalise();
  const auto gamma = coefficients();
  std::copy(f.begin(), f.end(), step.begin());
  for (std::size_t age = 0; age < kept_; ++age) {
    take_change(gamma[slot(age)], change_[slot(age)].data(), size_, step.data());
  }
}

}  // namespace splinternet
