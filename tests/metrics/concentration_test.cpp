#include "sim/metrics/concentration.hpp"

#include <algorithm>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::metrics;
using splinternet::testing::near;

namespace {

std::vector<double> random_mass(std::uint32_t world) {
  const Draws draws(5, Purpose::kTest, 0, world);
  std::vector<double> mass(2 + draws.below(20, 0));
  for (std::uint32_t n = 0; n < mass.size(); ++n) mass[n] = draws.pareto(1.0, 1.1, n + 1);
  return mass;
}

}  // namespace

TEST_CASE("effective numbers of blocs have their published values") {
  const std::vector<double> shares = {0.45, 0.3, 0.25};
  CHECK(effective_number(shares) == near(2.8169014084507045));
  CHECK(hill_number_1(shares) == near(2.906919399597624));
  CHECK(1.0 - herfindahl(shares) == near(0.645));  // the chance that two units belong to different blocs
  CHECK(effective_number(std::vector<double>{0.5, 0.5}) == near(2.0));
  CHECK(effective_number(std::vector<double>{0.6, 0.4}) == near(25.0 / 13.0));
  CHECK(effective_number(std::vector<double>{0.4, 0.35, 0.25}) == near(2.898550724637681));
}

TEST_CASE("the betweenness of the eight-node case has its published concentration") {
  const std::vector<double> betweenness = {0.0, 4.0, 4.0, 1.0, 4.0, 1.5, 5.5, 2.0};
  CHECK(herfindahl(betweenness) == near(0.17665289256198347));
  CHECK(gini(betweenness) == near(0.35795454545454547));
  CHECK(freeman_centralization(betweenness, 7.0 * 6.0 / 2.0) == near(0.14965986394557823));
}

TEST_CASE("equal holders: effective number n, Gini 0; one holder: effective number 1, Gini 1 − 1/n") {
  const std::vector<double> equal(7, 3.0);
  CHECK(effective_number(equal) == near(7.0));
  CHECK(hill_number_1(equal) == near(7.0));
  CHECK(gini(equal) == near(0.0));
  CHECK(top_share(equal, 2) == near(2.0 / 7.0));
  CHECK(freeman_centralization(equal, 15.0) == 0.0);
  const std::vector<double> single = {0.0, 0.0, 8.0, 0.0};
  CHECK(effective_number(single) == 1.0);
  CHECK(hill_number_1(single) == 1.0);
  CHECK(gini(single) == near(0.75));
  CHECK(top_share(single, 1) == 1.0);
}

TEST_CASE("the centre of a star gives Freeman centralization 1") {
  CHECK(freeman_centralization(std::vector<double>{10.0, 0.0, 0.0, 0.0, 0.0, 0.0}, 10.0) == 1.0);
  CHECK(freeman_centralization(std::vector<double>{4.0}, 1.0) == 0.0);
  CHECK_THROWS_AS(freeman_centralization(std::vector<double>{1.0, 2.0}, 0.0), InternalError);
}

TEST_CASE("the top share counts the largest holders, all of them at most") {
  const std::vector<double> mass = {1.0, 5.0, 3.0, 1.0};
  CHECK(top_share(mass, 0) == 0.0);
  CHECK(top_share(mass, 1) == near(0.5));
  CHECK(top_share(mass, 2) == near(0.8));
  CHECK(top_share(mass, 9) == 1.0);
}

TEST_CASE("order and unit do not matter, and the Hill numbers keep their order") {
  for (std::uint32_t world = 0; world < 100; ++world) {
    const auto mass = random_mass(world);
    std::vector<double> other(mass.rbegin(), mass.rend());
    for (double& value : other) value *= 1000.0;
    REQUIRE(effective_number(other) == near(effective_number(mass)));
    REQUIRE(hill_number_1(other) == near(hill_number_1(mass)));
    REQUIRE(gini(other) == near(gini(mass)));
    REQUIRE(top_share(other, 3) == near(top_share(mass, 3)));
    const auto n = static_cast<double>(mass.size());
    const double largest = *std::max_element(mass.begin(), mass.end());
    double total = 0.0;
    for (const double value : mass) total += value;
    REQUIRE(effective_number(mass) >= 1.0);
    REQUIRE(hill_number_1(mass) >= effective_number(mass) - 1e-12);
    REQUIRE(hill_number_1(mass) <= n + 1e-12);
    REQUIRE(effective_number(mass) >= total / largest - 1e-12);  // Hill number of infinite order
    // The Gini coefficient is half the mean absolute difference over the mean.
    double differences = 0.0;
    for (const double a : mass) {
      for (const double b : mass) differences += a > b ? a - b : b - a;
    }
    REQUIRE(gini(mass) == near(differences / (2.0 * n * total)));
  }
}

TEST_CASE("no holders or no mass gives 0") {
  for (const auto& mass : {std::vector<double>{}, std::vector<double>{0.0, 0.0}}) {
    CHECK(herfindahl(mass) == 0.0);
    CHECK(effective_number(mass) == 0.0);
    CHECK(hill_number_1(mass) == 0.0);
    CHECK(top_share(mass, 3) == 0.0);
    CHECK(gini(mass) == 0.0);
    CHECK(freeman_centralization(mass, 1.0) == 0.0);
  }
}
