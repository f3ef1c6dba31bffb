#include "sim/coalition/quantal_response.hpp"

#include <cmath>
#include <limits>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/games.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;

namespace {

// Matching pennies in which the row gets 9 for one of the matches (Ochs 1995; McKelvey, Palfrey & Weber 2000).
FiniteGame uneven_pennies() {
  return testing::two_by_two({9, 0, 0, 1, 0, 1, 1, 0});
}

}  // namespace

TEST_CASE("uneven matching pennies: the row's habit shows at low precision and fades towards one half") {
  struct Row {
    double precision, row, column;
  };
  for (const Row& expected :
       {Row{0.0, 0.5, 0.5}, Row{0.5, 0.830670591341814, 0.4180774669062145},
        Row{1.0, 0.8935763305539736, 0.3127803750295334}, Row{2.0, 0.8607543943410337, 0.1910784943174747},
        Row{5.0, 0.7019842367983286, 0.11713529134628442}}) {
    const QuantalResponse found = quantal_response(uneven_pennies(), expected.precision);
    CHECK(found.probability[0] == near(expected.row, 1e-10));
    CHECK(found.probability[2] == near(expected.column, 1e-10));
    CHECK(found.residual <= 1e-13);
  }
  // Nash: (.5, .1).
  const QuantalResponse sharp = quantal_response(uneven_pennies(), 60.0);
  CHECK(sharp.probability[0] == near(0.5, 0.0, 0.1));
  CHECK(sharp.probability[2] == near(0.1, 0.0, 0.01));
}

TEST_CASE("a crowd drawn to the majority has one equilibrium up to precision 4 and three beyond") {
  const auto advantage = [](double share) { return share - 0.5; };
  for (const double precision : {0.0, 1.0, 3.0, 3.99}) {
    const auto found = logit_shares(precision, advantage);
    REQUIRE(found.size() == 1);
    CHECK(found[0] == near(0.5));
  }
  const auto found = logit_shares(6.0, advantage);
  REQUIRE(found.size() == 3);
  CHECK(found[0] == near(0.07072018, 0.0, 5e-9));
  CHECK(found[1] == near(0.5));
  CHECK(found[2] == near(0.92927982, 0.0, 5e-9));
}

TEST_CASE("what is found is a response to itself in random games of three actors") {
  for (std::uint32_t world = 0; world < 40; ++world) {
    const FiniteGame game = testing::random_game(world, 10);
    const QuantalResponse found = quantal_response(game, 0.4);
    const auto payoff = expected_payoffs(game, found.probability);
    std::size_t first = 0;
    for (std::size_t actor = 0; actor < 3; ++actor) {
      double sum = 0.0;
      for (std::size_t option = 0; option < game.options(actor); ++option)
        sum += std::exp(0.4 * payoff[first + option]);
      for (std::size_t option = 0; option < game.options(actor); ++option) {
        REQUIRE(found.probability[first + option] == near(std::exp(0.4 * payoff[first + option]) / sum, 0.0, 1e-12));
      }
      first += game.options(actor);
    }
  }
}

TEST_CASE("at high precision a strict equilibrium stays where the search starts; without a start it is risk-dominant") {
  const FiniteGame hunt = testing::stag_hunt();  // hare, option 1, dominates in risk
  const std::vector<double> stag = {0.99, 0.01, 0.99, 0.01};
  ResponseSearch search;
  search.start = stag;
  CHECK(quantal_response(hunt, 8.0, search).probability[0] > 0.99);
  CHECK(quantal_response(hunt, 8.0).probability[1] > 0.99);
}

TEST_CASE("expected payoffs are those of the pure profiles where nobody mixes") {
  const FiniteGame game = testing::random_game(3, 50);
  const std::vector<double> pure = {0, 1, 0, 0, 1, 1, 0};
  const auto payoff = expected_payoffs(game, pure);  // profile (1, 2, 0) is number 10
  CHECK(payoff[1] == game.payoff(0, 10));
  CHECK(payoff[0] == game.payoff(0, 4));
  CHECK(payoff[3] == game.payoff(1, 8));
  CHECK(payoff[6] == game.payoff(2, 11));
}

TEST_CASE("searches that cannot succeed are refused or end with what is left") {
  const FiniteGame hunt = testing::stag_hunt();
  const auto fault = [&](double precision, const ResponseSearch& search) {
    return testing::error_message([&] { quantal_response(hunt, precision, search); });
  };
  CHECK(testing::contains(fault(-1.0, {}), "precision"));
  ResponseSearch hasty;
  hasty.most_iterations = 3;
  CHECK(testing::contains(fault(2.0, hasty), "still differ by"));
  const std::vector<double> uneven = {0.5, 0.6, 0.5, 0.5}, few = {0.5, 0.5}, many = {0.5, 0.5, 0.5, 0.5, 0.1};
  const std::vector<double> negative = {1.5, -0.5, 0.5, 0.5};
  for (const auto& start : {uneven, negative}) {
    ResponseSearch search;
    search.start = start;
    CHECK(testing::contains(fault(1.0, search), "each option of actor 0"));
  }
  ResponseSearch search;
  search.start = few;
  CHECK(testing::contains(fault(1.0, search), "each option of actor 1"));
  search.start = many;
  CHECK(testing::contains(fault(1.0, search), "more entries"));
  const std::vector<std::size_t> options = {2};
  const auto nowhere = [](std::span<const double>, std::span<double> payoff) {
    payoff[0] = 0.0;
    payoff[1] = std::numeric_limits<double>::infinity();
  };
  CHECK(testing::contains(testing::error_message([&] { quantal_response(options, 1.0, nowhere); }), "not a finite"));
  CHECK_THROWS_AS(expected_payoffs(hunt, few), InternalError);
}

TEST_CASE("a search can be stopped before each response") {
  int responses = 0;
  ResponseSearch search;
  search.between_responses = [&] {
    if (++responses == 5) throw DataError("stopped");
  };
  CHECK_THROWS_AS(quantal_response(testing::stag_hunt(), 2.0, search), DataError);
  CHECK(responses == 5);
}
