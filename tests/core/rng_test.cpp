#include "sim/core/rng.hpp"

#include <Random123/philox.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"

#undef philox4x32  // Random123 defines a macro of this name

using namespace splinternet;

namespace {

using Block = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

// Seeds are fixed, so a test passes always or never; the rates below say how often a correct generator with another
// seed would fail: one in a million per test.

/// The value that a χ² variable of `degrees` exceeds once in 10⁶ (Wilson and Hilferty 1931).
double chi_square_limit(double degrees) {
  const double term = 1.0 - 2.0 / (9.0 * degrees) + 4.753 * std::sqrt(2.0 / (9.0 * degrees));
  return degrees * term * term * term;
}

/// The value that the Kolmogorov–Smirnov distance of n points exceeds once in 10⁶: √(ln(2·10⁶)/2n).
double kolmogorov_limit(double n) {
  return 2.694 / std::sqrt(n);
}

template <class Distribution>
double kolmogorov_distance(std::vector<double> values, Distribution distribution) {
  std::sort(values.begin(), values.end());
  const auto count = static_cast<double>(values.size());
  double distance = 0.0;
  for (std::size_t n = 0; n < values.size(); ++n) {
    const double expected = distribution(values[n]);
    distance =
        std::max({distance, static_cast<double>(n + 1) / count - expected, expected - static_cast<double>(n) / count});
  }
  return distance;
}

double chi_square(const std::vector<int>& counts, double expected) {
  double total = 0.0;
  for (const int count : counts) total += (count - expected) * (count - expected) / expected;
  return total;
}

Draws draws(std::uint32_t entity = 0) {
  return {42, Purpose::kTest, 0, entity};
}

}  // namespace

TEST_CASE("Philox4x32-10 gives the known answers of Random123") {
  // kat_vectors of Random123 1.14: counter and key all zeros, all ones, and the digits of pi.
  CHECK(philox4x32({0, 0, 0, 0}, {0, 0}) == Block{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U});
  CHECK(philox4x32({0xffffffffU, 0xffffffffU, 0xffffffffU, 0xffffffffU}, {0xffffffffU, 0xffffffffU}) ==
        Block{0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU});
  CHECK(philox4x32({0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U}, {0xa4093822U, 0x299f31d0U}) ==
        Block{0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U});
}

TEST_CASE("Philox4x32-10 agrees with Random123 on random counters and keys") {
  r123::Philox4x32 oracle;
  Block counter = {1, 2, 3, 4};
  Key key = {5, 6};
  for (int n = 0; n < 10'000; ++n) {
    const auto expected = oracle(r123::Philox4x32::ctr_type{{counter[0], counter[1], counter[2], counter[3]}},
                                 r123::Philox4x32::key_type{{key[0], key[1]}});
    const Block found = philox4x32(counter, key);
    REQUIRE(std::equal(found.begin(), found.end(), expected.begin()));
    counter = found;
    key = {found[3] ^ key[0], found[1] + key[1]};
  }
}

TEST_CASE("Purposes are numbered without gaps and no two share a name") {
  std::set<std::string_view> names;
  for (std::uint16_t value = 0; value < kPurposeCount; ++value) {
    const std::string_view text = name(static_cast<Purpose>(value));
    CHECK_FALSE(text.empty());
    CHECK(names.insert(text).second);
  }
  CHECK_THROWS_AS(name(static_cast<Purpose>(kPurposeCount)), InternalError);
  CHECK(name(Purpose::kCountryChoice) == "country_choice");
  // The values key the draws of every recorded run.
  CHECK(static_cast<int>(Purpose::kTest) == 0);
  CHECK(static_cast<int>(Purpose::kCountryChoice) == 3);
  CHECK(static_cast<int>(Purpose::kFirmSupplier) == 14);
  CHECK(static_cast<int>(Purpose::kTieBreak) == 16);
}

TEST_CASE("A draw is philox of (entity, step, purpose and kind, index) under the seed") {
  const std::uint64_t seed = 0x0123456789abcdefU;
  const Draws stream(seed, Purpose::kFirmSize, 7, 1234, 9);
  const Block block = philox4x32({1234, 7, (10U << 16) | 9U, 3}, {0x89abcdefU, 0x01234567U});
  CHECK(stream.bits(3) == (block[0] | (std::uint64_t{block[1]} << 32)));
  CHECK(stream.uniform(3) == (static_cast<double>(stream.bits(3) >> 12) + 0.5) / 4503599627370496.0);
}

TEST_CASE("Draws differ when any part of their name differs") {
  std::set<std::uint64_t> seen;
  int drawn = 0;
  for (const std::uint64_t seed : {1ULL, 2ULL, 1ULL << 32}) {
    for (const Purpose purpose : {Purpose::kTest, Purpose::kFirmChoice}) {
      for (const std::uint32_t step : {0U, 1U}) {
        for (const std::uint32_t entity : {0U, 1U, 0x80000000U}) {
          for (const std::uint16_t kind : {std::uint16_t{0}, std::uint16_t{1}}) {
            for (const std::uint32_t index : {0U, 1U}) {
              seen.insert(Draws(seed, purpose, step, entity, kind).bits(index));
              ++drawn;
            }
          }
        }
      }
    }
  }
  CHECK(drawn == 144);
  CHECK(seen.size() == 144);
}

TEST_CASE("uniform is uniform on the open interval") {
  constexpr std::uint32_t kCount = 200'000;
  std::vector<double> values;
  std::vector<int> pairs(32 * 32, 0);
  for (std::uint32_t n = 0; n < kCount; ++n) {
    values.push_back(draws().uniform(n));
    const double next_entity = draws(n).uniform();
    REQUIRE(values.back() > 0.0);
    REQUIRE(values.back() < 1.0);
    pairs[static_cast<std::size_t>(values.back() * 32) * 32 + static_cast<std::size_t>(next_entity * 32)] += 1;
  }
  CHECK(kolmogorov_distance(values, [](double x) { return x; }) < kolmogorov_limit(kCount));
  CHECK(chi_square(pairs, kCount / 1024.0) < chi_square_limit(1023));
}

TEST_CASE("Neighbouring draws of uniform are not correlated") {
  constexpr std::uint32_t kCount = 200'000;
  double by_index = 0.0, by_entity = 0.0, by_step = 0.0;
  for (std::uint32_t n = 0; n < kCount; ++n) {
    by_index += (draws().uniform(n) - 0.5) * (draws().uniform(n + 1) - 0.5);
    by_entity += (draws(n).uniform() - 0.5) * (draws(n + 1).uniform() - 0.5);
    by_step +=
        (Draws(42, Purpose::kTest, n, 0).uniform() - 0.5) * (Draws(42, Purpose::kTest, n + 1, 0).uniform() - 0.5);
  }
  const double limit = 4.892 * std::sqrt(static_cast<double>(kCount)) / 12.0;  // one in 10⁶, both sides
  CHECK(std::fabs(by_index) < limit);
  CHECK(std::fabs(by_entity) < limit);
  CHECK(std::fabs(by_step) < limit);
}

TEST_CASE("below is uniform for bounds that do and do not divide 2^32") {
  for (const std::uint32_t bound : {1U, 2U, 7U, 100U}) {
    std::vector<int> counts(bound, 0);
    constexpr std::uint32_t kCount = 100'000;
    for (std::uint32_t n = 0; n < kCount; ++n) counts.at(draws(bound).below(bound, n)) += 1;
    if (bound > 1) CHECK(chi_square(counts, kCount / static_cast<double>(bound)) < chi_square_limit(bound - 1.0));
  }
  CHECK_THROWS_AS(draws().below(0), InternalError);
}

TEST_CASE("below is unbiased where plain multiplication favours every third value by two") {
  // Without rejection, bound = 3·2³⁰ would give the multiples of three twice the weight of the others.
  constexpr std::uint32_t kBound = 3U << 30;
  constexpr std::uint32_t kCount = 100'000;
  std::vector<int> counts(3, 0);
  for (std::uint32_t n = 0; n < kCount; ++n) {
    const std::uint32_t value = draws(3).below(kBound, n);
    REQUIRE(value < kBound);
    counts[value % 3] += 1;
  }
  CHECK(chi_square(counts, kCount / 3.0) < chi_square_limit(2));
}

TEST_CASE("below draws again until a value is accepted, also past one block") {
  // Bound 2³¹ + 1 rejects nearly half of all words, so one block in sixteen or so is used up.
  constexpr std::uint32_t kBound = 0x80000001U;
  constexpr std::uint32_t kCount = 20'000;
  std::vector<double> values;
  for (std::uint32_t n = 0; n < kCount; ++n) values.push_back(draws(4).below(kBound, n));
  CHECK(kolmogorov_distance(values, [](double x) { return x / kBound; }) < kolmogorov_limit(kCount));
  CHECK(draws(4).below(kBound, 5) == draws(4).below(kBound, 5));
}

TEST_CASE("normal follows the normal distribution") {
  constexpr std::uint32_t kCount = 200'000;
  std::vector<double> values;
  double mean = 0.0, square = 0.0, cube = 0.0, fourth = 0.0;
  for (std::uint32_t n = 0; n < kCount; ++n) {
    const double x = draws(5).normal(n);
    values.push_back(x);
    mean += x / kCount;
    square += x * x / kCount;
    cube += x * x * x / kCount;
    fourth += x * x * x * x / kCount;
  }
  const auto phi = [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); };
  CHECK(kolmogorov_distance(values, phi) < kolmogorov_limit(kCount));
  // Variances of the sample moments of a standard normal: 1/n, 2/n, 15/n, 96/n.
  const double deviations = 4.892 / std::sqrt(static_cast<double>(kCount));
  CHECK(std::fabs(mean) < deviations);
  CHECK(std::fabs(square - 1.0) < deviations * std::sqrt(2.0));
  CHECK(std::fabs(cube) < deviations * std::sqrt(15.0));
  CHECK(std::fabs(fourth - 3.0) < deviations * std::sqrt(96.0));
}

TEST_CASE("normal inverts the distribution function of its uniform draw") {
  double worst = 0.0;
  for (std::uint32_t n = 0; n < 100'000; ++n) {
    const double u = draws(6).uniform(n);
    const double x = draws(6).normal(n);
    const double tail = 0.5 * std::erfc(std::fabs(x) / std::sqrt(2.0));
    worst = std::max(worst, std::fabs(tail / std::min(u, 1.0 - u) - 1.0));
    REQUIRE((x < 0.0) == (u < 0.5));
  }
  CHECK(worst < 1e-14);
}

TEST_CASE("pareto starts at its minimum and has its tail") {
  constexpr std::uint32_t kCount = 100'000;
  std::vector<double> values;
  double log_mean = 0.0;
  for (std::uint32_t n = 0; n < kCount; ++n) {
    values.push_back(draws(7).pareto(2.0, 1.06, n));
    REQUIRE(values.back() >= 2.0);
    log_mean += std::log(values.back() / 2.0) / kCount;
  }
  CHECK(kolmogorov_distance(values, [](double x) { return 1.0 - std::pow(2.0 / x, 1.06); }) < kolmogorov_limit(kCount));
  // Hill's estimate: the mean log excess is 1/tail with standard error 1/(tail·√n).
  CHECK(std::fabs(log_mean * 1.06 - 1.0) < 4.892 / std::sqrt(static_cast<double>(kCount)));
  CHECK_THROWS_AS(draws().pareto(0.0, 1.0), InternalError);
  CHECK_THROWS_AS(draws().pareto(1.0, 0.0), InternalError);
}

TEST_CASE("Entity keys keep ISO codes apart from each other and from names") {
  std::set<std::uint32_t> keys;
  std::string code = "AAA";
  for (code[0] = 'A'; code[0] <= 'Z'; ++code[0]) {
    for (code[1] = 'A'; code[1] <= 'Z'; ++code[1]) {
      for (code[2] = 'A'; code[2] <= 'Z'; ++code[2]) keys.insert(entity_key(code));
    }
  }
  CHECK(keys.size() == 26U * 26U * 26U);
  CHECK(*keys.rbegin() < 46656U);
  CHECK(entity_key("USA") == (30U * 36U + 28U) * 36U + 10U);
  for (const char* text : {"clean_network", "gids", "EU", "usa", "US1", "", "ASEAN"}) {
    CHECK(entity_key(text) >= 0x80000000U);
  }
  CHECK(entity_key("foobar") == (0xbf9cf968U | 0x80000000U));  // FNV-1a's published test vector
  CHECK(entity_key("") == 0x811c9dc5U);
}
