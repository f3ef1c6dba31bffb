#include "sim/scenario/fault.hpp"

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;

TEST_CASE("A fault is told in one block with place, key, what is allowed and the remedy") {
  const Fault fault{"s.toml:3:1", "run.horizon", "0 is out of range", "a whole number", "write 1 or more"};
  const std::string text =
      "s.toml:3:1: 0 is out of range\n"
      "  key      run.horizon\n"
      "  allowed  a whole number\n"
      "  remedy   write 1 or more";
  CHECK(message_of(fault) == text);
  CHECK(testing::message_of<ScenarioError>([&] { refuse(fault); }) == text);
}

TEST_CASE("Empty parts of a fault are left out") {
  CHECK(message_of({"s.toml", "", "there is no such file", "", ""}) == "s.toml: there is no such file");
}

TEST_CASE("The place of an entry is where it was written, or what holds it") {
  Scenario scenario;
  scenario.name = "lesson";
  scenario.places = {{"framework.gids", "s.toml:3:1"}, {"framework.gids.sponsors[1]", "s.toml:4:20"}};
  CHECK(place_of(scenario, "framework.gids.sponsors[1]") == "s.toml:4:20");
  CHECK(place_of(scenario, "framework.gids.sponsors[0]") == "s.toml:3:1");
  CHECK(place_of(scenario, "framework.gids.provisions.local_law") == "s.toml:3:1");
  CHECK(place_of(scenario, "metrics.weight") == "lesson");
  CHECK(message_of({"", "", "a command is needed", "", ""}) == "a command is needed");
}

TEST_CASE("A word is put between double quotes") {
  CHECK(in_quotes("GIDS") == "\"GIDS\"");
}
