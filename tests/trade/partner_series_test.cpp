#include "sim/trade/partner_series.hpp"

#include <cmath>
#include <limits>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;

namespace {

constexpr std::size_t kCountries = 37;  // two whole blocks and five more
constexpr double kSteepness = 7.0;
const std::vector<double> kSlope{-0.05, -0.5};

// What packing may cost: of a number in single precision, and of one in half a word.
constexpr double kSingle = 1.2e-7, kHalf = 1.0 / 256;

double draw(std::size_t j, std::uint16_t kind) {
  return 2.0 * test::uniform(80, j, kind) - 1.0;
}

/// Coefficients over several orders of magnitude, as those of trade partners are.
CountrySeries random_series() {
  CountrySeries series(kCountries);
  for (std::size_t j = 0; j < kCountries; ++j) {
    const double share = math::exp(-6.0 * test::uniform(80, j, 0));
    std::uint16_t kind = 1;
    for (SeriesColumns* columns : {&series.index, &series.last}) {
      for (auto* column : {&columns->first, &columns->second, &columns->more}) (*column)[j] = share * draw(j, kind++);
    }
    series.weight[j] = share * test::uniform(80, j, 9);
  }
  return series;
}

std::vector<float> no_change() {
  return std::vector<float>(series_entries(kCountries));
}

std::vector<float> random_column(std::uint16_t kind, double size) {
  std::vector<float> column = no_change();
  for (std::size_t j = 0; j < kCountries; ++j) column[j] = static_cast<float>(size * draw(j, kind));
  return column;
}

PartnerSeries packed(const CountrySeries& series, std::size_t country) {
  PartnerSeries partners;
  partners.reset(kCountries, kSlope);
  REQUIRE(partners.set(country, series));
  return partners;
}

/// The same sums from coefficients as they were before they were packed, and of their sizes; no jumps.
struct PlainSums : SeriesSums {
  double first_size = 0.0, rest_size = 0.0, bend_size = 0.0;

  PlainSums(const CountrySeries& series, std::size_t country, const IndexedChange& change) {
    for (std::size_t j = 0; j < kCountries; ++j) {
      if (j != country) add(series, j, change.index.empty() ? 0.0 : change.index[j], change.log_last[j], change);
    }
  }
  void add(const CountrySeries& series, std::size_t j, double x, double y, const IndexedChange& change) {
    const double moved = kSlope.back() * x, on_top = (y + moved) * (y + moved) - moved * moved;
    const double a = change.log_productivity;
    for (const double first : {series.index.first[j] * x, series.last.first[j] * y}) {
      effect += first;
      first_size += std::fabs(first);
    }
    for (const double rest : {series.index.second[j] * x * x, series.last.second[j] * on_top,
                              a * series.index.more[j] * x, a * series.last.more[j] * y}) {
      effect += rest;
      rest_size += std::fabs(rest);
    }
    const double d = std::fabs(moved) + std::fabs(y), w = series.weight[j] * d;
    weight += w;
    sizes += d * d;
    bends += w * d * d - kSteepness * w * w;
    bend_size += w * d * d + kSteepness * w * w;
  }
};

void check_bounds(const SeriesSums& sums, const SeriesSums& expected, double bend_size) {
  CHECK(test::near(sums.weight, expected.weight, 16.0 * kSingle));
  CHECK(test::near(sums.sizes, expected.sizes, 16.0 * kSingle));
  CHECK(std::fabs(sums.bends - expected.bends) <= 16.0 * kSingle * bend_size);
}

}  // namespace

TEST_CASE("partner series: packed, it sums up what the coefficients do") {
  const CountrySeries series = random_series();
  const double size = GENERATE(0.001, 0.03, 0.5);
  const std::vector<float> index = random_column(11, size), last = random_column(12, size);
  for (const std::size_t c : {0U, 5U, 36U}) {
    const PartnerSeries partners = packed(series, c);
    std::vector<float> others = last, of_index = index;
    others[c] = of_index[c] = 0.0F;
    for (const bool is_indexed : {false, true}) {
      CAPTURE(c, size, is_indexed);
      IndexedChange change;
      change.log_last = others;
      if (is_indexed) change.index = of_index;
      change.log_productivity = 0.02;
      const SeriesSums sums = partners.sums(c, change, kSteepness);
      const PlainSums plain(series, c, change);
      CHECK(std::fabs(sums.effect - plain.effect) <= 16.0 * kSingle * plain.first_size + kHalf * plain.rest_size);
      check_bounds(sums, plain, plain.bend_size);
    }
  }
}

TEST_CASE("partner series: indices of single partners add up to those of all at once, on top of others too") {
  const CountrySeries series = random_series();
  const PartnerSeries partners = packed(series, 3);
  std::vector<float> index = random_column(11, 0.02), last = random_column(12, 0.01);
  index[3] = last[3] = 0.0F;
  std::vector<IndexChange> indices;
  for (std::uint32_t j = 0; j < kCountries; ++j) indices.push_back({j, index[j]});
  for (const std::vector<float>& on_top : {no_change(), last}) {
    IndexedChange all, single;
    all.index = index;
    single.indices = indices;
    all.log_last = single.log_last = on_top;
    all.log_productivity = single.log_productivity = 0.02;
    const SeriesSums one = partners.sums(3, all, kSteepness), other = partners.sums(3, single, kSteepness);
    CHECK(std::fabs(one.effect - other.effect) < 1e-7);
    check_bounds(one, other, PlainSums(series, 3, all).bend_size);
  }
}

TEST_CASE("partner series: an index of the last sector alone and what comes on top of it are one change") {
  CountrySeries series = random_series();
  series.index = series.last;
  for (std::size_t j = 0; j < kCountries; ++j) {  // per unit of an index by which ln B falls by half
    series.index.first[j] *= -0.5;
    series.index.second[j] *= 0.25;
    series.index.more[j] *= -0.5;
  }
  PartnerSeries partners;
  partners.reset(kCountries, std::vector<double>{0.0, -0.5});
  REQUIRE(partners.set(4, series));
  const std::vector<float> index = random_column(11, 0.02), last = random_column(12, 0.01);
  std::vector<float> both = no_change();
  for (std::size_t j = 0; j < kCountries; ++j) both[j] = last[j] - 0.5F * index[j];
  IndexedChange parts, whole;
  parts.index = index;
  parts.log_last = last;
  whole.log_last = both;
  parts.log_productivity = whole.log_productivity = 0.02;
  const SeriesSums one = partners.sums(4, parts, kSteepness), other = partners.sums(4, whole, kSteepness);
  CHECK(test::near(one.effect, other.effect, 1e-5));
}

TEST_CASE("partner series: a jump of B by e to the x is a change of ln B by x, to second order") {
  const PartnerSeries partners = packed(random_series(), 2);
  for (const std::uint32_t j : {0U, 17U, 36U}) {
    for (const float moved : {0.0F, 0.002F}) {
      const double log = 0.005;
      std::vector<float> whole = no_change(), before = no_change();
      whole[j] = static_cast<float>(log);
      before[j] = moved;
      const std::vector<Jump> jumps{{j, moved, math::expm1(log)}};
      IndexedChange change, jump;
      change.log_last = whole;
      jump.log_last = before;
      change.log_productivity = jump.log_productivity = 0.003;
      jump.jumps = jumps;
      const SeriesSums one = partners.sums(2, change, kSteepness), other = partners.sums(2, jump, kSteepness);
      CAPTURE(j, moved);
      CHECK(std::fabs(other.effect - one.effect) < 3.0 * log * log * log);  // coefficients are below 1
      CHECK(other.weight >= one.weight);
    }
  }
}

TEST_CASE("partner series: no change does exactly nothing, and neither does one of trade with oneself") {
  const PartnerSeries partners = packed(random_series(), 6);
  const std::vector<float> zeros = no_change();
  IndexedChange none, own;
  none.index = none.log_last = zeros;
  std::vector<float> alone = no_change();
  alone[6] = 0.1F;
  own.index = own.log_last = alone;
  const std::vector<Jump> jumps{{6, 0.1, 0.2}};
  own.jumps = jumps;
  for (const IndexedChange& change : {IndexedChange{}, none, own}) {
    const SeriesSums sums = partners.sums(6, change, kSteepness);
    CHECK(sums.effect == 0.0);
    CHECK(sums.weight == 0.0);
  }
}

TEST_CASE("partner series: what is not finite is not packed, and columns have an entry for each partner") {
  CountrySeries series = random_series();
  PartnerSeries partners;
  partners.reset(kCountries, kSlope);
  for (const double value : {std::numeric_limits<double>::infinity(), std::nan(""), 1e60}) {
    series.last.more[3] = value;
    CHECK_FALSE(partners.set(0, series));
  }
  IndexedChange change;
  const std::vector<float> few(kCountries);
  change.log_last = few;
  CHECK_THROWS_AS(partners.sums(0, change, kSteepness), InternalError);
  CHECK_THROWS_AS(partners.sums(kCountries, {}, kSteepness), InternalError);
  CHECK_THROWS_AS(partners.reset(kCountries, {}), InternalError);
}
