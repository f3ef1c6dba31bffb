#include "sim/trade/response_series.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/check.hpp"
#include "sim/core/lane_sum.hpp"
#include "sim/core/parallel.hpp"
#include "sim/trade/column_kernels.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kGrain = 16;            // countries that one thread takes at a time
constexpr double kLargestProductivity = 0.1;  // of θ ln Â, and half of it where its powers are fitted
constexpr double kNoImports = 1e-12;          // share of imports below which there is only rounding
/// What changes with each partner, or ln Â, do to first order: z of (M16), the gap of the own clearing condition and
/// what that loses by a rise of ln w, both money.
template <class Number>
struct FirstOrder {
  Number benefit{}, gap{}, slope{};
};

/// One sector of a country at the conditions of the response; columns by partner.
struct SectorTerms {
  double elasticity = 0.0, home = 0.0, spending = 0.0, part = 0.0;  // θ, π_cc, α_c E_c, α_c
  double own_imports = 0.0, own_market = 0.0;  // z through the own market, and change of that market, per ln Â
  FirstOrder<std::vector<double>> by_partner;
  std::vector<double> share, exports, imports, bought;  // π there, z of sales and of purchases, share here
  std::vector<double> kept, curved;                     // π(1 − π), π(1 − π)(1 − 2π)
};

}  // namespace

/// What is worked out for one country before its coefficients are written.
struct ResponseSeries::Scratch {
  Scratch(std::size_t n, std::size_t count)
      : sectors(count), total{column(n), column(n), column(n)}, series(n), zeros(count * n) {
    for (SectorTerms& terms : sectors) {
      terms.by_partner = {column(n), column(n), column(n)};
      for (auto* part : {&terms.share, &terms.exports, &terms.imports, &terms.bought, &terms.kept, &terms.curved}) {
        part->resize(n);
      }
    }
  }
  void combine(std::span<const double> direction, SeriesColumns& out);
  void add_sector(const SectorTerms& terms, double direction, SeriesColumns& out) const;
  void weigh(std::span<const double> slopes);
  static std::vector<double> column(std::size_t n) { return std::vector<double>(n); }

  std::vector<SectorTerms> sectors;
  FirstOrder<double> own;  // of ln Â
  double import_share = 0.0;
  double slope = 0.0, curvature = 0.0;    // −∂ and ∂² of the own clearing condition by ln w, money
  double own_weight = 0.0;                // of what δ is corrected by in real income
  double mismatch = 0.0;                  // of a gap in that correction, to first order
  FirstOrder<std::vector<double>> total;  // of a direction, over sectors
  CountrySeries series;
  std::vector<double> zeros;  // [s][partner]
};

/// The country's row of a sector, and its part in what ln Â does.
void ResponseSeries::read_sector(const LinearResponse& response, std::size_t sector, std::size_t country,
                                 const Conditions& conditions, Scratch& scratch) const {
  const std::size_t n = countries_, cell = sector * n + country, row = cell * n;
  SectorTerms& terms = scratch.sectors[sector];
  const double theta = terms.elasticity = response.elasticity_[sector], home = terms.home = response.home_share_[cell];
  terms.spending = response.spending_[cell];
  terms.part = response.sector_share_[cell];
  const double at_home = terms.spending * home, stay = at_home * (1.0 - home);
  const double income = response.income_slope_[country], turn = theta * (1.0 - 2.0 * home) - income;
  const std::span<const double> spending(&response.spending_[sector * n], n);
  for (std::size_t j = 0; j < n; ++j) {
    const double share = response.sold_unit_[row + j] * conditions.cost_factor[row + j];
    const double kept = share * (1.0 - share), curved = kept * (1.0 - 2.0 * share);
    const double bought = response.bought_unit_[row + j] * conditions.by_importer[row + j];
    terms.share[j] = share;
    terms.kept[j] = kept;
    terms.curved[j] = curved;
    terms.bought[j] = bought;
    terms.exports[j] = response.export_[row + j] * share;
    terms.imports[j] = response.import_[row + j] * conditions.by_importer[row + j];
    terms.by_partner.benefit[j] = terms.exports[j] + terms.imports[j];
    terms.by_partner.gap[j] = spending[j] * kept - at_home * bought;
    terms.by_partner.slope[j] = theta * (spending[j] * curved) - turn * (at_home * bought);
  }
  const double sold = lane_dot(spending, terms.share) + at_home, kept = lane_dot(spending, terms.kept) + stay;
  const double curved = lane_dot(spending, terms.curved);
  terms.own_imports = theta * response.import_[row + country];
  terms.own_market = theta * home;
  scratch.own.benefit += terms.own_imports + theta * lane_dot({&response.export_[row], n}, terms.share);
  scratch.own.gap += theta * kept;
  scratch.own.slope += theta * (theta * curved + turn * stay);
  scratch.slope += theta * kept - income * at_home + sold;
  scratch.curvature +=
      theta * theta * (curved + stay * (1.0 - 2.0 * home)) + income * (at_home - 2.0 * theta * stay) - sold;
}

/// To second order in a change of ln B by `direction[s]` per unit with one partner at a time, and of ln Â.
void ResponseSeries::Scratch::combine(std::span<const double> direction, SeriesColumns& out) {
  const std::size_t n = out.first.size();
  for (auto* column : {&total.benefit, &total.gap, &total.slope}) std::fill(column->begin(), column->end(), 0.0);
  for (std::size_t s = 0; s < direction.size(); ++s) {
    const FirstOrder<std::vector<double>>& part = sectors[s].by_partner;
    for (std::size_t j = 0; j < n; ++j) {
      total.benefit[j] += direction[s] * part.benefit[j];
      total.gap[j] += direction[s] * part.gap[j];
      total.slope[j] += direction[s] * part.slope[j];
    }
  }
  // What the own wage does beyond its linear answer.
  const double own_rise = own.gap / slope, worth = own_weight / slope;
  for (std::size_t j = 0; j < n; ++j) {
    const double rise = total.gap[j] / slope;
    out.first[j] = total.benefit[j] + mismatch * total.gap[j];
    out.second[j] = worth * (rise * (0.5 * curvature * rise - total.slope[j]));
    out.more[j] = worth * (curvature * own_rise * rise - own_rise * total.slope[j] - rise * own.slope);
  }
  for (std::size_t s = 0; s < direction.size(); ++s) add_sector(sectors[s], direction[s], out);
}

/// What the price index of a sector, and z where a change meets itself, add.
void ResponseSeries::Scratch::add_sector(const SectorTerms& terms, double direction, SeriesColumns& out) const {
  const double theta = terms.elasticity, abroad = 1.0 - terms.home, part = terms.part / theta;
  const double per_benefit = theta / import_share, own_gain = per_benefit * own.benefit;
  const double own_change = terms.own_market + abroad * own_gain;
  for (std::size_t j = 0; j < out.first.size(); ++j) {
    const double gain = per_benefit * total.benefit[j], bought = direction * terms.bought[j];
    const double change = abroad * gain + bought;
    const double exports = terms.exports[j], imports = terms.imports[j];
    const double half = 0.5 * (exports + imports + part * terms.bought[j]);  // B grows by ln B and half its square
    out.first[j] += part * bought;
    out.second[j] += part * (0.5 * abroad * gain * gain + bought * gain - 0.5 * change * change) +
                     direction * direction * (half - exports * terms.share[j] - imports * terms.bought[j]);
    out.more[j] += part * (abroad * own_gain * gain + bought * own_gain - own_change * change) +
                   direction * (theta * exports * (1.0 - 2.0 * terms.share[j]) - terms.own_imports * terms.bought[j] -
                                terms.own_market * imports);
  }
}

/// Powers of ln Â: through two values of the response and the slope between them.
void ResponseSeries::fit_productivity(const LinearResponse& response, std::size_t country, const Conditions& conditions,
                                      const Scratch& scratch) {
  const double step = 0.5 * kLargestProductivity / elasticity_;
  OwnChange change{conditions.cost_factor, scratch.zeros, scratch.zeros, step};
  const double up = response.real_income_effect(country, change);
  change.log_productivity = -step;
  const double down = response.real_income_effect(country, change);
  double first = scratch.own.benefit + scratch.mismatch * scratch.own.gap;
  for (const SectorTerms& terms : scratch.sectors) first += terms.part * terms.home;
  const double even = 0.5 * (up + down) / (step * step), odd = (0.5 * (up - down) / step - first) / (step * step);
  country_[country].productivity = {first, even, odd};
  country_[country].is_usable = std::isfinite(up) && std::isfinite(down);
}

/// By how much a change of ln B in the sector that answers most to an index of these slopes counts, all that it does
/// taken by size; in the last sector whole changes come on top of it.
void ResponseSeries::Scratch::weigh(std::span<const double> slopes) {
  const double per_gap = import_share / slope, largest = largest_size(slopes);
  std::fill(series.weight.begin(), series.weight.end(), 0.0);
  for (std::size_t s = 0; s < slopes.size(); ++s) {
    const SectorTerms& terms = sectors[s];
    const double answers = largest > 0.0 ? std::fabs(slopes[s]) / largest : 0.0;
    const double factor = s + 1 == slopes.size() ? 1.0 : answers;
    for (std::size_t j = 0; j < series.weight.size(); ++j) {
      const double weight = std::fabs(terms.exports[j]) + std::fabs(terms.imports[j]) +
                            terms.part / terms.elasticity * terms.bought[j] +
                            per_gap * std::fabs(terms.by_partner.gap[j]);
      series.weight[j] += factor * weight;
    }
  }
}

void ResponseSeries::take_country(const LinearResponse& response, std::size_t country, const Conditions& conditions,
                                  Scratch& scratch) {
  scratch.own = {};
  scratch.slope = scratch.curvature = 0.0;
  for (std::size_t s = 0; s < slope_.size(); ++s) read_sector(response, s, country, conditions, scratch);
  scratch.import_share = response.import_share_[country];
  if (!(scratch.import_share > kNoImports && scratch.slope > 0.0)) return;
  const double slope = response.slope_[country];
  scratch.own_weight = slope > 0.0 ? scratch.import_share + (response.income_slope_[country] - 1.0) : 0.0;
  scratch.mismatch = slope > 0.0 ? scratch.own_weight * (1.0 / scratch.slope - 1.0 / slope) : 0.0;
  country_[country].steepness = 2.0 * elasticity_ / scratch.import_share;
  fit_productivity(response, country, conditions, scratch);
  scratch.combine(slope_, scratch.series.index);
  scratch.combine(last_, scratch.series.last);
  scratch.weigh(slope_);
  if (!partners_.set(country, scratch.series)) country_[country].is_usable = false;
}

void ResponseSeries::take(const LinearResponse& response, std::span<const double> cost_factor,
                          std::span<const double> slope) {
  const std::size_t n = response.countries_, sectors = response.sectors_;
  SPLINTERNET_CHECK(response.is_factorised_ && slope.size() == sectors && cost_factor.size() == sectors * n * n,
                    response.is_factorised_, slope.size(), cost_factor.size(), n);
  countries_ = n;
  slope_.assign(slope.begin(), slope.end());
  elasticity_ = largest_size(response.elasticity_);
  country_.assign(n, {});
  partners_.reset(n, slope);
  std::vector<double> by_importer(cost_factor.size());
  for (std::size_t s = 0; s < sectors; ++s) {
    transpose(cost_factor.subspan(s * n * n, n * n), n, std::span(by_importer).subspan(s * n * n, n * n));
  }
  last_.assign(sectors, 0.0);
  last_.back() = 1.0;
  parallel::for_each_range(n, kGrain, [&](std::size_t begin, std::size_t end) {
    Scratch scratch(n, sectors);
    for (std::size_t c = begin; c < end; ++c) take_country(response, c, {cost_factor, by_importer}, scratch);
  });
}

bool ResponseSeries::fits(std::span<const double> slope) const {
  return std::equal(slope.begin(), slope.end(), slope_.begin(), slope_.end());
}

std::optional<double> ResponseSeries::real_income_effect(std::size_t country, const IndexedChange& change) const {
  SPLINTERNET_CHECK(country < countries_, country, countries_);
  const Country& own = country_[country];
  const double a = change.log_productivity, growth = elasticity_ * std::fabs(a);
  if (!own.is_usable || !(growth <= kLargestProductivity)) return std::nullopt;
  const SeriesSums sums = partners_.sums(country, change, own.steepness);
  // Left out are products of two partners, cubes, and what ln Â does to all.
  const double left_out = (own.steepness * sums.weight) * sums.weight + sums.bends + growth * growth * sums.weight;
  if (!(left_out <= kLeftOut && sums.sizes <= 1.0)) return std::nullopt;
  const double by_productivity = ((own.productivity[2] * a + own.productivity[1]) * a + own.productivity[0]) * a;
  return by_productivity + sums.effect;
}

}  // namespace splinternet
