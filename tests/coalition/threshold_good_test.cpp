#include "sim/coalition/threshold_good.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;

TEST_CASE("threshold public goods have the two mixed equilibria of Palfrey & Rosenthal") {
  const auto check = [](std::size_t actors, std::size_t needed, double cost, double low, double high) {
    const auto found = threshold_good_equilibria(actors, needed, cost);
    REQUIRE(found.size() == 2);
    CHECK(found[0] == near(low, 0.0, 5e-9));
    CHECK(found[1] == near(high, 0.0, 5e-9));
  };
  check(5, 3, .2, 0.24033519, 0.75966481);
  check(10, 5, .1, 0.23435397, 0.66930625);
  check(6, 3, .25, 0.23744522, 0.5791651);
}

TEST_CASE("at the equilibria contributing pays exactly") {
  for (const double cost : {.01, .1, .3}) {
    for (const double p : threshold_good_equilibria(8, 3, cost)) {
      CHECK(21.0 * p * p * std::pow(1.0 - p, 5.0) == near(cost, 1e-12));
    }
  }
}

TEST_CASE("the volunteer's dilemma: p = 1 - (c/V)^(1/(n-1)); everybody needed: p = (c/V)^(1/(n-1))") {
  const auto volunteer = threshold_good_equilibria(10, 1, .5);
  REQUIRE(volunteer.size() == 1);
  CHECK(volunteer[0] == near(0.07412529, 0.0, 5e-9));
  CHECK(volunteer[0] == near(1.0 - std::pow(.5, 1.0 / 9.0)));
  const auto unanimous = threshold_good_equilibria(10, 10, .5);
  REQUIRE(unanimous.size() == 1);
  CHECK(unanimous[0] == near(std::pow(.5, 1.0 / 9.0)));
}

TEST_CASE("there is no mixed equilibrium where contributing costs more than it can decide") {
  CHECK(threshold_good_equilibria(5, 3, .376).empty());
  CHECK(threshold_good_equilibria(5, 3, .374).size() == 2);
  CHECK(threshold_good_equilibria(1001, 500, .03).empty());
  CHECK(threshold_good_equilibria(1001, 500, .02).size() == 2);
}

TEST_CASE("impossible thresholds and costs are refused") {
  const auto fault = [](std::size_t actors, std::size_t needed, double cost) {
    return testing::error_message([&] { threshold_good_equilibria(actors, needed, cost); });
  };
  CHECK(testing::contains(fault(5, 6, .1), "6 of 5"));
  CHECK(testing::contains(fault(5, 0, .1), "0 of 5"));
  CHECK(testing::contains(fault(1, 1, .1), "at least two actors"));
  CHECK(testing::contains(fault(5, 3, 1.0), "between 0 and 1"));
  CHECK(testing::contains(fault(5, 3, std::nan("")), "between 0 and 1"));
}
