#include "sim/study/summary.hpp"

#include <algorithm>
#include <sstream>

#include "tests/support/catch.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

std::size_t longest_line(const std::string& text) {
  std::size_t longest = 0;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    std::size_t columns = 0;
    for (const char c : line) columns += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    longest = std::max(longest, columns);
  }
  return longest;
}

}  // namespace

TEST_CASE("the head tells what was run") {
  const std::string text = summary(run_classroom({"run.seed=3"}), 0.5);
  CHECK_THAT(text, Catch::Matchers::StartsWith("Twelve countries, two frameworks: a classroom world: 12 countries, "));
  CHECK_THAT(text, contains_substring("2020-08-01 to 2021-08-01 in 12 steps, seed 3"));
}

TEST_CASE("the index is told even if the scenario leaves its series out of the record") {
  const std::string text = summary(run_classroom({"record.arrays=[\"reach_loss\"]"}), 0.5);
  CHECK_THAT(text, contains_substring("Splinternet index: 0."));
  CHECK_THAT(text, !contains_substring("(start"));
}

TEST_CASE("numbered actors are counted, named ones named") {
  const auto told = [](const std::string& entry) {
    return summary(run_to_end(load_setting(shipped("gallery/" + entry), {}), {}), 0.5);
  };
  CHECK_THAT(told("barrett-treaty"), contains_substring("\ntreaty: 4 of 10 actors (40.00 %)\n"));
  CHECK_THAT(told("unix-alliances"), contains_substring("Sun"));
  CHECK_THAT(told("unix-alliances"), !contains_substring("Splinternet index"));
}

TEST_CASE("signatories and listed members are named, those of the world at the end") {
  RunResult result = run_classroom();
  std::fill(result.world.members.level.begin(), result.world.members.level.end(), std::uint8_t{0});
  const auto set = [&](std::size_t country, std::size_t framework, MembershipLevel level) {
    result.world.members.level[result.world.at(country, framework)] = static_cast<std::uint8_t>(level);
  };
  set(0, 1, MembershipLevel::kSigned);  // BRA
  set(7, 1, MembershipLevel::kSigned);  // KEN
  set(4, 0, MembershipLevel::kListed);  // GBR
  const std::string text = summary(result, 0.5);
  CHECK_THAT(text, contains_substring("\nClean Network: 0 signed:\nClean Network: 1 listed: United Kingdom\n"
                                      "GIDS: 2 signed: Brazil, Kenya\n"));
}

TEST_CASE("index, movers and times are those of the run") {
  RunResult result = run_classroom();
  Observations& seen = result.world.derived.observed;
  seen.splinternet_index = 0.25;
  seen.real_income_pp = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -11};
  seen.world_real_income_pp = -0.125;
  result.phase_seconds.assign(phase_names().size(), 0.0);
  const auto phases = phase_names();
  const auto trade = std::find(phases.begin(), phases.end(), "trade") - phases.begin();
  result.phase_seconds[static_cast<std::size_t>(trade)] = 1.25;
  result.set_up_seconds = 0.75;
  const std::string text = summary(result, 2.5);
  CHECK_THAT(text, contains_substring("Splinternet index: 0.2500 (start 0."));
  CHECK_THAT(text, contains_substring("world -0.125 %; lowest USA -11.00 %, BRA +0.00 %, CHL +1.00 %"));
  CHECK_THAT(text, contains_substring("highest SGP +10.00 %, RUS +9.00 %, KOR +8.00 %, KEN +7.00 %, JPN +6.00 %\n"));
  CHECK_THAT(text, contains_substring("Time: 2.50 s (set-up 0.75, events 0.00, "));
  CHECK_THAT(text, contains_substring("trade 1.25"));
}

TEST_CASE("the refreshes of the linear response are counted, where market access is weighed and they are recorded") {
  RunResult result = run_classroom();
  for (LabelledArray& array : result.dataset.arrays) {
    if (array.name != "market_access_refreshes") continue;
    auto& taken = std::get<std::vector<std::int8_t>>(array.values);
    std::fill(taken.begin(), taken.end(), std::int8_t{0});
    taken[1] = taken[4] = 1;
    CHECK_THAT(summary(result, 1.0), contains_substring("Linear response of market access: taken anew in 2 of " +
                                                        std::to_string(taken.size() - 1) + " steps\n"));
    array.name = "another";
  }
  CHECK(summary(result, 1.0).find("Linear response of market access") == std::string::npos);
}

TEST_CASE("lists of many members are wrapped at 100 columns") {
  RunResult result =
      run_to_end(load_setting(shipped("clean-network-2020"), std::vector<Override>{{"run.horizon", "1"}}), {});
  std::fill(result.world.members.level.begin(), result.world.members.level.end(), std::uint8_t{2});
  const std::string text = summary(result, 1.0);
  CHECK_THAT(text, contains_substring("GIDS: 198 signed: Afghanistan,"));
  const std::string lists = text.substr(text.find("\n\n"), text.rfind("\n\n") - text.find("\n\n"));
  CHECK(longest_line(lists) <= 100);
}

TEST_CASE("sections that the scenario leaves out are left out") {
  const RunResult result = run_classroom({"trade.enabled=false"});
  CHECK_THAT(summary(result, 1.0), !contains_substring("Real income"));
}
