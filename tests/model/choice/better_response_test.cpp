#include "sim/model/choice/better_response.hpp"

#include <vector>

#include "sim/core/rng.hpp"
#include "tests/contract/choice_contract.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

using splinternet::testing::kTieRules;

TEST_CASE("better response: the draw takes each better option alike, whether best or not") {
  const std::vector<double> utility{0.0, 0.3, -0.1, 0.1, 0.2};
  for (const OnTie rule : kTieRules) {
    CHECK(choose_better_response(utility, 1e-9, rule, 0.33) == 1);
    CHECK(choose_better_response(utility, 1e-9, rule, 0.34) == 3);
    CHECK(choose_better_response(utility, 1e-9, rule, 0.67) == 4);
    CHECK(choose_better_response(utility, 1e-9, rule, 1.0) == 4);  // as if rounding had reached the end
  }
}

TEST_CASE("better response: without a better option a tie stays, moves to the first tied option, or is drawn") {
  const std::vector<double> utility{0.2, 0.1, 0.2, 0.2};
  CHECK(choose_better_response(utility, 0.0, OnTie::kStay, 0.9) == 0);
  CHECK(choose_better_response(utility, 0.0, OnTie::kLowest, 0.9) == 2);
  CHECK(choose_better_response(utility, 0.0, OnTie::kRandom, 0.33) == 0);
  CHECK(choose_better_response(utility, 0.0, OnTie::kRandom, 0.34) == 2);
  CHECK(choose_better_response(utility, 0.0, OnTie::kRandom, 0.67) == 3);
}

TEST_CASE("better response: options tie with staying up to and including tie_eps") {
  for (const double other : {0.25, -0.25}) {
    const std::vector<double> utility{0.0, other};
    CHECK(choose_better_response(utility, 0.25, OnTie::kStay, 0.5) == 0);
    CHECK(choose_better_response(utility, 0.25, OnTie::kLowest, 0.5) == 1);
    CHECK(choose_better_response(utility, 0.2499, OnTie::kStay, 0.5) == (other > 0.0 ? 1 : 0));
    CHECK(choose_better_response(utility, 0.2499, OnTie::kLowest, 0.5) == (other > 0.0 ? 1 : 0));
  }
}

TEST_CASE("better response: it moves wherever best response does, and with two options to the same") {
  for (std::uint32_t n = 0; n < 300; ++n) {
    const Draws draws(7, Purpose::kTest, 0, n);
    const std::vector<double> utility{0.0, draws.uniform(1) - 0.5, draws.uniform(2) - 0.5};
    const std::size_t better = choose_better_response(utility, 1e-9, OnTie::kStay, draws.uniform());
    CHECK((better == 0) == (choose_best_response(utility, 1e-9, OnTie::kStay, 0.5) == 0));
    const std::span<const double> two = std::span(utility).first(2);
    CHECK(choose_better_response(two, 1e-9, OnTie::kStay, draws.uniform()) ==
          choose_best_response(two, 1e-9, OnTie::kStay, 0.5));
  }
}

TEST_CASE("better response: one at a time in a potential game replies end, with no phantom moves") {
  for (std::uint32_t game = 0; game < 40; ++game) {
    const splinternet::testing::AlliancesEnd end =
        splinternet::testing::play_alliances({ChoiceRule::kBetterResponse, 0.1, 1e-9, OnTie::kStay}, game);
    CHECK(end.settled);
    CHECK(end.moves_without_gain == 0);
    CHECK(end.is_equilibrium);
  }
}

TEST_CASE("better response: no options are refused") {
  CHECK_THROWS_AS(choose_better_response(std::vector<double>{}, 0.0, OnTie::kStay, 0.5), InternalError);
}
