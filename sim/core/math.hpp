#pragma once

#include <span>

/// Elementary functions made of + − × ÷ and bit moves only, so that results do not depend on libm, compiler or CPU
/// (all translation units are compiled with -ffp-contract=off). exp and log are within 1 ulp of the true value.
namespace splinternet::math {

/// eˣ; overflow gives +inf, underflow passes through subnormals to 0, NaN stays NaN.
double exp(double x);
/// eˣ − 1: within 1 ulp for |x| ≤ 1/8, exactly 0 at 0; beyond, 1 less than exp(x).
double expm1(double x);
/// The same for |x| ≤ 1/8 only, free of branches, so that loops of it vectorise; half the work of exp.
inline double expm1_small(double x) {
  // (eˣ − 1 − x)/x², near-minimax
  double p = 0x1.71f9218da2e29p-19;
  p = p * x + 0x1.a03effca19d70p-16;
  p = p * x + 0x1.a01a00930ee10p-13;
  p = p * x + 0x1.6c16bffa2459dp-10;
  p = p * x + 0x1.11111111146e0p-7;
  p = p * x + 0x1.555555555e951p-5;
  p = p * x + 0x1.5555555555555p-3;
  p = p * x + 0x1.ffffffffffffep-2;
  return x + (x * x) * p;
}
/// Whether expm1_small holds.
inline bool is_small(double x) {
  return __builtin_fabs(x) <= 0.125;
}
/// Natural logarithm; log(0) = −inf, negative x and NaN give NaN.
double log(double x);
/// xʸ for x ≥ 0 as exp(y·log x) with the log in double-double, within 2 ulp; pow(x, 0) = 1, pow(0, y>0) = 0. Negative x
/// gives NaN.
double pow(double x, double y);
/// 1/(1+e^{−x}) without overflow at either end.
double logistic(double x);
/// Sine and cosine of an angle in radians, |x| ≤ 16 (else InternalError); within 2 ulp of 1 absolutely.
double sin(double x);
double cos(double x);
/// Arc sine on [−1, 1] in radians, within 2 ulp; NaN outside.
double asin(double x);

/// out[n] = exp(in[n]), bit for bit the scalar function, in a form the compiler vectorises. The spans may be the same.
void exp(std::span<const double> in, std::span<double> out);
/// out[n] = log(in[n]), bit for bit the scalar function.
void log(std::span<const double> in, std::span<double> out);

}  // namespace splinternet::math
