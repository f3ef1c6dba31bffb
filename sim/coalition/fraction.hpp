#pragma once

#include <cstddef>
#include <string>

namespace splinternet::coalition {

/// Counts of orders and coalitions: up to 34! and 2¹²⁷.
__extension__ typedef unsigned __int128 Uint128;

/// The largest n whose factorial fits into Uint128.
inline constexpr std::size_t kLargestFactorial = 34;

/// A rational number ≥ 0 in lowest terms.
class Fraction {
 public:
  /// 0/1.
  Fraction() = default;
  /// numerator/denominator, reduced. Throws InternalError if the denominator is 0.
  Fraction(Uint128 numerator, Uint128 denominator);

  [[nodiscard]] Uint128 numerator() const { return numerator_; }
  [[nodiscard]] Uint128 denominator() const { return denominator_; }
  /// The value as a double, within 2 ulp.
  [[nodiscard]] double value() const;
  /// "421/2145"; whole numbers without denominator.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const Fraction&, const Fraction&) = default;

 private:
  Uint128 numerator_ = 0;
  Uint128 denominator_ = 1;
};

/// n! for n ≤ kLargestFactorial, else InternalError.
Uint128 factorial(std::size_t n);

/// a·b and a + b; InternalError if the result does not fit.
Uint128 checked_product(Uint128 a, Uint128 b);
Uint128 checked_sum(Uint128 a, Uint128 b);

}  // namespace splinternet::coalition
