#include "sim/trade/gravity.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/number_text.hpp"
#include "sim/trade/column_kernels.hpp"
#include "sim/trade/fixed_point.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = __builtin_inf();
constexpr double kDamping = 0.8;
constexpr double kLargestStep = 0.5;   // in logs
constexpr double kSlopeFloor = 1e-15;  // the slope of a closed country is rounding
// In the logs of P^(−θ), which may differ by many powers of ten between near and remote countries.
constexpr double kLargestFitStep = 20.0;

[[noreturn]] void fail_data(const std::string& what) {
  throw DataError("gravity: " + what);
}

double total(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum;
}

std::vector<double> shares_of(std::span<const double> values) {
  const double sum = total(values);
  std::vector<double> shares(values.begin(), values.end());
  for (double& share : shares) share /= sum;
  return shares;
}

/// out[n] = a[n] / b[n].
void divide(std::span<const double> a, std::span<const double> b, std::span<double> out) {
  for (std::size_t n = 0; n < out.size(); ++n) out[n] = a[n] / b[n];
}

/// values^exponent, each.
void raise(std::span<double> values, double exponent) {
  math::log(values, values);
  for (double& value : values) value *= exponent;
  math::exp(values, values);
}

std::vector<double> transposed(std::span<const double> matrix, std::size_t n) {
  std::vector<double> result(n * n);
  transpose(matrix, n, result);
  return result;
}

/// A damped step of a log by the slope of its own condition, whose size is that of `unit`; at most ± `largest`.
double jacobi_step(double gap, double slope, double unit, double largest) {
  return std::clamp(kDamping * gap / std::max(slope, kSlopeFloor * unit), -largest, largest);
}

/// Largest |a[n]/b[n] − 1|, and where; infinite for NaN.
struct Gap {
  double size = 0.0;
  std::size_t place = 0;
};

Gap largest_gap(std::span<const double> a, std::span<const double> b) {
  Gap gap;
  for (std::size_t n = 0; n < a.size(); ++n) {
    const double size = std::fabs(a[n] / b[n] - 1.0);
    if (!(size < kInfinity)) return {kInfinity, n};
    if (size > gap.size) gap = {size, n};
  }
  return gap;
}

/// The endowment economy with multilateral resistances: one evaluation at log factory-gate prices.
class EndowmentEconomy {
 public:
  EndowmentEconomy(double elasticity, std::span<const double> ease, std::span<const double> supply,
                   std::span<const double> output, std::span<const double> expenditure)
      : theta_(elasticity),
        ease_(ease),
        ease_by_importer_(transposed(ease, supply.size())),
        supply_(supply),
        output_(output),
        expenditure_(expenditure) {
    for (auto* column : {&price_, &sold_, &cheapness_, &inward_, &spent_, &weight_, &weight2_, &sales_, &squares_}) {
      column->resize(supply.size());
    }
  }

  /// The step of log prices towards those at which everything is sold, p̂^(1+θ) = Π'^(−θ)/Π^(−θ), each by the slope of
  /// its own condition; returns the largest relative gap between sales and output.
  double step(std::span<const double> ln_price, std::span<double> f) {
    const std::size_t n = ln_price.size();
    math::exp(ln_price, price_);
    for (std::size_t i = 0; i < n; ++i) cheapness_[i] = -theta_ * ln_price[i];
    math::exp(cheapness_, cheapness_);
    for (std::size_t i = 0; i < n; ++i) {
      cheapness_[i] *= supply_[i];
      sold_[i] = price_[i] * output_[i];
      spent_[i] = price_[i] * expenditure_[i];
    }
    const double factor = total(sold_) / total(spent_);
    for (double& value : spent_) value *= factor;
    sum_rows(ease_, cheapness_, inward_);
    divide(spent_, inward_, weight_);
    divide(weight_, inward_, weight2_);
    sum_rows_and_squares(ease_by_importer_, weight_, weight2_, sales_, squares_);
    for (std::size_t i = 0; i < n; ++i) sales_[i] *= cheapness_[i];
    gap_ = largest_gap(sales_, sold_);
    for (std::size_t i = 0; i < n; ++i) {
      const double at_home = ease_[i * n + i] * cheapness_[i] * weight_[i];
      const double slope = theta_ * (sales_[i] - cheapness_[i] * cheapness_[i] * squares_[i]) - at_home + sold_[i];
      f[i] = jacobi_step(sales_[i] - sold_[i], slope, sold_[i], kLargestStep);
    }
    keep_world_output(ln_price, f);
    return gap_.size;
  }

  [[nodiscard]] std::size_t worst() const { return gap_.place; }
  /// Of the last evaluation: p̂, what is spent (shares of world output), P'^(−θ).
  [[nodiscard]] std::span<const double> price() const { return price_; }
  [[nodiscard]] std::span<const double> spent() const { return spent_; }
  [[nodiscard]] std::span<const double> inward() const { return inward_; }

 private:
  /// Shifts the step so that it ends where Σ p̂_i Y_i = Σ Y_i.
  void keep_world_output(std::span<const double> ln_price, std::span<double> f) {
    for (std::size_t i = 0; i < f.size(); ++i) weight_[i] = ln_price[i] + f[i];
    math::exp(weight_, weight_);
    double sum = 0.0;
    for (std::size_t i = 0; i < f.size(); ++i) sum += weight_[i] * output_[i];
    const double shift = math::log(sum);
    for (double& value : f) value -= shift;
  }

  double theta_;
  std::span<const double> ease_;
  std::vector<double> ease_by_importer_;
  std::span<const double> supply_, output_, expenditure_;
  Gap gap_;
  std::vector<double> price_, sold_, cheapness_, inward_, spent_, weight_, weight2_, sales_, squares_;
};

}  // namespace

Gravity::Gravity(GravityData data, std::span<const double> ease) : data_(std::move(data)) {
  check_data();
  check_ease(ease);
  world_output_ = total(data_.output);
  output_share_ = shares_of(data_.output);
  expenditure_share_ = shares_of(data_.expenditure);
  Powers powers = fit(ease, output_share_, expenditure_share_);
  supply_.resize(output_share_.size());
  divide(output_share_, powers.outward, supply_);
  inward_ = powers.inward;
  baseline_ = flows_of(std::move(powers), ease, data_.output, data_.expenditure);
}

std::string Gravity::name(std::size_t country) const {
  const std::string row = "row " + std::to_string(country);
  return data_.labels.empty() ? "country in " + row : "country " + data_.labels[country] + " (" + row + ")";
}

void Gravity::check_data() const {
  const std::size_t n = data_.output.size();
  if (n == 0 || data_.expenditure.size() != n || data_.reference >= n ||
      !(data_.labels.empty() || data_.labels.size() == n)) {
    fail_data("output of " + std::to_string(n) + " countries, expenditure of " +
              std::to_string(data_.expenditure.size()) + ", " + std::to_string(data_.labels.size()) +
              " labels and reference row " + std::to_string(data_.reference) + " do not go together");
  }
  if (!(data_.elasticity > 0.0 && data_.elasticity < kInfinity)) {
    fail_data("the trade elasticity is " + number_text(data_.elasticity) + "; it must be positive and finite");
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (const double value : {data_.output[i], data_.expenditure[i]}) {
      if (value > 0.0 && value < kInfinity) continue;
      fail_data(name(i) + " has an output or expenditure of " + number_text(value) +
                "; both must be positive and finite");
    }
  }
  const double sold = total(data_.output), bought = total(data_.expenditure);
  if (!(std::fabs(sold / bought - 1.0) <= 1e-9)) {
    fail_data("world output " + number_text(sold) + " is not world expenditure " + number_text(bought) +
              "; rescale one of them");
  }
}

void Gravity::check_ease(std::span<const double> ease) const {
  const std::size_t n = data_.output.size();
  if (ease.size() != n * n) {
    fail_data("ease of trade has " + std::to_string(ease.size()) + " values for " + std::to_string(n) + " countries");
  }
  std::vector<char> sells(n, 0), buys(n, 0);
  for (std::size_t k = 0; k < ease.size(); ++k) {
    if (!(ease[k] >= 0.0 && ease[k] < kInfinity)) {
      fail_data("ease of trade from " + name(k / n) + " to " + name(k % n) + " is " + number_text(ease[k]) +
                "; it must be finite and not negative");
    }
    if (ease[k] > 0.0) sells[k / n] = buys[k % n] = 1;
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (sells[i] == 0) fail_data(name(i) + " cannot sell to anyone, not even at home; give it an ease of trade");
    if (buys[i] == 0) fail_data(name(i) + " cannot buy from anyone, not even at home; give it an ease of trade");
  }
}

// Sinkhorn's iteration, p ← Tᵀ(y/(T(e/p))), hardly moves nearly closed countries: what they buy at home follows their
// own p one for one. Hence each step is divided by the slope of its own condition, 1 − Σ_i (share of i in the purchases
// of j)(share of j in the sales of i), and the mixing does the rest.
Gravity::Powers Gravity::fit(std::span<const double> ease, std::span<const double> output_share,
                             std::span<const double> expenditure_share) const {
  const std::size_t n = output_share.size();
  const std::vector<double> by_importer = transposed(ease, n);
  Powers powers{std::vector<double>(n), std::vector<double>(n), 0.0, 0};
  std::vector<double> ln_inward(n, 0.0), demand(n), weight(n), weight2(n), bought(n), squares(n);
  Gap gap;
  const auto step = [&](std::span<const double> x, std::span<double> f) {
    math::exp(x, powers.inward);
    divide(expenditure_share, powers.inward, demand);
    sum_rows(by_importer, demand, powers.outward);
    divide(output_share, powers.outward, weight);
    divide(weight, powers.outward, weight2);
    sum_rows_and_squares(ease, weight, weight2, bought, squares);
    gap = largest_gap(bought, powers.inward);
    divide(bought, powers.inward, f);
    math::log(f, f);
    for (std::size_t j = 0; j < n; ++j) {
      const double slope = 1.0 - demand[j] * squares[j] / bought[j];
      f[j] = jacobi_step(f[j], slope, 1.0, std::max(kLargestStep, std::fabs(f[j])));
    }
    const double scale = f[data_.reference];  // as P_ref = 1 throughout
    for (double& value : f) value -= scale;
    return gap.size;
  };
  const FixedPoint found = find_fixed_point(ln_inward, step, {.largest_step = kLargestFitStep});
  if (!found.found) {
    throw SolverError("gravity: no multilateral resistances fit: purchases of " + name(gap.place) +
                      " still differ from its expenditure by " + number_text(found.residual) +
                      " relative. Residuals: " +
                      course_of(found.residuals) + ". Too many pairs without trade are the usual reason.");
  }
  powers.residual = found.residual;
  powers.evaluations = static_cast<int>(found.residuals.size());
  return powers;
}

GravityFlows Gravity::flows_of(Powers powers, std::span<const double> ease, std::span<const double> output,
                               std::span<const double> expenditure) const {
  const std::size_t n = output.size();
  GravityFlows result{{}, {}, std::vector<double>(n * n), powers.residual, powers.evaluations};
  for (std::size_t i = 0; i < n; ++i) {
    const double sold = output[i] / powers.outward[i] / world_output_;
    for (std::size_t j = 0; j < n; ++j) {
      result.flow[i * n + j] = ease[i * n + j] * sold * (expenditure[j] / powers.inward[j]);
    }
  }
  raise(powers.outward, -1.0 / data_.elasticity);
  raise(powers.inward, -1.0 / data_.elasticity);
  result.outward = std::move(powers.outward);
  result.inward = std::move(powers.inward);
  return result;
}

GravityFlows Gravity::conditional(std::span<const double> ease) const {
  check_ease(ease);
  return flows_of(fit(ease, output_share_, expenditure_share_), ease, data_.output, data_.expenditure);
}

GravityEquilibrium Gravity::full_endowment(std::span<const double> ease) const {
  check_ease(ease);
  const std::size_t n = output_share_.size();
  EndowmentEconomy economy(data_.elasticity, ease, supply_, output_share_, expenditure_share_);
  std::vector<double> ln_price(n, 0.0);
  const FixedPoint found =
      find_fixed_point(ln_price, [&](std::span<const double> x, std::span<double> f) { return economy.step(x, f); });
  if (!found.found) {
    throw SolverError("gravity: no full-endowment equilibrium found: sales and output of " + name(economy.worst()) +
                      " still differ by " + number_text(found.residual) +
                      " relative. Residuals: " + course_of(found.residuals));
  }
  GravityEquilibrium result{{}, {economy.price().begin(), economy.price().end()}, data_.output, data_.expenditure, {}};
  result.real_income.assign(economy.inward().begin(), economy.inward().end());
  divide(result.real_income, inward_, result.real_income);
  raise(result.real_income, 1.0 / data_.elasticity);
  for (std::size_t j = 0; j < n; ++j) {
    result.output[j] *= result.price[j];
    const double income = economy.spent()[j] / expenditure_share_[j];
    result.expenditure[j] *= income;
    result.real_income[j] *= income;
  }
  result.trade = flows_of(fit(ease, shares_of(result.output), shares_of(result.expenditure)), ease, result.output,
                          result.expenditure);
  return result;
}

}  // namespace splinternet
