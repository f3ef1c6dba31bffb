#include "sim/study/scenario_difference.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/classroom.hpp"

using namespace splinternet;
using namespace splinternet::testing;

TEST_CASE("keys that differ are named with their sections, then those that only the second has") {
  const std::vector<ScenarioDifference> found =
      scenario_differences("title = \"A\"\n\n[run]\nseed = 1\n[framework.x]\nbudget = 1\nname = \"a = b\"\n",
                           "title = \"A\"\n[run]\nseed = 2\nhorizon = 3\n[framework.x]\nname = \"a = b\"\n");
  REQUIRE(found.size() == 3);
  CHECK(found[0].path == "run.seed");
  CHECK(found[0].first == "1");
  CHECK(found[0].second == "2");
  CHECK(found[1].path == "framework.x.budget");
  CHECK(found[1].second.empty());
  CHECK(found[2].path == "run.horizon");
  CHECK(found[2].first.empty());
  CHECK(found[2].second == "3");
}

TEST_CASE("a changed setting of a run is its only difference") {
  const RunResult one = run_classroom({"run.horizon=1"});
  const RunResult two = run_classroom({"run.horizon=1", "countries.peers=0.3"});
  const std::vector<ScenarioDifference> found =
      scenario_differences(one.dataset.attribute("scenario"), two.dataset.attribute("scenario"));
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == "countries.peers");
  CHECK(found[0].first == "0.2");
  CHECK(found[0].second == "0.3");
  CHECK(scenario_differences(one.dataset.attribute("scenario"), one.dataset.attribute("scenario")).empty());
}
