#include "sim/core/lane_sum.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

std::vector<double> draws(std::uint32_t count, std::uint32_t entity) {
  std::vector<double> values(count);
  for (std::uint32_t n = 0; n < count; ++n) values[n] = Draws(1, Purpose::kTest, 0, entity).uniform(n) - 0.5;
  return values;
}

}  // namespace

TEST_CASE("A dot product by lanes is exact on whole numbers of any count") {
  for (std::size_t count = 0; count < 70; ++count) {
    std::vector<double> a(count), b(count);
    double expected = 0.0;
    for (std::size_t n = 0; n < count; ++n) {
      a[n] = static_cast<double>(n) - 20.0;
      b[n] = static_cast<double>(3 * n + 1);
      expected += a[n] * b[n];
    }
    CHECK(lane_dot(a, b) == expected);
  }
}

TEST_CASE("A dot product by lanes adds its parts in the order that is written down") {
  for (const std::uint32_t count : {1U, 15U, 16U, 17U, 198U, 1000U}) {
    const std::vector<double> a = draws(count, 1), b = draws(count, 2);
    double part[16] = {};
    for (std::size_t n = 0; n < count; ++n) part[n % 16] += a[n] * b[n];
    Lanes lanes;
    for (std::size_t l = 0; l < 8; ++l) lanes[l] = part[l] + part[l + 8];
    CHECK(lane_dot(a, b) == add_lanes(lanes));
  }
}

TEST_CASE("Lanes add up to their sum") {
  CHECK(add_lanes({1, 2, 4, 8, 16, 32, 64, 128}) == 255.0);
  CHECK(add_lanes({1e16, 1.0, -1.0, 0.0, -1e16, 0.0, 1.0, 0.0}) == 1.0);
}

TEST_CASE("Columns of different lengths have no dot product") {
  CHECK_THROWS_AS(lane_dot(draws(3, 1), draws(4, 2)), InternalError);
}
