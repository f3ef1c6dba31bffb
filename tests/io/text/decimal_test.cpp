#include "sim/io/text/decimal.hpp"

#include <clocale>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

TEST_CASE("Decimal numbers are read to the nearest double") {
  CHECK(parse_decimal("0.1") == 0.1);
  CHECK(parse_decimal("-1.5") == -1.5);
  CHECK(parse_decimal("+2e3") == 2000.0);
  CHECK(parse_decimal(".5") == 0.5);
  CHECK(parse_decimal("7.") == 7.0);
  CHECK(parse_decimal("25900.20064") == 25900.20064);
  CHECK(parse_decimal("123456789012345678901234567890E-10") == 12345678901234567890.123456789);
  CHECK(parse_decimal("1e-400") == 0.0);
  CHECK(std::isinf(parse_decimal("1e400").value()));
}

TEST_CASE("Short numbers are read as the C library reads them, bit for bit") {
  for (std::uint32_t round = 0; round < 20000; ++round) {
    const Draws draws(3, Purpose::kTest, 0, round);
    std::string text = std::to_string(draws.bits(0) >> draws.below(64, 1));
    if (draws.below(4, 2) != 0) text.insert(draws.below(static_cast<std::uint32_t>(text.size()) + 1, 3), ".");
    if (draws.below(2, 4) != 0) text += "e" + std::to_string(static_cast<int>(draws.below(61, 5)) - 30);
    if (draws.below(2, 6) != 0) text.insert(0, "-");
    INFO(text);
    CHECK(__builtin_bit_cast(std::uint64_t, parse_decimal(text).value()) ==
          __builtin_bit_cast(std::uint64_t, std::strtod(text.c_str(), nullptr)));
  }
}

TEST_CASE("Digits and powers of ten at the edge of what doubles hold exactly are rounded once") {
  CHECK(parse_decimal("9007199254740992") == 9007199254740992.0);
  CHECK(parse_decimal("9007199254740993") == 9007199254740992.0);  // tie to even
  CHECK(parse_decimal("9007199254740995e22") == 9007199254740995e22);
  CHECK(parse_decimal("9007199254740991e-22") == 9007199254740991e-22);
  CHECK(parse_decimal("9007199254740991e23") == 9007199254740991e23);
  CHECK(parse_decimal("00000000000000000000000001.5") == 1.5);
  CHECK(parse_decimal("99999999999999999999999999.5") == 1e26);
  CHECK(std::signbit(parse_decimal("-0.0").value()));
}

TEST_CASE("What is no decimal number gives nothing") {
  for (const char* text : {"", ".", "-", "e5", "1e", "1e+", "1.2.3", "0x10", "nan", "inf", " 1", "1 ", "1,5", "--1"}) {
    INFO('[' << text << ']');
    CHECK_FALSE(parse_decimal(text).has_value());
  }
}

TEST_CASE("The point is a point in every locale") {
  const std::string before = std::setlocale(LC_NUMERIC, nullptr);
  for (const char* locale : {"de_DE.UTF-8", "C"}) {
    if (std::setlocale(LC_NUMERIC, locale) == nullptr) continue;
    CHECK(parse_decimal("1.5") == 1.5);
  }
  std::setlocale(LC_NUMERIC, before.c_str());
}
