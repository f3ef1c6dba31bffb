#include "sim/model/courting/checks.hpp"

#include "sim/model/build_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

std::string refusal(const Scenario& scenario) {
  return error_message([&] { make_setting(scenario, small_tables()); });
}

TEST_CASE("courting checks: a framework without a rival cannot answer one") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.clean.strategy", 3);
  CHECK(refusal(scenario) == "no error");
  set(scenario, "framework.gids.provisions.open_supply_chain", 0);
  const std::string message = refusal(scenario);
  CHECK(contains(message, "framework.clean.strategy"));
  CHECK(contains(message, "clean has no rival to answer"));
  CHECK(contains(message, "incompatible_with"));
}

TEST_CASE("courting checks: nobody follows anybody without the peers term") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.gids.strategy", 4);
  CHECK(refusal(scenario) == "no error");
  std::erase(scenario.terms, "peers");
  const std::string message = refusal(scenario);
  CHECK(contains(message, "framework.gids.strategy"));
  CHECK(contains(message, "add \"peers\" to terms"));
}

TEST_CASE("courting checks: transfers need countries that weigh payments") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.gids.transfers", 1);
  CHECK(refusal(scenario) == "no error");
  std::erase(scenario.terms, "side_payment");
  const std::string message = refusal(scenario);
  CHECK(contains(message, "framework.gids.transfers"));
  CHECK(contains(message, "add \"side_payment\" to terms"));
}

TEST_CASE("courting checks: transfers need members that ever weigh a withdrawal") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.clean.transfers", 2);
  set(scenario, "countries.spontaneous_rate", 0);
  for (const int schedule : {0, 1}) {  // courted, poisson
    set(scenario, "countries.schedule", schedule);
    CHECK(contains(refusal(scenario), "countries.spontaneous_rate is 0"));
  }
  for (const int schedule : {2, 3, 4, 5, 6}) {  // everybody comes on their own
    set(scenario, "countries.schedule", schedule);
    CHECK(refusal(scenario) == "no error");
  }
  set(scenario, "countries.revision_probability", 0);
  CHECK(contains(refusal(scenario), "countries.revision_probability is 0"));
  set(scenario, "countries.schedule", 7);
  CHECK(contains(refusal(scenario), "countries.schedule is on_entry"));
  set(scenario, "countries.schedule", 3);
  set(scenario, "countries.choice", 5);
  CHECK(contains(refusal(scenario), "countries.choice is imitate, which weighs no payoffs"));
  set(scenario, "countries.choice", 1);
  CHECK(refusal(scenario) == "no error");
  set(scenario, "countries.withdrawal", 1);
  CHECK(contains(refusal(scenario), "countries.withdrawal is never"));
  CHECK(contains(refusal(scenario), "set countries.withdrawal = \"allowed\""));
}

TEST_CASE("courting checks: without countries that decide there is nothing to refuse") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.clean.transfers", 2);
  set(scenario, "countries.spontaneous_rate", 0);
  scenario.has_countries = false;
  CHECK(refusal(scenario) == "no error");
}

}  // namespace
}  // namespace splinternet::testing
