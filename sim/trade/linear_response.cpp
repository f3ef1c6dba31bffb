#include "sim/trade/linear_response.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "sim/core/check.hpp"
#include "sim/core/dense.hpp"
#include "sim/core/lane_sum.hpp"
#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/vector_clones.hpp"
#include "sim/trade/column_kernels.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kGrain = 16;      // countries that one thread takes at a time
constexpr double kNoImports = 1e-12;    // share of imports below which there is only rounding
constexpr double kNoMarket = 1e-12;     // of what a country buys of a sector: below it there is nothing left to buy
constexpr int kOwnSteps = 8;            // at most, of Newton's method in the log of the own wage, …
constexpr double kOwnTolerance = 1e-3;  // … which ends with a step below this: what is left is about its square
constexpr double kLargestStep = 1.0;
constexpr double kSeriesEnd = 1e-16;  // of sales abroad: what a series may leave out

double home_share(const TradeEquilibrium& equilibrium, std::size_t sector, std::size_t country) {
  const std::size_t n = equilibrium.ln_wage.size();
  return equilibrium.share[(sector * n + country) * n + country];
}

/// True for NaN too.
bool exceeds(double distance, double threshold) {
  return !(distance <= threshold);
}

constexpr std::size_t kLanes = std::tuple_size_v<Lanes>;

/// Columns over the markets of one exporter: B in force and what comes on top, share of the market per unit of B, worth
/// in z of a rise by all of the market, spending there.
using Markets = std::array<const double*, 5>;
enum MarketColumn : std::size_t { kNow, kRise, kUnitSold, kSalesWorth, kSpending };

constexpr std::size_t kMoments = 5;

struct ExportLanes {
  Lanes benefit, sales, moment[kMoments];
};

SPLINTERNET_VECTOR_CLONES void add_exports(const Markets& markets, std::size_t n, double cheaper,
                                           ExportLanes& __restrict out) {
  const double* __restrict now = markets[kNow];
  const double* __restrict rise = markets[kRise];
  const double* __restrict unit = markets[kUnitSold];
  const double* __restrict worth = markets[kSalesWorth];
  const double* __restrict spending = markets[kSpending];
  const double efficiency = 1.0 + cheaper;
  for (std::size_t j = 0; j < n; j += kLanes) {
    for (std::size_t l = 0; l < kLanes; ++l) {
      const double before = unit[j + l] * now[j + l];
      const double more = unit[j + l] * (rise[j + l] * efficiency + now[j + l] * cheaper);
      const double inverse = 1.0 / (1.0 + more);
      const double share = (before + more) * inverse;
      const double sold = spending[j + l] * share, second = sold * share, third = second * share;
      const double fourth = third * share;
      out.benefit[l] += worth[j + l] * (more * inverse);
      out.sales[l] += spending[j + l] * before;
      out.moment[0][l] += sold;
      out.moment[1][l] += second;
      out.moment[2][l] += third;
      out.moment[3][l] += fourth;
      out.moment[4][l] += fourth * share;
    }
  }
}

/// All markets: whole groups of lanes, and the rest filled up with zeros.
void sum_exports(const Markets& columns, std::size_t n, double cheaper, ExportLanes& out) {
  const std::size_t whole = n / kLanes * kLanes, rest = n - whole;
  add_exports(columns, whole, cheaper, out);
  if (rest == 0) return;
  double filled[std::tuple_size_v<Markets>][kLanes] = {};
  Markets last;
  for (std::size_t k = 0; k < last.size(); ++k) {
    std::copy_n(columns[k] + whole, rest, filled[k]);
    last[k] = filled[k];
  }
  add_exports(last, kLanes, cheaper, out);
}

}  // namespace

LinearResponse::LinearResponse(std::size_t countries, std::size_t sectors)
    : countries_(countries), sectors_(sectors), jacobian_(countries, sectors) {
  const std::size_t square = countries * countries;
  for (auto* matrix : {&adjoint_, &mean_}) matrix->resize(square);
  for (auto* matrix : {&sold_unit_, &bought_unit_, &export_, &import_}) matrix->resize(sectors * square);
  for (auto* table : {&sector_share_, &home_share_, &spending_}) table->resize(sectors * countries);
  for (auto* column : {&import_share_, &income_slope_, &output_, &expenditure_, &slope_, &ln_wage_}) {
    column->resize(countries);
  }
  elasticity_.resize(sectors);
  SPLINTERNET_CHECK(sectors <= kMaxSectors, sectors);
}

void LinearResponse::remember(const TradeBaseline& baseline, const TradeEquilibrium& equilibrium) {
  std::copy(equilibrium.ln_wage.begin(), equilibrium.ln_wage.end(), ln_wage_.begin());
  std::copy(baseline.elasticity().begin(), baseline.elasticity().end(), elasticity_.begin());
  std::copy(baseline.sector_share().begin(), baseline.sector_share().end(), sector_share_.begin());
  std::copy(equilibrium.output.begin(), equilibrium.output.end(), output_.begin());
  std::copy(equilibrium.expenditure.begin(), equilibrium.expenditure.end(), expenditure_.begin());
  std::copy(equilibrium.demand_slope.begin(), equilibrium.demand_slope.end(), slope_.begin());
  for (std::size_t c = 0; c < countries_; ++c) {
    income_slope_[c] = equilibrium.closure == Closure::kAdditive ? output_[c] / expenditure_[c] : 1.0;
  }
  std::fill(import_share_.begin(), import_share_.end(), 0.0);
  for (std::size_t s = 0; s < sectors_; ++s) {
    for (std::size_t c = 0; c < countries_; ++c) {
      const std::size_t k = s * countries_ + c;
      home_share_[k] = home_share(equilibrium, s, c);
      spending_[k] = sector_share_[k] * expenditure_[c];
      import_share_[c] += sector_share_[k] * (1.0 - home_share_[k]);
    }
  }
}

/// ∂ln W_c/∂ln w as row c: what income gains less what prices gain, the common factor of expenditure included.
void LinearResponse::set_rights(const TradeBaseline& baseline, const TradeEquilibrium& equilibrium) {
  const std::size_t n = countries_;
  double bill = 0.0, spending = 0.0;
  for (std::size_t k = 0; k < n; ++k) {
    bill += equilibrium.output[k];
    spending += equilibrium.expenditure[k];
  }
  std::fill(mean_.begin(), mean_.end(), 0.0);  // free until find_advantages; [k][c] here
  for (std::size_t s = 0; s < sectors_; ++s) {
    const double* alpha = &baseline.sector_share()[s * n];
    for (std::size_t k = 0; k < n; ++k) {
      const double* sold = &equilibrium.share[(s * n + k) * n];
      for (std::size_t c = 0; c < n; ++c) mean_[k * n + c] -= alpha[c] * sold[c];
    }
  }
  for (std::size_t k = 0; k < n && equilibrium.closure == Closure::kMultiplicative; ++k) {
    const double common = equilibrium.output[k] / bill - equilibrium.expenditure[k] / spending;
    for (std::size_t c = 0; c < n; ++c) mean_[k * n + c] += common;
  }
  for (std::size_t c = 0; c < n; ++c) mean_[c * n + c] += income_slope_[c];
  transpose(mean_, n, adjoint_);
}

void LinearResponse::find_adjoints(const TradeBaseline& baseline, const TradeEquilibrium& equilibrium) {
  const std::size_t n = countries_;
  jacobian_.compute(baseline.elasticity(), {equilibrium.closure, equilibrium.share, equilibrium.flow,
                                            equilibrium.output, equilibrium.expenditure});
  const std::size_t numeraire = jacobian_.pin_numeraire(equilibrium.output);
  factors_.factorise(jacobian_.matrix(), n);
  set_rights(baseline, equilibrium);
  parallel::for_each_range(n, kGrain, [&](std::size_t begin, std::size_t end) {
    factors_.solve_transposed(std::span(adjoint_).subspan(begin * n, (end - begin) * n));
    for (std::size_t c = begin; c < end; ++c) {
      double* const row = &adjoint_[c * n];
      for (std::size_t i = 0; i < n; ++i) row[i] /= -equilibrium.output[i];
      row[numeraire] = 0.0;
    }
  });
}

/// Shares of each market per unit of B at the wages of the equilibrium: λ (ŵ/Â)^−θ P̂^θ, whatever B was.
void LinearResponse::find_unit_shares(std::size_t sector, const TradeBaseline& baseline,
                                      std::span<const double> productivity, const TradeEquilibrium& equilibrium) {
  const std::size_t n = countries_, from = sector * n * n;
  const double theta = baseline.elasticity()[sector];
  // Scratch that is free until find_advantages.
  const std::span<double> cost(&export_[from], n), deflator(&import_[from], n);
  for (std::size_t c = 0; c < n; ++c) {
    cost[c] = -theta * (equilibrium.ln_wage[c] - (productivity.empty() ? 0.0 : math::log(productivity[c])));
    deflator[c] = theta * math::log(equilibrium.sector_price_index[sector * n + c]);
  }
  math::exp(cost, cost);
  math::exp(deflator, deflator);
  for (std::size_t c = 0; c < n; ++c) {
    const double* share = &baseline.share()[from + c * n];
    for (std::size_t j = 0; j < n; ++j) sold_unit_[from + c * n + j] = share[j] * cost[c] * deflator[j];
  }
  transpose({&sold_unit_[from], n * n}, n, std::span(bought_unit_).subspan(from, n * n));
  for (std::size_t c = 0; c < n; ++c) sold_unit_[from + c * n + c] = 0.0;  // home sales stand apart
}

/// A rise of the share of c in market j by r, before all shares there are scaled to 1 again, changes the clearing
/// conditions by α_j E_j r/(1 + r) at c less what all sellers there lose in proportion to their shares. A rise of what
/// c may buy from i gives i that share of the market and takes from all in proportion.
void LinearResponse::find_advantages(std::size_t sector, const TradeEquilibrium& equilibrium) {
  const std::size_t n = countries_, from = sector * n * n;
  const std::span<const double> share(&equilibrium.share[from], n * n);
  const double* spending = &spending_[sector * n];
  parallel::for_each_range(n, kGrain, [&](std::size_t begin, std::size_t end) {
    const std::size_t rows = end - begin;
    dense::multiply(std::span(adjoint_).subspan(begin * n, rows * n), share,
                    std::span(mean_).subspan(begin * n, rows * n), rows, n, n);
    for (std::size_t c = begin; c < end; ++c) {
      const double own = adjoint_[c * n + c], home = mean_[c * n + c];
      for (std::size_t j = 0; j < n; ++j) {
        const std::size_t cell = from + c * n + j;
        export_[cell] = spending[j] * (own - mean_[c * n + j]);
        import_[cell] = spending[c] * bought_unit_[cell] * (adjoint_[c * n + j] - home);
      }
    }
  });
}

void LinearResponse::factorise(const TradeBaseline& baseline, std::span<const double> productivity,
                               const TradeEquilibrium& equilibrium) {
  const std::size_t n = countries_;
  SPLINTERNET_CHECK(baseline.countries() == n && baseline.sectors() == sectors_ &&
                        equilibrium.share.size() == sold_unit_.size() && equilibrium.ln_wage.size() == n,
                    baseline.countries(), baseline.sectors(), equilibrium.share.size(), n, sectors_);
  SPLINTERNET_CHECK(productivity.empty() || productivity.size() == n, productivity.size(), n);
  is_factorised_ = false;
  remember(baseline, equilibrium);
  for (std::size_t s = 0; s < sectors_; ++s) find_unit_shares(s, baseline, productivity, equilibrium);
  find_adjoints(baseline, equilibrium);
  for (std::size_t s = 0; s < sectors_; ++s) find_advantages(s, equilibrium);
  is_factorised_ = true;
}

void LinearResponse::price_imports(std::size_t sector, std::size_t country, const OwnChange& change,
                                   Sector& out) const {
  const std::size_t n = countries_, row = (sector * n + country) * n;
  const double home = home_share_[sector * n + country];
  const std::span<const double> rise = change.import_rise.subspan(sector * n, n);
  out.supply = lane_dot(rise, {&bought_unit_[row], n});
  const double market_change = home * out.cheaper + out.supply;
  out.benefit = (lane_dot(rise, {&import_[row], n}) + import_[row + country] * out.cheaper) / (1.0 + market_change);
  out.gap = spending_[sector * n + country] * home * (out.cheaper - market_change) / (1.0 + market_change);
}

void LinearResponse::price_exports(std::size_t sector, std::size_t country, const OwnChange& change,
                                   Sector& out) const {
  const std::size_t n = countries_, row = (sector * n + country) * n;
  const Markets columns{&change.cost_factor[row], &change.export_rise[sector * n], &sold_unit_[row], &export_[row],
                        &spending_[sector * n]};
  ExportLanes lanes{};
  sum_exports(columns, n, out.cheaper, lanes);
  for (std::size_t p = 0; p < kMoments; ++p) out.moment[p] = add_lanes(lanes.moment[p]);
  out.sales = add_lanes(lanes.sales);
  out.benefit += add_lanes(lanes.benefit);
  out.gap += out.moment[0] - out.sales;
}

/// Sales abroad when the common factor of the country's shares against its rivals' is 1 + growth: by moments of the
/// shares at given wages as far as the series leaves nothing out, else market by market.
LinearResponse::Sales LinearResponse::sales_abroad(std::size_t sector, std::size_t country, const OwnChange& change,
                                                   const Sector& priced, double growth) const {
  // Σ E π e/(1 + π(e − 1)) with e = 1 + growth, and Σ E of the same squared
  double sum = 0.0, squares = 0.0, power = 1.0;
  for (std::size_t p = 0; p < kMoments; ++p, power *= -growth) {
    sum += power * priced.moment[p];
    if (p + 1 < kMoments) squares += static_cast<double>(p + 1) * power * priced.moment[p + 1];
  }
  const double common = 1.0 + growth, left_out = std::fabs(power) * priced.moment[kMoments - 1];
  if (left_out <= kSeriesEnd * priced.sales) return {common * sum, common * sum - common * common * squares};
  const std::size_t n = countries_, row = (sector * n + country) * n;
  const double *now = &change.cost_factor[row], *rise = &change.export_rise[sector * n], *unit = &sold_unit_[row];
  const double* spending = &spending_[sector * n];
  Sales sales;
  for (std::size_t j = 0; j < n; ++j) {
    const double weight = unit[j] * (now[j] + rise[j]) * (1.0 + priced.cheaper) * common;
    const double share = weight / (1.0 - unit[j] * now[j] + weight), sold = spending[j] * share;
    sales.sum += sold;
    sales.slope += sold * (1.0 - share);
  }
  return sales;
}

LinearResponse::Clearing LinearResponse::own_clearing(std::size_t country, const OwnChange& change,
                                                      const Sector* sectors, double ln_wage) const {
  const std::size_t n = countries_, c = country;
  const double wage = math::exp(ln_wage);
  const double income = 1.0 + income_slope_[c] * (wage - 1.0), income_slope = income_slope_[c] * wage / income;
  Clearing clearing;
  for (std::size_t s = 0; s < sectors_; ++s) {
    const double theta = elasticity_[s], home = home_share_[s * n + c], spending = spending_[s * n + c];
    const double growth = math::expm1(-theta * ln_wage);
    const Sales abroad = sales_abroad(s, c, change, sectors[s], growth);
    const double weight = home * (1.0 + sectors[s].cheaper) * (1.0 + growth);
    const double share = weight / (1.0 - home + sectors[s].supply + weight), sold = spending * income * share;
    // Measured against the sales under the conditions in force, so that these clear whatever has moved since.
    const double bill = (sectors[s].sales + spending * home) * wage;
    clearing.gap += (abroad.sum + sold) - bill;
    clearing.slope += theta * (abroad.slope + sold * (1.0 - share)) - sold * income_slope + bill;
  }
  return clearing;
}

/// δ, from z and from the gap of the own clearing condition at given wages.
double LinearResponse::own_wage_rise(std::size_t country, const OwnChange& change, const Sector* sectors,
                                     double benefit, double gap) const {
  const double by_all_wages = benefit / import_share_[country];
  if (!(slope_[country] > 0.0)) return by_all_wages;
  const double linear = gap / slope_[country];
  double exact = std::clamp(linear, -kLargestStep, kLargestStep);
  for (int k = 0; k < kOwnSteps; ++k) {
    const Clearing clearing = own_clearing(country, change, sectors, exact);
    if (!(clearing.slope > 0.0)) break;
    const double step = std::clamp(clearing.gap / clearing.slope, -kLargestStep, kLargestStep);
    exact += step;
    if (std::fabs(step) < kOwnTolerance) break;
  }
  // What a rise of the own wage adds to real income, over what δ adds: 1 but for fixed deficits.
  const double weight = 1.0 + (income_slope_[country] - 1.0) / import_share_[country];
  return by_all_wages + weight * (exact - linear);
}

double LinearResponse::real_income_effect(std::size_t country, const OwnChange& change) const {
  const std::size_t n = countries_, cells = sectors_ * n, c = country;
  SPLINTERNET_CHECK(is_factorised_ && country < n && std::isfinite(change.log_productivity), is_factorised_, country, n,
                    change.log_productivity);
  SPLINTERNET_CHECK(change.cost_factor.size() == cells * n && change.export_rise.size() == cells &&
                        change.import_rise.size() == cells,
                    change.cost_factor.size(), change.export_rise.size(), change.import_rise.size(), cells, n);
  std::array<Sector, kMaxSectors> sectors;
  double benefit = 0.0, gap = 0.0;
  for (std::size_t s = 0; s < sectors_; ++s) {
    sectors[s].cheaper = math::expm1(elasticity_[s] * change.log_productivity);
    price_imports(s, c, change, sectors[s]);
    price_exports(s, c, change, sectors[s]);
    benefit += sectors[s].benefit;
    gap += sectors[s].gap;
  }
  const bool imports = import_share_[c] > kNoImports;
  const bool moves = benefit != 0.0 || gap != 0.0;
  const double rise = imports && moves ? own_wage_rise(c, change, sectors.data(), benefit, gap) : 0.0;
  double effect = imports ? 0.0 : benefit;
  for (std::size_t s = 0; s < sectors_; ++s) {
    const double theta = elasticity_[s], home = home_share_[s * n + c];
    const double gain = math::expm1(theta * rise);
    const double change_of_market = home * sectors[s].cheaper + (1.0 - home) * gain + sectors[s].supply * (1.0 + gain);
    if (!(1.0 + change_of_market > kNoMarket)) return -__builtin_inf();
    effect += sector_share_[s * n + c] / theta * math::log(1.0 + change_of_market);
  }
  return effect;
}

bool LinearResponse::is_stale(const TradeEquilibrium& now, double threshold) const {
  if (!is_factorised_) return true;
  SPLINTERNET_CHECK(now.ln_wage.size() == countries_ && now.share.size() == sold_unit_.size(), now.ln_wage.size());
  for (std::size_t c = 0; c < countries_; ++c) {
    if (exceeds(std::fabs(now.ln_wage[c] - ln_wage_[c]), threshold)) return true;
    for (std::size_t s = 0; s < sectors_; ++s) {
      const double before = home_share_[s * countries_ + c], after = home_share(now, s, c);
      if (after != before && exceeds(std::fabs(math::log(after / before)), threshold)) return true;
    }
  }
  return false;
}

}  // namespace splinternet
