#include "sim/model/choice/choice_rule.hpp"

#include "sim/model/choice/better_response.hpp"
#include "sim/model/choice/logit.hpp"
#include "sim/model/countries.hpp"
#include "tests/contract/choice_contract.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using namespace splinternet::testing;

TEST_CASE("choice rule: every rule that weighs payoffs is pure, in range, stays when alone and favours no row") {
  for (int rule = 0; rule < kPayoffRules; ++rule) {
    for (const OnTie on_tie : kTieRules) {
      for (const double tie_eps : {1e-9, 0.125}) {
        INFO(rule << ' ' << static_cast<int>(on_tie) << ' ' << tie_eps);
        check_choice_contract({static_cast<ChoiceRule>(rule), 10.0, tie_eps, on_tie});
      }
    }
  }
}

TEST_CASE("choice rule: rules and words of the parameter have the same order") {
  CHECK(option_words(parameters::kChoice) == std::vector<std::string>{"logit", "best_response", "better_response",
                                                                              "steepest", "threshold", "imitate",
                                                                              "policy_table"});
  CHECK(option_words(parameters::kChoice).size() == kChoiceRules);
  for (std::int8_t rule = 0; rule < kChoiceRules; ++rule) {
    CHECK(weighs_payoffs(static_cast<ChoiceRule>(rule)) == (rule <= static_cast<std::int8_t>(ChoiceRule::kSteepest)));
  }
  const std::vector<double> utility{0.0, 0.1, 0.3};
  CHECK(choose_option({ChoiceRule::kLogit, 0.1, 0.0, OnTie::kStay}, utility, 0.03) == choose_logit(utility, 0.1, 0.03));
  CHECK(choose_option({ChoiceRule::kBestResponse, 0.1, 0.0, OnTie::kStay}, utility, 0.03) == 2);
  CHECK(choose_option({ChoiceRule::kBetterResponse, 0.1, 0.0, OnTie::kStay}, utility, 0.03) == 1);
  CHECK(choose_option({ChoiceRule::kSteepest, 0.1, 0.0, OnTie::kStay}, utility, 0.03) == 2);
}

TEST_CASE(
    "choice rule: under on_tie = stay replies to a potential game end where nobody gains, without phantom moves") {
  for (const ChoiceRule rule : {ChoiceRule::kBestResponse, ChoiceRule::kBetterResponse, ChoiceRule::kSteepest}) {
    for (std::uint32_t game = 100; game < 140; ++game) {
      const AlliancesEnd end = play_alliances({rule, 0.1, 1e-9, OnTie::kStay}, game);
      CHECK(end.settled);
      CHECK(end.is_equilibrium);
      CHECK(end.moves_without_gain == 0);
    }
  }
}

TEST_CASE("choice rule: ties that move go on for ever where there are any") {
  std::size_t restless = 0;
  for (std::uint32_t game = 0; game < 10; ++game) {
    const AlliancesEnd end = play_alliances({ChoiceRule::kBetterResponse, 0.1, 1e-9, OnTie::kLowest}, game);
    restless += end.settled ? 0 : 1;
    CHECK((end.settled || end.moves_without_gain > 0));
  }
  CHECK(restless > 0);
}
