#include "sim/study/decision_log.hpp"

#include <cmath>
#include <limits>

#include "sim/core/check.hpp"
#include "sim/study/country_log.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/changed.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/told_result.hpp"

using namespace splinternet;
using namespace splinternet::testing;
using Names = std::vector<std::string>;

TEST_CASE("a decision has its options, offers, terms and probabilities") {
  const CountryLog kenya = read_country_log(told_result(), "KEN");
  CHECK(kenya.terms == Names{"alignment", "inertia", "side_payment"});
  REQUIRE(kenya.decisions.size() == 3);
  const LoggedDecision& first = kenya.decisions[0];
  CHECK(first.courted_by == Names{"clean_network"});
  CHECK(first.chosen == 0);
  CHECK(first.uniform == 0.412);
  REQUIRE(first.options.size() == 2);
  CHECK(first.options[0].target.empty());
  CHECK(first.options[1].target == Names{"clean_network"});
  CHECK(first.options[1].offer_busd == 0.42);
  CHECK(first.options[1].term_value == std::vector<double>{-0.12, -0.25, 0.24});
  // 1/(1 + e^{1.3}) = 0.21416501695744
  CHECK(std::fabs(first.options[1].probability - 0.21416501695744) < 1e-12);
  CHECK(kenya.decisions[1].options[1].term_value[0] == 0.1802);
  CHECK(kenya.decisions[2].options.size() == 3);
  CHECK(read_country_log(told_result(), "ZMB").decisions[0].courted_by == Names{"clean_network", "gids"});
}

TEST_CASE("under best response there are no probabilities") {
  const CountryLog norway = read_country_log(told_result(), "NOR");
  for (const LoggedOption& option : norway.decisions[0].options) CHECK(std::isnan(option.probability));
}

TEST_CASE("decisions that point outside their options are refused") {
  for (const auto& [name, value] : std::vector<std::pair<const char*, std::int32_t>>{{"decision_first_option", -1},
                                                                                     {"decision_first_option", 10},
                                                                                     {"decision_option_count", 0},
                                                                                     {"decision_option_count", 100},
                                                                                     {"decision_chosen", 2},
                                                                                     {"decision_chosen", -1}}) {
    LabelledDataset result = told_result();
    set(result, name, 0, value);
    CHECK_THAT(message_of<DataError>([&] { return read_country_log(result, "KEN").code; }),
               contains_substring("contradict its options: decision 0"));
  }
}

TEST_CASE("every recorded decision of a run can be replayed from the file, and its terms sum to the total") {
  const RunResult run = run_classroom({"countries.schedule=poisson", "countries.spontaneous_rate=0.5"});
  std::size_t decisions = 0;
  for (const std::string& code : std::get<Names>(run.dataset.find("country")->values)) {
    for (const LoggedDecision& decision : read_country_log(run.dataset, code).decisions) {
      ++decisions;
      double below = 0.0;
      std::size_t chosen = 0;
      while (chosen + 1 < decision.options.size() && decision.uniform >= below + decision.options[chosen].probability) {
        below += decision.options[chosen++].probability;
      }
      CHECK(chosen == decision.chosen);
      for (const LoggedOption& option : decision.options) {
        double total = 0.0;
        for (const double value : option.term_value) total += value;
        CHECK(total == option.total);
      }
      for (const double value : decision.options[0].term_value) CHECK(value == 0.0);
    }
  }
  CHECK(decisions > 20);
}

TEST_CASE("the temperature of a decision is the one in force, shocks included") {
  const RunResult run =
      run_classroom({"event.heat.kind=\"shock\"", "event.heat.parameter=\"countries.temperature\"",
                     "event.heat.amount=0.5", "event.heat.date=2020-12-01", "countries.temperature=0.2"});
  const auto& step = std::get<std::vector<std::int32_t>>(run.dataset.find("decision_step")->values);
  const auto& temperature = std::get<std::vector<double>>(run.dataset.find("decision_temperature")->values);
  REQUIRE(step.front() < 5);
  REQUIRE(step.back() >= 5);
  for (std::size_t n = 0; n < step.size(); ++n) CHECK(temperature[n] == (step[n] < 5 ? 0.2 : 0.5));
}

TEST_CASE("ids of a set of frameworks are split at the plus") {
  CHECK(split_ids("").empty());
  CHECK(split_ids("gids") == Names{"gids"});
  CHECK(split_ids("clean_network+gids") == Names{"clean_network", "gids"});
}

TEST_CASE("all decisions of a file come in its order with rule and rate") {
  const std::vector<LoggedDecision> decisions = read_decisions(told_result());
  REQUIRE(decisions.size() == 5);
  for (std::size_t n = 0; n < 5; ++n) CHECK(decisions[n].row == n);
  CHECK(decisions[3].country == "NOR");
  CHECK(std::isnan(decisions[3].temperature));
  CHECK(decisions[3].tie_eps == 1e-9);
  CHECK(decisions[0].temperature == 0.1);
  CHECK(std::isnan(decisions[0].tie_eps));
  CHECK(decisions[0].annuity == 0.15);
}

TEST_CASE("an answer has its rule, ballots and draw") {
  const std::vector<LoggedAnswer> answers = read_answers(told_result());
  REQUIRE(answers.size() == 2);
  CHECK(answers[0].rule == OrganisationRule::kConsensus);
  CHECK(answers[1].rule == OrganisationRule::kMajority);
  CHECK(!answers[0].accepted);
  CHECK(answers[1].accepted);
  CHECK(answers[1].utility == 0.05);
  CHECK(answers[1].uniform == 0.3);
  REQUIRE(answers[1].ballots.size() == 3);
  CHECK(answers[1].ballots[1].country == "DNK");
  CHECK(answers[1].ballots[1].utility == -std::numeric_limits<double>::infinity());
}

TEST_CASE("answers that point outside their ballots, and unknown categories, are refused") {
  for (const auto& [name, value] : std::vector<std::pair<const char*, std::int32_t>>{
           {"answer_first_ballot", -1}, {"answer_first_ballot", 4}, {"answer_ballot_count", 0}}) {
    LabelledDataset result = told_result();
    set(result, name, 0, value);
    CHECK_THAT(message_of<DataError>([&] { return read_answers(result).size(); }),
               contains_substring("contradict its ballots: answer 0"));
  }
  LabelledDataset result = told_result();
  set(result, "answer_rule", 1, std::int8_t{3});
  CHECK(message_of<DataError>([&] { return read_answers(result).size(); }) ==
        "array \"answer_rule\" of the result has no meaning for 3 in row 1");
  result = told_result();
  set(result, "decision_on_tie", 2, std::int8_t{-1});
  CHECK(message_of<DataError>([&] { return read_decisions(result).size(); }) ==
        "array \"decision_on_tie\" of the result has no meaning for -1 in row 2");
}
