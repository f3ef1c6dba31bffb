#include "sim/core/number_text.hpp"

#include <limits>

#include "tests/support/catch.hpp"

using splinternet::number_text;

TEST_CASE("Numbers in messages have six digits at most, and no more than they need") {
  CHECK(number_text(0.25) == "0.25");
  CHECK(number_text(-3.0) == "-3");
  CHECK(number_text(1.0 / 3.0) == "0.333333");
  CHECK(number_text(1e-12) == "1e-12");
  CHECK(number_text(123456789.0) == "1.23457e+08");
  CHECK(number_text(std::numeric_limits<double>::infinity()) == "inf");
  CHECK(number_text(std::numeric_limits<double>::quiet_NaN()) == "nan");
}
