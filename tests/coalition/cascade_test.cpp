#include "sim/coalition/cascade.hpp"

#include <cmath>
#include <limits>

#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;

namespace {

constexpr std::size_t kDegrees = 80;

// Watts' condition in a Poisson graph when all follow at the share `threshold` of their neighbours.
double condition(double mean, double threshold) {
  const auto degree = poisson_degrees(mean, kDegrees);
  return cascade_condition(degree,
                           [=](std::size_t k) { return 1.0 >= threshold * static_cast<double>(k) ? 1.0 : 0.0; });
}

// The same when all follow above that share only.
double strict_condition(double mean, double threshold) {
  const auto degree = poisson_degrees(mean, kDegrees);
  return cascade_condition(degree, [=](std::size_t k) { return 1.0 > threshold * static_cast<double>(k) ? 1.0 : 0.0; });
}

// Mean degree between two at which the condition turns.
double edge(double inside, double outside, double threshold) {
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = 0.5 * (inside + outside);
    (condition(middle, threshold) > 1.0 ? inside : outside) = middle;
  }
  return inside;
}

double crowd(double mean, double seed) {
  const auto degree = poisson_degrees(mean, kDegrees);
  return cascade_size(
      degree,
      [](std::size_t active, std::size_t k) {
        return k > 0 && static_cast<double>(active) >= .18 * static_cast<double>(k) ? 1.0 : 0.0;
      },
      seed);
}

}  // namespace

TEST_CASE("Watts: the window of mean degrees in which one actor can move the whole crowd") {
  CHECK(edge(2.0, 0.5, .18) == near(1.0207039085137264, 1e-9));
  CHECK(edge(3.0, 9.0, .18) == near(5.764677087161717, 1e-9));
  CHECK(edge(2.0, 0.5, .1) == near(1.0, 0.0, 5e-5));
  CHECK(edge(3.0, 20.0, .1) == near(13.659, 0.0, 5e-4));
  CHECK(edge(3.0, 20.0, .15) == near(7.4771, 0.0, 5e-5));
  CHECK(edge(2.0, 0.5, .15) == near(1.0037, 0.0, 5e-5));
  CHECK(edge(2.0, 9.0, .25) == near(3.8631, 0.0, 5e-5));
  CHECK(edge(2.0, 0.5, .25) == near(1.1141, 0.0, 5e-5));
  for (double mean = 0.1; mean < 12.0; mean += 0.1) CHECK(condition(mean, .26) < 1.0);
}

TEST_CASE("Watts: at a threshold of 1/k, who has k neighbours follows one of them at it but not above it") {
  for (double mean = 0.1; mean < 12.0; mean += 0.1) {
    CHECK(strict_condition(mean, 1.0 / 3.0) == condition(mean, .34));
    CHECK(strict_condition(mean, .25) == condition(mean, .26));
    CHECK(strict_condition(mean, .2) == condition(mean, .25));
    CHECK(strict_condition(mean, .2) < condition(mean, .2));
    CHECK(strict_condition(mean, .18) == condition(mean, .18));
  }
}

TEST_CASE("Gleeson & Cahalane: size of the cascade from one in a thousand and one in a hundred") {
  const std::vector<double> from_thousandth = {0.03095578133621901,  0.7969505261042015,  0.9405506822203078,
                                               0.9801941199609477,   0.9930300753490041,  0.9974860927339448,
                                               0.004241993269518747, 0.002308406048590052};
  const std::vector<double> from_hundredth = {0.12602897381459702, 0.8000182789358674, 0.9412011844348916,
                                              0.9803877476173074,  0.9930951132279252, 0.9975090841895635,
                                              0.9990914772933706,  0.9996670060993916};
  for (std::size_t at = 0; at < 8; ++at) {
    const auto mean = static_cast<double>(at + 1);
    CHECK(crowd(mean, 1e-3) == near(from_thousandth[at], 1e-9));
    CHECK(crowd(mean, 1e-2) == near(from_hundredth[at], 1e-9));
  }
}

TEST_CASE("who follows anybody is reached as far as the giant component reaches; nobody without a seed") {
  const auto degree = poisson_degrees(2.0, 60);
  const auto follows_one = [](std::size_t active, std::size_t) { return active > 0 ? 1.0 : 0.0; };
  // Share of a Poisson graph of mean 2 in its giant component: s = 1 − exp(−2s).
  CHECK(cascade_size(degree, follows_one, 1e-9) == near(0.7968121300, 0.0, 1e-7));
  CHECK(cascade_size(degree, follows_one, 0.0) == 0.0);
  CHECK(cascade_size(degree, follows_one, 1.0) == 1.0);
  const std::vector<double> alone = {1.0};
  CHECK(cascade_size(alone, follows_one, .25) == .25);
  CHECK(cascade_condition(alone, [](std::size_t) { return 1.0; }) == 0.0);
}

TEST_CASE("a pair that needs one of one: the closed form of the mean field") {
  const std::vector<double> pairs = {0.0, 1.0};
  // Each has one neighbour, seed with probability s: both adopt unless neither is seeded.
  CHECK(cascade_size(
            pairs, [](std::size_t active, std::size_t) { return active > 0 ? 1.0 : 0.0; }, .3) == near(1.0 - .7 * .7));
}

TEST_CASE("Poisson degrees sum to one and have their mean") {
  double sum = 0.0, mean = 0.0;
  const auto degree = poisson_degrees(5.5, kDegrees);
  for (std::size_t k = 0; k < kDegrees; ++k) {
    sum += degree[k];
    mean += static_cast<double>(k) * degree[k];
  }
  CHECK(sum == near(1.0));
  CHECK(mean == near(5.5));
  CHECK(poisson_degrees(0.0, 3) == std::vector<double>{1.0, 0.0, 0.0});
}

TEST_CASE("a cascade that creeps for ever at its very edge is not taken for settled") {
  // Three neighbours each, half follow exactly one: q ← s + (1 − s)·q·(1 − q).
  const std::vector<double> three = {0.0, 0.0, 0.0, 1.0};
  const auto half = [](std::size_t active, std::size_t) { return active == 1 ? 0.5 : 0.0; };
  CHECK(testing::contains(testing::error_message([&] { cascade_size(three, half, 1e-12); }), "not settled"));
  const double q = (std::sqrt(.01 * .01 + 4.0 * .01 * .99) - .01) / (2.0 * .99);
  CHECK(cascade_size(three, half, .01) == near(.01 + .99 * 1.5 * q * (1.0 - q) * (1.0 - q), 1e-11));
}

TEST_CASE("a cascade can be stopped between its rounds, and gives up after fewer of them among many degrees") {
  const std::vector<double> three = {0.0, 0.0, 0.0, 1.0};
  const auto half = [](std::size_t active, std::size_t) { return active == 1 ? 0.5 : 0.0; };
  int rounds = 0;
  const auto stop = [&] {
    if (++rounds == 5) throw DataError("stopped");
  };
  CHECK(testing::contains(testing::error_message([&] { cascade_size(three, half, 1e-12, stop); }), "stopped"));
  CHECK(rounds == 5);
  std::vector<double> many(1000, 1e-12);  // Σ k = 499500 terms a round
  many[3] = 1.0;
  CHECK(testing::contains(testing::error_message([&] { cascade_size(many, half, 1e-12); }), "after 4299 rounds"));
}

TEST_CASE("what is no probability is refused with its place") {
  const std::vector<double> bad = {0.5, -0.1}, good = {0.0, 0.0, 1.0};
  const auto all = [](std::size_t) { return 1.0; };
  const auto none = [](std::size_t, std::size_t) { return std::numeric_limits<double>::quiet_NaN(); };
  const auto yes = [](std::size_t, std::size_t) { return 1.0; };
  CHECK(testing::contains(testing::error_message([&] { cascade_condition(bad, all); }), "degree 1"));
  CHECK(testing::contains(testing::error_message([&] { cascade_condition(good, [](std::size_t) { return -1.0; }); }),
                          "following one of 2"));
  CHECK(testing::contains(testing::error_message([&] { cascade_size(good, none, .1); }), "a response to 0 of 0"));
  CHECK(testing::contains(testing::error_message([&] { cascade_size(good, yes, 1.5); }), "seed"));
  CHECK(testing::contains(testing::error_message([] { poisson_degrees(-1.0, 4); }), "mean degree"));
}
