#include "sim/study/analyses/voting_question.hpp"

#include <string>
#include <utility>

#include "tests/support/catch.hpp"
#include "tests/support/posed.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

VotingQuestion question(const std::string& keys) {
  return read_voting_question(analysis_file("[analysis.test]\nkind = \"voting_power\"\n" + keys).analyses.at(0));
}

std::string refused(const std::string& keys) {
  return error_message([&] { question(keys); });
}

std::string names(const VotingQuestion& question) {
  std::string text;
  for (const VoterGroup& group : question.groups) text += group.name + ":" + std::to_string(group.seats) + " ";
  return text;
}

using Weights = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("a rule of one condition is a quota and weights by name; the heaviest voters come first") {
  const VotingQuestion read =
      question("quota = 39\nweights = { elected = 1, permanent = 7 }\nseats = { permanent = 5, elected = 10 }\n");
  CHECK(names(read) == "permanent:5 elected:10 ");
  REQUIRE(read.conditions.size() == 1);
  CHECK(read.conditions[0].name.empty());
  CHECK(read.voters() == 15);
  CHECK(read.total(read.conditions[0]) == 45);
  CHECK(read.rule()[0].quota == 39);
  CHECK(read.rule()[0].weight == Weights{7, 7, 7, 7, 7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
  CHECK_FALSE(read.samples);
}

TEST_CASE("voters keep their order where they are listed, and lists go by it") {
  const VotingQuestion read =
      question("quota = 3\nvoters = [\"b\", \"a\"]\nweights = [1, 2]\nseats = { a = 3 }\nsamples = 50\nseed = 4\n");
  CHECK(names(read) == "b:1 a:3 ");
  CHECK(read.rule()[0].weight == Weights{1, 2, 2, 2});
  CHECK(read.samples == 50U);
  CHECK(read.seed == 4);
}

TEST_CASE("without names voters are numbered") {
  CHECK(names(question("quota = 3\nweights = [1, 2]\n")) == "voter 2:1 voter 1:1 ");
  CHECK(names(question("quota = 3\nvoters = [\"x\", \"y\", \"z\"]\n")) == "x:1 y:1 z:1 ");
}

TEST_CASE("several conditions stand in the order of the file, and count members where they have no weights") {
  const VotingQuestion read = question(
      "seats = { p = 2, q = 3 }\n[analysis.test.condition.votes]\nquota = 4\n"
      "[analysis.test.condition.gdp]\nquota = 50\nweights = { p = 40, q = 0 }\n");
  REQUIRE(read.conditions.size() == 2);
  CHECK(read.conditions[0].name == "votes");
  CHECK(read.conditions[1].name == "gdp");
  CHECK(read.rule()[0].weight == Weights{1, 1, 1, 1, 1});
  CHECK(read.rule()[1].weight == Weights{40, 40, 0, 0, 0});
}

TEST_CASE("rules that cannot be are refused with place and remedy") {
  const std::string good = "weights = { a = 3, b = 2 }\n";
  CHECK(contains(refused("quota = 6\n" + good),
                 "case.toml:3:9: the quota 6 is above the sum of all weights, 5: no coalition could meet it"));
  CHECK(contains(refused("quota = 6\n" + good), "allowed  a whole number from 1 to 5"));
  CHECK(contains(refused("quota = 0\n" + good), "0 is out of range"));
  CHECK(contains(refused("quota = 2.5\n" + good), "take a finer unit"));
  CHECK(contains(refused(good), "\"quota\" is missing"));
  CHECK(contains(refused("quota = 1\nweights = { a = -3, b = 2 }\n"), "case.toml:4:17: -3 is out of range"));
  CHECK(contains(refused("quota = 1\nweights = { a = 0.5, b = 2 }\n"), "the number 0.5 is not a whole number"));
  CHECK(contains(refused("quota = 1\nweights = { a = \"3\" }\n"), "write the number without quotes"));
  CHECK(contains(refused("quota = 1\nvoters = [\"a\"]\nweights = 3\n"), "has the wrong type"));
  CHECK(contains(refused("quota = 1\nvoters = [\"anna\", \"bert\"]\nweights = { anna = 1, brt = 1 }\n"),
                 "Did you mean \"bert\"?"));
  CHECK(
      contains(refused("quota = 1\nvoters = [\"a\", \"b\"]\nweights = { a = 1 }\n"), "the voter \"b\" has no weight"));
  CHECK(contains(refused("quota = 1\nvoters = [\"a\", \"b\"]\nweights = [1]\n"),
                 "the list has 1 numbers, but there are 2 voters"));
  CHECK(contains(refused("quota = 1\nvoters = [\"a\", \"a\"]\n"), "stands twice"));
  CHECK(contains(refused("quota = 1\n"), "nothing tells who votes"));
  CHECK(contains(refused("quota = 1\nseats = { a = 0 }\n"), "write 1 or more"));
  CHECK(contains(refused("quota = 1\nseats = { a = 9000, b = 9000 }\n"), "18000 voters are too many"));
  CHECK(contains(refused("quota = 1\nsamples = 1\n" + good), "write 2 or more"));
  CHECK(contains(refused("quotas = 1\n" + good), "Did you mean \"quota\"?"));
}

TEST_CASE("conditions that contradict the table that holds them are refused") {
  const std::string votes = "[analysis.test.condition.votes]\nquota = 1\n";
  CHECK(contains(refused("quota = 3\nseats = { a = 2 }\n" + votes), "this key belongs to none of them"));
  CHECK(contains(refused("weights = { a = 2 }\n" + votes), "move it into analysis.test.condition.<name>"));
  CHECK(contains(refused("seats = { a = 2 }\n[analysis.test.condition]\n"), "the rule has no condition"));
  CHECK(contains(refused("seats = { a = 2 }\ncondition = 3\n"), "has the wrong type"));
  CHECK(contains(refused("seats = { a = 2 }\n" + votes + "weight = 3\n"), "Did you mean \"weights\"?"));
  CHECK(contains(refused("seats = { a = 2 }\n[analysis.test.condition.votes]\n"), "\"quota\" is missing"));
}
