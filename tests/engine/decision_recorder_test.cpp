#include "sim/engine/decision_recorder.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/core/math.hpp"
#include "sim/engine/dataset_recorder.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/model/build_world.hpp"
#include "sim/model/choice/best_response.hpp"
#include "sim/model/choice/choice_rule.hpp"
#include "sim/model/choice/logit.hpp"
#include "sim/model/organisations.hpp"
#include "tests/support/actor_worlds.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recorded_run.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/state_games.hpp"

namespace splinternet::testing {
namespace {

using Texts = std::vector<std::string>;

LabelledDataset recorded(const Scenario& scenario, const WorldTables& tables = small_tables()) {
  Simulation simulation(make_setting(scenario, tables));
  return record_to_end(simulation);
}

template <class T>
const std::vector<T>& values(const LabelledDataset& dataset, std::string_view name) {
  INFO(name);
  REQUIRE(dataset.find(name) != nullptr);
  return std::get<std::vector<T>>(dataset.find(name)->values);
}

std::span<const double> options_of(const LabelledDataset& dataset, std::size_t decision) {
  return std::span(values<double>(dataset, "option_total"))
      .subspan(static_cast<std::size_t>(values<std::int32_t>(dataset, "decision_first_option")[decision]),
               static_cast<std::size_t>(values<std::int32_t>(dataset, "decision_option_count")[decision]));
}

Scenario restless() {
  Scenario scenario = small_scenario();
  set(scenario, "countries.spontaneous_rate", 0.3);
  return scenario;
}

TEST_CASE("decision recorder: who was not admitted is told, where somebody was not") {
  Scenario scenario = table_scenario();
  choose(scenario, "framework.pact.admission", "unanimity");
  scenario.run.horizon = 1;
  // "b" would gain by coming in; the sponsor "a" loses by it in one of two games.
  for (const double harm : {0.0, 1.0}) {
    scenario.frameworks[0].sponsors = {"a"};
    const LabelledDataset run = recorded(scenario, state_game(2, [harm](unsigned state, std::size_t actor) {
                                           if (!is_in(state, 1)) return 0.0;
                                           return actor == 0 ? -harm : 1.0;
                                         }));
    CHECK((run.find("decision_refused_by") == nullptr) == (harm == 0.0));
    CHECK(values<double>(run, "option_total").size() == (harm == 0.0 ? 2 : 1));
    if (harm > 0.0) CHECK(values<std::string>(run, "decision_refused_by") == Texts{"pact"});
  }
}

TEST_CASE("decision recorder: decisions can be replayed from what is stored alone") {
  const Scenario scenario = restless();
  const LabelledDataset run = recorded(scenario, random_tables(6, 12));
  const auto& chosen = values<std::int32_t>(run, "decision_chosen");
  const auto& uniform = values<double>(run, "decision_uniform");
  const auto& temperature = values<double>(run, "decision_temperature");
  const auto& total = values<double>(run, "option_total");
  const auto& value = values<double>(run, "option_value");
  const std::size_t terms = run.size("term");
  REQUIRE(chosen.size() > 50);
  CHECK(terms == scenario.terms.size());
  CHECK(values<std::string>(run, "term") == scenario.terms);
  for (std::size_t d = 0; d < chosen.size(); ++d) {
    CHECK(choose_logit(options_of(run, d), temperature[d], uniform[d]) == static_cast<std::size_t>(chosen[d]));
    CHECK(std::isnan(values<double>(run, "decision_tie_eps")[d]));
    CHECK(values<std::int8_t>(run, "decision_rule")[d] == static_cast<std::int8_t>(ChoiceRule::kLogit));
  }
  for (std::size_t n = 0; n < total.size(); ++n) {
    double sum = 0.0;
    for (std::size_t t = 0; t < terms; ++t) sum += value[n * terms + t];
    CHECK(sum == total[n]);
  }
}

TEST_CASE("decision recorder: best responses can be replayed whatever happens with ties") {
  for (const OnTie on_tie : {OnTie::kStay, OnTie::kLowest, OnTie::kRandom}) {
    Scenario scenario = restless();
    set(scenario, "countries.choice", 1);
    set(scenario, "countries.tie_eps", 0.2);
    set(scenario, "countries.on_tie", static_cast<double>(on_tie));
    const LabelledDataset run = recorded(scenario, random_tables(6, 12));
    const auto& chosen = values<std::int32_t>(run, "decision_chosen");
    REQUIRE(chosen.size() > 50);
    for (std::size_t d = 0; d < chosen.size(); ++d) {
      CHECK(std::isnan(values<double>(run, "decision_temperature")[d]));
      CHECK(values<double>(run, "decision_tie_eps")[d] == 0.2);
      CHECK(values<std::int8_t>(run, "decision_on_tie")[d] == static_cast<std::int8_t>(on_tie));
      CHECK(choose_best_response(options_of(run, d), 0.2, on_tie, values<double>(run, "decision_uniform")[d]) ==
            static_cast<std::size_t>(chosen[d]));
    }
  }
}

TEST_CASE("decision recorder: the worth of an offer is its annuity, as in force in the step") {
  Scenario scenario = restless();
  set(scenario, "framework.gids.budget_busd", 50.0);
  EventSpec shock = event_in_month("zz_rate", EventKind::kShock, 8);
  shock.parameter = "countries.annuity";
  shock.amount = 0.3;
  add_event(scenario, shock);
  const LabelledDataset run = recorded(scenario);
  const auto& step = values<std::int32_t>(run, "decision_step");
  const auto& annuity = values<double>(run, "decision_annuity");
  CHECK(std::count(annuity.begin(), annuity.end(), 0.3) > 0);
  for (std::size_t d = 0; d < step.size(); ++d) {
    CHECK(annuity[d] == (step[d] < 9 ? get(scenario, "countries.annuity") : 0.3));
  }
}

TEST_CASE("decision recorder: answers of organisations can be replayed from their ballots") {
  Scenario scenario = small_scenario();
  set(scenario, "countries.refusal_months", 1);
  const LabelledDataset run = recorded(scenario);
  const auto& accepted = values<std::int8_t>(run, "answer_accepted");
  const auto& first = values<std::int32_t>(run, "answer_first_ballot");
  const auto& count = values<std::int32_t>(run, "answer_ballot_count");
  const auto& vote = values<double>(run, "ballot_utility");
  REQUIRE(accepted.size() > 3);
  for (std::size_t n = 0; n < accepted.size(); ++n) {
    const auto rule = static_cast<OrganisationRule>(values<std::int8_t>(run, "answer_rule")[n]);
    const std::string& body = values<std::string>(run, "answer_organisation")[n];
    CHECK(rule == (body == "league" ? OrganisationRule::kMajority : OrganisationRule::kConsensus));
    const double utility = values<double>(run, "answer_utility")[n];
    CHECK(collective_utility(rule, {vote.begin() + first[n], vote.begin() + first[n] + count[n]}) == utility);
    const double probability = math::logistic(utility / values<double>(run, "answer_temperature")[n]);
    CHECK((values<double>(run, "answer_uniform")[n] < probability) == (accepted[n] != 0));
  }
  const auto& voter = values<std::string>(run, "ballot_country");
  const Texts members = values<std::string>(run, "answer_organisation").front() == "league" ? Texts{"DDD", "EEE", "FFF"}
                                                                                            : Texts{"CCC", "DDD"};
  CHECK(Texts(voter.begin(), voter.begin() + count[0]) == members);
}

TEST_CASE("decision recorder: a joint accession has an answer that acceded, in the same step") {
  Scenario scenario = small_scenario();
  set(scenario, "countries.refusal_months", 1);
  const LabelledDataset run = recorded(scenario, random_tables(3, 14));
  const auto& kind = values<std::int8_t>(run, "act_kind");
  std::size_t joint = 0;
  for (std::size_t act = 0; act < kind.size(); ++act) {
    if (kind[act] != static_cast<std::int8_t>(ActKind::kJointAccession)) continue;
    ++joint;
    std::size_t answers = 0;
    for (std::size_t n = 0; n < run.size("answer"); ++n) {
      answers +=
          values<std::int32_t>(run, "answer_step")[n] == values<std::int32_t>(run, "act_step")[act] &&
          values<std::string>(run, "answer_organisation")[n] == values<std::string>(run, "act_organisation")[act] &&
          values<std::string>(run, "answer_framework")[n] == values<std::string>(run, "act_framework")[act] &&
          values<std::int8_t>(run, "answer_accepted")[n] == 1;
    }
    CHECK(answers == 1);
  }
  CHECK(joint > 0);
}

TEST_CASE("decision recorder: without decisions no ballots are kept, and without organisations there are no answers") {
  Scenario scenario = small_scenario();
  scenario.record.decisions = false;
  Simulation simulation(make_setting(scenario, small_tables()));
  while (!simulation.is_finished()) {
    simulation.step();
    CHECK(simulation.report().answers.empty());
    CHECK(simulation.report().ballots.empty());
  }
  WorldTables tables = small_tables();
  tables.organisations.clear();
  CHECK(recorded(small_scenario(), tables).find("answer_step") == nullptr);
}

TEST_CASE("decision recorder: names of a set of frameworks are joined in order") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(framework_names(world.setting(), 0).empty());
  CHECK(framework_names(world.setting(), bit(kGids)) == "gids");
  CHECK(framework_names(world.setting(), bit(kClean) | bit(kGids)) == "clean+gids");
}

TEST_CASE("decisions: payoffs carry the unit of the scenario, percentage points as percent") {
  const auto units = [](const Scenario& scenario, const WorldTables& tables) {
    const LabelledDataset dataset = recorded(scenario, tables);
    std::string text;
    for (const char* name : {"option_value", "option_total", "decision_temperature", "decision_tie_eps"}) {
      text += dataset.find(name)->units + "; ";
    }
    return text + dataset.find("option_value")->long_name;
  };
  CHECK(units(small_scenario(), small_tables()) ==
        "percent; percent; percent; percent; value of each term, pp of real income");
  Scenario game = pact_scenario(3);
  game.run.horizon = 1;
  game.unit = "ducats";
  CHECK(units(game, {}) == "ducats; ducats; ducats; ducats; value of each term, ducats");
}

}  // namespace
}  // namespace splinternet::testing
