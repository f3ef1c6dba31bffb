#include "sim/metrics/index.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::metrics;
using splinternet::testing::near;
using Values = std::vector<double>;

TEST_CASE("the index is the weighted mean of its components") {
  CHECK(weighted_index(Values{0.2, 0.6}, Values{1.0, 1.0}) == near(0.4, 1e-15));
  CHECK(weighted_index(Values{0.2, 0.6}, Values{3.0, 1.0}) == near(0.3, 1e-15));
  CHECK(weighted_index(Values{0.2, 0.6, 1.0}, Values{0.0, 2.0, 0.0}) == 0.6);
  CHECK(weighted_index(Values{0.0, 0.0}, Values{0.3, 0.7}) == 0.0);
  CHECK(weighted_index(Values{1.0, 1.0, 1.0}, Values{0.1, 0.2, 0.7}) == 1.0);
}

TEST_CASE("weights count by proportion, and the index rises with each component between its ends") {
  for (std::uint32_t world = 0; world < 100; ++world) {
    const Draws draws(23, Purpose::kTest, 0, world);
    Values components;
    Values weights;
    double lowest = 1.0;
    double highest = 0.0;
    for (std::uint32_t n = 0; n < 4; ++n) {
      components.push_back(draws.uniform(2 * n));
      weights.push_back(draws.uniform(2 * n + 1));
      lowest = std::fmin(lowest, components[n]);
      highest = std::fmax(highest, components[n]);
    }
    const double index = weighted_index(components, weights);
    REQUIRE(index >= lowest - 1e-15);
    REQUIRE(index <= highest + 1e-15);
    Values doubled = weights;
    for (double& weight : doubled) weight *= 2.0;
    REQUIRE(weighted_index(components, doubled) == index);
    components[0] = 1.0;
    REQUIRE(weighted_index(components, weights) > index);
  }
}

TEST_CASE("values are cut to the unit interval") {
  CHECK(clip_to_unit(-0.3) == 0.0);
  CHECK(clip_to_unit(-std::numeric_limits<double>::infinity()) == 0.0);
  CHECK(clip_to_unit(0.3) == 0.3);
  CHECK(clip_to_unit(1.3) == 1.0);
  CHECK(std::isnan(clip_to_unit(std::nan(""))));
}

TEST_CASE("weights that are all zero, negative or not finite are the scenario's error, said in words") {
  CHECK_THROWS_AS(weighted_index(Values{0.5, 0.5}, Values{0.0, 0.0}), ScenarioError);
  CHECK_THROWS_AS(weighted_index({}, {}), ScenarioError);
  CHECK_THROWS_AS(weighted_index(Values{0.5}, Values{std::nan("")}), ScenarioError);
  CHECK_THROWS_AS(weighted_index(Values{0.5}, Values{std::numeric_limits<double>::infinity()}), ScenarioError);
  try {
    weighted_index(Values{0.5, 0.5}, Values{1.0, -2.0});
    FAIL("a negative weight was accepted");
  } catch (const ScenarioError& error) {
    CHECK(std::string(error.what()).find("weight 2 of the splinternet index is -2") != std::string::npos);
  }
}

TEST_CASE("a component outside [0, 1] or a missing weight is an internal error") {
  CHECK_THROWS_AS(weighted_index(Values{1.1}, Values{1.0}), InternalError);
  CHECK_THROWS_AS(weighted_index(Values{-0.1}, Values{1.0}), InternalError);
  CHECK_THROWS_AS(weighted_index(Values{std::nan("")}, Values{1.0}), InternalError);
  CHECK_THROWS_AS(weighted_index(Values{0.5, 0.5}, Values{1.0}), InternalError);
}
