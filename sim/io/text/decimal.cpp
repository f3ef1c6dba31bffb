#include "sim/io/text/decimal.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace splinternet {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A decimal number taken apart: ±whole.decimals·10^exponent.
struct Decimal {
  bool is_negative = false;
  std::string_view whole, decimals;
  long exponent = 0;

  [[nodiscard]] std::size_t digits() const { return whole.size() + decimals.size(); }
  /// Power of ten by which the digits, read as one integer, are scaled.
  [[nodiscard]] long scale() const { return exponent - static_cast<long>(decimals.size()); }
};

/// Takes the sign at the front of `text`, if there is one; true for a minus.
bool take_sign(std::string_view& text) {
  if (text.empty() || (text.front() != '-' && text.front() != '+')) return false;
  const bool is_negative = text.front() == '-';
  text.remove_prefix(1);
  return is_negative;
}

std::string_view take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  const std::string_view digits = text.substr(0, count);
  text.remove_prefix(count);
  return digits;
}

/// The exponent at the front of `text` ("e-5"), 0 if there is none, nothing if it is malformed.
std::optional<long> take_exponent(std::string_view& text) {
  if (text.empty() || (text.front() != 'e' && text.front() != 'E')) return 0;
  text.remove_prefix(1);
  const bool is_negative = take_sign(text);
  const std::string_view digits = take_digits(text);
  if (digits.empty()) return std::nullopt;
  constexpr long kBeyondAnyDouble = 1'000'000;
  long value = 0;
  for (const char digit : digits) value = std::min(value * 10 + (digit - '0'), kBeyondAnyDouble);
  return is_negative ? -value : value;
}

std::optional<Decimal> take_apart(std::string_view text) {
  Decimal decimal;
  decimal.is_negative = take_sign(text);
  decimal.whole = take_digits(text);
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    decimal.decimals = take_digits(text);
  }
  if (decimal.digits() == 0) return std::nullopt;
  const std::optional<long> exponent = take_exponent(text);
  if (!exponent || !text.empty()) return std::nullopt;
  decimal.exponent = *exponent;
  return decimal;
}

/// The number where its digits and the power of ten are both exact as doubles, so that one product or quotient rounds
/// once (Clinger 1990, "How to read floating point numbers accurately", section 3); nothing elsewhere.
std::optional<double> read_short(const Decimal& decimal) {
  constexpr std::array<double, 23> kPowers{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                           1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  constexpr std::size_t kDigitsOfAWord = 19;
  constexpr std::uint64_t kLargestExact = std::uint64_t{1} << 53;
  constexpr long kLargestPower = static_cast<long>(kPowers.size()) - 1;
  const long scale = decimal.scale();
  if (decimal.digits() > kDigitsOfAWord || scale > kLargestPower || scale < -kLargestPower) return std::nullopt;
  std::uint64_t digits = 0;
  for (const char digit : decimal.whole) digits = digits * 10 + static_cast<std::uint64_t>(digit - '0');
  for (const char digit : decimal.decimals) digits = digits * 10 + static_cast<std::uint64_t>(digit - '0');
  if (digits > kLargestExact) return std::nullopt;
  const double whole = static_cast<double>(digits);
  const double power = kPowers[static_cast<std::size_t>(scale < 0 ? -scale : scale)];
  const double size = scale < 0 ? whole / power : whole * power;
  return decimal.is_negative ? -size : size;
}

/// `strtod` is correctly rounded in glibc and musl but expects the decimal point of the process's locale, so it is
/// given none: "1.5" is read as "15e-1".
double read_long(const Decimal& decimal) {
  std::string plain(decimal.is_negative ? "-" : "");
  plain += decimal.whole;
  plain += decimal.decimals;
  plain += "e" + std::to_string(decimal.scale());
  return std::strtod(plain.c_str(), nullptr);
}

}  // namespace

std::optional<double> parse_decimal(std::string_view text) {
  const std::optional<Decimal> decimal = take_apart(text);
  if (!decimal) return std::nullopt;
  if (const std::optional<double> value = read_short(*decimal)) return value;
  return read_long(*decimal);
}

}  // namespace splinternet
