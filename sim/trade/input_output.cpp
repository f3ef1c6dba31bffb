#include "sim/trade/input_output.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/number_text.hpp"
#include "sim/trade/acr.hpp"
#include "sim/trade/column_kernels.hpp"
#include "sim/trade/who_trades.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = __builtin_inf();
constexpr double kDamping = 0.8;            // of the step of wages
constexpr double kLargestStep = 0.5;        // in logs
constexpr double kDeficitTolerance = 1e-9;  // on the sum of deficits, relative to world value added

bool is_positive(double value) {
  return value > 0.0 && value < kInfinity;
}

}  // namespace

InputOutputSolver::InputOutputSolver(InputOutputBaseline baseline, FixedPointSettings settings)
    : baseline_(std::move(baseline)),
      settings_(settings),
      conditions_(baseline_.sectors()),
      country_step_(baseline_.sectors()) {
  const std::size_t n = baseline_.countries(), cells = baseline_.sectors() * n;
  for (const double bill : baseline_.wage_bill()) world_wages_ += bill;
  InputOutputEquilibrium& out = equilibrium_;
  for (auto* matrix : {&bought_, &net_, &net_by_importer_, &out.share, &out.flow}) matrix->assign(cells * n, 0.0);
  for (auto* table : {&cost_, &market_, &purchases_, &sales_, &price_gap_, &sales_slope_, &tariff_part_,
                      &out.sector_price, &out.expenditure, &out.sales}) {
    table->assign(cells, 0.0);
  }
  for (auto* column :
       {&ln_productivity_, &deficit_, &wage_, &revenue_, &income_, &weight_, &weight2_, &squares_, &out.ln_wage,
        &out.consumer_price, &out.real_wage, &out.real_income, &out.final_demand, &out.tariff_revenue}) {
    column->assign(n, 0.0);
  }
  x_.assign(n + 2 * cells, 0.0);
}

void InputOutputSolver::reset() {
  std::fill(x_.begin(), x_.end(), 0.0);
}

void InputOutputSolver::set_shock(const InputOutputShock& shock) {
  const std::size_t n = baseline_.countries(), cells = bought_.size();
  const auto has_size = [](std::span<const double> values, std::size_t size) {
    return values.empty() || values.size() == size;
  };
  SPLINTERNET_CHECK(has_size(shock.cost_factor, cells) && has_size(shock.tariff, cells), shock.cost_factor.size(),
                    shock.tariff.size());
  SPLINTERNET_CHECK(has_size(shock.productivity, n) && has_size(shock.deficit, n), shock.productivity.size(),
                    shock.deficit.size());
  for (std::size_t k = 0; k < cells; ++k) {
    set_pair(k, shock.cost_factor.empty() ? 1.0 : shock.cost_factor[k],
             shock.tariff.empty() ? baseline_.tariff()[k] : shock.tariff[k]);
  }
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) {
    transpose(std::span(net_).subspan(s * n * n, n * n), n, std::span(net_by_importer_).subspan(s * n * n, n * n));
  }
  std::fill(ln_productivity_.begin(), ln_productivity_.end(), 0.0);
  for (std::size_t i = 0; i < shock.productivity.size(); ++i) {
    if (!is_positive(shock.productivity[i])) {
      throw SolverError("productivity of " + baseline_.name(i) + " changes by the factor " +
                        number_text(shock.productivity[i]) + "; it must be positive and finite");
    }
    ln_productivity_[i] = math::log(shock.productivity[i]);
  }
  set_deficit(shock.deficit);
}

void InputOutputSolver::set_pair(std::size_t pair, double factor, double tariff) {
  const std::size_t n = baseline_.countries(), s = pair / n / n, i = pair / n % n, j = pair % n;
  if (!(factor >= 0.0 && factor < kInfinity) || !(tariff > -1.0 && tariff < kInfinity) || (i == j && tariff != 0.0)) {
    throw SolverError("trade from " + baseline_.name(i) + " to " + baseline_.name(j) + " in sector " +
                      std::to_string(s) + " has the cost factor " + number_text(factor) + " and the tariff " +
                      number_text(tariff) +
                      "; the factor must be finite and not negative, the tariff above -1, 0 at home");
  }
  const double before = baseline_.tariff()[pair];
  bought_[pair] = baseline_.trade().share()[pair] * factor;
  if (tariff != before) {
    const double theta = baseline_.trade().elasticity()[s];
    bought_[pair] *= math::exp(-theta * math::log((1.0 + tariff) / (1.0 + before)));
  }
  net_[pair] = bought_[pair] / (1.0 + tariff);
}

void InputOutputSolver::set_deficit(std::span<const double> deficit) {
  const auto values = deficit.empty() ? baseline_.deficit() : deficit;
  double sum = 0.0;
  for (const double value : values) sum += value;
  if (!(std::fabs(sum) <= kDeficitTolerance * world_wages_)) {
    throw SolverError("deficits add up to " + number_text(sum) + "; what some countries borrow others must lend");
  }
  std::copy(values.begin(), values.end(), deficit_.begin());
}

void InputOutputSolver::note(double gap, std::size_t country) {
  const double size = std::fabs(gap);
  if (size <= residual_) return;
  residual_ = size < kInfinity ? size : kInfinity;
  worst_country_ = country;
}

/// ĉ^(−θ) of all sectors from wages and prices.
void InputOutputSolver::price_inputs(std::span<const double> x) {
  const std::size_t n = baseline_.countries(), sectors = baseline_.sectors();
  for (std::size_t s = 0; s < sectors; ++s) {
    for (std::size_t i = 0; i < n; ++i) {
      double ln_cost = baseline_.value_added()[s * n + i] * x[i] - ln_productivity_[i];
      for (std::size_t input = 0; input < sectors; ++input) {
        ln_cost += baseline_.input_share()[(i * sectors + input) * sectors + s] * x[prices_at() + input * n + i];
      }
      cost_[s * n + i] = -baseline_.trade().elasticity()[s] * ln_cost;
    }
  }
  math::exp(cost_, cost_);
}

/// Market sums, prices and sales of one sector, and how they answer to costs.
void InputOutputSolver::trade_sector(std::size_t sector, std::span<const double> x) {
  const std::size_t n = baseline_.countries(), from = sector * n;
  const double theta = baseline_.trade().elasticity()[sector];
  const auto matrix = [&](std::vector<double>& values) { return std::span(values).subspan(from * n, n * n); };
  const auto column = [&](std::vector<double>& values) { return std::span(values).subspan(from, n); };
  const auto market = column(market_), cost = column(cost_), sales = column(sales_), tariff = column(tariff_part_);
  sum_rows(matrix(bought_), cost, market);
  sum_rows(matrix(net_), cost, tariff);
  for (std::size_t j = 0; j < n; ++j) {
    const bool buys = baseline_.trade().sector_expenditure()[from + j] > 0.0;
    const double spent = purchases_[from + j];
    weight_[j] = buys ? spent / market[j] : 0.0;
    weight2_[j] = buys ? weight_[j] / market[j] : 0.0;
    tariff[j] = buys ? 1.0 - tariff[j] / market[j] : 0.0;
    revenue_[j] += spent * tariff[j];
    price_gap_[from + j] = buys ? -math::log(market[j]) / theta - x[prices_at() + from + j] : 0.0;
    note(price_gap_[from + j], j);
  }
  sum_rows_and_squares(matrix(net_by_importer_), weight_, weight2_, sales, squares_);
  for (std::size_t i = 0; i < n; ++i) {
    sales[i] *= cost[i];
    sales_slope_[from + i] = theta * (sales[i] - cost[i] * cost[i] * squares_[i]);
  }
}

/// Income and the conditions of one country; false if its income or sales are not positive.
bool InputOutputSolver::gather(std::size_t country) {
  const std::size_t n = baseline_.countries(), sectors = baseline_.sectors(), i = country;
  CountryConditions& own = conditions_;
  own.input_share = baseline_.input_share().subspan(i * sectors * sectors, sectors * sectors);
  own.wage_bill = wage_[i] * baseline_.wage_bill()[i];
  income_[i] = own.wage_bill + revenue_[i] + deficit_[i];
  double labour = 0.0;
  for (std::size_t s = 0; s < sectors; ++s) {
    const std::size_t k = s * n + i;
    own.value_added[s] = baseline_.value_added()[k];
    own.final_share[s] = baseline_.final_share()[k];
    const bool buys = market_[k] > 0.0 && purchases_[k] > 0.0;
    own.home_share[s] = buys ? bought_[k * n + i] * cost_[k] / market_[k] : 0.0;
    own.sales_slope[s] = sales_slope_[k];
    own.tariff_part[s] = tariff_part_[k];
    own.price_gap[s] = price_gap_[k];
    labour += own.value_added[s] * sales_[k];
    double demand = own.final_share[s] * income_[i];
    for (std::size_t output = 0; output < sectors; ++output) {
      demand += own.input_share[s * sectors + output] * sales_[output * n + i];
    }
    own.purchase_gap[s] = purchases_[k] > 0.0 ? demand - purchases_[k] : 0.0;
    if (purchases_[k] > 0.0) note(own.purchase_gap[s] / purchases_[k], i);
  }
  own.labour_gap = labour - own.wage_bill;
  note(own.labour_gap / own.wage_bill, i);
  if (is_positive(income_[i]) && is_positive(labour)) return residual_ < kInfinity;
  if (income_[i] <= 0.0) bankrupt_ = std::min(bankrupt_, i);
  note(kInfinity, i);
  return false;
}

/// Shifts all steps so that wages end at the world value added of the baseline and prices and purchases go with them.
void InputOutputSolver::keep_world_wages(std::span<const double> x, std::span<double> f) const {
  double bill = 0.0;
  for (std::size_t i = 0; i < wage_.size(); ++i) bill += math::exp(x[i] + f[i]) * baseline_.wage_bill()[i];
  const double shift = math::log(bill / world_wages_);
  for (std::size_t i = 0; i < wage_.size(); ++i) f[i] -= shift;
  for (std::size_t k = 0; k < purchases_.size(); ++k) {
    if (!(purchases_[k] > 0.0)) continue;
    f[prices_at() + k] -= shift;
    f[purchases_at() + k] -= shift;
  }
}

double InputOutputSolver::step(std::span<const double> x, std::span<double> f) {
  const std::size_t n = wage_.size(), cells = purchases_.size();
  residual_ = 0.0;
  math::exp(x.first(n), wage_);
  math::exp(x.last(cells), purchases_);
  for (std::size_t k = 0; k < cells; ++k) purchases_[k] *= baseline_.trade().sector_expenditure()[k];
  std::fill(revenue_.begin(), revenue_.end(), 0.0);
  price_inputs(x);
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) trade_sector(s, x);
  double bill = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    if (!gather(i)) return kInfinity;
    bill += conditions_.wage_bill;
    country_step_.solve(conditions_, kDamping, kLargestStep);
    f[i] = country_step_.wage();
    for (std::size_t s = 0; s < baseline_.sectors(); ++s) {
      const double bought = purchases_[s * n + i];
      const double ratio = bought > 0.0 ? country_step_.purchases()[s] / bought : 0.0;
      f[prices_at() + s * n + i] = country_step_.price()[s];
      f[purchases_at() + s * n + i] = math::log(1.0 + std::clamp(ratio, -kLargestStep, 1.0));
    }
  }
  note(bill / world_wages_ - 1.0, worst_country_);
  keep_world_wages(x, f);
  return residual_;
}

void InputOutputSolver::write_sector(std::size_t sector) {
  const std::size_t n = baseline_.countries();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const std::size_t k = (sector * n + i) * n + j;
      const bool buys = baseline_.trade().sector_expenditure()[sector * n + j] > 0.0;
      equilibrium_.share[k] = buys ? bought_[k] * cost_[sector * n + i] / market_[sector * n + j] : 0.0;
      equilibrium_.flow[k] = equilibrium_.share[k] * purchases_[sector * n + j];
    }
  }
}

void InputOutputSolver::write() {
  const std::size_t n = baseline_.countries(), cells = purchases_.size();
  InputOutputEquilibrium& out = equilibrium_;
  const auto ln_price = std::span(x_).subspan(prices_at(), cells);
  math::exp(ln_price, out.sector_price);
  for (std::size_t i = 0; i < n; ++i) {
    double ln_consumer_price = 0.0;
    for (std::size_t s = 0; s < baseline_.sectors(); ++s) {
      ln_consumer_price += baseline_.final_share()[s * n + i] * ln_price[s * n + i];
    }
    out.ln_wage[i] = x_[i];
    out.consumer_price[i] = math::exp(ln_consumer_price);
    out.real_wage[i] = math::exp(x_[i] - ln_consumer_price);
    out.real_income[i] = income_[i] / baseline_.final_demand()[i] / out.consumer_price[i];
  }
  std::copy(income_.begin(), income_.end(), out.final_demand.begin());
  std::copy(revenue_.begin(), revenue_.end(), out.tariff_revenue.begin());
  std::copy(purchases_.begin(), purchases_.end(), out.expenditure.begin());
  std::copy(sales_.begin(), sales_.end(), out.sales.begin());
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) write_sector(s);
}

void InputOutputSolver::fail(const FixedPoint& found) const {
  const std::string cause =
      bankrupt_ < baseline_.countries()
          ? "The fixed surplus of " + baseline_.name(bankrupt_) + " takes all its income under this shock; lower it."
          : "A deficit that its country cannot pay for is the usual reason.";
  throw SolverError("no trade equilibrium with inputs found: the accounts of " + baseline_.name(worst_country_) +
                    " still differ by " + number_text(found.residual) + " relative at best. " + cause +
                    " Residuals: " + course_of(found.residuals));
}

const InputOutputEquilibrium& InputOutputSolver::solve(const InputOutputShock& shock) {
  std::vector<double> start = x_;
  reset();  // what the next solve starts from if this one throws
  set_shock(shock);
  require_markets(baseline_.trade(), [this](std::size_t s, std::size_t i, std::size_t j) {
    return bought_[(s * baseline_.countries() + i) * baseline_.countries() + j] > 0.0;
  });
  bankrupt_ = baseline_.countries();
  const FixedPoint found = find_fixed_point(
      start, [this](std::span<const double> x, std::span<double> f) { return step(x, f); }, settings_);
  if (!found.found) fail(found);
  x_ = std::move(start);
  equilibrium_.residual = found.residual;
  equilibrium_.evaluations = static_cast<int>(found.residuals.size());
  write();
  equilibrium_.acr_gap = acr_gap(baseline_, shock, equilibrium_);
  return equilibrium_;
}

}  // namespace splinternet
