#include "sim/model/choice/choice_rule.hpp"

#include "sim/model/choice/better_response.hpp"
#include "sim/model/choice/logit.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/membership.hpp"
#include "tests/contract/choice_contract.hpp"
#include "tests/support/actor_worlds.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using namespace splinternet::testing;

TEST_CASE("choice rule: every rule that weighs payoffs is pure, in range, stays when alone and favours no row") {
  for (int rule = 0; rule < kPayoffRules; ++rule) {
    for (const OnTie on_tie : kTieRules) {
      for (const double tie_eps : {1e-9, 0.125}) {
        INFO(rule << ' ' << static_cast<int>(on_tie) << ' ' << tie_eps);
        check_choice_contract({static_cast<ChoiceRule>(rule), 10.0, tie_eps, on_tie});
      }
    }
  }
}

TEST_CASE("choice rule: rules and words of the parameter have the same order") {
  CHECK(option_words(parameters::kChoice) == std::vector<std::string>{"logit", "best_response", "better_response",
                                                                      "steepest", "threshold", "imitate",
                                                                      "policy_table"});
  CHECK(option_words(parameters::kChoice).size() == kChoiceRules);
  for (std::int8_t rule = 0; rule < kChoiceRules; ++rule) {
    CHECK(weighs_payoffs(static_cast<ChoiceRule>(rule)) == (rule <= static_cast<std::int8_t>(ChoiceRule::kSteepest)));
  }
  const std::vector<double> utility{0.0, 0.1, 0.3};
  CHECK(choose_option({ChoiceRule::kLogit, 0.1, 0.0, OnTie::kStay}, utility, 0.03) == choose_logit(utility, 0.1, 0.03));
  CHECK(choose_option({ChoiceRule::kBestResponse, 0.1, 0.0, OnTie::kStay}, utility, 0.03) == 2);
  CHECK(choose_option({ChoiceRule::kBetterResponse, 0.1, 0.0, OnTie::kStay}, utility, 0.03) == 1);
  CHECK(choose_option({ChoiceRule::kSteepest, 0.1, 0.0, OnTie::kStay}, utility, 0.03) == 2);
}

TEST_CASE(
    "choice rule: under on_tie = stay replies to a potential game end where nobody gains, without phantom moves") {
  for (const ChoiceRule rule : {ChoiceRule::kBestResponse, ChoiceRule::kBetterResponse, ChoiceRule::kSteepest}) {
    for (std::uint32_t game = 100; game < 140; ++game) {
      const AlliancesEnd end = play_alliances({rule, 0.1, 1e-9, OnTie::kStay}, game);
      CHECK(end.settled);
      CHECK(end.is_equilibrium);
      CHECK(end.moves_without_gain == 0);
    }
  }
}

TEST_CASE("choice rule: ties that move go on for ever where there are any") {
  std::size_t restless = 0;
  for (std::uint32_t game = 0; game < 10; ++game) {
    const AlliancesEnd end = play_alliances({ChoiceRule::kBetterResponse, 0.1, 1e-9, OnTie::kLowest}, game);
    restless += end.settled ? 0 : 1;
    CHECK((end.settled || end.moves_without_gain > 0));
  }
  CHECK(restless > 0);
}

namespace {

/// Actors on a Poisson graph who take one of two standards: each neighbour with the same one is worth 1, and each actor
/// prefers one of them by up to 2. The number of like pairs and the preferences add up to an exact potential.
Scenario coordination(std::string_view rule) {
  Scenario scenario = pact_scenario(300, {"intrinsic_a"}, {"a", "b"});
  scenario.terms = {"intrinsic", "network_effect"};
  scenario.frameworks[1].incompatible_with = {"a"};
  choose(scenario, "countries.choice", rule);
  choose(scenario, "countries.schedule", "random_sequential");
  choose(scenario, "countries.network_measure", "number");
  choose(scenario, "influence.graph", "poisson");
  choose(scenario, "attribute.intrinsic_a.rule", "uniform");
  choose(scenario, "attribute.intrinsic_a.spread", "draws");
  set(scenario, "attribute.intrinsic_a.low", -2);
  set(scenario, "attribute.intrinsic_a.high", 2);
  return scenario;
}

double potential(const World& world) {
  const SparseGraph& graph = world.setting().influence->graph;
  const std::vector<double>& own = *world.setting().actors->find("intrinsic_a");
  double sum = 0.0;
  for (std::size_t i = 0; i < world.countries(); ++i) {
    if (contains(world.membership(i), 0)) sum += own[i];
    for (const std::uint32_t j : graph.peers(i)) {
      if (j < i && world.membership(i) != 0 && world.membership(j) == world.membership(i)) sum += 1.0;
    }
  }
  return sum;
}

StepReport step(World& world) {
  StepReport report;
  report.clear(world.frameworks());
  ++world.step;
  revise_memberships(world, {}, report);
  return report;
}

}  // namespace

TEST_CASE("choice rule: one after another replies on a potential game climb it and end, in the engine too") {
  for (const char* rule : {"best_response", "better_response", "steepest"}) {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
      Scenario scenario = coordination(rule);
      scenario.run.seed = seed;
      World world = actor_world(scenario);
      double before = potential(world);
      int steps = 0;
      for (StepReport report = step(world); !report.acts.empty(); report = step(world)) {
        CHECK(potential(world) > before);
        before = potential(world);
        REQUIRE(++steps < 50);
      }
      CHECK(steps > 0);
      CHECK(potential(world) == before);
    }
  }
}

TEST_CASE("choice rule: where all ties, on_tie = stay moves nobody and lowest moves somebody, in the engine too") {
  for (const char* rule : {"best_response", "better_response", "steepest"}) {
    for (const char* on_tie : {"stay", "lowest"}) {
      Scenario scenario = coordination(rule);
      scenario.terms = {"network_effect"};
      set(scenario, "countries.network_worth", 0.0);
      choose(scenario, "countries.on_tie", on_tie);
      World world = actor_world(scenario);
      for (std::uint32_t i = 0; i < 100; ++i) accede(world, i, i % 2);
      const std::vector<std::uint8_t> level = world.members.level;
      const StepReport report = step(world);
      const bool stays = std::string(on_tie) == "stay" || std::string(rule) == "steepest";
      CHECK(report.acts.empty() == stays);
      CHECK((world.members.level == level) == stays);
    }
  }
}
