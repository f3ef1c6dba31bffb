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
constexpr double kPaymentTolerance = 1e-12;  // on what a part of the world owes, relative to what it spends

bool is_positive(double value) {
  return value > 0.0 && value < kInfinity;
}

/// Sum in the order of the rows.
double total(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum;
}

/// out[k] = flow[k]·factor[k]; returns the index of the first factor that is negative, infinite or NaN, or their number
/// if there is none.
std::size_t apply_factors(std::span<const double> flow, std::span<const double> factor, std::span<double> out) {
  // By their bits, finite values with a clear sign are all below infinity: a test without branches, which vectorises.
  // It sets the top bit for every bad value, and for −0, which the search that follows lets pass.
  constexpr std::uint64_t kLowestExponent = std::uint64_t{1} << 52;
  std::uint64_t suspect = 0;
  for (std::size_t k = 0; k < factor.size(); ++k) {
    const auto bits = __builtin_bit_cast(std::uint64_t, factor[k]);
    suspect |= bits | (bits + kLowestExponent);
    out[k] = flow[k] * factor[k];
  }
  if (suspect >> 63 == 0) return factor.size();
  const auto is_bad = [](double value) { return !(value >= 0.0 && value < kInfinity); };
  return static_cast<std::size_t>(std::find_if(factor.begin(), factor.end(), is_bad) - factor.begin());
}

std::string number(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

}  // namespace

MarketClearing::MarketClearing(TradeBaseline baseline, Closure closure, double supply_elasticity)
    : baseline_(std::move(baseline)), closure_(closure), supply_elasticity_(supply_elasticity) {
  if (!(supply_elasticity >= 0.0 && supply_elasticity < kInfinity)) {
    throw DataError("trade: the supply elasticity is " + number(supply_elasticity) +
                    "; it must be finite and not negative");
  }
  const std::size_t n = baseline_.countries(), cells = baseline_.sectors() * n;
  world_output_ = total(baseline_.output());
  world_expenditure_ = total(baseline_.expenditure());
  for (auto* matrix : {&flow_, &flow_by_importer_}) matrix->resize(cells * n);
  for (auto* table : {&cost_, &market_}) table->resize(cells);
  for (auto* column : {&ln_productivity_, &income_, &wage_bill_, &spent_, &demand_, &gap_, &slope_, &per_market_,
                       &per_market2_, &sales_, &ln_price_index_, &scratch_}) {
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
    if (const std::size_t k = apply_factors(baseline_flow, shock.cost_factor, flow_); k < flow_.size()) {
      throw SolverError("trade cost factor of exports of " + baseline_.name(k / n % n) + " to " +
                        baseline_.name(k % n) + " in sector " + std::to_string(k / n / n) + " is " +
                        number(shock.cost_factor[k]) + "; it must be finite and not negative");
    }
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

void MarketClearing::normalise(std::span<double> ln_price) {
  if (supply_elasticity_ > 0.0) price_costs(ln_price);
  find_income(ln_price);
  double output = 0.0;
  for (std::size_t i = 0; i < income_.size(); ++i) output += income_[i] * baseline_.output()[i];
  const double shift = math::log(output / world_output_);
  for (double& value : ln_price) value -= shift;
}

/// Ŷ of the prices, whose market sums are known.
void MarketClearing::find_income(std::span<const double> ln_price) {
  if (supply_elasticity_ == 0.0) {
    math::exp(ln_price, income_);
    return;
  }
  find_ln_price_index();
  const double psi = supply_elasticity_;
  for (std::size_t i = 0; i < income_.size(); ++i) income_[i] = (1.0 + psi) * ln_price[i] - psi * ln_price_index_[i];
  math::exp(income_, income_);
}

/// ln P̂ over all sectors from the market sums; infinite where nothing can be bought.
void MarketClearing::find_ln_price_index() {
  const std::size_t n = baseline_.countries();
  std::fill(ln_price_index_.begin(), ln_price_index_.end(), 0.0);
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) {
    const double* alpha = &baseline_.sector_share()[s * n];
    for (std::size_t j = 0; j < n; ++j) {
      scratch_[j] = alpha[j] > 0.0 ? market_[s * n + j] / baseline_.sector_expenditure()[s * n + j] : 1.0;
    }
    math::log(scratch_, scratch_);
    for (std::size_t j = 0; j < n; ++j) ln_price_index_[j] -= alpha[j] * scratch_[j] / baseline_.elasticity()[s];
  }
}

void MarketClearing::spend() {
  const auto output = baseline_.output();
  const auto expenditure = baseline_.expenditure();
  for (std::size_t i = 0; i < income_.size(); ++i) wage_bill_[i] = income_[i] * output[i];
  switch (closure_) {
    case Closure::kBalanced:
      std::copy(wage_bill_.begin(), wage_bill_.end(), spent_.begin());
      return;
    case Closure::kAdditive:
      // E_j + (ŵ_j − 1)Y_j is ŵ_j Y_j + D_j in a form that is exactly E_j where nothing changed.
      for (std::size_t j = 0; j < income_.size(); ++j) spent_[j] = expenditure[j] + (income_[j] - 1.0) * output[j];
      return;
    case Closure::kMultiplicative:
      for (std::size_t j = 0; j < income_.size(); ++j) spent_[j] = income_[j] * expenditure[j];
      // Each total over its own baseline, so that the factor is exactly 1 where nothing changed.
      const double factor = (total(wage_bill_) / world_output_) / (total(spent_) / world_expenditure_);
      for (double& value : spent_) value *= factor;
      return;
  }
}

double MarketClearing::income_slope(std::size_t country) const {
  return closure_ == Closure::kMultiplicative ? spent_[country] : wage_bill_[country];
}

/// u = (p̂/Â)^(−θ) and what they make of each market.
void MarketClearing::price_costs(std::span<const double> ln_price) {
  const std::size_t n = baseline_.countries();
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) {
    const double theta = baseline_.elasticity()[s];
    const auto cost = std::span(cost_).subspan(s * n, n);
    for (std::size_t i = 0; i < n; ++i) cost[i] = -theta * (ln_price[i] - ln_productivity_[i]);
    math::exp(cost, cost);
    sum_rows(std::span(flow_).subspan(s * n * n, n * n), cost, std::span(market_).subspan(s * n, n));
  }
}

/// What each market's budget buys per unit of X·B·u.
void MarketClearing::find_budgets(std::size_t sector) {
  const std::size_t n = baseline_.countries();
  const double* market = &market_[sector * n];
  const double* alpha = &baseline_.sector_share()[sector * n];
  for (std::size_t j = 0; j < n; ++j) {
    // A country that buys nothing of the sector has an empty market, which is no failure.
    per_market_[j] = alpha[j] > 0.0 ? alpha[j] * spent_[j] / market[j] : 0.0;
  }
}

void MarketClearing::add_demand(std::size_t sector) {
  const std::size_t n = baseline_.countries();
  find_budgets(sector);
  sum_rows(std::span(flow_by_importer_).subspan(sector * n * n, n * n), per_market_, sales_);
  for (std::size_t i = 0; i < n; ++i) demand_[i] += cost_[sector * n + i] * sales_[i];
}

void MarketClearing::add_slope(std::size_t sector) {
  const std::size_t n = baseline_.countries();
  const double theta = baseline_.elasticity()[sector];
  const double* cost = &cost_[sector * n];
  find_budgets(sector);
  for (std::size_t j = 0; j < n; ++j) {
    per_market2_[j] = per_market_[j] > 0.0 ? per_market_[j] / market_[sector * n + j] : 0.0;
  }
  sum_rows_and_squares(std::span(flow_by_importer_).subspan(sector * n * n, n * n), per_market_, per_market2_, sales_,
                       scratch_);
  for (std::size_t i = 0; i < n; ++i) {
    // Own sales over expenditure is π'_ii α_is: what a higher income adds to the demand for one's own goods.
    const double home = flow_[(sector * n + i) * n + i] * cost[i] * per_market_[i] / spent_[i];
    slope_[i] += theta * (cost[i] * sales_[i] - cost[i] * cost[i] * scratch_[i]) -
                 home * (income_slope(i) + supply_elasticity_ * wage_bill_[i]);
  }
}

void MarketClearing::find_slopes() {
  for (std::size_t i = 0; i < slope_.size(); ++i) slope_[i] = (1.0 + supply_elasticity_) * wage_bill_[i];
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) add_slope(s);
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

bool MarketClearing::evaluate(std::span<const double> ln_price) {
  price_costs(ln_price);
  find_income(ln_price);
  spend();
  std::fill(demand_.begin(), demand_.end(), 0.0);
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) add_demand(s);
  return close();
}

void MarketClearing::write_shares(std::size_t sector, std::span<double> share, std::span<double> flow) {
  const std::size_t n = baseline_.countries();
  const double* alpha = &baseline_.sector_share()[sector * n];
  std::span<double> per_market = per_market_, budget = scratch_;
  for (std::size_t j = 0; j < n; ++j) {
    per_market[j] = alpha[j] > 0.0 ? 1.0 / market_[sector * n + j] : 1.0;
    budget[j] = alpha[j] * spent_[j];
  }
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t row = (sector * n + i) * n;
    const double cost = cost_[sector * n + i];
    for (std::size_t j = 0; j < n; ++j) {
      const double pi = flow_[row + j] * cost * per_market[j];
      share[row + j] = pi;
      flow[row + j] = pi * budget[j];
    }
  }
}

std::size_t MarketClearing::compute_rates(ClearingJacobian& jacobian) {
  std::vector<double> share(flow_.size()), flow(flow_.size());
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) write_shares(s, share, flow);
  return jacobian.compute_rates(baseline_.elasticity(), {closure_, share, flow, wage_bill_, spent_},
                                supply_elasticity_);
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

void MarketClearing::require_balance_apart() const {
  if (closure_ != Closure::kAdditive) return;
  const std::size_t n = baseline_.countries();
  std::vector<std::size_t> part(n, n), queue;
  for (std::size_t first = 0; first < n; ++first) {
    if (part[first] != n) continue;
    double deficit = 0.0, spending = 0.0;
    part[first] = first;
    queue.assign(1, first);
    for (std::size_t head = 0; head < queue.size(); ++head) {
      deficit += baseline_.deficit(queue[head]);
      spending += baseline_.expenditure()[queue[head]];
      for (std::size_t j = 0; j < n; ++j) {
        if (part[j] != n || !trades(queue[head], j)) continue;
        part[j] = first;
        queue.push_back(j);
      }
    }
    if (queue.size() == n || std::fabs(deficit) <= kPaymentTolerance * spending) continue;
    const auto outside = static_cast<std::size_t>(
        std::find_if(part.begin(), part.end(), [&](std::size_t of) { return of != first; }) - part.begin());
    throw SolverError("no trade equilibrium: " + baseline_.name(first) +
                      " has no trade left, not even through others, " + "with " + baseline_.name(outside) +
                      ", and on its side deficits of " + number(deficit) +
                      " remain that nobody can pay; let them trade or use closure kBalanced");
  }
}

bool MarketClearing::trades(std::size_t country, std::size_t partner) const {
  const std::size_t n = baseline_.countries();
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) {
    if (flow_[(s * n + country) * n + partner] > 0.0 || flow_[(s * n + partner) * n + country] > 0.0) return true;
  }
  return false;
}

std::size_t MarketClearing::country_without_spending() const {
  const auto found = std::find_if(spent_.begin(), spent_.end(), [](double spent) { return !(spent > 0.0); });
  return static_cast<std::size_t>(found - spent_.begin());
}

void MarketClearing::write_sector(std::size_t sector, TradeEquilibrium& equilibrium) {
  const std::size_t n = baseline_.countries();
  const double theta = baseline_.elasticity()[sector];
  const double* alpha = &baseline_.sector_share()[sector * n];
  const double* market = &market_[sector * n];
  const auto price = std::span(equilibrium.sector_price_index).subspan(sector * n, n);
  for (std::size_t j = 0; j < n; ++j) {
    price[j] = alpha[j] > 0.0 ? market[j] / baseline_.sector_expenditure()[sector * n + j] : 1.0;
  }
  math::log(price, price);
  for (std::size_t j = 0; j < n; ++j) price[j] = -price[j] / theta;
  math::exp(price, price);
  write_shares(sector, equilibrium.share, equilibrium.flow);
}

void MarketClearing::write_totals(std::span<const double> ln_price, TradeEquilibrium& out) const {
  for (std::size_t j = 0; j < ln_price.size(); ++j) out.real_wage[j] = ln_price[j] - ln_price_index_[j];
  math::exp(ln_price_index_, out.price_index);
  math::exp(out.real_wage, out.real_wage);
  for (std::size_t j = 0; j < ln_price.size(); ++j) {
    out.real_income[j] = spent_[j] / baseline_.expenditure()[j] / out.price_index[j];
  }
  std::copy(ln_price.begin(), ln_price.end(), out.ln_wage.begin());
  std::copy(wage_bill_.begin(), wage_bill_.end(), out.output.begin());
  std::copy(spent_.begin(), spent_.end(), out.expenditure.begin());
  std::copy(slope_.begin(), slope_.end(), out.demand_slope.begin());
}

void MarketClearing::write(std::span<const double> ln_price, TradeEquilibrium& equilibrium) {
  equilibrium.closure = closure_;
  equilibrium.residual = residual_;
  find_slopes();
  find_ln_price_index();
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) write_sector(s, equilibrium);
  write_totals(ln_price, equilibrium);
}

}  // namespace splinternet
