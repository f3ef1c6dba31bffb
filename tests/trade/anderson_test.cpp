#include "sim/trade/anderson.hpp"

#include <cmath>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/trade/worlds.hpp"

using namespace splinternet;

namespace {

constexpr std::size_t kSize = 6;

/// f(x) = b − A x with A = I + a random part of norm < 1: linear, with a unique zero.
std::vector<double> residual(const std::vector<double>& x) {
  std::vector<double> f(kSize);
  for (std::size_t i = 0; i < kSize; ++i) {
    f[i] = 1.0 + static_cast<double>(i) - x[i];
    for (std::size_t j = 0; j < kSize; ++j) f[i] += 0.3 * (test::uniform(41, i * kSize + j, 7) - 0.5) * x[j];
  }
  return f;
}

double norm(const std::vector<double>& values) {
  double largest = 0.0;
  for (const double value : values) largest = std::max(largest, std::fabs(value));
  return largest;
}

}  // namespace

TEST_CASE("the first step is the plain one") {
  AndersonMixing mixing(3);
  const std::vector<double> x{1, 2, 3}, f{0.5, -1, 2};
  std::vector<double> step(3);
  mixing.step(x, f, step);
  CHECK(step == f);
}

TEST_CASE("in one dimension mixing is the secant method") {
  AndersonMixing mixing(1);
  std::vector<double> step(1);
  mixing.step(std::vector{1.0}, std::vector{2.0}, step);
  mixing.step(std::vector{3.0}, std::vector{1.0}, step);
  CHECK(test::near(3.0 + step[0], 5.0, 1e-14));  // the line through (1, 2) and (3, 1) crosses zero at 5
}

TEST_CASE("a linear problem of n unknowns is solved in n + 1 steps") {
  AndersonMixing mixing(kSize);
  std::vector<double> x(kSize, 0.0), step(kSize);
  for (std::size_t iteration = 0; iteration < kSize + 1; ++iteration) {
    mixing.step(x, residual(x), step);
    for (std::size_t i = 0; i < kSize; ++i) x[i] += step[i];
  }
  CHECK(norm(residual(x)) < 1e-10);
}

TEST_CASE("differences that shrink over twelve orders of magnitude cost no digits") {
  constexpr std::size_t kMany = 60;
  AndersonMixing mixing(kMany);
  std::vector<double> x(kMany, 0.0), f(kMany), step(kMany);
  const auto find = [&] {
    for (std::size_t i = 0; i < kMany; ++i) {
      const double rate = i == 0 ? 0.02 : 0.8 + 0.4 * test::uniform(42, i, 7);  // one direction is slow
      f[i] = rate * (1.0 + test::uniform(43, i, 7) - x[i]);
    }
  };
  for (int iteration = 0; iteration < 22; ++iteration) {
    find();
    mixing.step(x, f, step);
    for (std::size_t i = 0; i < kMany; ++i) x[i] += step[i];
  }
  find();
  CHECK(norm(f) < 1e-14);
}

TEST_CASE("differences that repeat are left out") {
  AndersonMixing mixing(2);
  std::vector<double> step(2);
  for (int k = 0; k < 8; ++k) {
    const double t = k;
    mixing.step(std::vector{t, 2 * t}, std::vector{7 - t / 2, 15 - t}, step);
  }
  // All differences are (1, 2) and (−1/2, −1); the last f is (3.5, 8), so γ = −7.8 for their sum.
  CHECK(test::near(step[0], 7.4, 1e-12));
  CHECK(test::near(step[1], 15.8, 1e-12));
  mixing.reset();
  mixing.step(std::vector{1.0, 1.0}, std::vector{0.25, 0.5}, step);
  CHECK(step == std::vector{0.25, 0.5});
}

TEST_CASE("standing still gives finite steps") {
  AndersonMixing mixing(2);
  std::vector<double> step(2);
  for (int k = 0; k < 9; ++k) mixing.step(std::vector{1.0, 2.0}, std::vector{0.5, 0.25}, step);
  CHECK(step == std::vector{0.5, 0.25});
}
