#include "sim/model/choice/rule_keys.hpp"

#include <string>

#include "sim/model/countries.hpp"
#include "tests/support/actor_worlds.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/error_message.hpp"

namespace splinternet::testing {
namespace {

/// Actors by this rule and schedule, both written in crowd.toml with the key, which stands in line 9 of `file`.
Scenario written(std::string_view rule, std::string_view schedule, const std::string& key,
                 const std::string& file = "crowd.toml") {
  Scenario scenario = pact_scenario(5);
  choose(scenario, "countries.choice", rule);
  choose(scenario, "countries.schedule", schedule);
  if (!weighs_payoffs(static_cast<ChoiceRule>(get(scenario, "countries.choice")))) scenario.terms.clear();
  scenario.policy_table = {{0.0, 0.1, 0.0}};
  scenario.places["countries.choice"] = "crowd.toml:7:10";
  if (rule != "steepest") scenario.places["countries.schedule"] = "crowd.toml:8:12";
  if (!key.empty()) scenario.places["countries." + key] = file + (file == "--set" ? " x=1" : ":9:5");
  return scenario;
}

std::string refusal(const Scenario& scenario, bool has_map = false) {
  return error_message([&] { check_rule_keys(scenario, has_map); });
}

void check_passes(const Scenario& scenario, bool has_map = false) {
  CHECK_NOTHROW(check_rule_keys(scenario, has_map));
}

TEST_CASE("rule keys: a number that the rule does not take is refused with its place and the rules that do") {
  const std::string message = refusal(written("best_response", "simultaneous", "temperature"));
  CHECK_THAT(message, contains_substring("crowd.toml:9:5: the choice \"best_response\" does not take it"));
  CHECK_THAT(message, contains_substring("countries.temperature"));
  CHECK_THAT(message, contains_substring("choice = \"logit\""));
  CHECK_THAT(message, contains_substring("remove the key"));
  CHECK_THAT(refusal(written("logit", "simultaneous", "on_tie")), contains_substring("\"better_response\""));
  CHECK_THAT(refusal(written("logit", "simultaneous", "threshold")), contains_substring("choice = \"threshold\""));
  CHECK_THAT(refusal(written("imitate", "simultaneous", "tie_eps")), contains_substring("countries.tie_eps"));
  CHECK_THAT(refusal(written("threshold", "simultaneous", "policy_table")), contains_substring("policy_table"));
  CHECK_THAT(refusal(written("steepest", "courted", "schedule")), contains_substring("countries.schedule"));
}

TEST_CASE("rule keys: a number that the schedule does not take is refused, too") {
  CHECK_THAT(refusal(written("logit", "fixed_order", "spontaneous_rate")),
             contains_substring("the schedule \"fixed_order\" does not take it"));
  CHECK_THAT(refusal(written("logit", "courted", "entry_order")), contains_substring("schedule = \"on_entry\""));
  CHECK_THAT(refusal(written("logit", "on_entry", "revisions_per_step")), contains_substring("async_uniform"));
  CHECK_THAT(refusal(written("threshold", "courted", "revision_probability")),
             contains_substring("simultaneous_with_prob"));
}

TEST_CASE("rule keys: each rule and schedule may have what is its own") {
  check_passes(written("logit", "courted", "temperature"));
  check_passes(written("logit", "courted", "tie_eps"));
  check_passes(written("best_response", "poisson", "on_tie"));
  check_passes(written("better_response", "async_uniform", "revisions_per_step"));
  check_passes(written("steepest", "courted", "revisions_per_step"));
  check_passes(written("threshold", "simultaneous_with_prob", "revision_probability"));
  check_passes(written("threshold", "simultaneous", "threshold_reached"));
  check_passes(written("policy_table", "simultaneous", "policy_table"));
  check_passes(written("imitate", "on_entry", "entries_per_step"));
  check_passes(written("logit", "poisson", "spontaneous_rate"));
}

TEST_CASE("rule keys: what another file wrote does not bind one that chooses another rule") {
  check_passes(written("best_response", "simultaneous", "temperature", "base.toml"));
  check_passes(written("best_response", "simultaneous", "temperature", "--set"));
  Scenario defaults = written("logit", "courted", "threshold", "base.toml");
  defaults.places.erase("countries.choice");
  CHECK_THAT(refusal(defaults), contains_substring("\"logit\" does not take it, which is the default"));
}

TEST_CASE("rule keys: a resolved scenario writes every number and means none of them") {
  Scenario scenario = written("best_response", "simultaneous", "temperature");
  for (const std::string& path : scenario.parameters.paths()) scenario.places.try_emplace(path, "crowd.toml:9:5");
  check_passes(scenario);
}

TEST_CASE("rule keys: in a world with a map the temperature is also that of organisations and sponsors") {
  check_passes(written("best_response", "simultaneous", "temperature"), true);
}

TEST_CASE("rule keys: rules that weigh payoffs need terms, the others take none") {
  Scenario scenario = written("best_response", "simultaneous", "terms");
  check_passes(scenario);
  scenario.terms.clear();
  CHECK_THAT(refusal(scenario), contains_substring("there is no payoff term"));
  scenario = written("threshold", "simultaneous", "terms");
  check_passes(scenario);
  scenario.terms = {"peers"};
  CHECK_THAT(refusal(scenario), contains_substring("countries.terms"));
}

TEST_CASE("rule keys: a policy table must be there to be chosen by") {
  Scenario scenario = written("policy_table", "simultaneous", "");
  check_passes(scenario);
  scenario.policy_table.clear();
  CHECK_THAT(refusal(scenario), contains_substring("needs a table"));
}

TEST_CASE("rule keys: without the section nothing is checked") {
  Scenario scenario = written("best_response", "simultaneous", "temperature");
  scenario.has_countries = false;
  check_passes(scenario);
}

}  // namespace
}  // namespace splinternet::testing
