#include "sim/coalition/fraction.hpp"

#include <algorithm>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

namespace {

Uint128 greatest_common_divisor(Uint128 a, Uint128 b) {
  while (b != 0) {
    const Uint128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

std::string decimal(Uint128 number) {
  std::string digits;
  do {
    digits.push_back(static_cast<char>('0' + static_cast<int>(number % 10)));
    number /= 10;
  } while (number != 0);
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace

Fraction::Fraction(Uint128 numerator, Uint128 denominator) {
  SPLINTERNET_CHECK(denominator != 0);
  const Uint128 divisor = greatest_common_divisor(numerator, denominator);
  numerator_ = numerator / divisor;
  denominator_ = denominator / divisor;
}

double Fraction::value() const {
  return static_cast<double>(numerator_) / static_cast<double>(denominator_);
}

std::string Fraction::text() const {
  return denominator_ == 1 ? decimal(numerator_) : decimal(numerator_) + "/" + decimal(denominator_);
}

Uint128 factorial(std::size_t n) {
  SPLINTERNET_CHECK(n <= kLargestFactorial, n);
  Uint128 product = 1;
  for (std::size_t factor = 2; factor <= n; ++factor) product *= factor;
  return product;
}

Uint128 checked_product(Uint128 a, Uint128 b) {
  SPLINTERNET_CHECK(a == 0 || b <= ~Uint128{0} / a, decimal(a), decimal(b));
  return a * b;
}

Uint128 checked_sum(Uint128 a, Uint128 b) {
  SPLINTERNET_CHECK(b <= ~Uint128{0} - a, decimal(a), decimal(b));
  return a + b;
}

}  // namespace splinternet::coalition
