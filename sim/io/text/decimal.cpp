#include "sim/io/text/decimal.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace splinternet {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes the digits at the front of `text`, and appends them to `digits`; returns how many there were.
std::size_t take_digits(std::string_view& text, std::string& digits) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  digits += text.substr(0, count);
  text.remove_prefix(count);
  return count;
}

/// The exponent at the front of `text` ("e-5"), 0 if there is none, nothing if it is malformed.
std::optional<long> take_exponent(std::string_view& text) {
  if (text.empty() || (text.front() != 'e' && text.front() != 'E')) return 0;
  text.remove_prefix(1);
  const bool negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  std::string digits;
  if (take_digits(text, digits) == 0) return std::nullopt;
  constexpr long kBeyondAnyDouble = 1'000'000;
  long value = 0;
  for (const char digit : digits) value = std::min(value * 10 + (digit - '0'), kBeyondAnyDouble);
  return negative ? -value : value;
}

}  // namespace

// `strtod` is correctly rounded in glibc and musl but expects the decimal point of the process's locale, so it is given
// none: "1.5" is read as "15e-1".
std::optional<double> parse_decimal(std::string_view text) {
  std::string plain;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    plain += text.front();
    text.remove_prefix(1);
  }
  const std::size_t whole_digits = take_digits(text, plain);
  std::size_t decimals = 0;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    decimals = take_digits(text, plain);
  }
  if (whole_digits + decimals == 0) return std::nullopt;
  const std::optional<long> exponent = take_exponent(text);
  if (!exponent || !text.empty()) return std::nullopt;
  plain += "e" + std::to_string(*exponent - static_cast<long>(decimals));
  return std::strtod(plain.c_str(), nullptr);
}

}  // namespace splinternet
