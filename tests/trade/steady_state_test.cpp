#include "sim/trade/steady_state.hpp"

#include <array>
#include <cmath>
#include <vector>

#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

constexpr double kInfinity = __builtin_inf();

/// Rest of one unknown from a function, its derivative and its domain.
struct Line {
  double (*f)(double);
  double (*slope)(double);
  double lowest = -kInfinity;
  int evaluations = 0;

  bool find(double& x, int steps) {
    double at = x;
    const auto evaluate = [&](std::span<double> point) -> RestGap {
      ++evaluations;
      at = point[0];
      const double rate = at > lowest ? std::fabs(f(at)) : kInfinity;
      return {rate, rate < 1e-12};
    };
    const auto linearise = [&](std::span<double> matrix, std::span<double> rate) -> std::size_t {
      matrix[0] = -slope(at);
      rate[0] = f(at);
      return 1;
    };
    return find_rest({&x, 1}, {evaluate, linearise}, steps);
  }
};

}  // namespace

TEST_CASE("the point of rest is found from near and from far, at the end as fast as by Newton's method") {
  // x' = ln 2 − x: linear; x' = 2 − eˣ: from 30 the rate is 10¹³, and Newton's steps alone would be of length one each
  double x = 5.0;
  Line linear{[](double at) { return std::log(2.0) - at; }, [](double) { return -1.0; }};
  CHECK(linear.find(x, 50));
  CHECK(x == Approx(std::log(2.0)).epsilon(1e-12));
  CHECK(linear.evaluations < 15);
  double y = 30.0;
  Line curved{[](double at) { return 2.0 - std::exp(at); }, [](double at) { return -std::exp(at); }};
  CHECK(curved.find(y, 100));
  CHECK(y == Approx(std::log(2.0)).epsilon(1e-12));
}

TEST_CASE("a zero from which the movement leads away is not taken for a point of rest") {
  // x' = x(1 − x): rest at 0 is unstable; from 0.01 Newton's method alone would end there
  double x = 0.01;
  Line logistic{[](double at) { return at * (1.0 - at); }, [](double at) { return 1.0 - 2.0 * at; }};
  CHECK(logistic.find(x, 100));
  CHECK(x == Approx(1.0));
}

TEST_CASE("steps that leave the domain are taken back and shortened") {
  double x = 3.0;
  Line narrow{[](double at) { return 0.9 - std::sqrt(at); }, [](double at) { return -0.5 / std::sqrt(at); }, 0.8};
  CHECK(narrow.find(x, 100));
  CHECK(x == Approx(0.81));
  double outside = 0.5;
  CHECK_FALSE(narrow.find(outside, 100));
}

TEST_CASE("without a point of rest the search ends") {
  double x = 1.0;
  Line falling{[](double at) { return -1.0 / at; }, [](double at) { return 1.0 / (at * at); }, 0.5};
  CHECK_FALSE(falling.find(x, 100));
  CHECK(falling.evaluations < 200);
  double y = 0.0;
  Line endless{[](double) { return 1.0; }, [](double) { return 0.0; }};
  CHECK_FALSE(endless.find(y, 40));
}

TEST_CASE("a row that follows from the others may hold a side condition") {
  // x' = y − x, y' = x − y with x + y = 3: rest at (1.5, 1.5), found although the slopes are singular.
  std::array<double, 2> x{3.0, 0.0};
  const auto evaluate = [&](std::span<double> at) -> RestGap {
    const double rate = std::fabs(at[0] - at[1]);
    return {rate, rate < 1e-13};
  };
  const auto linearise = [&](std::span<double> matrix, std::span<double> rate) -> std::size_t {
    matrix[0] = 1.0, matrix[1] = -1.0, matrix[2] = 1.0, matrix[3] = 1.0;
    rate[0] = x[1] - x[0];
    rate[1] = 0.0;
    return 1;
  };
  CHECK(find_rest(x, {evaluate, linearise}, 60));
  CHECK(x[0] == Approx(1.5));
  CHECK(x[0] + x[1] == Approx(3.0));
}

TEST_CASE("a rate of 0 that is no rest after all does not hold the search up for ever") {
  int evaluations = 0;
  const auto evaluate = [&](std::span<double>) -> RestGap { return {++evaluations == 2 ? 0.0 : 1.0, false}; };
  const auto linearise = [](std::span<double> matrix, std::span<double> rate) -> std::size_t {
    matrix[0] = rate[0] = 1.0;
    return 1;
  };
  double x = 0.0;
  CHECK_FALSE(find_rest({&x, 1}, {evaluate, linearise}, 50));
  CHECK(evaluations < 400);
}
