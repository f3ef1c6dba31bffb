#include "sim/study/counterfactual.hpp"

#include <cmath>
#include <limits>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/organisations.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/told_result.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// A decision over options of three random terms each, staying worth 0, taken as its rule says.
LoggedDecision random_decision(std::uint32_t n, double temperature, ChoiceRule other = ChoiceRule::kBestResponse) {
  const Draws draws(11, Purpose::kTest, 0, n);
  LoggedDecision decision;
  decision.uniform = draws.uniform(0);
  decision.rule = std::isnan(temperature) ? other : ChoiceRule::kLogit;
  decision.temperature = temperature;
  decision.tie_eps = std::isnan(temperature) ? 1e-6 : kNone;
  const std::uint32_t options = 2 + draws.below(3, 1);
  for (std::uint32_t o = 0; o < options; ++o) {
    LoggedOption option;
    for (std::uint32_t t = 0; t < 3; ++t) {
      option.term_value.push_back(o == 0 ? 0.0 : draws.uniform(10 + 3 * o + t) - 0.5);
      option.total += option.term_value.back();
    }
    decision.options.push_back(option);
  }
  decision.chosen = choose_again(decision, totals_of(decision));
  return decision;
}

/// What the draw takes if an option is worth so much more.
std::size_t chosen_with(const LoggedDecision& decision, std::size_t option, double more) {
  std::vector<double> total = totals_of(decision);
  total[option] += more;
  return choose_again(decision, total);
}

LoggedAnswer answer_of(OrganisationRule rule, std::vector<double> votes, double uniform) {
  LoggedAnswer answer;
  answer.rule = rule;
  answer.temperature = 0.1;
  answer.uniform = uniform;
  for (const double vote : votes) answer.ballots.push_back({"AAA", vote});
  answer.utility = collective_utility(rule, votes);
  answer.accepted = answers_yes(answer, answer.utility);
  return answer;
}

}  // namespace

TEST_CASE("a term left out changes the totals, the other terms keep their order") {
  const LoggedDecision first = read_decisions(told_result())[0];
  CHECK(totals_of(first) == std::vector<double>{0.0, -0.13});
  CHECK(totals_without(first, 1) == std::vector<double>{0.0, -0.12 + 0.24});
  CHECK(totals_without(first, 2) == std::vector<double>{0.0, -0.12 + -0.25});
}

TEST_CASE("the terms that decide are those without which the same draw takes something else") {
  // Draw 0.412, T = 0.1: staying holds 1/(1 + e^{0.12/0.1}) = 0.2315 without inertia, else 0.7858 and more.
  const std::vector<LoggedDecision> decisions = read_decisions(told_result());
  const std::vector<Removal> first = decisive_terms(decisions[0]);
  REQUIRE(first.size() == 1);
  CHECK(first[0].term == 1);
  CHECK(first[0].chosen == 1);
  // Draw 0.875: without alignment the chosen option holds only 0.924 to 1.
  const std::vector<Removal> second = decisive_terms(decisions[1]);
  REQUIRE(second.size() == 1);
  CHECK(second[0].term == 0);
  CHECK(second[0].chosen == 0);
  // Best response: without alignment leaving (0) ties with staying, and ties stay.
  const std::vector<Removal> fourth = decisive_terms(decisions[3]);
  REQUIRE(fourth.size() == 1);
  CHECK(fourth[0].chosen == 0);
}

TEST_CASE("the sum that tips a choice between two has a closed form") {
  // Draw 0.412: signing is taken from 1 − p = 0.412 on, T·ln(0.588/0.412) = 0.03557 against −0.13.
  const LoggedDecision first = read_decisions(told_result())[0];
  CHECK(std::fabs(tipping_worth(first, 1) - (0.1 * std::log(0.588 / 0.412) + 0.13)) < 1e-12);
  CHECK(std::fabs(worth_for_probability(first, 1, 0.8) - (0.1 * std::log(4.0) + 0.13)) < 1e-12);
  CHECK(std::fabs(worth_for_probability(first, 1, first.options[1].probability)) < 1e-12);
}

TEST_CASE("just above the sum that tips the draw takes the option, just below it does not") {
  for (const double temperature : {0.05, 0.2, 1.0, kNone}) {
    for (std::uint32_t n = 0; n < 200; ++n) {
      const LoggedDecision decision = random_decision(n, temperature);
      for (std::size_t option = 0; option < decision.options.size(); ++option) {
        INFO(temperature << ' ' << n << ' ' << option);
        const double worth = tipping_worth(decision, option);
        REQUIRE(std::isfinite(worth));
        CHECK(chosen_with(decision, option, worth + 1e-9) == option);
        CHECK(chosen_with(decision, option, worth - 3e-6) != option);
        CHECK((worth <= 2e-6) == (option == decision.chosen || std::fabs(worth) < 2e-6));
      }
    }
  }
}

TEST_CASE("under better response just above the sum that tips, the draw takes the option, if any sum does") {
  std::size_t impossible = 0;
  for (std::uint32_t n = 0; n < 200; ++n) {
    const LoggedDecision decision = random_decision(n, kNone, ChoiceRule::kBetterResponse);
    CHECK(tipping_worth(decision, decision.chosen) <= 2e-6);
    for (std::size_t option = 0; option < decision.options.size(); ++option) {
      INFO(n << ' ' << option);
      const double worth = tipping_worth(decision, option);
      if (std::isinf(worth)) {
        ++impossible;
        for (const double more : {-2.0, -0.1, 0.1, 1.0, 5.0}) CHECK(chosen_with(decision, option, more) != option);
        continue;
      }
      CHECK(chosen_with(decision, option, worth + 1e-9) == option);
      CHECK(chosen_with(decision, option, worth - 3e-6) != option);
    }
  }
  CHECK(impossible > 10);
}

TEST_CASE("no sum tips a draw at the very edge, and an only option needs none") {
  LoggedDecision decision = random_decision(1, 0.1);
  decision.uniform = 0.0;
  CHECK(tipping_worth(decision, 1) == std::numeric_limits<double>::infinity());
  decision.options.resize(1);
  CHECK(tipping_worth(decision, 0) == -std::numeric_limits<double>::infinity());
  CHECK(worth_for_probability(decision, 0, 0.8) == -std::numeric_limits<double>::infinity());
}

TEST_CASE("under best response no sum makes a probability") {
  CHECK(std::isnan(worth_for_probability(random_decision(1, kNone), 1, 0.8)));
}

TEST_CASE("a decision without a usable draw or rule cannot be taken again") {
  LoggedDecision decision = random_decision(1, 0.1);
  decision.row = 7;
  for (const double uniform : {-0.1, 1.0, kNone}) {
    LoggedDecision other = decision;
    other.uniform = uniform;
    CHECK(message_of<DataError>([&] { return choose_again(other, totals_of(other)); }) ==
          "decision 7 of the result cannot be replayed: its draw is not in [0, 1)");
  }
  decision.temperature = 0.0;
  CHECK_THAT(message_of<DataError>([&] { return choose_again(decision, totals_of(decision)); }),
             contains_substring("its temperature is not positive"));
  decision.rule = ChoiceRule::kBestResponse;
  CHECK_THAT(message_of<DataError>([&] { return choose_again(decision, totals_of(decision)); }),
             contains_substring("its tie_eps is negative or missing"));
}

TEST_CASE("a member decides if the answer is another without it") {
  // p(−0.2) = 0.119, p(0.1) = 0.731 at T = 0.1.
  CHECK(decisive_ballots(answer_of(OrganisationRule::kConsensus, {0.3, -0.2, 0.1}, 0.5)) ==
        std::vector<std::size_t>{1});
  CHECK(decisive_ballots(answer_of(OrganisationRule::kConsensus, {0.3, -0.2, -0.2}, 0.5)).empty());
  // Majority of {−0.3, 0.2, 0.3}: the lower median is 0.2; of two it is the lower one.
  CHECK(decisive_ballots(answer_of(OrganisationRule::kMajority, {0.2, -0.3, 0.3}, 0.5)) ==
        std::vector<std::size_t>{0, 2});
  CHECK(decisive_ballots(answer_of(OrganisationRule::kLeader, {0.2}, 0.5)).empty());
}
