#include "sim/metrics/polarization.hpp"

#include <cmath>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::metrics;
using splinternet::testing::near;

namespace {

std::vector<double> distances(const std::vector<double>& position) {
  std::vector<double> distance;
  for (const double a : position) {
    for (const double b : position) distance.push_back(std::fabs(a - b));
  }
  return distance;
}

}  // namespace

TEST_CASE("Esteban–Ray has its published values") {
  const std::vector<double> mass = {0.45, 0.3, 0.25};
  CHECK(esteban_ray(mass, distances({-1.0, 1.0, 0.1}), 1.3) == near(0.24154311038535747));
  const std::vector<double> two = {0.5, 0.5};
  CHECK(esteban_ray(two, distances({0.0, 1.0}), 1.3) == near(0.20306309908905890));
  CHECK(esteban_ray(two, distances({0.0, 1.0}), 1.6) == near(0.164938, 0.0, 5e-7));
  const std::vector<double> three(3, 1.0);
  CHECK(esteban_ray(three, distances({0.0, 0.5, 1.0}), 1.0) == near(4.0 / 27.0));
  CHECK(esteban_ray(three, distances({0.0, 0.5, 1.0}), 1.6) == near(0.076634, 0.0, 5e-7));
  std::vector<double> ten;
  for (int n = 0; n < 10; ++n) ten.push_back(n / 9.0);
  CHECK(esteban_ray(std::vector<double>(10, 0.1), distances(ten), 1.0) == near(0.036667, 0.0, 5e-7));
  CHECK(esteban_ray(std::vector<double>(10, 0.1), distances(ten), 1.6) == near(0.009210, 0.0, 5e-7));
}

TEST_CASE("Reynal-Querol has its published values") {
  CHECK(reynal_querol(std::vector<double>{0.45, 0.3, 0.25}) == near(0.885));
  CHECK(reynal_querol(std::vector<double>{0.5, 0.5}) == near(1.0));
  CHECK(reynal_querol(std::vector<double>{0.6, 0.4}) == near(0.96));
  CHECK(reynal_querol(std::vector<double>{0.4, 0.35, 0.25}) == near(0.89));
}

TEST_CASE("two equal masses at the maximal distance are polarized 1, at half of it one half") {
  const std::vector<double> two = {3.0, 3.0};
  for (const double alpha : {0.1, 1.0, 1.3, 1.6}) {
    CHECK(relative_esteban_ray(two, distances({0.0, 4.0}), alpha, 4.0) == near(1.0));
    CHECK(relative_esteban_ray(two, distances({1.0, 3.0}), alpha, 4.0) == near(0.5));
  }
  CHECK(relative_esteban_ray(std::vector<double>{1.0, 0.0}, distances({0.0, 1.0}), 1.3, 1.0) == 0.0);
}

TEST_CASE("many groups equally far apart are cut at 1 for small alpha, less polarized than two for large") {
  const std::vector<double> three(3, 1.0);
  const std::vector<double> apart = {0, 1, 1, 1, 0, 1, 1, 1, 0};
  CHECK(relative_esteban_ray(three, apart, 0.2, 1.0) == 1.0);
  CHECK(relative_esteban_ray(three, apart, 1.0, 1.0) == near(8.0 / 9.0));
}

TEST_CASE("on a line nothing is more polarized than two equal masses at its ends") {
  for (std::uint32_t world = 0; world < 200; ++world) {
    const Draws draws(9, Purpose::kTest, 0, world);
    const std::uint32_t n = 2 + draws.below(8, 0);
    std::vector<double> mass;
    std::vector<double> position;
    for (std::uint32_t group = 0; group < n; ++group) {
      mass.push_back(draws.uniform(2 * group + 1));
      position.push_back(draws.uniform(2 * group + 2));
    }
    const double alpha = 0.1 + 1.5 * draws.uniform(100);
    const auto distance = distances(position);
    const double ratio =
        esteban_ray(mass, distance, alpha) / esteban_ray(std::vector<double>{1, 1}, distances({0, 1}), alpha);
    REQUIRE(ratio <= 1.0 + 1e-12);
    REQUIRE(relative_esteban_ray(mass, distance, alpha, 1.0) == near(ratio));
    std::vector<double> more = mass;
    for (double& value : more) value *= 1024.0;
    REQUIRE(esteban_ray(more, distance, alpha) == esteban_ray(mass, distance, alpha));
    REQUIRE(esteban_ray(mass, distance, alpha, 2.0) == 2.0 * esteban_ray(mass, distance, alpha));
  }
}

TEST_CASE("no mass, one group or no distance: 0") {
  CHECK(esteban_ray({}, {}, 1.0) == 0.0);
  CHECK(esteban_ray(std::vector<double>{0.0, 0.0}, distances({0.0, 1.0}), 1.0) == 0.0);
  CHECK(esteban_ray(std::vector<double>{5.0}, std::vector<double>{0.0}, 1.0) == 0.0);
  CHECK(esteban_ray(std::vector<double>{5.0, 5.0}, distances({2.0, 2.0}), 1.0) == 0.0);
  CHECK(reynal_querol({}) == 0.0);
  CHECK(reynal_querol(std::vector<double>{5.0}) == 0.0);
}

TEST_CASE("wrong sizes, exponents and scales are internal errors") {
  const std::vector<double> two = {1.0, 1.0};
  CHECK_THROWS_AS(esteban_ray(two, std::vector<double>(3, 0.0), 1.0), InternalError);
  CHECK_THROWS_AS(esteban_ray(two, distances({0.0, 1.0}), 0.0), InternalError);
  CHECK_THROWS_AS(esteban_ray(two, distances({0.0, 1.0}), 1.7), InternalError);
  CHECK_THROWS_AS(relative_esteban_ray(two, distances({0.0, 1.0}), 1.0, 0.0), InternalError);
}

TEST_CASE("the policy distance is the mean over pairs within blocs and across") {
  const std::vector<double> position = {0.0, 1.0, 4.0, 4.5};
  const std::vector<std::uint32_t> bloc = {0, 0, 1, 1};
  const PolicyDistance plain = policy_distance(position, bloc);
  CHECK(plain.within == near((1.0 + 0.5) / 2.0));
  CHECK(plain.across == near((4.0 + 4.5 + 3.0 + 3.5) / 4.0));
  // A country that counts three times pulls the pairs it is in.
  const std::vector<double> weight = {1.0, 1.0, 3.0, 1.0};
  const PolicyDistance weighted = policy_distance(position, bloc, weight);
  CHECK(weighted.within == near((1.0 + 3.0 * 0.5) / 4.0));
  CHECK(weighted.across == near((3.0 * 4.0 + 4.5 + 3.0 * 3.0 + 3.5) / 8.0));
}

TEST_CASE("the policy distance ignores the order and place of countries and is 0 where no pair is") {
  const std::vector<std::uint32_t> bloc = {0, 1, 0, 2, 1};
  const std::vector<double> position = {0.5, -1.0, 2.0, 0.25, 1.0};
  const PolicyDistance here = policy_distance(position, bloc);
  const PolicyDistance moved = policy_distance(std::vector<double>{8.5, 7.0, 10.0, 8.25, 9.0}, bloc);
  CHECK(moved.within == near(here.within));
  CHECK(moved.across == near(here.across));
  const PolicyDistance reversed =
      policy_distance(std::vector<double>{1.0, 0.25, 2.0, -1.0, 0.5}, std::vector<std::uint32_t>{1, 2, 0, 1, 0});
  CHECK(reversed.within == near(here.within));
  CHECK(reversed.across == near(here.across));
  CHECK(policy_distance(position, std::vector<std::uint32_t>(5, 7)).across == 0.0);
  CHECK(policy_distance(position, std::vector<std::uint32_t>{0, 1, 2, 3, 4}).within == 0.0);
  CHECK(policy_distance({}, {}).across == 0.0);
  CHECK(policy_distance(position, bloc, std::vector<double>(5, 0.0)).within == 0.0);
  CHECK_THROWS_AS(policy_distance(position, std::vector<std::uint32_t>(4, 0)), InternalError);
  CHECK_THROWS_AS(policy_distance(position, bloc, std::vector<double>(4, 1.0)), InternalError);
}
