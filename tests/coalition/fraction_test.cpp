#include "sim/coalition/fraction.hpp"

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;

TEST_CASE("fractions are kept in lowest terms") {
  CHECK(Fraction(842, 4290) == Fraction(421, 2145));
  CHECK(Fraction(842, 4290).text() == "421/2145");
  CHECK(Fraction(0, 7) == Fraction());
  CHECK(Fraction(0, 7).text() == "0");
  CHECK(Fraction(6, 3).text() == "2");
  CHECK_FALSE(Fraction(1, 3) == Fraction(1, 2));
  CHECK(Fraction(421, 2145).value() == near(0.19627039627039627, 1e-15));
}

TEST_CASE("fractions of factorials are exact up to 34!") {
  CHECK(Fraction(factorial(34), factorial(33)) == Fraction(34, 1));
  CHECK(Fraction(factorial(34), 1).text() == "295232799039604140847618609643520000000");
  CHECK(Fraction(1, factorial(20)).denominator() == Uint128{2432902008176640000});
  CHECK(factorial(0) == 1);
  CHECK_THROWS_AS(factorial(35), InternalError);
}

TEST_CASE("a zero denominator and results beyond 128 bits are internal errors") {
  CHECK_THROWS_AS(Fraction(1, 0), InternalError);
  const Uint128 largest = ~Uint128{0};
  CHECK(checked_product(largest, 1) == largest);
  CHECK(checked_product(0, largest) == 0);
  CHECK_THROWS_AS(checked_product(largest / 2, 3), InternalError);
  CHECK(checked_sum(largest - 1, 1) == largest);
  CHECK_THROWS_AS(checked_sum(largest, 1), InternalError);
}
