#include "sim/study/wording.hpp"

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/changed.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/told_result.hpp"

using namespace splinternet;
using namespace splinternet::testing;

TEST_CASE("frameworks, organisations and countries go by their names, articles before several words") {
  const LabelledDataset result = told_result();
  const Wording wording(result);
  CHECK(wording.run() == "\"Four countries\", seed 7");
  CHECK(wording.month(4) == "2020-11");
  CHECK(wording.framework("clean_network") == "the Clean Network");
  CHECK(wording.frameworks({"clean_network", "gids"}) == "the Clean Network and GIDS");
  CHECK(wording.framework("unheard_of") == "unheard_of");
  CHECK(wording.organisation("nordic_council") == "the Nordic Council");
  CHECK(wording.country("KEN") == "Kenya");
  CHECK(wording.gdp_busd("KEN") == 100.0);
  CHECK(message_of<DataError>([&] { return wording.gdp_busd("XYZ"); }) == "the result has no country \"XYZ\"");
}

TEST_CASE("worths carry the unit of the run's payoffs") {
  const LabelledDataset result = told_result();
  const Wording income(result);
  CHECK(income.with_unit("0.3") == "0.3 pp");
  CHECK(income.lasting("0.3") == "0.3 pp a year");
  CHECK(income.unit_in_words() == "pp of real income a year");
  const auto unit = [&](const std::string& name) {
    LabelledDataset game = told_result();
    for (auto& [key, value] : game.attributes) {
      if (key == "scenario") value += "[countries]\nunit = \"" + name + "\"\n";
    }
    const Wording wording(game);
    return wording.lasting("0.3") + ", " + wording.unit_in_words();
  };
  CHECK(unit("ducats") == "0.3 ducats, ducats");
  CHECK(unit("1") == "0.3, units of payoff");
}

TEST_CASE("terms carry their meanings, unknown ones none") {
  LabelledDataset result = told_result();
  set(result, "term", 1, std::string("weather"));
  const Wording wording(result);
  REQUIRE(wording.terms().size() == 3);
  CHECK(wording.terms()[0].name == "alignment");
  CHECK_THAT(std::string(wording.terms()[0].meaning), contains_substring("ideology"));
  CHECK(wording.terms()[1].name == "weather");
  CHECK(wording.terms()[1].meaning.empty());
}

TEST_CASE("options are told as done, to do and doing") {
  const LabelledDataset result = told_result();
  const Wording wording(result);
  const LoggedDecision kenya = read_decisions(result)[2];
  CHECK(wording.option(kenya, 0, Form::kPast) == "stayed in GIDS");
  CHECK(wording.option(kenya, 0, Form::kGerund) == "staying");
  CHECK(wording.option(kenya, 1, Form::kGerund) == "signing the Clean Network and leaving GIDS");
  CHECK(wording.option(kenya, 2, Form::kInfinitive) == "leave GIDS");
  CHECK(wording.option(read_decisions(result)[0], 0, Form::kInfinitive) == "stay out");
  CHECK(wording.occasion(kenya) == "reconsidered on its own");
  CHECK(wording.occasion(read_decisions(result)[0]) == "courted by the Clean Network with an offer of USD 0.42 bn");
}

TEST_CASE("changes of membership are told by their kind") {
  const LabelledDataset result = told_result();
  const Wording wording(result);
  const auto told = [&](ActKind kind, double offer = 0.0) {
    return act_in_words(wording, {1, "gids", kind, "nordic_council", offer});
  };
  CHECK(told(ActKind::kAccede) == "signed GIDS");
  CHECK(told(ActKind::kAccede, 0.05) == "signed GIDS, accepting USD 50.0 mn");
  CHECK(told(ActKind::kWithdraw) == "left GIDS");
  CHECK(told(ActKind::kListingLapsed) == "its listing in GIDS lapsed");
  CHECK(told(ActKind::kJointAccession) == "joined GIDS together with its fellow members of the Nordic Council");
  CHECK(told(ActKind::kSponsorSigned) == "signed GIDS as its sponsor");
  CHECK(act_in_words(wording, {1, "gids", ActKind::kJointAccession, "", 0.0}) ==
        "joined GIDS together with others who were asked at the same time");
}

TEST_CASE("sums, shares and counts have a form") {
  CHECK(sum_of_money(0.42) == "USD 0.42 bn");
  CHECK(sum_of_money(0.05) == "USD 50.0 mn");
  CHECK(percent(0.1234) == "12.3 %");
  CHECK(times(1) == "once");
  CHECK(times(2) == "twice");
  CHECK(times(3) == "3 times");
  CHECK(named_code("Brazil", "BRA") == "Brazil (BRA)");
  CHECK(named_code("IBM", "IBM") == "IBM");
  CHECK(ids_without({"a", "b", "c"}, {"b"}) == std::vector<std::string>{"a", "c"});
}
