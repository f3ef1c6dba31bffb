#include "sim/study/state_analysis_csv.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/state_worlds.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

std::string csv_of(const Scenario& scenario, const WorldTables& tables) {
  const World world = actor_world(scenario, tables);
  return state_analysis_csv(world, analyse_states(world));
}

std::size_t rows_of(const std::string& csv, const std::string& table) {
  std::size_t rows = 0;
  for (std::size_t at = csv.find("\n" + table + ","); at != std::string::npos;
       at = csv.find("\n" + table + ",", at + 1)) {
    ++rows;
  }
  return rows;
}

}  // namespace

TEST_CASE("all numbers of a treaty stand in one file, table by table") {
  const std::string csv = csv_of(table_scenario(), state_game(3, treaty_payoff));
  CHECK_THAT(csv,
             Catch::Matchers::StartsWith(
                 "analysis,state,members,names,is_strict,starts,share_of_starts,random_order_probability,potential,"
                 "energy,sum_of_payoffs,gibbs_probability,actor,now,best_move,payment_to_tip,period,cycles,size,"));
  CHECK_THAT(csv, contains_substring("\nrest_states,4,pact: b c,1,1,2,0.25,"));
  CHECK_THAT(csv, contains_substring("\ntipping,4,,,,,,,,,,,b,pact,outside,0.5,"));
  CHECK(rows_of(csv, "rest_states") == 4);
  CHECK(rows_of(csv, "tipping") == 12);
  CHECK(rows_of(csv, "at_once") == 1);
  CHECK(rows_of(csv, "coalition_sizes") == 4);
  CHECK(rows_of(csv, "stable_coalitions") == 4);
  CHECK(rows_of(csv, "shapley_value") == 3);
  CHECK(rows_of(csv, "states") == 8);
  CHECK(rows_of(csv, "quantal_response") == 0);
  const auto commas = [&](std::size_t from) {
    return std::count(csv.begin() + static_cast<std::ptrdiff_t>(from),
                      std::find(csv.begin() + static_cast<std::ptrdiff_t>(from), csv.end(), '\n'), ',');
  };
  for (std::size_t at = 0; at != std::string::npos && at + 1 < csv.size(); at = csv.find('\n', at + 1)) {
    REQUIRE(commas(at == 0 ? 0 : at + 1) == commas(0));
  }
}

TEST_CASE("logit adds probabilities; too many states are not listed one by one") {
  Scenario scenario = alternatives_scenario(2);
  scenario.terms = {"network_effect"};
  choose(scenario, "countries.choice", "logit");
  const std::string csv = csv_of(scenario, lettered_actors(2));
  CHECK(rows_of(csv, "quantal_response") == 6);
  CHECK(rows_of(csv, "gibbs_law") == 2);
  CHECK(rows_of(csv, "states") == 9);
  CHECK(rows_of(csv, "coalition_sizes") == 0);
  choose(scenario, "countries.choice", "best_response");
  CHECK(rows_of(csv_of(scenario, lettered_actors(8)), "states") == 0);
}
