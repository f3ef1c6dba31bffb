#include "sim/trade/clearing.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <sstream>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/trade/column_kernels.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = __builtin_inf();

bool is_positive(double value) {
  return value > 0.0 && value < kInfinity;
}

/// Sum in the order of the rows.
double total(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum;
}

/// Index of the first value that is negative, infinite or NaN; size() if there is none.
std::size_t first_bad_factor(std::span<const double> factors) {
  // By their bits, finite values with a clear sign are all below infinity: a test without branches, which vectorises.
  // It sets the top bit for every bad value, and for −0, which the search that follows lets pass.
  constexpr std::uint64_t kLowestExponent = std::uint64_t{1} << 52;
  std::uint64_t suspect = 0;
  for (const double factor : factors) {
    const auto bits = __builtin_bit_cast(std::uint64_t, factor);
    suspect |= bits | (bits + kLowestExponent);
  }
  if (suspect >> 63 == 0) return factors.size();
  const auto is_bad = [](double factor) { return !(factor >= 0.0 && factor < kInfinity); };
  return static_cast<std::size_t>(std::find_if(factors.begin(), factors.end(), is_bad) - factors.begin());
}

std::string number(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

}  // namespace

MarketClearing::MarketClearing(TradeBaseline baseline, Closure closure)
    : baseline_(std::move(baseline)), closure_(closure) {
  const std::size_t n = baseline_.countries(), cells = baseline_.sectors() * n;
  world_output_ = total(baseline_.output());
  world_expenditure_ = total(baseline_.expenditure());
  for (auto* matrix : {&flow_, &flow_by_importer_}) matrix->resize(cells * n);
  for (auto* table : {&cost_, &market_}) table->resize(cells);
  for (auto* column : {&ln_productivity_, &wage_, &wage_bill_, &spent_, &demand_, &gap_, &slope_, &per_market_,
                       &per_market2_, &sales_, &squares_, &ln_price_}) {
    column->resize(n);
  }
}

void MarketClearing::set_shock(const TradeShock& shock) {
  const std::size_t n = baseline_.countries();
  const auto baseline_flow = baseline_.flow();
  if (shock.cost_factor.empty()) {
    std::copy(baseline_flow.begin(), baseline_flow.end(), flow_.begin());
  } else {
    SPLINTERNET_CHECK(shock.cost_factor.size() == flow_.size(), shock.cost_factor.size(), flow_.size());
    if (const std::size_t k = first_bad_factor(shock.cost_factor); k < flow_.size()) {
      throw SolverError("trade cost factor of exports of " + baseline_.name(k / n % n) + " to " +
                        baseline_.name(k % n) + " in sector " + std::to_string(k / n / n) + " is " +
                        number(shock.cost_factor[k]) + "; it must be finite and not negative");
    }
    for (std::size_t k = 0; k < flow_.size(); ++k) flow_[k] = baseline_flow[k] * shock.cost_factor[k];
  }
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) {
    transpose(std::span(flow_).subspan(s * n * n, n * n), n, std::span(flow_by_importer_).subspan(s * n * n, n * n));
  }
  std::fill(ln_productivity_.begin(), ln_productivity_.end(), 0.0);
  if (shock.productivity.empty()) return;
  SPLINTERNET_CHECK(shock.productivity.size() == n, shock.productivity.size(), n);
  for (std::size_t i = 0; i < n; ++i) {
    if (is_positive(shock.productivity[i])) continue;
    throw SolverError("productivity of " + baseline_.name(i) + " changes by the factor " +
                      number(shock.productivity[i]) + "; it must be positive and finite");
  }
  math::log(shock.productivity, ln_productivity_);
}

void MarketClearing::normalise(std::span<double> ln_wage) {
  math::exp(ln_wage, wage_);
  double bill = 0.0;
  for (std::size_t i = 0; i < wage_.size(); ++i) bill += wage_[i] * baseline_.output()[i];
  const double shift = math::log(bill / world_output_);
  for (double& value : ln_wage) value -= shift;
}

void MarketClearing::spend() {
  const auto output = baseline_.output();
  const auto expenditure = baseline_.expenditure();
  for (std::size_t i = 0; i < wage_.size(); ++i) wage_bill_[i] = wage_[i] * output[i];
  switch (closure_) {
    case Closure::kBalanced:
      std::copy(wage_bill_.begin(), wage_bill_.end(), spent_.begin());
      return;
    case Closure::kAdditive:
      // E_j + (ŵ_j − 1)Y_j is ŵ_j Y_j + D_j in a form that is exactly E_j where nothing changed.
      for (std::size_t j = 0; j < wage_.size(); ++j) spent_[j] = expenditure[j] + (wage_[j] - 1.0) * output[j];
      return;
    case Closure::kMultiplicative:
      for (std::size_t j = 0; j < wage_.size(); ++j) spent_[j] = wage_[j] * expenditure[j];
      // Each total over its own baseline, so that the factor is exactly 1 where nothing changed.
      const double factor = (total(wage_bill_) / world_output_) / (total(spent_) / world_expenditure_);
      for (double& value : spent_) value *= factor;
      return;
  }
}

double MarketClearing::income_slope(std::size_t country) const {
  return closure_ == Closure::kMultiplicative ? spent_[country] : wage_bill_[country];
}

/// u = (ŵ/Â)^(−θ) and what they make of each market.
void MarketClearing::price_costs(std::size_t sector, std::span<const double> ln_wage) {
  const std::size_t n = baseline_.countries();
  const double theta = baseline_.elasticity()[sector];
  const auto cost = std::span(cost_).subspan(sector * n, n);
  for (std::size_t i = 0; i < n; ++i) cost[i] = -theta * (ln_wage[i] - ln_productivity_[i]);
  math::exp(cost, cost);
  sum_rows(std::span(flow_).subspan(sector * n * n, n * n), cost, std::span(market_).subspan(sector * n, n));
}

void MarketClearing::add_sector(std::size_t sector) {
  const std::size_t n = baseline_.countries();
  const double theta = baseline_.elasticity()[sector];
  const auto cost = std::span(cost_).subspan(sector * n, n);
  const auto market = std::span(market_).subspan(sector * n, n);
  const auto alpha = baseline_.sector_share().subspan(sector * n, n);
  for (std::size_t j = 0; j < n; ++j) {
    const double budget = alpha[j] * spent_[j];
    // A country that buys nothing of the sector has an empty market, which is no failure.
    per_market_[j] = alpha[j] > 0.0 ? budget / market[j] : 0.0;
    per_market2_[j] = alpha[j] > 0.0 ? per_market_[j] / market[j] : 0.0;
  }
  sum_rows_and_squares(std::span(flow_by_importer_).subspan(sector * n * n, n * n), per_market_, per_market2_, sales_,
                       squares_);
  for (std::size_t i = 0; i < n; ++i) {
    const double sold = cost[i] * sales_[i];
    const double own_sales = flow_[(sector * n + i) * n + i] * cost[i] * per_market_[i];
    demand_[i] += sold;
    // Own sales over expenditure is π'_ii α_is: what a higher wage adds to the demand for one's own goods.
    slope_[i] += theta * (sold - cost[i] * cost[i] * squares_[i]) - own_sales / spent_[i] * income_slope(i);
  }
}

bool MarketClearing::close() {
  residual_ = std::fabs(total(wage_bill_) / world_output_ - 1.0);
  bool sound = true;
  for (std::size_t i = 0; i < demand_.size(); ++i) {
    if (sound && !(is_positive(demand_[i]) && is_positive(wage_bill_[i]) && is_positive(spent_[i]))) {
      sound = false;
      worst_country_ = i;
    }
    gap_[i] = demand_[i] - wage_bill_[i];
    const double relative = std::fabs(demand_[i] / wage_bill_[i] - 1.0);
    if (sound && relative > residual_) {
      residual_ = relative;
      worst_country_ = i;
    }
  }
  if (!sound) residual_ = kInfinity;
  return sound;
}

bool MarketClearing::evaluate(std::span<const double> ln_wage) {
  return evaluate(ln_wage, ln_wage);
}

bool MarketClearing::evaluate(std::span<const double> ln_price, std::span<const double> ln_income) {
  math::exp(ln_income, wage_);
  spend();
  std::fill(demand_.begin(), demand_.end(), 0.0);
  std::copy(wage_bill_.begin(), wage_bill_.end(), slope_.begin());
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) {
    price_costs(s, ln_price);
    add_sector(s);
  }
  return close();
}

void MarketClearing::find_price_index(std::span<const double> ln_wage, std::span<double> ln_price_index) {
  const std::size_t n = baseline_.countries();
  std::fill(ln_price_index.begin(), ln_price_index.end(), 0.0);
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) {
    const double* alpha = &baseline_.sector_share()[s * n];
    price_costs(s, ln_wage);
    for (std::size_t j = 0; j < n; ++j) {
      ln_price_[j] = alpha[j] > 0.0 ? market_[s * n + j] / baseline_.sector_expenditure()[s * n + j] : 1.0;
    }
    math::log(ln_price_, ln_price_);
    for (std::size_t j = 0; j < n; ++j) {
      ln_price_index[j] -= alpha[j] * ln_price_[j] / baseline_.elasticity()[s];
    }
  }
}

void MarketClearing::write_shares(std::size_t sector, std::span<double> share, std::span<double> flow) const {
  const std::size_t n = baseline_.countries();
  const double* alpha = &baseline_.sector_share()[sector * n];
  const double* market = &market_[sector * n];
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t row = (sector * n + i) * n;
    for (std::size_t j = 0; j < n; ++j) {
      const double pi = flow_[row + j] * cost_[sector * n + i] / (alpha[j] > 0.0 ? market[j] : 1.0);
      share[row + j] = pi;
      flow[row + j] = pi * (alpha[j] * spent_[j]);
    }
  }
}

void MarketClearing::compute_jacobian(ClearingJacobian& jacobian) const {
  std::vector<double> share(flow_.size()), flow(flow_.size());
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) write_shares(s, share, flow);
  jacobian.compute(baseline_.elasticity(), {closure_, share, flow, wage_bill_, spent_});
}

void MarketClearing::require_markets() const {
  const std::size_t n = baseline_.countries();
  std::vector<char> sells(n, 0);
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) {
    for (std::size_t j = 0; j < n; ++j) {
      const double* sellers = &flow_by_importer_[(s * n + j) * n];
      for (std::size_t i = 0; i < n; ++i) sells[i] = static_cast<char>(sells[i] != 0 || sellers[i] > 0.0);
      if (!(baseline_.sector_share()[s * n + j] > 0.0)) continue;
      if (std::any_of(sellers, sellers + n, [](double flow) { return flow > 0.0; })) continue;
      throw SolverError("no trade equilibrium: " + baseline_.name(j) + " can no longer buy anything in sector " +
                        std::to_string(s) + "; let it trade with someone who sells there, at home or abroad");
    }
  }
  const auto idle = std::find(sells.begin(), sells.end(), 0);
  if (idle == sells.end()) return;
  throw SolverError("no trade equilibrium: " + baseline_.name(static_cast<std::size_t>(idle - sells.begin())) +
                    " can no longer sell to anyone; let it keep a market, at home or abroad");
}

void MarketClearing::write_sector(std::size_t sector, TradeEquilibrium& equilibrium, std::span<double> ln_price) const {
  const std::size_t n = baseline_.countries();
  const double theta = baseline_.elasticity()[sector];
  const double* alpha = &baseline_.sector_share()[sector * n];
  const double* market = &market_[sector * n];
  const auto price = std::span(equilibrium.sector_price_index).subspan(sector * n, n);
  for (std::size_t j = 0; j < n; ++j) {
    price[j] = alpha[j] > 0.0 ? market[j] / baseline_.sector_expenditure()[sector * n + j] : 1.0;
  }
  math::log(price, price);
  for (std::size_t j = 0; j < n; ++j) {
    price[j] = -price[j] / theta;
    ln_price[j] += alpha[j] * price[j];
  }
  math::exp(price, price);
  write_shares(sector, equilibrium.share, equilibrium.flow);
}

void MarketClearing::write_totals(std::span<const double> ln_wage, std::span<const double> ln_price,
                                  TradeEquilibrium& out) const {
  for (std::size_t j = 0; j < ln_wage.size(); ++j) {
    out.price_index[j] = ln_price[j];
    out.real_wage[j] = ln_wage[j] - ln_price[j];
  }
  math::exp(out.price_index, out.price_index);
  math::exp(out.real_wage, out.real_wage);
  for (std::size_t j = 0; j < ln_wage.size(); ++j) {
    out.real_income[j] = spent_[j] / baseline_.expenditure()[j] / out.price_index[j];
  }
  std::copy(ln_wage.begin(), ln_wage.end(), out.ln_wage.begin());
  std::copy(wage_bill_.begin(), wage_bill_.end(), out.output.begin());
  std::copy(spent_.begin(), spent_.end(), out.expenditure.begin());
  std::copy(slope_.begin(), slope_.end(), out.demand_slope.begin());
}

double MarketClearing::acr_gap(std::span<const double> ln_wage, std::span<const double> ln_price,
                               const TradeEquilibrium& equilibrium) const {
  const std::size_t n = baseline_.countries();
  double largest = 0.0;
  for (std::size_t j = 0; j < n; ++j) {
    double gap = ln_wage[j] - ln_price[j] - ln_productivity_[j];
    bool has_home_sales = true;
    for (std::size_t s = 0; s < baseline_.sectors(); ++s) {
      const double alpha = baseline_.sector_share()[s * n + j];
      if (!(alpha > 0.0)) continue;
      const std::size_t home = (s * n + j) * n + j;
      const double before = flow_[home] / baseline_.sector_expenditure()[s * n + j], after = equilibrium.share[home];
      has_home_sales = has_home_sales && before > 0.0 && after > 0.0;
      gap += alpha / baseline_.elasticity()[s] * math::log(after / before);
    }
    if (has_home_sales && !(std::fabs(gap) <= largest)) largest = std::fabs(gap);
  }
  return largest;
}

void MarketClearing::write(std::span<const double> ln_wage, TradeEquilibrium& equilibrium) {
  equilibrium.closure = closure_;
  equilibrium.residual = residual_;
  std::fill(ln_price_.begin(), ln_price_.end(), 0.0);
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) write_sector(s, equilibrium, ln_price_);
  write_totals(ln_wage, ln_price_, equilibrium);
  equilibrium.acr_gap = acr_gap(ln_wage, ln_price_, equilibrium);
}

}  // namespace splinternet
