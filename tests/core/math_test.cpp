#include "sim/core/math.hpp"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kLeast = std::numeric_limits<double>::denorm_min();
constexpr double kSmallestNormal = std::numeric_limits<double>::min();
constexpr double kLargest = std::numeric_limits<double>::max();

/// Where long double is no wider than double, the oracle is itself off by up to one ulp.
constexpr double kOracleUlps = LDBL_MANT_DIG >= 64 ? 0.0 : 1.0;

Draws draws(std::uint32_t stream) {
  return {20200801, Purpose::kTest, stream, 0};
}

std::uint64_t bits_of(double x) {
  return __builtin_bit_cast(std::uint64_t, x);
}
double double_of(std::uint64_t bits) {
  return __builtin_bit_cast(double, bits);
}

/// |found − exact| in units of the last place that a double near `exact` has (2⁻¹⁰⁷⁴ among subnormals).
double ulps_off(double found, long double exact) {
  if (std::isinf(found) && exact > static_cast<long double>(kLargest)) return 0.0;
  int exponent = 0;
  std::frexp(exact, &exponent);
  return static_cast<double>(std::fabs(found - exact) / std::ldexp(1.0L, std::max(exponent - 53, -1074)));
}

/// Largest error in ulps of function(x) against oracle(x) over `count` points drawn by point(n).
template <class Function, class Oracle, class Point>
double worst_ulps(std::uint32_t count, Function function, Oracle oracle, Point point) {
  double worst = 0.0;
  for (std::uint32_t n = 0; n < count; ++n) {
    const double x = point(n);
    worst = std::max(worst, ulps_off(function(x), oracle(static_cast<long double>(x))));
  }
  return worst;
}

long double exact_exp(long double x) {
  return std::exp(x);
}
long double exact_log(long double x) {
  return std::log(x);
}
double own_exp(double x) {
  return math::exp(x);
}
double own_log(double x) {
  return math::log(x);
}

/// Arguments of every kind: the full range of bit patterns, and the range in which exp is neither 0 nor infinite.
std::vector<double> mixed_arguments(std::uint32_t count) {
  std::vector<double> values = {
      0.0,      -0.0,      1.0,   -1.0,   kInfinity,        -kInfinity,       kNan,   kLeast, -kLeast, kSmallestNormal,
      kLargest, -kLargest, 708.0, -708.0, 709.782712893384, 709.782712893385, -745.2, 746.0};
  for (std::uint32_t n = 0; n < count; ++n) {
    values.push_back(double_of(draws(10).bits(n)));
    values.push_back((draws(11).uniform(n) - 0.5) * 1600.0);
    values.push_back(draws(12).uniform(n) * 2.0);
  }
  return values;
}

/// Equal bits, or both NaN.
bool same(double a, double b) {
  return bits_of(a) == bits_of(b) || (a != a && b != b);
}

}  // namespace

TEST_CASE("exp is within one ulp over its whole range") {
  const double bound = 1.0 + kOracleUlps;
  // From the smallest subnormal result to the largest finite one.
  CHECK(worst_ulps(1'000'000, own_exp, exact_exp,
                   [](std::uint32_t n) { return -745.13 + draws(1).uniform(n) * (745.13 + 709.78); }) < bound);
  CHECK(worst_ulps(300'000, own_exp, exact_exp, [](std::uint32_t n) { return -745.2 + draws(2).uniform(n) * 37.3; }) <
        bound);
  CHECK(worst_ulps(200'000, own_exp, exact_exp, [](std::uint32_t n) {
          return std::ldexp(draws(3).uniform(n) - 0.5, -static_cast<int>(n % 60));
        }) < bound);
  // Half-way between multiples of ln 2, where the reduced argument is largest.
  CHECK(worst_ulps(200'000, own_exp, exact_exp, [](std::uint32_t n) {
          const double multiple = static_cast<double>(draws(4).below(2000, n)) - 1000.0;
          return (multiple + 0.5 + 1e-9 * draws(5).uniform(n)) * 0.6931471805599453;
        }) < bound);
}

TEST_CASE("exp keeps to IEEE 754 at the ends") {
  CHECK(math::exp(0.0) == 1.0);
  CHECK(math::exp(-0.0) == 1.0);
  CHECK(math::exp(kLeast) == 1.0);
  CHECK(math::exp(kInfinity) == kInfinity);
  CHECK(math::exp(kLargest) == kInfinity);
  CHECK(math::exp(-kInfinity) == 0.0);
  CHECK(math::exp(-kLargest) == 0.0);
  CHECK(math::exp(709.782712893384) < kInfinity);
  CHECK(math::exp(709.782712893385) == kInfinity);
  CHECK(math::exp(-745.133219101941) == kLeast);
  CHECK(math::exp(-745.2) == 0.0);
  CHECK(std::isnan(math::exp(kNan)));
}

TEST_CASE("exp does not fall when its argument rises by the smallest step") {
  for (std::uint32_t n = 0; n < 100'000; ++n) {
    const double x = (draws(6).uniform(n) - 0.5) * 1400.0;
    const double above = std::nextafter(x, kInfinity);
    REQUIRE(math::exp(above) >= math::exp(x) * (1.0 - 2.3e-16));
  }
}

TEST_CASE("log is within one ulp over its whole range") {
  const double bound = 1.0 + kOracleUlps;
  const std::uint64_t infinity_bits = bits_of(kInfinity);
  CHECK(worst_ulps(1'000'000, own_log, exact_log,
                   [=](std::uint32_t n) { return double_of(1 + draws(1).bits(n) % (infinity_bits - 1)); }) < bound);
  CHECK(worst_ulps(200'000, own_log, exact_log, [](std::uint32_t n) {
          return double_of(1 + (draws(2).bits(n) >> (12 + n % 50)));  // subnormals of every length
        }) < bound);
  CHECK(worst_ulps(400'000, own_log, exact_log, [](std::uint32_t n) { return 0.5 + 1.5 * draws(3).uniform(n); }) <
        bound);
  CHECK(worst_ulps(300'000, own_log, exact_log, [](std::uint32_t n) {
          return 1.0 + std::ldexp(draws(4).uniform(n) - 0.5, -static_cast<int>(n % 52));
        }) < bound);
}

TEST_CASE("log keeps to IEEE 754 at the ends") {
  CHECK(math::log(0.0) == -kInfinity);
  CHECK(math::log(-0.0) == -kInfinity);
  CHECK(bits_of(math::log(1.0)) == bits_of(0.0));
  CHECK(math::log(kInfinity) == kInfinity);
  CHECK(std::isnan(math::log(-1.0)));
  CHECK(std::isnan(math::log(-kLeast)));
  CHECK(std::isnan(math::log(-kInfinity)));
  CHECK(std::isnan(math::log(kNan)));
  CHECK(ulps_off(math::log(kLeast), exact_log(static_cast<long double>(kLeast))) < 1.0 + kOracleUlps);
  CHECK(ulps_off(math::log(kLargest), exact_log(static_cast<long double>(kLargest))) < 1.0 + kOracleUlps);
}

TEST_CASE("expm1 is within one ulp where it is small, and one less than exp elsewhere") {
  const auto own = [](double x) { return math::expm1(x); };
  const auto exact = [](long double x) { return std::expm1(x); };
  const double bound = 1.0 + kOracleUlps;
  CHECK(worst_ulps(300'000, own, exact, [](std::uint32_t n) { return (draws(1).uniform(n) - 0.5) / 4.0; }) < bound);
  CHECK(worst_ulps(300'000, own, exact, [](std::uint32_t n) {
          return std::ldexp(draws(3).uniform(n) - 0.5, -2 - static_cast<int>(n % 1000));
        }) < bound);
  CHECK(math::expm1(0.0) == 0.0);
  CHECK(math::expm1(0x1.0000000000001p-3) == math::exp(0x1.0000000000001p-3) - 1.0);
  CHECK(math::expm1(-0.125) == math::expm1_small(-0.125));
  CHECK(math::expm1(-3.0) == math::exp(-3.0) - 1.0);
  CHECK(math::expm1(kInfinity) == kInfinity);
  CHECK(math::expm1(-kInfinity) == -1.0);
  CHECK(std::isnan(math::expm1(kNan)));
}

TEST_CASE("The vector forms of exp and log give the bits of the scalar forms") {
  const std::vector<double> in = mixed_arguments(30'000);
  std::vector<double> out(in.size());
  math::exp(in, out);
  for (std::size_t n = 0; n < in.size(); ++n) REQUIRE(same(out[n], math::exp(in[n])));
  math::log(in, out);
  for (std::size_t n = 0; n < in.size(); ++n) REQUIRE(same(out[n], math::log(in[n])));
}

TEST_CASE("The vector forms take any length and may work in place") {
  const std::vector<double> in = mixed_arguments(200);
  for (const std::size_t length : {0U, 1U, 2U, 3U, 255U, 256U, 257U, 513U}) {
    std::vector<double> values(in.begin(), in.begin() + static_cast<std::ptrdiff_t>(length));
    math::exp(values, values);
    for (std::size_t n = 0; n < length; ++n) REQUIRE(same(values[n], math::exp(in[n])));
  }
  std::vector<double> shorter(3);
  CHECK_THROWS_AS(math::exp(in, shorter), InternalError);
  CHECK_THROWS_AS(math::log(in, shorter), InternalError);
}

TEST_CASE("pow is within two ulps over its whole range") {
  double worst = 0.0;
  for (std::uint32_t n = 0; n < 1'000'000; ++n) {
    // x of any size, subnormals included; y such that the result spans the whole range.
    const double x = double_of(1 + draws(1).bits(n) % (bits_of(kInfinity) - 1));
    const double y = (draws(2).uniform(n) - 0.5) * 1480.0 / std::fabs(std::log(x));
    const long double exact = std::pow(static_cast<long double>(x), static_cast<long double>(y));
    worst = std::max(worst, ulps_off(math::pow(x, y), exact));
  }
  for (std::uint32_t n = 0; n < 300'000; ++n) {  // bases near 1 with large powers
    const double x = 1.0 + std::ldexp(draws(3).uniform(n) - 0.5, -static_cast<int>(n % 50));
    if (x == 1.0) continue;
    const double y = (draws(4).uniform(n) - 0.5) * 1400.0 / std::fabs(std::log(x));
    const long double exact = std::pow(static_cast<long double>(x), static_cast<long double>(y));
    worst = std::max(worst, ulps_off(math::pow(x, y), exact));
  }
  CHECK(worst < 2.0 + kOracleUlps);
}

TEST_CASE("pow is exact for powers of two and keeps to IEEE 754 at the ends") {
  for (int n = -1074; n < 1024; ++n) REQUIRE(math::pow(2.0, n) == std::ldexp(1.0, n));
  for (const double y : {0.0, -0.0}) {
    for (const double x : {0.0, 1.0, 2.0, kInfinity, kNan}) CHECK(math::pow(x, y) == 1.0);
  }
  for (const double y : {-kInfinity, -1.0, 0.0, 1e300, kInfinity, kNan}) CHECK(math::pow(1.0, y) == 1.0);
  CHECK(math::pow(0.0, 0.5) == 0.0);
  CHECK(math::pow(0.0, kInfinity) == 0.0);
  CHECK(math::pow(0.0, -0.5) == kInfinity);
  CHECK(math::pow(kInfinity, 0.5) == kInfinity);
  CHECK(math::pow(kInfinity, -0.5) == 0.0);
  CHECK(math::pow(2.0, kInfinity) == kInfinity);
  CHECK(math::pow(2.0, -kInfinity) == 0.0);
  CHECK(math::pow(0.5, kInfinity) == 0.0);
  CHECK(math::pow(0.5, -kInfinity) == kInfinity);
  CHECK(math::pow(1.5, 1e300) == kInfinity);
  CHECK(math::pow(1.5, -1e300) == 0.0);
  CHECK(math::pow(1.0 + DBL_EPSILON, 1e30) == kInfinity);
  CHECK(math::pow(10.0, 309.0) == kInfinity);
  CHECK(math::pow(10.0, -324.0) == 0.0);
  CHECK(math::pow(10.0, kLeast) == 1.0);
  CHECK(std::isnan(math::pow(-2.0, 2.0)));
  CHECK(std::isnan(math::pow(kNan, 1.0)));
  CHECK(std::isnan(math::pow(2.0, kNan)));
}

TEST_CASE("logistic is accurate, symmetric and never overflows") {
  for (std::uint32_t n = 0; n < 100'000; ++n) {
    const double x = (draws(1).uniform(n) - 0.5) * 80.0;
    const double exact = static_cast<double>(1.0L / (1.0L + std::exp(-static_cast<long double>(x))));
    REQUIRE(std::fabs(math::logistic(x) - exact) <= 1e-15 * exact);
    REQUIRE(std::fabs(math::logistic(x) + math::logistic(-x) - 1.0) <= 4e-16);
  }
  CHECK(math::logistic(0.0) == 0.5);
  CHECK(math::logistic(kInfinity) == 1.0);
  CHECK(math::logistic(-kInfinity) == 0.0);
  CHECK(math::logistic(1e308) == 1.0);
  CHECK(std::isnan(math::logistic(kNan)));
}

TEST_CASE("sin and cos are within 2 ulp of 1 up to 16 radians, and refuse more") {
  double worst = 0.0;
  for (std::uint32_t n = 0; n < 500'000; ++n) {
    const double x = (draws(1).uniform(n) - 0.5) * 32.0;
    const long double exact = x;
    worst = std::max(worst, static_cast<double>(std::fabs(math::sin(x) - std::sin(exact))));
    worst = std::max(worst, static_cast<double>(std::fabs(math::cos(x) - std::cos(exact))));
  }
  CHECK(worst < 2.0 * DBL_EPSILON);
  CHECK(math::sin(0.0) == 0.0);
  CHECK(math::cos(0.0) == 1.0);
  CHECK(std::fabs(math::sin(16.0) - -0.28790331666506530) < 2.0 * DBL_EPSILON);
  CHECK_THROWS_AS(math::sin(16.1), InternalError);
  CHECK_THROWS_AS(math::cos(-16.1), InternalError);
  CHECK_THROWS_AS(math::sin(kNan), InternalError);
}

TEST_CASE("asin is within 2 ulp and NaN outside its range") {
  const auto own = [](double x) { return math::asin(x); };
  const auto exact = [](long double x) { return std::asin(x); };
  CHECK(worst_ulps(500'000, own, exact, [](std::uint32_t n) { return 2.0 * draws(1).uniform(n) - 1.0; }) <
        2.0 + kOracleUlps);
  CHECK(worst_ulps(100'000, own, exact, [](std::uint32_t n) {
          return 1.0 - std::ldexp(draws(2).uniform(n), -static_cast<int>(n % 50));
        }) < 2.0 + kOracleUlps);
  CHECK(math::asin(0.0) == 0.0);
  CHECK(math::asin(1.0) == 0x1.921fb54442d18p+0);
  CHECK(math::asin(-1.0) == -0x1.921fb54442d18p+0);
  CHECK(std::isnan(math::asin(1.0 + DBL_EPSILON)));
  CHECK(std::isnan(math::asin(kNan)));
}

TEST_CASE("A sample of results has the bits found on the first machine") {
  // A change of compiler, flags or CPU that moved one bit would move the digest of every run.
  std::uint64_t mixed = 0;
  const auto mix = [&mixed](double value) { mixed = (mixed ^ bits_of(value)) * 0x9E3779B97F4A7C15U + 1; };
  for (std::uint32_t n = 0; n < 20'000; ++n) {
    const double u = draws(7).uniform(n);
    mix(math::exp(1400.0 * (u - 0.5)));
    mix(math::log(u));
    mix(math::pow(u, 40.0 * (u - 0.5)));
    mix(math::sin(32.0 * (u - 0.5)));
    mix(math::cos(32.0 * (u - 0.5)));
    mix(math::asin(2.0 * u - 1.0));
  }
  CHECK(mixed == 8607037069175421602U);
}
