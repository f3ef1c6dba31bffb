#include "sim/trade/anderson.hpp"

#include <algorithm>

#include "sim/core/vector_clones.hpp"

namespace splinternet {
namespace {

// Square of the relative length below which what is left of a difference is rounding of the products.
constexpr double kDependent = 1e-12;

constexpr std::size_t kColumns = 8;  // of the rows of differences

/// out[c] = Σ_i weight_i·a_ic. Four rows at a time: their sum does not wait for those before.
SPLINTERNET_VECTOR_CLONES void multiply(const double* __restrict rows, const double* __restrict weight,
                                        std::size_t count, double* __restrict out) {
  double sum[kColumns] = {};
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    const double* __restrict a = rows + i * kColumns;
    const double* __restrict b = a + kColumns;
    const double* __restrict d = b + kColumns;
    const double* __restrict e = d + kColumns;
    const double w0 = weight[i], w1 = weight[i + 1], w2 = weight[i + 2], w3 = weight[i + 3];
    for (std::size_t c = 0; c < kColumns; ++c) sum[c] += (w0 * a[c] + w1 * b[c]) + (w2 * d[c] + w3 * e[c]);
  }
  for (; i < count; ++i) {
    for (std::size_t c = 0; c < kColumns; ++c) sum[c] += weight[i] * rows[i * kColumns + c];
  }
  for (std::size_t c = 0; c < kColumns; ++c) out[c] = sum[c];
}

/// Σ_i a_i·b_i by lanes.
SPLINTERNET_VECTOR_CLONES double product_of(const double* __restrict a, const double* __restrict b, std::size_t count) {
  double sum[kColumns] = {};
  std::size_t i = 0;
  for (; i + kColumns <= count; i += kColumns) {
    for (std::size_t c = 0; c < kColumns; ++c) sum[c] += a[i + c] * b[i + c];
  }
  for (std::size_t c = 0; i < count; ++i, ++c) sum[c] += a[i] * b[i];
  return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

/// df = f − last f and change = (x − last x) + df; then the last are these.
SPLINTERNET_VECTOR_CLONES void find_differences(const double* __restrict x, const double* __restrict f,
                                                double* __restrict last_x, double* __restrict last_f, std::size_t count,
                                                double* __restrict df, double* __restrict change) {
  for (std::size_t i = 0; i < count; ++i) {
    df[i] = f[i] - last_f[i];
    change[i] = (x[i] - last_x[i]) + df[i];
    last_x[i] = x[i];
    last_f[i] = f[i];
  }
}

/// step −= factor·change.
SPLINTERNET_VECTOR_CLONES void take_change(double factor, const double* __restrict change, std::size_t count,
                                           double* __restrict step) {
  for (std::size_t i = 0; i < count; ++i) step[i] -= factor * change[i];
}

}  // namespace

AndersonMixing::AndersonMixing(std::size_t size)
    : size_(size), last_x_(size), last_f_(size), difference_(size), rows_(size * kLanes) {
  for (auto& column : change_) column.resize(size);
}

void AndersonMixing::reset() {
  kept_ = 0;
  next_ = 0;
  has_last_ = false;
}

void AndersonMixing::remember(std::span<const double> x, std::span<const double> f) {
  static_assert(kLanes == kColumns);
  if (!has_last_) {
    std::copy(x.begin(), x.end(), last_x_.begin());
    std::copy(f.begin(), f.end(), last_f_.begin());
    has_last_ = true;
    return;
  }
  find_differences(x.data(), f.data(), last_x_.data(), last_f_.data(), size_, difference_.data(),
                   change_[next_].data());
  multiply(rows_.data(), difference_.data(), size_, product_[next_].data());
  multiply(rows_.data(), f.data(), size_, product_with_f_.data());
  product_[next_][next_] = product_of(difference_.data(), difference_.data(), size_);
  product_with_f_[next_] = product_of(difference_.data(), f.data(), size_);
  for (std::size_t s = 0; s < kDepth; ++s) product_[s][next_] = product_[next_][s];
  // Only now: rows that have just been written in part would be slow to read as wholes.
  for (std::size_t i = 0; i < size_; ++i) rows_[i * kLanes + next_] = difference_[i];
  next_ = (next_ + 1) % kDepth;
  kept_ = std::min(kept_ + 1, kDepth);
}

// The normal equations by Cholesky's factorisation, newest differences first. Products are kept from call to call, so
// that a call looks at the columns once. That differences shrink by orders of magnitude as the iteration closes in
// costs no digits: the factorisation does not see how its columns are scaled (van der Sluis 1969).
void AndersonMixing::factorise() {
  auto left = product_;
  Row left_with_f = product_with_f_;
  for (std::size_t age = 0; age < kept_; ++age) {
    const std::size_t k = slot(age);
    const Row row = left[k];
    const double inverse = row[k] > kDependent * product_[k][k] ? 1.0 / row[k] : 0.0;
    for (std::size_t later = age + 1; later < kept_; ++later) {
      const std::size_t t = slot(later);
      const double factor = factor_[age][t] = row[t] * inverse;
      for (std::size_t c = 0; c < kLanes; ++c) left[t][c] -= factor * row[c];
    }
    const double factor = scaled_[age] = left_with_f[k] * inverse;
    for (std::size_t c = 0; c < kLanes; ++c) left_with_f[c] -= factor * row[c];
  }
}

AndersonMixing::Row AndersonMixing::coefficients() const {
  Row gamma{};
  for (std::size_t age = kept_; age-- > 0;) {
    double value = scaled_[age];
    for (std::size_t later = age + 1; later < kept_; ++later) value -= factor_[age][slot(later)] * gamma[slot(later)];
    gamma[slot(age)] = value;
  }
  return gamma;
}

void AndersonMixing::step(std::span<const double> x, std::span<const double> f, std::span<double> step) {
  remember(x, f);
  factorise();
  const Row gamma = coefficients();
  std::copy(f.begin(), f.end(), step.begin());
  for (std::size_t age = 0; age < kept_; ++age) {
    take_change(gamma[slot(age)], change_[slot(age)].data(), size_, step.data());
  }
}

}  // namespace splinternet
