#include "sim/model/choice/best_response.hpp"

#include <algorithm>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

constexpr OnTie kRules[] = {OnTie::kStay, OnTie::kLowest, OnTie::kRandom};

}  // namespace

TEST_CASE("best response: the option of the highest utility is taken whatever the rule for ties") {
  for (const OnTie rule : kRules) {
    for (const double uniform : {0.01, 0.5, 0.99}) {
      CHECK(choose_best_response(std::vector<double>{0.0, 0.3, 0.2}, 1e-9, rule, uniform) == 1);
      CHECK(choose_best_response(std::vector<double>{0.0, -0.3, -0.2}, 1e-9, rule, uniform) == 0);
      CHECK(choose_best_response(std::vector<double>{-5.0}, 1e-9, rule, uniform) == 0);
    }
  }
}

TEST_CASE("best response: a tie with staying stays, or moves to the first alternative") {
  const std::vector<double> utility{0.2, 0.1, 0.2, 0.2};
  CHECK(choose_best_response(utility, 0.0, OnTie::kStay, 0.5) == 0);
  CHECK(choose_best_response(utility, 0.0, OnTie::kLowest, 0.5) == 2);
}

TEST_CASE("best response: a tie of alternatives goes to the first of them under both fixed rules") {
  const std::vector<double> utility{0.0, 0.1, 0.2, 0.2};
  CHECK(choose_best_response(utility, 0.0, OnTie::kStay, 0.5) == 2);
  CHECK(choose_best_response(utility, 0.0, OnTie::kLowest, 0.5) == 2);
}

TEST_CASE("best response: options tie up to and including tie_eps") {
  const std::vector<double> utility{0.0, 0.25};
  CHECK(choose_best_response(utility, 0.25, OnTie::kStay, 0.5) == 0);
  CHECK(choose_best_response(utility, 0.2499, OnTie::kStay, 0.5) == 1);
}

TEST_CASE("best response: a random tie is broken by the draw, each of the tied options alike") {
  const std::vector<double> utility{1.0, 0.0, 1.0, 1.0};
  CHECK(choose_best_response(utility, 0.0, OnTie::kRandom, 0.33) == 0);
  CHECK(choose_best_response(utility, 0.0, OnTie::kRandom, 0.34) == 2);
  CHECK(choose_best_response(utility, 0.0, OnTie::kRandom, 0.67) == 3);
  CHECK(choose_best_response(utility, 0.0, OnTie::kRandom, 1.0 - 1e-16) == 3);
  CHECK(choose_best_response(utility, 0.0, OnTie::kRandom, 1.0) == 3);  // as if rounding had reached the end
}

TEST_CASE("best response: what is taken is never worse than the best by more than tie_eps") {
  for (std::uint32_t world = 0; world < 300; ++world) {
    const Draws draws(5, Purpose::kTest, 4, world);
    std::vector<double> utility(1 + world % 7);
    for (std::uint32_t n = 0; n < utility.size(); ++n) utility[n] = static_cast<double>(draws.below(4, n)) / 4.0;
    const double best = *std::max_element(utility.begin(), utility.end());
    for (const OnTie rule : kRules) {
      for (const double tie_eps : {0.0, 0.25}) {
        const std::size_t chosen = choose_best_response(utility, tie_eps, rule, draws.uniform(100));
        CHECK(utility[chosen] >= best - tie_eps);
        if (rule == OnTie::kStay && utility[0] >= best - tie_eps) CHECK(chosen == 0);
      }
    }
  }
}

TEST_CASE("best response: no options are refused") {
  CHECK_THROWS_AS(choose_best_response(std::vector<double>{}, 0.0, OnTie::kStay, 0.5), InternalError);
}
