#include "sim/study/analyses/voting_power.hpp"

#include <cmath>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/posed.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

const std::string kCouncil =
    "kind = \"voting_power\"\nquota = 39\nweights = { permanent = 7, elected = 1 }\n"
    "seats = { permanent = 5, elected = 10 }\n";

}  // namespace

TEST_CASE("power in the Security Council is told in exact fractions") {
  const auto question = posed(kCouncil);
  CHECK(question->subject() == "15 voters, 1 condition");
  const AnalysisAnswer answer = question->answer();
  CHECK(cells(answer.table, "voter") == "permanent elected");
  CHECK(cells(answer.table, "seats") == "5 10");
  CHECK(cells(answer.table, "weight") == "7 1");
  CHECK(cells(answer.table, "shapley_shubik_exact") == "421/2145 4/2145");
  CHECK(cells(answer.table, "banzhaf_exact") == "106/635 21/1270");
  CHECK(cells(answer.table, "swing_probability_exact") == "53/1024 21/4096");
  CHECK(cells(answer.table, "to_prevent_exact") == "1 21/212");
  CHECK(cells(answer.table, "to_act_exact") == "53/2048 53/2048");
  CHECK(std::stod(cell(answer.table, 0, "shapley_shubik")) == near(421.0 / 2145.0));
  CHECK(contains(answer.text, "test: 15 voters; a coalition wins with 39 of 45 votes\n"));
  CHECK(contains(answer.text, "421/2145 = 0.196270"));
  CHECK(contains(answer.text, "53/1024 = 0.051758         98.14 %\n"));
  CHECK(contains(answer.text, "Power to act (Coleman): 53/2048 = 0.025879 of all coalitions win.\n"));
  CHECK_FALSE(contains(answer.text, "Never decisive"));
}

TEST_CASE("votes and a veto give the same power as weights that stand for them") {
  const AnalysisAnswer answer =
      posed(
          "kind = \"voting_power\"\nseats = { permanent = 5, elected = 10 }\n"
          "[analysis.test.condition.votes]\nquota = 9\n"
          "[analysis.test.condition.veto]\nquota = 5\nweights = { permanent = 1, elected = 0 }\n")
          ->answer();
  const ResultTable weighted = posed(kCouncil)->answer().table;
  for (const char* column : {"shapley_shubik_exact", "banzhaf_exact", "to_initiate_exact", "to_act_exact"}) {
    CHECK(cells(answer.table, column) == cells(weighted, column));
  }
  CHECK(cells(answer.table, "weight_votes") == "1 1");
  CHECK(cells(answer.table, "weight_veto") == "1 0");
  CHECK(contains(answer.text, "a coalition wins with 9 of 15 votes and 5 of 5 veto\n"));
}

TEST_CASE("a voter whom no coalition needs is named") {
  const AnalysisAnswer answer = posed(
                                    "kind = \"voting_power\"\nquota = 12\nvoters = [\"F\", \"G\", \"I\", \"B\", \"N\", "
                                    "\"L\"]\nweights = [4, 4, 4, 2, 2, 1]\n")
                                    ->answer();
  CHECK(cells(answer.table, "shapley_shubik_exact") == "7/30 7/30 7/30 3/20 3/20 0");
  CHECK(cells(answer.table, "banzhaf_exact") == "5/21 5/21 5/21 1/7 1/7 0");
  CHECK(cell(answer.table, 0, "to_act_exact") == "7/32");
  CHECK(contains(answer.text, "\nNever decisive (dummies): L.\n"));
}

TEST_CASE("more voters than fractions can count have decimals, and samples have standard errors near them") {
  const std::string keys =
      "kind = \"voting_power\"\nquota = 30\nweights = { large = 3, small = 1 }\nseats = { large = 6, small = 34 }\n";
  const ResultTable counted = posed(keys)->answer().table;
  CHECK(std::find(counted.columns.begin(), counted.columns.end(), "banzhaf_exact") == counted.columns.end());
  const AnalysisAnswer sampled = posed(keys + "samples = 20000\nseed = 3\n")->answer();
  for (const std::string column :
       {"shapley_shubik", "banzhaf", "swing_probability", "to_prevent", "to_initiate", "to_act"}) {
    for (const std::size_t row : {0U, 1U}) {
      const double error = std::stod(cell(sampled.table, row, column + "_standard_error"));
      CHECK(error > 0.0);
      CHECK(std::stod(cell(sampled.table, row, column)) ==
            near(std::stod(cell(counted, row, column)), 0.0, 4.5 * error));
    }
  }
  CHECK(contains(sampled.text, " ± "));
  // In every order that is drawn some seat decides.
  CHECK(6.0 * std::stod(cell(sampled.table, 0, "shapley_shubik")) +
            34.0 * std::stod(cell(sampled.table, 1, "shapley_shubik")) ==
        near(1.0));
  CHECK(posed(keys + "samples = 20000\nseed = 3\n")->answer().text == sampled.text);
  CHECK(posed(keys + "samples = 20000\nseed = 4\n")->answer().text != sampled.text);
}

TEST_CASE("rules too large to count are refused with the way to sample them") {
  for (const char* keys : {"quota = 40\nseats = { member = 65 }\n", "quota = 1000000\nweights = [900000000, 7, 5]\n"}) {
    const std::string message = refusal("kind = \"voting_power\"\n" + std::string(keys));
    CHECK(contains(message, "case.toml:1:1: power: "));
    CHECK(contains(message, "key      analysis.test"));
    CHECK(contains(message, "add samples = 100000"));
    CHECK(refusal("kind = \"voting_power\"\nsamples = 100\n" + std::string(keys)) == "no error");
  }
}
