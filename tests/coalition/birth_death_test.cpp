#include "sim/coalition/birth_death.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;

namespace {

// N people meet all others; option A pays a per other A, B pays b per other B; one at a time, drawn evenly, revises by
// a logit of precision β.
std::vector<double> coordination(std::size_t n, double a, double b, double beta) {
  const auto size = static_cast<double>(n);
  const auto chooses_a = [=](double others_a, double others_b) {
    return 1.0 / (1.0 + std::exp(-beta * (a * others_a - b * others_b)));
  };
  return birth_death_law(
      n,
      [=](std::size_t k) {
        const auto with_a = static_cast<double>(k);
        return (size - with_a) / size * chooses_a(with_a, size - with_a - 1.0);
      },
      [=](std::size_t k) {
        const auto with_a = static_cast<double>(k);
        return with_a / size * (1.0 - chooses_a(with_a - 1.0, size - with_a));
      });
}

double mean(const std::vector<double>& law) {
  double sum = 0.0;
  for (std::size_t k = 0; k < law.size(); ++k) sum += static_cast<double>(k) * law[k];
  return sum;
}

}  // namespace

TEST_CASE("ten people who coordinate by logit come to the risk-dominant option (Blume 1993, Young 1993)") {
  CHECK(mean(coordination(10, 1.0, .8, .1)) == near(5.361479, 1e-7));
  CHECK(mean(coordination(10, 1.0, .8, .3)) == near(7.991925, 1e-7));
  CHECK(mean(coordination(10, 1.0, .8, 1.0)) == near(9.997518, 1e-7));
}

TEST_CASE("their law is the closed form C(N,k) exp(beta (a k(k-1) + b (N-k)(N-k-1))/2)") {
  const auto law = coordination(12, 1.3, .9, .4);
  std::vector<double> closed(13);
  double sum = 0.0, subsets = 1.0;
  for (std::size_t k = 0; k <= 12; ++k) {
    const auto up = static_cast<double>(k), down = 12.0 - up;
    closed[k] = subsets * std::exp(.4 * (1.3 * up * (up - 1.0) + .9 * down * (down - 1.0)) / 2.0);
    sum += closed[k];
    subsets *= down / (up + 1.0);
  }
  for (std::size_t k = 0; k <= 12; ++k) CHECK(law[k] == near(closed[k] / sum, 1e-11));
}

TEST_CASE("ratios far beyond the range of doubles are no trouble") {
  const auto law = birth_death_law(
      1000, [](std::size_t) { return 1e10; }, [](std::size_t) { return 1e-10; });
  CHECK(law[1000] == near(1.0));
  CHECK(law[0] == 0.0);
}

TEST_CASE("a rate of zero is refused with its place") {
  const auto one = [](std::size_t) { return 1.0; };
  const auto gap = [](std::size_t k) { return k == 3 ? 0.0 : 1.0; };
  CHECK(testing::contains(testing::error_message([&] { birth_death_law(5, gap, one); }), "rate at 3"));
  CHECK(testing::contains(testing::error_message([&] { birth_death_law(5, one, gap); }), "rate at 3"));
}
