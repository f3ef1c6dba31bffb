#include "sim/trade/clearing.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/number_text.hpp"
#include "sim/core/vector_clones.hpp"
#include "sim/trade/who_trades.hpp"

namespace splinternet {
namespace {

constexpr double kInfinity = __builtin_inf();

bool is_positive(double value) {
  return value > 0.0 && value < kInfinity;
}

constexpr std::size_t kLanes = 8;  // running sums of a column: no addition waits for the one before

double add_up(const double* lanes) {
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

/// Sum by rows i ≡ 0, …, 7 modulo 8, those by halves.
SPLINTERNET_VECTOR_CLONES double total(std::span<const double> values) {
  const double* __restrict from = values.data();
  double sum[kLanes] = {};
  std::size_t i = 0;
  for (; i + kLanes <= values.size(); i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) sum[lane] += from[i + lane];
  }
  for (std::size_t lane = 0; i < values.size(); ++i, ++lane) sum[lane] += from[i];
  return add_up(sum);
}

/// Σ_i bill_i exp(scale·step_i) to third order in the step, in the order of total().
SPLINTERNET_VECTOR_CLONES double total_after(std::span<const double> bill, std::span<const double> step, double scale) {
  const double* __restrict b = bill.data();
  const double* __restrict s = step.data();
  double sum[kLanes] = {};
  const auto moved = [&](std::size_t i) {
    const double x = scale * s[i];
    return b[i] * (1.0 + x * (1.0 + x * (0.5 + x * (1.0 / 6.0))));
  };
  std::size_t i = 0;
  for (; i + kLanes <= bill.size(); i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) sum[lane] += moved(i + lane);
  }
  for (std::size_t lane = 0; i < bill.size(); ++i, ++lane) sum[lane] += moved(i);
  return add_up(sum);
}

struct Closing {
  double residual;  ///< max |demand/bill − 1|
  bool sound;       ///< whether all are positive and finite
};

/// gap = demand − bill. Lane by lane: largest values and flags do not depend on the order.
SPLINTERNET_VECTOR_CLONES Closing find_gaps(std::span<const double> demand, std::span<const double> bill,
                                            std::span<const double> spent, std::span<double> gap) {
  constexpr std::uint64_t kLowestExponent = std::uint64_t{1} << 52;
  const double* __restrict d = demand.data();
  const double* __restrict b = bill.data();
  const double* __restrict e = spent.data();
  double* __restrict out = gap.data();
  double largest[kLanes] = {};
  std::uint64_t suspect[kLanes] = {};  // the top bit is set by what is negative, not finite or 0
  const auto look = [&](std::size_t i, std::size_t lane) {
    const double relative = std::fabs(d[i] / b[i] - 1.0);
    largest[lane] = relative > largest[lane] ? relative : largest[lane];
    out[i] = d[i] - b[i];
    for (const double value : {d[i], b[i], e[i]}) {
      const auto bits = __builtin_bit_cast(std::uint64_t, value);
      suspect[lane] |= bits | (bits + kLowestExponent) | (bits - 1);
    }
  };
  std::size_t i = 0;
  for (; i + kLanes <= demand.size(); i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) look(i + lane, lane);
  }
  for (; i < demand.size(); ++i) look(i, 0);
  for (std::size_t lane = 1; lane < kLanes; ++lane) suspect[0] |= suspect[lane];
  return {*std::max_element(largest, largest + kLanes), suspect[0] >> 63 == 0};
}

/// budget = share·spent/market, 0 where the share is: an empty market is then no failure.
SPLINTERNET_VECTOR_CLONES void divide_budgets(const double* __restrict share, const double* __restrict spent,
                                              const double* __restrict market, std::size_t count,
                                              double* __restrict budget) {
  for (std::size_t j = 0; j < count; ++j) {
    const double value = share[j] * spent[j] / market[j];
    budget[j] = share[j] > 0.0 ? value : 0.0;
  }
}

}  // namespace

MarketClearing::MarketClearing(TradeBaseline baseline, Closure closure, double supply_elasticity)
    : baseline_(std::move(baseline)), closure_(closure), supply_elasticity_(supply_elasticity) {
  if (!(supply_elasticity >= 0.0 && supply_elasticity < kInfinity)) {
    throw DataError("trade: the supply elasticity is " + number_text(supply_elasticity) +
                    "; it must be finite and not negative");
  }
  const std::size_t n = baseline_.countries(), cells = baseline_.sectors() * n;
  world_output_ = total(baseline_.output());
  world_expenditure_ = total(baseline_.expenditure());
  flow_.assign(baseline_.sectors(), PanelMatrix(n));
  for (auto* table : {&cost_, &sales_}) table->resize(cells);
  for (auto* table : {&market_, &per_market_}) table->resize(baseline_.sectors() * flow_[0].padded_columns());
  per_market2_.resize(flow_[0].padded_columns());
  lanes_.resize(n * PanelMatrix::kLanes);
  for (auto* column :
       {&ln_productivity_, &income_, &wage_bill_, &spent_, &demand_, &gap_, &slope_, &ln_price_index_, &scratch_}) {
    column->resize(n);
  }
}

void MarketClearing::apply_factors(std::span<const double> factor) {
  const std::size_t n = baseline_.countries(), size = n * n;
  const auto baseline_flow = baseline_.flow();
  SPLINTERNET_CHECK(factor.size() == baseline_flow.size(), factor.size(), baseline_flow.size());
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) {
    const auto part = factor.subspan(s * size, size);
    if (flow_[s].assign_product(baseline_flow.subspan(s * size, size), part)) continue;
    const auto bad = std::find_if_not(part.begin(), part.end(), [](double b) { return b >= 0.0 && b < kInfinity; });
    if (bad == part.end()) continue;
    const auto k = static_cast<std::size_t>(bad - part.begin());
    throw SolverError("trade cost factor of exports of " + baseline_.name(k / n) + " to " + baseline_.name(k % n) +
                      " in sector " + std::to_string(s) + " is " + number_text(*bad) +
                      "; it must be finite and not negative");
  }
}

void MarketClearing::set_shock(const TradeShock& shock) {
  const std::size_t n = baseline_.countries();
  if (shock.cost_factor.empty()) {
    for (std::size_t s = 0; s < baseline_.sectors(); ++s) flow_[s].assign(baseline_.flow().subspan(s * n * n, n * n));
  } else {
    apply_factors(shock.cost_factor);
  }
  std::fill(ln_productivity_.begin(), ln_productivity_.end(), 0.0);
  if (shock.productivity.empty()) return;
  SPLINTERNET_CHECK(shock.productivity.size() == n, shock.productivity.size(), n);
  for (std::size_t i = 0; i < n; ++i) {
    if (is_positive(shock.productivity[i])) continue;
    throw SolverError("productivity of " + baseline_.name(i) + " changes by the factor " +
                      number_text(shock.productivity[i]) + "; it must be positive and finite");
  }
  math::log(shock.productivity, ln_productivity_);
}

void MarketClearing::normalise(std::span<double> ln_price) {
  if (supply_elasticity_ > 0.0) {
    price_costs(ln_price);
    find_markets();
  }
  find_income(ln_price);
  for (std::size_t i = 0; i < income_.size(); ++i) scratch_[i] = income_[i] * baseline_.output()[i];
  const double shift = math::log(total(scratch_) / world_output_);
  for (double& value : ln_price) value -= shift;
}

void MarketClearing::move(std::span<double> ln_price, std::span<const double> step, double scale) {
  const bool follows_prices = supply_elasticity_ > 0.0;  // output also depends on what goods cost at the new prices
  const double shift = follows_prices ? 0.0 : math::log(total_after(wage_bill_, step, scale) / world_output_);
  for (std::size_t i = 0; i < ln_price.size(); ++i) ln_price[i] += scale * step[i] - shift;
  if (follows_prices) normalise(ln_price);
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
    const double* market = &market_[s * flow_[s].padded_columns()];
    for (std::size_t j = 0; j < n; ++j) {
      scratch_[j] = alpha[j] > 0.0 ? market[j] / baseline_.sector_expenditure()[s * n + j] : 1.0;
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

/// u = (p̂/Â)^(−θ).
void MarketClearing::price_costs(std::span<const double> ln_price) {
  const std::size_t n = baseline_.countries();
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) {
    const double theta = baseline_.elasticity()[s];
    const auto cost = std::span(cost_).subspan(s * n, n);
    for (std::size_t i = 0; i < n; ++i) cost[i] = -theta * (ln_price[i] - ln_productivity_[i]);
    math::exp(cost, cost);
  }
}

/// What the costs make of the markets of a panel.
void MarketClearing::find_market(std::size_t sector, std::size_t panel) {
  const std::size_t n = baseline_.countries();
  const std::size_t first = sector * flow_[sector].padded_columns() + panel * PanelMatrix::kWidth;
  flow_[sector].sum_rows(panel, std::span(cost_).subspan(sector * n, n),
                         std::span(market_).subspan(first, PanelMatrix::kWidth));
}

void MarketClearing::find_markets() {
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) {
    for (std::size_t panel = 0; panel < flow_[s].panels(); ++panel) find_market(s, panel);
  }
}

/// What each market's budget buys per unit of X·B·u.
void MarketClearing::find_budgets(std::size_t sector, std::size_t panel) {
  const std::size_t n = baseline_.countries(), begin = panel * PanelMatrix::kWidth;
  const std::size_t column = sector * flow_[sector].padded_columns() + begin;
  divide_budgets(&baseline_.sector_share()[sector * n + begin], &spent_[begin], &market_[column],
                 std::min(PanelMatrix::kWidth, n - begin), &per_market_[column]);
}

/// Panel by panel, so that a panel whose market sums are to be found first is read from memory once for both.
void MarketClearing::add_demand(std::size_t sector, MarketSums sums) {
  const std::size_t n = baseline_.countries();
  const PanelMatrix& flow = flow_[sector];
  for (std::size_t panel = 0; panel < flow.panels(); ++panel) {
    if (sums == MarketSums::kFindFirst) find_market(sector, panel);
    find_budgets(sector, panel);
    const std::size_t first = sector * flow.padded_columns() + panel * PanelMatrix::kWidth;
    flow.add_columns(panel, std::span(per_market_).subspan(first, PanelMatrix::kWidth), lanes_);
  }
  const auto sales = std::span(sales_).subspan(sector * n, n);
  sum_lanes(lanes_, sales);
  for (std::size_t i = 0; i < n; ++i) demand_[i] += cost_[sector * n + i] * sales[i];
}

/// Σ_j (X_ij B_ij)² per_market2_j into scratch_.
void MarketClearing::sum_squares(std::size_t sector, SlopeTerms terms) {
  const std::size_t n = baseline_.countries();
  const PanelMatrix& flow = flow_[sector];
  const double* market = &market_[sector * flow.padded_columns()];
  const double* per_market = &per_market_[sector * flow.padded_columns()];
  for (std::size_t j = 0; j < n; ++j) per_market2_[j] = per_market[j] > 0.0 ? per_market[j] / market[j] : 0.0;
  if (terms == SlopeTerms::kHome) {
    for (std::size_t i = 0; i < n; ++i) scratch_[i] = flow.at(i, i) * flow.at(i, i) * per_market2_[i];
    return;
  }
  for (std::size_t panel = 0; panel < flow.panels(); ++panel) {
    const std::size_t first = panel * PanelMatrix::kWidth;
    flow.add_column_squares(panel, std::span(per_market2_).subspan(first, PanelMatrix::kWidth), lanes_);
  }
  sum_lanes(lanes_, scratch_);
}

void MarketClearing::add_slope(std::size_t sector, SlopeTerms terms) {
  const std::size_t n = baseline_.countries();
  const PanelMatrix& flow = flow_[sector];
  const double theta = baseline_.elasticity()[sector];
  const double* cost = &cost_[sector * n];
  const double* sales = &sales_[sector * n];
  const double* per_market = &per_market_[sector * flow.padded_columns()];
  sum_squares(sector, terms);
  for (std::size_t i = 0; i < n; ++i) {
    // Own sales over expenditure is π'_ii α_is: what a higher income adds to the demand for one's own goods.
    const double home = flow.at(i, i) * cost[i] * per_market[i] / spent_[i];
    slope_[i] += theta * (cost[i] * sales[i] - cost[i] * cost[i] * scratch_[i]) -
                 home * (income_slope(i) + supply_elasticity_ * wage_bill_[i]);
  }
}

void MarketClearing::find_slopes(SlopeTerms terms) {
  for (std::size_t i = 0; i < slope_.size(); ++i) slope_[i] = (1.0 + supply_elasticity_) * wage_bill_[i];
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) add_slope(s, terms);
}

bool MarketClearing::close() {
  const Closing closing = find_gaps(demand_, wage_bill_, spent_, gap_);
  residual_ =
      closing.sound ? std::max(closing.residual, std::fabs(total(wage_bill_) / world_output_ - 1.0)) : kInfinity;
  return closing.sound;
}

std::size_t MarketClearing::worst_country() const {
  std::size_t worst = 0;
  double largest = 0.0;
  for (std::size_t i = 0; i < demand_.size(); ++i) {
    if (!(is_positive(demand_[i]) && is_positive(wage_bill_[i]) && is_positive(spent_[i]))) return i;
    const double relative = std::fabs(demand_[i] / wage_bill_[i] - 1.0);
    if (relative > largest) worst = i;
    largest = std::max(largest, relative);
  }
  return worst;
}

bool MarketClearing::evaluate(std::span<const double> ln_price) {
  price_costs(ln_price);
  // Only where supply answers prices does what countries spend depend on all market sums.
  const MarketSums sums = supply_elasticity_ > 0.0 ? MarketSums::kKnown : MarketSums::kFindFirst;
  if (sums == MarketSums::kKnown) find_markets();
  find_income(ln_price);
  spend();
  std::fill(demand_.begin(), demand_.end(), 0.0);
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) add_demand(s, sums);
  return close();
}

void MarketClearing::write_shares(std::size_t sector, std::span<double> share, std::span<double> flow) {
  const std::size_t n = baseline_.countries();
  const double* alpha = &baseline_.sector_share()[sector * n];
  const double* market = &market_[sector * flow_[sector].padded_columns()];
  std::span<double> per_unit = per_market2_, budget = scratch_;
  for (std::size_t j = 0; j < n; ++j) {
    per_unit[j] = alpha[j] > 0.0 ? 1.0 / market[j] : 1.0;
    budget[j] = alpha[j] * spent_[j];
  }
  flow_[sector].scale(std::span(cost_).subspan(sector * n, n), per_unit, budget, share.subspan(sector * n * n, n * n),
                      flow.subspan(sector * n * n, n * n));
}

std::size_t MarketClearing::compute_rates(ClearingJacobian& jacobian) {
  std::vector<double> share(baseline_.flow().size()), flow(share.size());
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) write_shares(s, share, flow);
  return jacobian.compute_rates(baseline_.elasticity(), {closure_, share, flow, wage_bill_, spent_},
                                supply_elasticity_);
}

void MarketClearing::require_markets() const {
  splinternet::require_markets(
      baseline_, [this](std::size_t s, std::size_t i, std::size_t j) { return flow(s, i, j) > 0.0; });
}

void MarketClearing::require_balance_apart() const {
  if (closure_ != Closure::kAdditive) return;
  splinternet::require_balance_apart(
      baseline_, [this](std::size_t s, std::size_t i, std::size_t j) { return flow(s, i, j) > 0.0; });
}

std::size_t MarketClearing::country_without_spending() const {
  const auto found = std::find_if(spent_.begin(), spent_.end(), [](double spent) { return !(spent > 0.0); });
  return static_cast<std::size_t>(found - spent_.begin());
}

void MarketClearing::write_prices(std::size_t sector, TradeEquilibrium& equilibrium) {
  const std::size_t n = baseline_.countries();
  const double theta = baseline_.elasticity()[sector];
  const double* alpha = &baseline_.sector_share()[sector * n];
  const double* market = &market_[sector * flow_[sector].padded_columns()];
  const auto price = std::span(equilibrium.sector_price_index).subspan(sector * n, n);
  for (std::size_t j = 0; j < n; ++j) {
    const double home = flow(sector, j, j) * cost_[sector * n + j];
    equilibrium.home_share[sector * n + j] = alpha[j] > 0.0 ? home * (1.0 / market[j]) : home;
    price[j] = alpha[j] > 0.0 ? market[j] / baseline_.sector_expenditure()[sector * n + j] : 1.0;
  }
  math::log(price, price);
  for (std::size_t j = 0; j < n; ++j) price[j] = -price[j] / theta;
  math::exp(price, price);
}

void MarketClearing::write_flows(TradeDetail detail, TradeEquilibrium& equilibrium) {
  const bool wanted = detail == TradeDetail::kFlows;
  for (auto* matrix : {&equilibrium.share, &equilibrium.flow}) matrix->resize(wanted ? baseline_.flow().size() : 0);
  equilibrium.demand_slope.resize(wanted ? slope_.size() : 0);
  if (!wanted) return;
  find_slopes(SlopeTerms::kAll);
  std::copy(slope_.begin(), slope_.end(), equilibrium.demand_slope.begin());
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) write_shares(s, equilibrium.share, equilibrium.flow);
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
}

void MarketClearing::write(std::span<const double> ln_price, TradeDetail detail, TradeEquilibrium& equilibrium) {
  equilibrium.closure = closure_;
  equilibrium.residual = residual_;
  find_ln_price_index();
  for (std::size_t s = 0; s < baseline_.sectors(); ++s) write_prices(s, equilibrium);
  write_totals(ln_price, equilibrium);
  write_flows(detail, equilibrium);
}

}  // namespace splinternet
