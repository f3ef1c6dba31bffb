#include "sim/trade/jacobian.hpp"

#include <algorithm>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/dense.hpp"
#include "sim/core/parallel.hpp"
#include "sim/trade/column_kernels.hpp"

namespace splinternet {
namespace {

constexpr double kShift = 1e-12;    // of the scaled diagonal
constexpr std::size_t kGrain = 16;  // rows of a product that one thread takes at a time

double total(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum;
}

}  // namespace

ClearingJacobian::ClearingJacobian(std::size_t countries, std::size_t sectors)
    : countries_(countries), sectors_(sectors), sold_(countries) {
  for (auto* matrix : {&matrix_, &income_, &flow_by_importer_, &product_}) matrix->resize(countries * countries);
}

void ClearingJacobian::add_sector(double elasticity, const double* share, const double* flow,
                                  const ClearingPoint& point) {
  const std::size_t n = countries_;
  transpose({flow, n * n}, n, flow_by_importer_);
  parallel::for_each_range(n, kGrain, [&](std::size_t begin, std::size_t end) {
    dense::multiply_to_symmetric({share, n * n}, flow_by_importer_, product_, begin, end, n);
  });
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) product_[i * n + k] = product_[k * n + i];
  }
  for (std::size_t i = 0; i < n; ++i) {
    double sold = 0.0;
    for (std::size_t k = 0; k < n; ++k) {
      const double sales = flow[i * n + k];
      const double income = point.closure == Closure::kAdditive ? point.wage_bill[k] / point.expenditure[k] : 1.0;
      matrix_[i * n + k] += elasticity * product_[i * n + k];
      income_[i * n + k] += sales * income;
      sold += sales;
    }
    matrix_[i * n + i] -= elasticity * sold;
    sold_[i] += sold;
  }
}

void ClearingJacobian::add_common_factor(const ClearingPoint& point) {
  const double bill = total(point.wage_bill), spending = total(point.expenditure);
  for (std::size_t i = 0; i < countries_; ++i) {
    for (std::size_t k = 0; k < countries_; ++k) {
      income_[i * countries_ + k] += sold_[i] * (point.wage_bill[k] / bill - point.expenditure[k] / spending);
    }
  }
}

void ClearingJacobian::add_parts(std::span<const double> elasticity, const ClearingPoint& point) {
  const std::size_t n = countries_;
  SPLINTERNET_CHECK(elasticity.size() == sectors_ && point.share.size() == sectors_ * n * n &&
                        point.flow.size() == point.share.size() && point.wage_bill.size() == n &&
                        point.expenditure.size() == n,
                    n, sectors_, point.share.size());
  for (auto* part : {&matrix_, &income_, &sold_}) std::fill(part->begin(), part->end(), 0.0);
  for (std::size_t s = 0; s < sectors_; ++s) {
    add_sector(elasticity[s], &point.share[s * n * n], &point.flow[s * n * n], point);
  }
  if (point.closure == Closure::kMultiplicative) add_common_factor(point);
}

std::span<const double> ClearingJacobian::compute(std::span<const double> elasticity, const ClearingPoint& point) {
  add_parts(elasticity, point);
  for (std::size_t k = 0; k < matrix_.size(); ++k) matrix_[k] += income_[k];
  for (std::size_t i = 0; i < countries_; ++i) matrix_[i * countries_ + i] -= point.wage_bill[i];
  return matrix_;
}

/// ∂ln Y'_i/∂ln p_k = (1 + ψ)1(i=k) − ψ(share of k in the purchases of i).
void ClearingJacobian::find_supply(const ClearingPoint& point, double supply_elasticity) {
  const std::size_t n = countries_;
  supply_.assign(n * n, 0.0);
  for (std::size_t k = 0; k < point.flow.size(); ++k) {
    const std::size_t seller = k / n % n, buyer = k % n;
    supply_[buyer * n + seller] -= supply_elasticity * point.flow[k] / point.expenditure[buyer];
  }
  for (std::size_t i = 0; i < n; ++i) supply_[i * n + i] += 1.0 + supply_elasticity;
}

std::size_t ClearingJacobian::compute_rates(std::span<const double> elasticity, const ClearingPoint& point,
                                            double supply_elasticity) {
  const std::size_t n = countries_;
  add_parts(elasticity, point);
  find_supply(point, supply_elasticity);
  if (supply_elasticity > 0.0) {
    dense::multiply(income_, supply_, product_, n, n, n);
    std::swap(income_, product_);
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = i * n; k < (i + 1) * n; ++k) {
      matrix_[k] = supply_[k] - (matrix_[k] + income_[k]) / sold_[i];
    }
  }
  const auto largest = static_cast<std::size_t>(std::max_element(point.wage_bill.begin(), point.wage_bill.end()) -
                                                point.wage_bill.begin());
  const double output = total(point.wage_bill);
  double* const row = &matrix_[largest * n];
  std::fill(row, row + n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < n; ++k) row[k] += point.wage_bill[i] / output * supply_[i * n + k];
  }
  return largest;
}

std::size_t ClearingJacobian::pin_numeraire(std::span<const double> wage_bill) {
  const std::size_t n = countries_;
  const auto largest =
      static_cast<std::size_t>(std::max_element(wage_bill.begin(), wage_bill.end()) - wage_bill.begin());
  std::copy(wage_bill.begin(), wage_bill.end(), matrix_.begin() + static_cast<std::ptrdiff_t>(largest * n));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < n; ++k) matrix_[i * n + k] /= wage_bill[i];
    if (i != largest) matrix_[i * n + i] -= kShift;
  }
  return largest;
}

}  // namespace splinternet
