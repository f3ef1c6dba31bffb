#include "sim/coalition/birth_death.hpp"

#include <cmath>

#include "sim/core/check.hpp"
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

// Two groups arrive with even odds; each takes the standard, A or B, that is worth more to it: what it likes plus what
// each earlier adopter adds. Starts with nobody; state k: A is ahead by k − below.
struct Standards {
  double likes_a = 0.0;      // of one group, over B
  double likes_b = 0.0;      // of the other, over A
  double per_adopter = 1.0;  // to both

  [[nodiscard]] double share_to_a(double ahead) const {
    return (likes_a + per_adopter * ahead > 0.0 ? .5 : 0.0) + (per_adopter * ahead - likes_b > 0.0 ? .5 : 0.0);
  }
  // How far ahead A (or B, −1) must be to draw both groups.
  [[nodiscard]] std::size_t lock_in(double sign) const {
    std::size_t ahead = 0;
    while (share_to_a(sign * static_cast<double>(ahead)) == .5) ++ahead;
    return ahead;
  }
};

}  // namespace

TEST_CASE("Arthur 1989: odds and mean time of the lock-in to either of two standards") {
  struct Row {
    Standards standards;
    double odds, arrivals;
  };
  for (const Row& row : {Row{{2.5, 4.5, 1.0}, 3.0 / 8.0, 15.0}, Row{{7.0, 19.0, 2.0}, 2.0 / 7.0, 40.0}}) {
    const std::size_t above = row.standards.lock_in(1.0), below = row.standards.lock_in(-1.0);
    const auto share_to_a = [&](std::size_t k) {
      return row.standards.share_to_a(static_cast<double>(k) - static_cast<double>(below));
    };
    const FirstExit exit =
        first_exit(above + below, below, share_to_a, [&](std::size_t k) { return 1.0 - share_to_a(k); });
    CHECK(exit.at_top == near(row.odds));
    CHECK(exit.mean_time == near(row.arrivals));
  }
}

TEST_CASE("odds and times of a walk are those of its closed form: gambler's ruin at any odds") {
  for (const double odds : {.2, .45, .6, .9}) {  // of a step down against one up
    for (const std::size_t start : {0U, 1U, 4U, 9U, 10U}) {
      const FirstExit exit = first_exit(
          10, start, [=](std::size_t) { return 1.0 / (1.0 + odds); }, [=](std::size_t) { return odds / (1.0 + odds); });
      const auto from = static_cast<double>(start);
      const double at_top = (1.0 - std::pow(odds, from)) / (1.0 - std::pow(odds, 10.0));
      CHECK(exit.at_top == near(at_top));
      CHECK(exit.mean_time == near((10.0 * at_top - from) * (1.0 + odds) / (1.0 - odds), 1e-11, 1e-13));
    }
  }
}

TEST_CASE("odds of a walk against the drift keep all their digits, and time goes with the rates") {
  const auto slow = [](std::size_t) { return 1e-3; };
  const auto fast = [](std::size_t) { return 1.0; };
  const FirstExit exit = first_exit(100, 1, slow, fast);
  CHECK(exit.at_top / (999.0 * std::pow(10.0, -300.0)) == near(1.0, 1e-11));
  CHECK(first_exit(2, 1, slow, slow).mean_time == near(500.0));
}

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
  CHECK(testing::contains(testing::error_message([&] { first_exit(5, 2, gap, one); }), "rate at 3"));
  CHECK(testing::contains(testing::error_message([&] { first_exit(5, 4, one, gap); }), "rate at 3"));
  CHECK_THROWS_AS(first_exit(5, 6, one, one), InternalError);
}
