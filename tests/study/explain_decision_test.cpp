#include "sim/study/explain_decision.hpp"

#include "sim/study/counterfactual.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/changed.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/told_result.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

std::string told(const LabelledDataset& result, std::size_t decision) {
  return explain_decision(Wording(result), read_decisions(result)[decision]);
}

std::string told_answer(const LabelledDataset& result, std::size_t answer, const std::string& country) {
  return explain_answer(Wording(result), read_answers(result)[answer], country);
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("a decision names what would have changed it") {
  const std::string text = told(told_result(), 0);
  CHECK_THAT(text, contains_substring("Without inertia: it would have signed the Clean Network.\n"));
  // T·ln(.588/.412) + .13 = .1656 % of USD 100 bn at 15 % a year: 1.10 bn; T·ln 4 + .13 = .2686: 1.79 bn.
  CHECK_THAT(text, contains_substring("To tip it to signing the Clean Network: 0.166 pp a year more, a one-off sum of "
                                      "USD 1.10 bn (1.1 % of GDP).\n"));
  CHECK_THAT(text, contains_substring("For a probability of 80 %: 0.269 pp a year more, a one-off sum of USD 1.79 bn "
                                      "(1.8 % of GDP).\n"));
}

TEST_CASE("whose members did not admit it is told") {
  LabelledDataset result = told_result();
  CHECK(occurrences(told(result, 4), "did not admit") == 0);
  result.arrays.push_back({"decision_refused_by",
                           {"decision"},
                           std::vector<std::string>{"gids", "", "", "", "clean_network+gids"},
                           "",
                           "",
                           {}});
  CHECK_THAT(told(result, 0), contains_substring("    Members did not admit it to GIDS.\n"));
  CHECK_THAT(told(result, 4), contains_substring("Members did not admit it to the Clean Network or GIDS.\n"));
  CHECK(occurrences(told(result, 1), "did not admit") == 0);
}

TEST_CASE("every single term that decides is named, and no other") {
  const RunResult run = run_classroom({"countries.spontaneous_rate=0.3", "countries.refusal_months=1"});
  const Wording wording(run.dataset);
  std::size_t deciding = 0;
  for (const LoggedDecision& decision : read_decisions(run.dataset)) {
    if (decision.options.size() == 1) continue;
    const std::string text = explain_decision(wording, decision);
    const std::vector<Removal> removals = decisive_terms(decision);
    CHECK((text.find("Without any single term: the same choice.") != std::string::npos) == removals.empty());
    for (const Removal& removal : removals) {
      const std::string outcome = ": it would have " + wording.option(decision, removal.chosen, Form::kPast) + ".\n";
      const std::size_t end = text.find(outcome);
      REQUIRE(end != std::string::npos);
      const std::size_t begin = text.rfind("Without ", end);
      CHECK_THAT(text.substr(begin, end - begin), contains_substring(std::string(wording.terms()[removal.term].name)));
      ++deciding;
    }
  }
  CHECK(deciding > 3);
}

TEST_CASE("where sums of money are not weighed, only the worth is told") {
  LabelledDataset result = told_result();
  set(result, "term", 2, std::string("taste"));
  CHECK_THAT(told(result, 0), contains_substring("To tip it to signing the Clean Network: 0.166 pp a year more.\n"));
  result = told_result();
  for (std::size_t n = 0; n < 5; ++n) set(result, "decision_annuity", n, 0.0);
  CHECK_THAT(told(result, 0), contains_substring("To tip it to signing the Clean Network: 0.166 pp a year more.\n"));
}

TEST_CASE("how much of an offer was needed is told") {
  // Kenya signs at the draw .875 with USD 50 mn, worth 7.5 % of GDP a year: it has T·ln(…) to spare.
  CHECK_THAT(told(told_result(), 1), contains_substring("The same draw would have taken it without the offer.\n"));
  LabelledDataset result = told_result();
  set(result, "option_offer", 3, 2.0);
  const LoggedDecision decision = read_decisions(result)[1];
  const double needed = 2.0 + tipping_worth(decision, 1) / 100.0 * 100.0 / 0.15;
  REQUIRE(needed > 0.0);
  CHECK_THAT(told(result, 1), contains_substring("The same draw would have taken it for " + sum_of_money(needed) +
                                                 " of the USD 2.00 bn offered.\n"));
}

TEST_CASE("a draw at the very edge cannot be tipped") {
  LabelledDataset result = told_result();
  set(result, "decision_uniform", 0, 0.0);
  CHECK_THAT(told(result, 0),
             contains_substring("To tip it to signing the Clean Network: no sum would do with this draw.\n"));
}

TEST_CASE("waterfalls are those of the option taken and of its best alternative") {
  CHECK(occurrences(told(told_result(), 0), "worth against staying") == 1);
  CHECK(occurrences(told(told_result(), 3), "worth against staying") == 2);
  CHECK(occurrences(told(told_result(), 4), "worth against staying") == 0);
  const std::vector<LoggedDecision> decisions = read_decisions(told_result());
  CHECK(best_alternative(decisions[0]) == 1);
  CHECK(best_alternative(decisions[1]) == 0);
  CHECK(best_alternative(decisions[3]) == 2);
  CHECK(best_alternative(decisions[4]) == 0);
}

TEST_CASE("an answer tells the rule, the member that decides, its own view and vetoes") {
  CHECK(told_answer(told_result(), 0, "NOR") ==
        R"(2020-09 (step 2): the Nordic Council was courted by the Clean Network; it refused:
    By consensus the least willing of 3 members decides: DNK, -0.200 pp.
    The draw was 0.5000, the probability of acceding 0.1192.
    NOR itself: in already.
    Vetoed by DNK.
    Without DNK: yes.
)");
  CHECK(told_answer(told_result(), 1, "SWE") ==
        R"(2020-10 (step 3): the Nordic Council was courted by GIDS; it acceded:
    By majority the lower median of 3 members decides: NOR, +0.050 pp.
    The draw was 0.3000, the probability of acceding 0.6225.
    SWE itself: +0.400 pp.
    Against were 1 of 3: DNK.
    Without one of NOR or SWE: no.
)");
}

TEST_CASE("a leader's answer is its own") {
  LabelledDataset result = told_result();
  set(result, "answer_rule", 1, std::int8_t{2});
  set(result, "answer_ballot_count", 1, 1);
  const std::string text = told_answer(result, 1, "SWE");
  CHECK_THAT(text, contains_substring("Its leader decides: NOR, +0.050 pp.\n"));
  CHECK_THAT(text, contains_substring("Nobody was against.\n    Without any single member: the same answer.\n"));
}

TEST_CASE("of many members against only some are named") {
  LabelledDataset result = told_result();
  std::vector<std::string> names;
  std::vector<double> votes;
  for (const char* code : {"AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH", "III"}) {
    names.emplace_back(code);
    votes.push_back(-0.2);
  }
  for (LabelledArray& array : result.arrays) {
    if (array.name == "ballot_country") array.values = names;
    if (array.name == "ballot_utility") array.values = votes;
  }
  set(result, "answer_ballot_count", 0, 9);
  set(result, "answer_first_ballot", 1, 0);
  CHECK_THAT(told_answer(result, 0, "AAA"), contains_substring("Vetoed by AAA, BBB, CCC, DDD, EEE, FFF and 3 more.\n"));
}

TEST_CASE("a steepest move is told without its draw and without probabilities") {
  LabelledDataset result = told_result();
  set(result, "decision_rule", 3, std::int8_t{3});
  const std::string text = told(result, 3);
  CHECK_THAT(text, contains_substring("Steepest: of all options of all countries this one gained most.\n"));
  CHECK(text.find("probability") == std::string::npos);
}

TEST_CASE("a better response is told with its draw and without probabilities") {
  LabelledDataset result = told_result();
  set(result, "decision_rule", 3, std::int8_t{2});
  const std::string text = told(result, 3);
  CHECK_THAT(text, contains_substring("Better response: the draw of 0.5000 picks among the options worth more than "
                                      "staying.\n"));
  CHECK(text.find("probability") == std::string::npos);
}
