#include "sim/model/choice/logit.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using splinternet::testing::near;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<double> probabilities(const std::vector<double>& utility, double temperature) {
  std::vector<double> probability(utility.size());
  logit_probabilities(utility, temperature, probability);
  return probability;
}

std::vector<double> random_utilities(std::uint32_t world, std::size_t count) {
  const Draws draws(5, Purpose::kTest, 1, world);
  std::vector<double> utility(count);
  for (std::size_t n = 0; n < count; ++n) utility[n] = 4.0 * draws.uniform(static_cast<std::uint32_t>(n)) - 2.0;
  return utility;
}

}  // namespace

TEST_CASE("logit: the odds of two options are the exponential of their difference over the temperature") {
  const std::vector<double> p = probabilities({0.0, 0.1, -0.2}, 0.1);
  CHECK(p[1] / p[0] == near(std::exp(1.0)));
  CHECK(p[2] / p[0] == near(std::exp(-2.0)));
  CHECK(p[0] == near(1.0 / (1.0 + std::exp(1.0) + std::exp(-2.0))));
}

TEST_CASE("logit: an option that is T·ln 4 above staying is taken with probability .8") {
  CHECK(probabilities({0.0, 0.1 * std::log(4.0)}, 0.1)[1] == near(0.8));
}

TEST_CASE("logit: equal utilities are equally likely and one option is certain") {
  for (const double p : probabilities({0.3, 0.3, 0.3, 0.3}, 0.7)) CHECK(p == 0.25);
  CHECK(probabilities({-17.0}, 0.1)[0] == 1.0);
}

TEST_CASE("logit: huge utilities neither overflow nor lose the lead of the best") {
  const std::vector<double> p = probabilities({1e300, 1e300, -1e300}, 1e-6);
  CHECK(p[0] == 0.5);
  CHECK(p[1] == 0.5);
  CHECK(p[2] == 0.0);
}

TEST_CASE("logit: an option worth minus infinity is never taken") {
  const std::vector<double> utility{0.0, -kInfinity, 0.0};
  CHECK(probabilities(utility, 0.1)[1] == 0.0);
  for (const double u : {1e-16, 0.25, 0.4999999, 0.5, 0.75, 1.0 - 1e-16}) CHECK(choose_logit(utility, 0.1, u) != 1);
}

TEST_CASE("logit: probabilities sum to one and do not move with a common shift of all utilities") {
  for (std::uint32_t world = 0; world < 100; ++world) {
    std::vector<double> utility = random_utilities(world, 1 + world % 9);
    const std::vector<double> p = probabilities(utility, 0.25);
    for (double& u : utility) u += 1024.0;
    const std::vector<double> shifted = probabilities(utility, 0.25);
    double sum = 0.0;
    for (std::size_t n = 0; n < p.size(); ++n) {
      sum += p[n];
      CHECK(shifted[n] == near(p[n], 1e-11));
    }
    CHECK(sum == near(1.0));
  }
}

TEST_CASE("logit: only utility over temperature counts") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    std::vector<double> utility = random_utilities(world, 5);
    const std::vector<double> p = probabilities(utility, 0.125);
    for (double& u : utility) u *= 8.0;
    CHECK(probabilities(utility, 1.0) == p);  // powers of two: the same bits
  }
}

TEST_CASE("logit: a low temperature takes the best option, a high one each alike") {
  const std::vector<double> utility{0.0, 0.3, 0.1};
  CHECK(probabilities(utility, 1e-3)[1] == near(1.0));
  for (const double p : probabilities(utility, 1e9)) CHECK(p == near(1.0 / 3, 1e-8));
}

TEST_CASE("logit: the draw picks from the probabilities laid end to end") {
  const std::vector<double> utility{0.0, std::log(2.0), 0.0};  // at T = 1: 1/4, 1/2, 1/4
  CHECK(choose_logit(utility, 1.0, 0.2499) == 0);
  CHECK(choose_logit(utility, 1.0, 0.2501) == 1);
  CHECK(choose_logit(utility, 1.0, 0.7499) == 1);
  CHECK(choose_logit(utility, 1.0, 0.7501) == 2);
  CHECK(choose_logit(utility, 1.0, 1.0 - 1e-16) == 2);
}

TEST_CASE("logit: choices come as often as their probabilities say") {
  const std::vector<double> utility{0.0, 0.1, -0.05};
  const std::vector<double> p = probabilities(utility, 0.1);
  std::vector<double> count(3, 0.0);
  constexpr std::uint32_t kDraws = 40000;
  const Draws draws(5, Purpose::kTest, 2, 0);
  for (std::uint32_t n = 0; n < kDraws; ++n) count[choose_logit(utility, 0.1, draws.uniform(n))] += 1.0;
  for (std::size_t n = 0; n < 3; ++n) {
    const double deviation = std::sqrt(kDraws * p[n] * (1.0 - p[n]));
    CHECK(std::fabs(count[n] - kDraws * p[n]) < 4.0 * deviation);
  }
}

TEST_CASE("logit: with the same draw a better option is never dropped for what stands behind it") {
  for (std::uint32_t world = 0; world < 200; ++world) {
    std::vector<double> utility = random_utilities(world, 2);
    const double uniform = Draws(5, Purpose::kTest, 3, world).uniform();
    const std::size_t before = choose_logit(utility, 0.5, uniform);
    utility[1] += 0.1;
    CHECK(choose_logit(utility, 0.5, uniform) >= before);
  }
}

TEST_CASE("logit: no options and a temperature of zero are refused") {
  std::vector<double> none;
  std::vector<double> one{0.0};
  CHECK_THROWS_AS(logit_probabilities(none, 0.1, none), InternalError);
  CHECK_THROWS_AS(logit_probabilities(one, 0.0, one), InternalError);
}
