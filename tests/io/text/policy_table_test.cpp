#include "sim/io/text/policy_table.hpp"

#include <string>

#include "sim/io/text/scenario_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/error_message.hpp"

namespace splinternet::testing {
namespace {

Scenario with_table(const std::string& table) {
  return parse_scenario(
      "[run]\nstart = 2020-01-01\nhorizon = 2\n[world]\nactors = 5\n[framework.pact]\nopen_at_start = true\n"
      "[countries]\nchoice = \"policy_table\"\nschedule = \"simultaneous\"\npolicy_table = " +
          table + "\n",
      "bass.toml", "");
}

std::string refusal(const std::string& table) {
  return error_message([&] { with_table(table); });
}

TEST_CASE("policy table: points are read, what is left out is 0, and the resolved scenario says the same") {
  const Scenario scenario = with_table("[{share = 0, accede = 0.03}, {share = 0.5, accede = 1, withdraw = 0.25}]");
  REQUIRE(scenario.policy_table.size() == 2);
  CHECK(scenario.policy_table[0].accede == 0.03);
  CHECK(scenario.policy_table[0].withdraw == 0.0);
  CHECK(scenario.policy_table[1].share == 0.5);
  CHECK(scenario.policy_table[1].withdraw == 0.25);
  CHECK(scenario.terms.empty());
  const Scenario again = parse_scenario(scenario.resolved, "resolved.toml", "");
  CHECK(again.resolved == scenario.resolved);
  CHECK(again.policy_table.size() == 2);
  CHECK(again.policy_table[1].withdraw == 0.25);
}

TEST_CASE("policy table: what is no table is refused with its place") {
  CHECK_THAT(refusal("[]"), contains_substring("bass.toml:11:16"));
  CHECK_THAT(refusal("[]"), contains_substring("no point"));
  CHECK_THAT(refusal("0.5"), contains_substring("list of points"));
  CHECK_THAT(refusal("[1]"), contains_substring("countries.policy_table[0]"));
  CHECK_THAT(refusal("[{accede = 0.1}]"), contains_substring("share"));
  CHECK_THAT(refusal("[{share = 0, acede = 0.1}]"), contains_substring("accede"));
  CHECK_THAT(refusal("[{share = 0, accede = 1.1}]"), contains_substring("countries.policy_table[0].accede"));
  CHECK_THAT(refusal("[{share = 2, accede = 1}]"), contains_substring("from 0 to 1"));
  CHECK_THAT(refusal("[{share = 0.5}, {share = 0.5}]"), contains_substring("not above that of the point before"));
}

}  // namespace
}  // namespace splinternet::testing
