#include "sim/trade/response_series.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "sim/core/check.hpp"
#include "sim/core/lane_sum.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/vector_clones.hpp"
#include "sim/trade/column_kernels.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kGrain = 16;            // countries that one thread takes at a time
constexpr double kLargestProductivity = 0.1;  // of θ ln Â, and half of it where its powers are fitted
constexpr double kNoImports = 1e-12;          // share of imports below which there is only rounding
constexpr std::size_t kLanes = std::tuple_size_v<Lanes>;

/// Coefficients by partner: of a change and its square (of log_last: of what it adds to the square of ln B), of its
/// product with ln Â, and of sizes, for what is left out.
enum Column : std::size_t { kFirst, kSecond, kMore, kWeight, kColumns };

std::size_t blocks_for(std::size_t partners) {
  return whole_lanes(partners) / kLanes;
}

std::size_t place_in_block(std::size_t country, std::size_t partner, std::size_t partners) {
  return (country * blocks_for(partners) + partner / kLanes) * kColumns * kLanes + partner % kLanes;
}

/// Sums over partners: of what a change does, at productivity as it is and per ln Â; and of what bounds the rest, with
/// w = weight·|change of ln B|.
template <class Number>
struct SumsOf {
  Number effect{}, more{};
  Number weight{}, sizes{};   // Σ w, Σ (change of ln B)²
  Number squares{}, cubes{};  // Σ w², Σ w·(change of ln B)²
};
using LaneSums = SumsOf<Lanes>;

struct Sums : SumsOf<double> {
  void weigh(double w, double size) {
    weight += w;
    squares += w * w;
    cubes += w * (size * size);
    sizes += size * size;
  }
  void add(const LaneSums& lanes) {
    effect += add_lanes(lanes.effect);
    more += add_lanes(lanes.more);
    weight += add_lanes(lanes.weight);
    sizes += add_lanes(lanes.sizes);
    squares += add_lanes(lanes.squares);
    cubes += add_lanes(lanes.cubes);
  }
};

/// Adds whole blocks of partners: coefficients [block][column][lane], indices [block][lane].
SPLINTERNET_VECTOR_CLONES void add_blocks(const float* __restrict block, const double* __restrict index,
                                          std::size_t blocks, double slope, LaneSums& __restrict out) {
  for (std::size_t b = 0; b < blocks; ++b, block += kColumns * kLanes, index += kLanes) {
    for (std::size_t l = 0; l < kLanes; ++l) {
      const double x = index[l], size = slope * std::fabs(x);
      const auto first = static_cast<double>(block[kFirst * kLanes + l]);
      const auto second = static_cast<double>(block[kSecond * kLanes + l]);
      out.effect[l] += (first + second * x) * x;
      out.more[l] += static_cast<double>(block[kMore * kLanes + l]) * x;
      out.weight[l] += static_cast<double>(block[kWeight * kLanes + l]) * size;
      out.sizes[l] += size * size;
    }
  }
}

SPLINTERNET_VECTOR_CLONES void add_bounds(const float* __restrict block, const double* __restrict index,
                                          std::size_t blocks, double slope, LaneSums& __restrict out) {
  for (std::size_t b = 0; b < blocks; ++b, block += kColumns * kLanes, index += kLanes) {
    for (std::size_t l = 0; l < kLanes; ++l) {
      const double size = slope * std::fabs(index[l]);
      const double w = static_cast<double>(block[kWeight * kLanes + l]) * size;
      out.squares[l] += w * w;
      out.cubes[l] += w * (size * size);
    }
  }
}

/// Calls f(blocks, indices [block][lane], their number) for whole blocks of partners, then for what is left.
template <class Function>
void for_blocks(const float* block, std::span<const double> index, Function&& f) {
  const std::size_t whole = index.size() / kLanes;
  f(block, index.data(), whole);
  if (whole == blocks_for(index.size())) return;
  double rest[kLanes] = {};
  std::copy(index.begin() + static_cast<std::ptrdiff_t>(whole * kLanes), index.end(), rest);
  f(block + whole * kColumns * kLanes, rest, std::size_t{1});
}

/// What the indices of all partners do, but for Σ w² and Σ w·(change of ln B)².
void add_indices(const float* first, std::span<const double> index, double slope, LaneSums& out) {
  for_blocks(first, index, [&](const float* block, const double* of, std::size_t blocks) {
    add_blocks(block, of, blocks, slope, out);
  });
}

void add_bounds_of_indices(const float* first, std::span<const double> index, double slope, Sums& out) {
  LaneSums lanes;
  for_blocks(first, index, [&](const float* block, const double* of, std::size_t blocks) {
    add_bounds(block, of, blocks, slope, lanes);
  });
  out.squares += add_lanes(lanes.squares);
  out.cubes += add_lanes(lanes.cubes);
}

/// Whether so little is left out: products of two partners, cubes, and what ln Â does to all.
struct Bound {
  double steepness, growth;

  /// `cubes` come on top of those that have been summed.
  [[nodiscard]] bool holds(const Sums& sums, double cubes) const {
    const double products = sums.weight * sums.weight - sums.squares;
    const double left_out = steepness * products + (sums.cubes + cubes) + growth * growth * sums.weight;
    return left_out <= ResponseSeries::kLeftOut && sums.sizes <= 1.0;
  }
};

/// What the index of one partner adds, given its coefficients in a block; `slope` is the largest.
inline void add_index(const float* of, double index, double slope, Sums& out) {
  const double size = slope * std::fabs(index);
  out.effect += (static_cast<double>(of[kFirst * kLanes]) + static_cast<double>(of[kSecond * kLanes]) * index) * index;
  out.more += static_cast<double>(of[kMore * kLanes]) * index;
  out.weigh(static_cast<double>(of[kWeight * kLanes]) * size, size);
}

/// Adds whole groups of partners, as many in each as there are lanes: coefficients [partner][column].
SPLINTERNET_VECTOR_CLONES void add_last_groups(const float* __restrict by_last, const LastChanges& changes,
                                               std::size_t groups, LaneSums& __restrict out) {
  const std::uint32_t* __restrict partner = changes.partner.data();
  const double* __restrict change = changes.change.data();
  const double* __restrict moved = changes.moved.data();
  const double scale = changes.scale;
  for (std::size_t g = 0; g < groups; ++g, partner += kLanes, change += kLanes, moved += kLanes) {
    float of[kColumns][kLanes];
    for (std::size_t l = 0; l < kLanes; ++l) {
      for (std::size_t c = 0; c < kColumns; ++c) of[c][l] = by_last[partner[l] * kColumns + c];
    }
    for (std::size_t l = 0; l < kLanes; ++l) {
      const double log = scale * change[l], size = std::fabs(log), square = size * size;
      const double w = static_cast<double>(of[kWeight][l]) * size;
      const auto first = static_cast<double>(of[kFirst][l]), second = static_cast<double>(of[kSecond][l]);
      out.effect[l] += (first + second * (log + 2.0 * moved[l])) * log;
      out.more[l] += static_cast<double>(of[kMore][l]) * log;
      out.weight[l] += w;
      out.sizes[l] += square;
      out.squares[l] += w * w;
      out.cubes[l] += w * square;
    }
  }
}

/// What comes on top in the last sector.
void add_last(const float* by_last, const LastChanges& changes, LaneSums& out) {
  const std::size_t count = changes.partner.size(), whole = count / kLanes, rest = count % kLanes;
  if (whole != 0) add_last_groups(by_last, changes, whole, out);
  if (rest == 0) return;
  std::array<std::uint32_t, kLanes> partner{};
  Lanes change{}, moved{};
  for (std::size_t l = 0; l < rest; ++l) {
    partner[l] = changes.partner[whole * kLanes + l];
    change[l] = changes.change[whole * kLanes + l];
    moved[l] = changes.moved[whole * kLanes + l];
  }
  add_last_groups(by_last, {partner, change, moved, changes.scale}, 1, out);
}

/// To second order in the growth of B of the last sector, beyond what has moved ln B there.
void add_jump(const float* of, const Jump& jump, double steepness, Sums& out) {
  const double growth = jump.growth, moved = jump.moved;
  const auto first = static_cast<double>(of[kFirst]);
  const double second = static_cast<double>(of[kSecond]) - 0.5 * first;  // B instead of ln B
  out.effect += first * (growth - (moved + 0.5 * moved * moved)) + second * (growth * growth - moved * moved);
  out.more += static_cast<double>(of[kMore]) * (growth - moved);
  const double w = static_cast<double>(of[kWeight]) * std::fabs(growth), bend = second * growth * growth;
  // The next order: of what meets itself, and of the sector as such by how fast its orders fall.
  out.weigh(w, steepness * w);
  if (w > 0.0) out.cubes += bend * bend / w;
}

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
      : sectors(count), total{column(n), column(n), column(n)}, first(n), second(n), more(n), zeros(count * n) {
    for (SectorTerms& terms : sectors) {
      terms.by_partner = {column(n), column(n), column(n)};
      for (auto* part : {&terms.share, &terms.exports, &terms.imports, &terms.bought, &terms.kept, &terms.curved}) {
        part->resize(n);
      }
    }
  }
  void combine(std::span<const double> direction);
  void add_sector(const SectorTerms& terms, double direction);
  static std::vector<double> column(std::size_t n) { return std::vector<double>(n); }

  std::vector<SectorTerms> sectors;
  FirstOrder<double> own;  // of ln Â
  double import_share = 0.0;
  double slope = 0.0, curvature = 0.0;      // −∂ and ∂² of the own clearing condition by ln w, money
  double own_weight = 0.0;                  // of what δ is corrected by in real income
  double mismatch = 0.0;                    // of a gap in that correction, to first order
  FirstOrder<std::vector<double>> total;    // of a direction, over sectors
  std::vector<double> first, second, more;  // coefficients of a direction
  std::vector<double> zeros;                // [s][partner]
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
void ResponseSeries::Scratch::combine(std::span<const double> direction) {
  const std::size_t n = first.size();
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
    first[j] = total.benefit[j] + mismatch * total.gap[j];
    second[j] = worth * (rise * (0.5 * curvature * rise - total.slope[j]));
    more[j] = worth * (curvature * own_rise * rise - own_rise * total.slope[j] - rise * own.slope);
  }
  for (std::size_t s = 0; s < direction.size(); ++s) add_sector(sectors[s], direction[s]);
}

/// What the price index of a sector, and z where a change meets itself, add.
void ResponseSeries::Scratch::add_sector(const SectorTerms& terms, double direction) {
  const double theta = terms.elasticity, abroad = 1.0 - terms.home, part = terms.part / theta;
  const double per_benefit = theta / import_share, own_gain = per_benefit * own.benefit;
  const double own_change = terms.own_market + abroad * own_gain;
  for (std::size_t j = 0; j < first.size(); ++j) {
    const double gain = per_benefit * total.benefit[j], bought = direction * terms.bought[j];
    const double change = abroad * gain + bought;
    const double exports = terms.exports[j], imports = terms.imports[j];
    const double half = 0.5 * (exports + imports + part * terms.bought[j]);  // B grows by ln B and half its square
    first[j] += part * bought;
    second[j] += part * (0.5 * abroad * gain * gain + bought * gain - 0.5 * change * change) +
                 direction * direction * (half - exports * terms.share[j] - imports * terms.bought[j]);
    more[j] += part * (abroad * own_gain * gain + bought * own_gain - own_change * change) +
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

void ResponseSeries::write_index(const Scratch& scratch, std::size_t country) {
  for (std::size_t j = 0; j < countries_; ++j) {
    float* out = &by_index_[place_in_block(country, j, countries_)];
    out[kFirst * kLanes] = static_cast<float>(scratch.first[j]);
    out[kSecond * kLanes] = static_cast<float>(scratch.second[j]);
    out[kMore * kLanes] = static_cast<float>(scratch.more[j]);
  }
}

void ResponseSeries::write_last(const Scratch& scratch, std::size_t country) {
  for (std::size_t j = 0; j < countries_; ++j) {
    float* out = &by_last_[(country * countries_ + j) * kColumns];
    out[kFirst] = static_cast<float>(scratch.first[j]);
    out[kSecond] = static_cast<float>(scratch.second[j]);
    out[kMore] = static_cast<float>(scratch.more[j]);
  }
}

/// By how much a change of ln B in the sector that answers most counts, all that it does taken by size.
void ResponseSeries::write_weight(const Scratch& scratch, std::size_t country) {
  const std::size_t n = countries_;
  const double per_gap = scratch.import_share / scratch.slope;
  for (std::size_t s = 0; s < slope_.size(); ++s) {
    const SectorTerms& terms = scratch.sectors[s];
    const double answers = largest_slope_ > 0.0 ? std::fabs(slope_[s]) / largest_slope_ : 0.0;
    const double factor = s + 1 == slope_.size() ? 1.0 : answers;
    for (std::size_t j = 0; j < n; ++j) {
      float& out = by_last_[(country * n + j) * kColumns + kWeight];
      const double weight = std::fabs(terms.exports[j]) + std::fabs(terms.imports[j]) +
                            terms.part / terms.elasticity * terms.bought[j] +
                            per_gap * std::fabs(terms.by_partner.gap[j]);
      out = (s == 0 ? 0.0F : out) + static_cast<float>(factor * weight);
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
  scratch.combine(slope_);
  write_index(scratch, country);
  scratch.combine(last_);
  write_last(scratch, country);
  write_weight(scratch, country);
  for (std::size_t j = 0; j < countries_; ++j) {
    by_index_[place_in_block(country, j, countries_) + kWeight * kLanes] =
        by_last_[(country * countries_ + j) * kColumns + kWeight];
  }
  for (std::size_t c = 0; c < kColumns; ++c) {
    by_index_[place_in_block(country, country, countries_) + c * kLanes] = 0.0F;
    by_last_[(country * countries_ + country) * kColumns + c] = 0.0F;
  }
}

void ResponseSeries::take(const LinearResponse& response, std::span<const double> cost_factor,
                          std::span<const double> slope) {
  const std::size_t n = response.countries_, sectors = response.sectors_;
  SPLINTERNET_CHECK(response.is_factorised_ && slope.size() == sectors && cost_factor.size() == sectors * n * n,
                    response.is_factorised_, slope.size(), cost_factor.size(), n);
  countries_ = n;
  slope_.assign(slope.begin(), slope.end());
  largest_slope_ = largest_size(slope);
  elasticity_ = largest_size(response.elasticity_);
  country_.assign(n, {});
  by_last_.assign(n * n * kColumns, 0.0F);
  by_index_.assign(n * blocks_for(n) * kColumns * kLanes, 0.0F);
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
  const std::size_t n = countries_;
  const bool all = !change.index.empty();
  SPLINTERNET_CHECK(country < n && (!all || change.index.size() == n), country, n, change.index.size());
  const Country& own = country_[country];
  const double a = change.log_productivity, growth = elasticity_ * std::fabs(a);
  if (!own.is_usable || !(growth <= kLargestProductivity)) return std::nullopt;
  const float *by_index = &by_index_[place_in_block(country, 0, n)], *by_last = &by_last_[country * n * kColumns];
  LaneSums lanes;
  double cubes = 0.0;  // what those of the indices of all partners cannot exceed
  if (all) {
    add_indices(by_index, change.index, largest_slope_, lanes);
    cubes = add_lanes(lanes.weight) * add_lanes(lanes.sizes);
  }
  for (const LastChanges& last : change.last) add_last(by_last, last, lanes);
  Sums sums;
  sums.add(lanes);
  for (const IndexChange& with : change.indices) {
    add_index(by_index + place_in_block(0, with.partner, n), with.index, largest_slope_, sums);
  }
  for (const Jump& jump : change.jumps) add_jump(by_last + jump.partner * kColumns, jump, own.steepness, sums);
  const Bound bound{own.steepness, growth};
  if (!bound.holds(sums, cubes)) {
    if (!all) return std::nullopt;
    add_bounds_of_indices(by_index, change.index, largest_slope_, sums);
    if (!bound.holds(sums, 0.0)) return std::nullopt;
  }
  const double by_productivity = ((own.productivity[2] * a + own.productivity[1]) * a + own.productivity[0]) * a;
  return by_productivity + (sums.effect + a * sums.more);
}

}  // namespace splinternet
