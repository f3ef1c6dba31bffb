#include "sim/core/math.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/core/check.hpp"
#include "sim/core/vector_clones.hpp"

// Coefficients are near-minimax (Chebyshev interpolation of the stated function on the stated range in 300-bit
// arithmetic, then rounded to double). The shapes of exp and log are those of fdlibm, which keep the last rounding
// small.
namespace splinternet::math {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kSmallestNormal = std::numeric_limits<double>::min();
constexpr double kLargest = std::numeric_limits<double>::max();

constexpr double kInverseLn2 = 0x1.71547652b82fep+0;
constexpr double kLn2High = 0x1.62e42fefa3800p-1;  // 42 bits: times an 11-bit integer is exact
constexpr double kLn2Low = 0x1.ef35793c76730p-45;
constexpr double kShift = 0x1.8p52;  // added to |n| < 2^51, rounds to an integer and leaves it in the low bits

std::uint64_t to_bits(double x) {
  return __builtin_bit_cast(std::uint64_t, x);
}
double from_bits(std::uint64_t bits) {
  return __builtin_bit_cast(double, bits);
}

/// 2ⁿ from kShift + n, for −1022 ≤ n ≤ 1023: the low twelve bits hold n.
double power_of_two(double shifted) {
  return from_bits((to_bits(shifted) + 1023U) << 52);
}

/// eˣ = 2^k · fraction.
struct Power {
  double shifted_k;  ///< kShift + k
  double fraction;   ///< about √½ to √2
};

/// e^(x + tail) for |x| < 2000 and a tail far smaller than x; free of branches, so that loops of it vectorise.
inline Power exp_parts(double x, double tail) {
  const double shifted = x * kInverseLn2 + kShift;
  const double k = shifted - kShift;
  const double high = x - k * kLn2High;
  const double low = k * kLn2Low - tail;
  const double r = high - low;
  const double z = r * r;
  // (r(eʳ+1)/(eʳ−1) − 2)/r² in z = r², |r| ≤ ln(2)/2
  const double p = 0x1.63f123c24a857p-25;
  const double upper = ((p * z - 0x1.bbd52fec5a3ebp-20) * z + 0x1.1566ab5b82902p-14) * z - 0x1.6c16c16c0aa83p-9;
  const double c = r - (upper * z + 0x1.5555555555553p-3) * z;
  return {shifted, 1.0 - ((low - r * c / (2.0 - c)) - high)};
}

/// True where 2^k and eˣ are normal numbers: a product with one power of two gives eˣ.
inline bool has_normal_exp(double x) {
  return std::fabs(x) <= 708.0;
}

inline double exp_kernel(double x, double tail) {
  const Power power = exp_parts(x, tail);
  return power.fraction * power_of_two(power.shifted_k);
}

/// e^(x + tail) for any x. Near the ends 2^k itself may be out of range: two factors, of which only the second rounds.
double exp_of_special(double x, double tail) {
  if (x != x) return x;
  if (x > 710.0) return kInfinity;
  if (x < -746.0) return 0.0;
  const Power power = exp_parts(x, tail);
  const double k = power.shifted_k - kShift;
  const double half_shifted = k * 0.5 + kShift;
  const double rest_shifted = (k - (half_shifted - kShift)) + kShift;
  return power.fraction * power_of_two(half_shifted) * power_of_two(rest_shifted);
}

double exp_with_tail(double x, double tail) {
  return has_normal_exp(x) ? exp_kernel(x, tail) : exp_of_special(x, tail);
}

/// x = 2^exponent · mantissa, mantissa in [√½, √2), for a normal positive x.
struct Split {
  double exponent;
  double mantissa;
};

inline Split split(double x) {
  constexpr std::uint64_t kSqrtHalfBits = 0x3fe6a09e667f3bcdU;
  constexpr std::uint64_t kOneBits = 0x3ff0000000000000U;
  const std::uint64_t biased = (to_bits(x) + (kOneBits - kSqrtHalfBits)) >> 52;
  const double mantissa = from_bits(to_bits(x) - ((biased - 1023U) << 52));
  const double exponent = from_bits(biased | 0x4330000000000000U) - (0x1p52 + 1023.0);
  return {exponent, mantissa};
}

/// log x for a normal positive x; free of branches. `shift` is added to the exponent.
inline double log_kernel(double x, double shift) {
  const Split parts = split(x);
  const double k = parts.exponent + shift;
  const double f = parts.mantissa - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  // log((1+s)/(1−s))/s − 2 in z = s², |s| ≤ (√2−1)/(√2+1)
  const double p = 0x1.2b59b713616c9p-3;
  const double high = ((p * z + 0x1.39fe42e9740a7p-3) * z + 0x1.7462b58e46ebep-3) * z + 0x1.c71c62e26208bp-3;
  const double r = (((high * z + 0x1.2492492df3ba9p-2) * z + 0x1.99999999952ccp-2) * z + 0x1.5555555555558p-1) * z;
  const double half_square = 0.5 * f * f;
  return k * kLn2High - ((half_square - (s * (half_square + r) + k * kLn2Low)) - f);
}

/// Positive, normal and finite, asked of the bits: one comparison for both ends.
inline bool is_positive_normal(double x) {
  constexpr std::uint64_t kSmallestNormalBits = 0x0010000000000000U;
  constexpr std::uint64_t kInfinityBits = 0x7ff0000000000000U;
  return to_bits(x) - kSmallestNormalBits < kInfinityBits - kSmallestNormalBits;
}

double log_of_special(double x) {
  if (x == 0.0) return -kInfinity;
  if (!(x > 0.0)) return kNan;
  if (x > kLargest) return kInfinity;
  return log_kernel(x * 0x1p54, -54.0);
}

/// An unevaluated sum high + low with |low| ≤ half an ulp of high (Dekker 1971).
struct Pair {
  double high;
  double low;
};

Pair two_sum(double a, double b) {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// Exact a·b by Veltkamp's splitting, no fused multiply-add needed; |a|, |b| < 2^970.
Pair two_product(double a, double b) {
  constexpr double kSplitter = 0x1p27 + 1.0;
  const double a_big = kSplitter * a;
  const double a_high = a_big - (a_big - a);
  const double a_low = a - a_high;
  const double b_big = kSplitter * b;
  const double b_high = b_big - (b_big - b);
  const double b_low = b - b_high;
  const double product = a * b;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

Pair multiply(Pair a, Pair b) {
  const Pair product = two_product(a.high, b.high);
  return two_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

/// log x with a relative error near 2⁻⁶⁵, for finite x > 0: 2s(1 + s²/3 + s⁴/5 + …) with s = (m−1)/(m+1).
Pair log_in_two(double x) {
  const bool subnormal = x < kSmallestNormal;
  const Split parts = split(subnormal ? x * 0x1p54 : x);
  const double k = parts.exponent - (subnormal ? 54.0 : 0.0);
  const double f = parts.mantissa - 1.0;
  const Pair g = two_sum(parts.mantissa, 1.0);
  const double ratio = f / g.high;
  const Pair back = two_product(ratio, g.high);
  const Pair s = two_sum(ratio, (((f - back.high) - back.low) - ratio * g.low) / g.high);
  const Pair z = multiply(s, s);
  double series = 1.0 / 29.0;  // z¹³/29 < 2⁻⁷⁰ is the first term left out
  for (int odd = 27; odd >= 5; odd -= 2) series = series * z.high + 1.0 / odd;
  constexpr Pair kThird = {1.0 / 3.0, 0x1.5555555555555p-56};
  Pair bracket = two_sum(kThird.high, series * z.high);
  bracket.low += kThird.low;
  const Pair tail = multiply(multiply(z, bracket), s);
  const Pair half_log = two_sum(s.high, tail.high);
  const Pair total = two_sum(k * kLn2High, 2.0 * half_log.high);
  return two_sum(total.high, total.low + (2.0 * (half_log.low + s.low + tail.low) + k * kLn2Low));
}

/// xʸ where x or y is 0, infinite or NaN, as IEEE 754 pow for x ≥ 0; x < 0 gives NaN.
double pow_of_special(double x, double y) {
  if (y == 0.0 || x == 1.0) return 1.0;
  if (!(x >= 0.0) || y != y) return kNan;
  if (x == 0.0 || x > kLargest) return (x == 0.0) == (y > 0.0) ? 0.0 : kInfinity;
  return (x > 1.0) == (y > 0.0) ? kInfinity : 0.0;
}

/// sin r and cos r for |r| ≤ π/4.
double sin_kernel(double r) {
  const double z = r * r;
  const double p = 0x1.5e098556d302ep-33;
  const double high = ((p * z - 0x1.ae60069e53ef1p-26) * z + 0x1.71de379252004p-19) * z - 0x1.a01a019e80693p-13;
  return r + r * z * ((high * z + 0x1.1111111110ba5p-7) * z - 0x1.5555555555555p-3);
}

double cos_kernel(double r) {
  const double z = r * r;
  const double p = -0x1.907c0e63adb5ep-37;
  const double high = ((p * z + 0x1.1eeb66b683027p-29) * z - 0x1.27e4fa15bd814p-22) * z + 0x1.a01a019f4d0edp-16;
  return (1.0 - 0.5 * z) + z * z * ((high * z - 0x1.6c16c16c16960p-10) * z + 0x1.5555555555555p-5);
}

/// sin(x + quarter_turns·π/2): x less the nearest multiple of π/2 (in three parts), then one of four kernels.
double sin_of_quarter(double x, int quarter_turns) {
  SPLINTERNET_CHECK(std::fabs(x) <= 16.0, x);
  const double k = (x * 0x1.45f306dc9c883p-1 + kShift) - kShift;
  const double r = ((x - k * 0x1.921fb54443000p+0) + k * 0x1.73dcb3b399c00p-43) + k * 0x1.747f23e32ed70p-87;
  const int quadrant = (static_cast<int>(k) + quarter_turns) & 3;
  const double size = (quadrant & 1) == 0 ? sin_kernel(r) : cos_kernel(r);
  return quadrant >= 2 ? -size : size;
}

/// asin x − x for |x| ≤ ½.
double asin_excess(double x) {
  constexpr double kCoefficients[] = {
      0x1.5555555555556p-3, 0x1.3333333332ecap-4,  0x1.6db6db6e31f13p-5, 0x1.f1c71c1db0623p-6, 0x1.6e8bb1c8209a2p-6,
      0x1.1c4d35cf95421p-6, 0x1.c9cf07674736ap-7,  0x1.782651caa6547p-7, 0x1.52420b04b37bep-7, 0x1.65a9c4dfcf8b2p-8,
      0x1.1d189408314eep-6, -0x1.e6aaa8a0a04ccp-7, 0x1.d72b2bc8155f8p-6};
  const double z = x * x;
  double sum = 0.0;
  for (std::size_t n = std::size(kCoefficients); n-- > 0;) sum = sum * z + kCoefficients[n];
  return x * z * sum;
}

/// to[n] = exp(from[n]) for n < count, where has_normal_exp; returns whether that is so for all.
SPLINTERNET_VECTOR_CLONES bool exp_ordinary(const double* __restrict from, std::size_t count, double* __restrict to) {
  for (std::size_t n = 0; n < count; ++n) to[n] = exp_kernel(from[n], 0.0);
  std::size_t ordinary = 0;
  for (std::size_t n = 0; n < count; ++n) ordinary += has_normal_exp(from[n]) ? 1U : 0U;
  return ordinary == count;
}

/// to[n] = log(from[n]) for n < count, where is_positive_normal; returns whether that is so for all.
SPLINTERNET_VECTOR_CLONES bool log_ordinary(const double* __restrict from, std::size_t count, double* __restrict to) {
  for (std::size_t n = 0; n < count; ++n) to[n] = log_kernel(from[n], 0.0);
  std::size_t ordinary = 0;
  for (std::size_t n = 0; n < count; ++n) ordinary += is_positive_normal(from[n]) ? 1U : 0U;
  return ordinary == count;
}

/// out[n] = function(in[n]), which `ordinary` computes for blocks of ordinary values. By blocks that fit the
/// first-level cache: `in` may be `out`.
template <class Ordinary, class Function>
void map(std::span<const double> in, std::span<double> out, Ordinary ordinary, Function function) {
  SPLINTERNET_CHECK(in.size() == out.size(), in.size(), out.size());
  constexpr std::size_t kBlock = 256;
  double from[kBlock];
  for (std::size_t begin = 0; begin < in.size(); begin += kBlock) {
    const std::size_t count = std::min(kBlock, in.size() - begin);
    double* const to = out.data() + begin;
    std::copy_n(in.data() + begin, count, from);
    if (ordinary(from, count, to)) continue;
    for (std::size_t n = 0; n < count; ++n) to[n] = function(from[n]);
  }
}

}  // namespace

double exp(double x) {
  return exp_with_tail(x, 0.0);
}

double expm1(double x) {
  return is_small(x) ? expm1_small(x) : exp(x) - 1.0;
}

double log(double x) {
  return is_positive_normal(x) ? log_kernel(x, 0.0) : log_of_special(x);
}

double pow(double x, double y) {
  const bool ordinary = x > 0.0 && x <= kLargest && std::fabs(y) <= kLargest;
  if (!ordinary || x == 1.0 || y == 0.0) return pow_of_special(x, y);
  const Pair log_x = log_in_two(x);
  // Far outside the exponents' range only the sign matters, and the exact product could overflow.
  if (!(std::fabs(y * log_x.high) < 800.0)) return exp(y * log_x.high);
  const Pair product = two_product(y, log_x.high);
  return exp_with_tail(product.high, product.low + y * log_x.low);
}

double logistic(double x) {
  const double e = exp(-std::fabs(x));
  return (x < 0.0 ? e : 1.0) / (1.0 + e);
}

double sin(double x) {
  return sin_of_quarter(x, 0);
}

double cos(double x) {
  return sin_of_quarter(x, 1);
}

double asin(double x) {
  const double size = std::fabs(x);
  if (!(size <= 1.0)) return kNan;
  if (size <= 0.5) return x + asin_excess(x);
  constexpr Pair kHalfPi = {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};
  // π/2 − 2 asin s, the large terms first and their rounding kept
  const double s = std::sqrt(0.5 * (1.0 - size));
  const Pair rest = two_sum(kHalfPi.high, -2.0 * s);
  const double angle = rest.high - (2.0 * asin_excess(s) - (rest.low + kHalfPi.low));
  return x < 0.0 ? -angle : angle;
}

void exp(std::span<const double> in, std::span<double> out) {
  map(in, out, exp_ordinary, [](double x) { return exp(x); });
}

void log(std::span<const double> in, std::span<double> out) {
  map(in, out, log_ordinary, [](double x) { return log(x); });
}

}  // namespace splinternet::math
