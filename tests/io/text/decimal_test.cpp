#include "sim/io/text/decimal.hpp"

#include <clocale>
#include <cmath>
#include <string>

#include "tests/support/catch.hpp"

using splinternet::parse_decimal;

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
