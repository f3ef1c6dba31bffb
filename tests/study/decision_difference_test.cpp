#include "sim/study/decision_difference.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/told_result.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

/// Kenya's first decision: it stays at the draw 0.412; the terms are alignment, inertia, side_payment.
LoggedDecision kenya() {
  return read_decisions(told_result())[0];
}

/// The same with another value of a term of signing, taken anew.
LoggedDecision with_term(LoggedDecision decision, std::size_t term, double value, std::size_t chosen) {
  LoggedOption& option = decision.options[1];
  option.term_value[term] = value;
  option.total = 0.0;
  for (const double one : option.term_value) option.total += one;
  decision.chosen = chosen;
  return decision;
}

std::string told(const LoggedDecision& first, const LoggedDecision& second) {
  const LabelledDataset result = told_result();
  const Wording wording(result);
  return explain_difference(wording, wording, first, second);
}

}  // namespace

TEST_CASE("equal decisions differ in nothing") {
  const DecisionDifference difference = compare_decisions(kenya(), kenya());
  CHECK(!difference.any());
  CHECK(!difference.main_term);
  for (const TermDifference& term : difference.terms) CHECK(term.difference() == 0.0);
}

TEST_CASE("a term that made two decisions part is named, and alone enough") {
  // Alignment +0.08 instead of −0.12: signing is worth +0.07, and staying holds 0.332 only.
  const LoggedDecision second = with_term(kenya(), 0, 0.08, 1);
  const DecisionDifference difference = compare_decisions(kenya(), second);
  CHECK(difference.values);
  CHECK(!difference.draws);
  CHECK(!difference.offers);
  REQUIRE(difference.main_term);
  CHECK(*difference.main_term == 0);
  CHECK(difference.main_term_is_enough);
  CHECK(!difference.draw_is_enough);
  CHECK(told(kenya(), second) == R"(  first:  courted by the Clean Network with an offer of USD 0.42 bn; stayed out
  second: courted by the Clean Network with an offer of USD 0.42 bn; signed the Clean Network
  The draw was the same: 0.4120.
  What signing the Clean Network was worth against staying, in pp of real income a year:
                        first   second difference
    alignment          -0.120   +0.080     +0.200
    inertia            -0.250   -0.250      0.000
    side_payment       +0.240   +0.240      0.000
    in all             -0.130   +0.070     +0.200
  alignment made the largest difference: in the second run it spoke 0.200 pp more against staying; with its values of the first run the second would have stayed out.
)");
}

TEST_CASE("the largest of several terms need not be enough") {
  const LoggedDecision second = with_term(with_term(kenya(), 0, 0.4, 1), 1, -0.01, 1);
  const DecisionDifference difference = compare_decisions(kenya(), second);
  REQUIRE(difference.main_term);
  CHECK(*difference.main_term == 0);
  CHECK(!difference.main_term_is_enough);
  CHECK_THAT(told(kenya(), second), contains_substring("the second would still not have stayed out."));
}

TEST_CASE("seen from the other side the same term spoke less for signing") {
  const LoggedDecision first = with_term(kenya(), 0, 0.08, 1);
  CHECK_THAT(told(first, kenya()),
             contains_substring("alignment made the largest difference: in the second run it spoke "
                                "0.200 pp less for signing the Clean Network; with its values of "
                                "the first run the second would have signed the Clean Network."));
}

TEST_CASE("another draw is told apart from other terms") {
  LoggedDecision second = kenya();
  second.uniform = 0.9;
  second.chosen = 1;
  const DecisionDifference difference = compare_decisions(kenya(), second);
  CHECK(difference.draws);
  CHECK(!difference.values);
  CHECK(difference.draw_is_enough);
  CHECK(!difference.main_term);
  const std::string text = told(kenya(), second);
  CHECK_THAT(text, contains_substring("The draws differ: 0.4120 and 0.9000."));
  CHECK_THAT(text, contains_substring("The draw alone would have made them part"));
  CHECK_THAT(text, contains_substring("No term spoke more for what the second run took: the draw made them part."));
}

TEST_CASE("another rule is told apart") {
  LoggedDecision second = kenya();
  second.temperature = 1.0;
  second.chosen = 0;
  CHECK(compare_decisions(kenya(), second).rules);
  CHECK_THAT(told(kenya(), second), contains_substring("The rules differ: logit at 0.1 pp and logit at 1 pp."));
  const LoggedDecision best = read_decisions(told_result())[3];
  LoggedDecision random = best;
  random.on_tie = OnTie::kRandom;
  CHECK_THAT(told(best, random), contains_substring("The rules differ: best response, ties within 1e-09 pp: stay and "
                                                    "best response, ties within 1e-09 pp: random."));
  LoggedDecision better = best;
  better.rule = ChoiceRule::kBetterResponse;
  CHECK(compare_decisions(best, better).rules);
  CHECK_THAT(told(best, better), contains_substring(" and better response, ties within 1e-09 pp: stay."));
}

TEST_CASE("options that one run lacked, and other offers, are told apart") {
  LoggedDecision second = kenya();
  second.options[1].target = {"gids"};
  const DecisionDifference difference = compare_decisions(kenya(), second);
  CHECK(difference.only_first == std::vector<std::string>{"clean_network"});
  CHECK(difference.only_second == std::vector<std::string>{"gids"});
  CHECK(difference.terms.empty());
  const std::string text = told(kenya(), second);
  CHECK_THAT(text, contains_substring("Only the first run could sign the Clean Network."));
  CHECK_THAT(text, contains_substring("Only the second run could sign GIDS."));
  LoggedDecision unpaid = kenya();
  unpaid.options[1].offer_busd = 0.0;
  CHECK(compare_decisions(kenya(), unpaid).offers);
  CHECK_THAT(told(kenya(), unpaid),
             contains_substring("The offers to sign the Clean Network differ: USD 0.42 bn and none."));
}
