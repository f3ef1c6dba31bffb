#include "sim/trade/fixed_point.hpp"

#include <array>
#include <cmath>
#include <vector>

#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

constexpr double kInfinity = __builtin_inf();

/// f(x) = A x − b with a slow, coupled A: the solution is (1, 2).
const auto slow_step = [](std::span<const double> x, std::span<double> f) {
  const double first = x[0] - 1.0, second = x[1] - 2.0;
  f[0] = -0.02 * first + 0.01 * second;
  f[1] = 0.01 * first - 0.03 * second;
  return std::fabs(f[0]) + std::fabs(f[1]);
};

}  // namespace

TEST_CASE("the accelerated iteration finds the fixed point of a slow linear map at once") {
  std::array<double, 2> x{0.0, 0.0};
  const FixedPoint found = find_fixed_point(x, slow_step, {.largest_step = 10.0});
  CHECK(found.found);
  CHECK(found.residuals.size() < 8);
  CHECK(std::fabs(x[0] - 1.0) < 1e-9);
  CHECK(std::fabs(x[1] - 2.0) < 1e-9);
}

TEST_CASE("the plain iteration takes over where mixing may not run") {
  std::array<double, 2> x{0.0, 0.0};
  const FixedPoint found = find_fixed_point(x, slow_step, {.accelerated = 0});
  CHECK(found.found);
  CHECK(found.residuals.size() > 100);
  CHECK(std::fabs(x[0] - 1.0) < 1e-9);
}

TEST_CASE("no step is longer than allowed") {
  std::array<double, 1> x{0.0};
  double last = 0.0, longest = 0.0;
  const auto step = [&](std::span<const double> at, std::span<double> f) {
    longest = std::max(longest, std::fabs(at[0] - last));
    last = at[0];
    f[0] = 5.0 - at[0];
    return std::fabs(f[0]);
  };
  CHECK(find_fixed_point(x, step, {.largest_step = 0.25}).found);
  CHECK(x[0] == Approx(5.0));
  CHECK(longest <= 0.25 * (1.0 + 1e-12));
}

TEST_CASE("without a solution the best point comes back, evaluated last") {
  std::array<double, 1> x{3.0};
  std::vector<double> visited;
  const auto step = [&](std::span<const double> at, std::span<double> f) {
    visited.push_back(at[0]);
    f[0] = at[0] > 4.0 ? -0.3 : 0.4;  // turns round at 4 without ever vanishing
    return 1.0 + std::fabs(at[0] - 4.0);
  };
  const FixedPoint found = find_fixed_point(x, step, {.plain = 30});
  CHECK_FALSE(found.found);
  CHECK(visited.back() == x[0]);
  for (const double point : visited) CHECK(std::fabs(x[0] - 4.0) <= std::fabs(point - 4.0));
  CHECK(found.residual == 1.0 + std::fabs(x[0] - 4.0));
}

TEST_CASE("a solution near the edge of the domain is reached by shorter steps") {
  std::array<double, 1> x{0.0};
  const auto step = [](std::span<const double> at, std::span<double> f) {
    f[0] = 3.0 * (1.0 - at[0]);  // overshoots; only shorter steps come near
    return at[0] < 1.1 ? std::fabs(f[0]) : kInfinity;
  };
  CHECK(find_fixed_point(x, step, {.tolerance = 0.1, .accelerated = 0}).found);
  CHECK(x[0] == Approx(1.0).margin(0.04));
}

TEST_CASE("outside the domain the search ends and returns the last good point") {
  std::array<double, 1> x{0.0};
  const auto step = [](std::span<const double> at, std::span<double> f) {
    f[0] = 0.3;
    return at[0] < 1.0 ? 2.0 - at[0] : kInfinity;
  };
  const FixedPoint found = find_fixed_point(x, step);
  CHECK_FALSE(found.found);
  CHECK(x[0] > 0.89);
  CHECK(x[0] < 1.0);
  CHECK(found.residual == 2.0 - x[0]);
  CHECK(found.residuals.size() < 40);
}

TEST_CASE("the course of many residuals is short and starts with the first") {
  const std::vector<double> residuals(1000, 0.25);
  const std::string text = course_of(residuals);
  CHECK(text.substr(0, 9) == "0.25 0.25");
  CHECK(text.size() < 100);
}
