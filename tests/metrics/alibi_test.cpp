#include "sim/metrics/alibi.hpp"

#include <cmath>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using metrics::alibi_share;
using Marks = std::vector<std::uint8_t>;

namespace {

/// Distances between points on a line.
std::vector<double> on_a_line(const std::vector<double>& place) {
  std::vector<double> distance;
  for (const double a : place) {
    for (const double b : place) distance.push_back(std::fabs(a - b));
  }
  return distance;
}

}  // namespace

TEST_CASE("on a line no pair has an alibi for a place between its ends, and those beside it have one by distance") {
  const auto line = on_a_line({0, 1, 5, 9, 10});
  CHECK(alibi_share(line, Marks{0, 0, 1, 0, 0}, 0.0) == 4.0 / 12.0);  // 0–1 and 9–10, both ways
  CHECK(alibi_share(line, Marks{0, 0, 1, 0, 0}, 7.9) == 4.0 / 12.0);  // 1 km against 9 through the middle
  CHECK(alibi_share(line, Marks{0, 0, 1, 0, 0}, 8.0) == 0.0);         // equal is no proof
}

TEST_CASE("nobody forbidden leaves every pair its alibi, everybody leaves no pair") {
  const auto line = on_a_line({0, 1, 2});
  CHECK(alibi_share(line, Marks{0, 0, 0}, 100.0) == 1.0);
  CHECK(alibi_share(line, Marks{1, 1, 1}, 0.0) == 1.0);
  CHECK(alibi_share(line, Marks{0, 1, 1}, 0.0) == 1.0);
  CHECK(alibi_share({}, {}, 1.0) == 1.0);
}

TEST_CASE("more slack or more forbidden places never give more alibis, and the unit does not matter") {
  for (std::uint32_t world = 0; world < 40; ++world) {
    const Draws draws(45, Purpose::kTest, 0, world);
    const std::uint32_t n = 3 + draws.below(8, 0);
    std::vector<double> place;
    for (std::uint32_t i = 0; i < n; ++i) place.push_back(draws.uniform(i + 1));
    Marks few(n, 0);
    few[0] = 1;
    const auto distance = on_a_line(place);
    REQUIRE(alibi_share(distance, few, 1.0) <= alibi_share(distance, few, 0.5));
    auto scaled = distance;
    for (double& d : scaled) d *= 1024.0;
    REQUIRE(alibi_share(scaled, few, 1.0) == alibi_share(distance, few, 1.0));
    // Of the pairs that remain when a second place is forbidden, none gains an alibi.
    Marks more = few;
    more[1] = 1;
    const double left = static_cast<double>((n - 2) * (n - 3));
    const double before = static_cast<double>((n - 1) * (n - 2));
    REQUIRE(alibi_share(distance, more, 1.0) * left <= alibi_share(distance, few, 1.0) * before + 1e-9);
  }
}

TEST_CASE("alibis refuse wrong sizes and negative slack as internal errors") {
  CHECK_THROWS_AS(alibi_share(std::vector<double>(3, 1.0), Marks(2, 0), 0.0), InternalError);
  CHECK_THROWS_AS(alibi_share(std::vector<double>(4, 1.0), Marks(2, 0), -0.1), InternalError);
}
