#include "sim/study/analyses/network_competition.hpp"

#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/posed.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

std::string keys(const std::string& firms, const std::string& effect, const std::string& others = "") {
  return "kind = \"network_competition\"\nfirms = " + firms + "\nnetwork_effect = " + effect + "\n" + others;
}

std::string refused_structures(const std::string& structures) {
  return refusal(keys("3", "0.5", "structures = " + structures + "\n"));
}

double value(const ResultTable& table, std::size_t row, const std::string& column) {
  return std::stod(cell(table, row, column));
}

}  // namespace

TEST_CASE("three firms with one standard sell 0.4 each, with three 2/7, and earn the square of it") {
  const ResultTable table = posed(keys("3", "0.5"))->answer().table;
  CHECK(cells(table, "structure") == "3 1 + 1 + 1 1 + 1 + 1 1 + 1 + 1");
  CHECK(cells(table, "firms") == "3 1 1 1");
  CHECK(cells(table, "group") == "1 1 2 3");
  CHECK(value(table, 0, "output") == near(.4));
  CHECK(value(table, 0, "network") == near(1.2));
  CHECK(value(table, 0, "total_output") == near(1.2));
  CHECK(value(table, 0, "consumer_surplus") == near(.72));
  CHECK(value(table, 0, "total_surplus") == near(.72 + 3 * .16));
  for (std::size_t row = 1; row < 4; ++row) {
    CHECK(value(table, row, "output") == near(2.0 / 7.0));
    CHECK(value(table, row, "price_less_cost") == near(2.0 / 7.0));
    CHECK(value(table, row, "profit") == near(4.0 / 49.0));
  }
}

TEST_CASE("outputs are in proportion to demand less cost") {
  const ResultTable one = posed(keys("4", "0.3", "structures = [[3, 1]]\n"))->answer().table;
  const ResultTable ten = posed(keys("4", "0.3", "structures = [[3, 1]]\ndemand_less_cost = 10\n"))->answer().table;
  for (std::size_t row = 0; row < 2; ++row) {
    CHECK(value(ten, row, "output") == near(10.0 * value(one, row, "output")));
    CHECK(value(ten, row, "profit") == near(100.0 * value(one, row, "profit")));
  }
}

TEST_CASE("several equilibria are numbered") {
  const auto question = posed(keys("6", "0.5", "structures = [[3, 3]]\n"));
  const AnalysisAnswer answer = question->answer();
  CHECK(cells(answer.table, "equilibrium") == "1 1 2 2");
  CHECK(value(answer.table, 2, "output") == near(.4));
  CHECK(value(answer.table, 3, "output") == 0.0);
  CHECK(contains(answer.text, "\n  3 + 3 (2)          3     0.400000 "));
  CHECK(contains(answer.text, "\nSeveral equilibria: "));
  CHECK(!contains(answer.text, "against"));
}

TEST_CASE("the text compares the first structure with the last") {
  const auto question = posed(keys("5", "0.1", "structures = [[5], [1, 1, 1, 1, 1]]\n"));
  CHECK(question->subject() == "5 firms, 2 structures");
  const std::string text = question->answer().text;
  CHECK(contains(text, "test: 5 equal firms, network effect 0.1, demand less cost 1; surplus"));
  CHECK(contains(text, "\n  5 \u00d7 1 "));
  CHECK(contains(text, "\nOutput of all at 5 against 5 \u00d7 1: 1.07273 times as much; surplus "));
  CHECK(!contains(text, "Several equilibria"));
  const auto alone = posed(keys("1", "0", "structures = [[1]]\n"));
  CHECK(alone->subject() == "1 firm, 1 structure");
  CHECK(contains(alone->answer().text, "test: 1 equal firm, network effect 0"));
}

TEST_CASE("network competition that cannot be is refused with place and remedy") {
  CHECK(contains(refusal("kind = \"network_competition\"\n"), "\"firms\" is missing"));
  CHECK(contains(refusal("kind = \"network_competition\"\nfirms = 3\n"), "\"network_effect\" is missing"));
  CHECK(contains(refusal(keys("0", "0.5")), "case.toml:3:9: 0 is out of range"));
  CHECK(contains(refusal(keys("65", "0.5")), "write 64 or less"));
  CHECK(contains(refusal(keys("2.5", "0.5")), "not a whole number"));
  CHECK(contains(refusal(keys("3", "1")), "write 0.999 or less"));
  CHECK(contains(refusal(keys("3", "-0.1")), "write 0 or more"));
  CHECK(contains(refusal(keys("3", "nan")), "not a finite number"));
  CHECK(contains(refusal(keys("3", "0.5", "demand_less_cost = 0\n")), "analysis.test.demand_less_cost"));
  CHECK(contains(refused_structures("[[3], [2, 2]]"),
                 "case.toml:5:20: the groups have 4 firms together, but there are 3"));
  CHECK(contains(refused_structures("[[3], [2, 2]]"), "key      analysis.test.structures[1]"));
  CHECK(contains(refused_structures("[[]]"), "the groups have 0 firms together"));
  CHECK(contains(refused_structures("[[3, 0]]"), "0 is out of range"));
  CHECK(contains(refused_structures("[]"), "the list is empty"));
  CHECK(contains(refused_structures("[3]"), "has the wrong type"));
  CHECK(contains(refused_structures("3"), "has the wrong type"));
  CHECK(contains(refusal(keys("3", "0.5", "structure = [[3]]\n")), "Did you mean \"structures\"?"));
}
