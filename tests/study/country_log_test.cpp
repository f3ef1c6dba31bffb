#include "sim/study/country_log.hpp"

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/changed.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/told_result.hpp"

using namespace splinternet;
using namespace splinternet::testing;
using Names = std::vector<std::string>;

TEST_CASE("a country is found by code or by name in any case") {
  const LabelledDataset result = told_result();
  for (const char* name : {"KEN", "ken", "Kenya", "kENYA"}) CHECK(read_country_log(result, name).code == "KEN");
}

TEST_CASE("an unknown country leads to the nearest name or code") {
  const LabelledDataset result = told_result();
  CHECK(message_of<DataError>([&] { return read_country_log(result, "Brasil").code; }) ==
        "the result has no country \"Brasil\"; give an ISO 3166-1 alpha-3 code or an English name. Did you mean "
        "\"Brazil\"?");
  CHECK_THAT(message_of<DataError>([&] { return read_country_log(result, "KNE").code; }),
             contains_substring("Did you mean \"KEN\"?"));
  CHECK_THAT(message_of<DataError>([&] { return read_country_log(result, "").code; }),
             !contains_substring("Did you mean"));
}

TEST_CASE("memberships, acts and decisions are those of the country alone") {
  const CountryLog norway = read_country_log(told_result(), "NOR");
  REQUIRE(norway.at_start.size() == 1);
  CHECK(norway.at_start[0].framework == "clean_network");
  CHECK(norway.at_start[0].level == MembershipLevel::kListed);
  REQUIRE(norway.at_end.size() == 1);
  CHECK(norway.at_end[0].framework == "gids");
  CHECK(norway.at_end[0].level == MembershipLevel::kSigned);
  REQUIRE(norway.acts.size() == 2);
  CHECK(norway.acts[0].kind == ActKind::kListingLapsed);
  CHECK(norway.acts[1].kind == ActKind::kJointAccession);
  CHECK(norway.acts[1].organisation == "nordic_council");
  REQUIRE(norway.decisions.size() == 1);
  CHECK(norway.decisions[0].step == 6);
}

TEST_CASE("answers are those of organisations in which the country has a say") {
  const CountryLog norway = read_country_log(told_result(), "NOR");
  REQUIRE(norway.answers.size() == 2);
  CHECK(norway.answers[0].framework == "clean_network");
  CHECK(norway.answers[1].accepted);
  CHECK(read_country_log(told_result(), "KEN").answers.empty());
}

TEST_CASE("a member without a vote hears the answer with which it joined") {
  LabelledDataset result = told_result();
  for (const std::size_t n : {0U, 3U}) set(result, "ballot_country", n, std::string("ISL"));
  const CountryLog norway = read_country_log(result, "NOR");
  REQUIRE(norway.answers.size() == 1);
  CHECK(norway.answers[0].step == 3);
}

TEST_CASE("a run without decisions or memberships still tells the acts") {
  const RunResult run = run_classroom({"record.decisions=false", "record.arrays=[\"splinternet_index\"]"});
  const CountryLog log = read_country_log(run.dataset, "USA");
  CHECK(log.decisions.empty());
  CHECK(log.at_end.empty());
  REQUIRE(log.acts.size() == 1);
  CHECK(log.acts[0].kind == ActKind::kSponsorSigned);
}
