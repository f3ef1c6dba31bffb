#include "sim/study/replay.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/changed.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

const LabelledDataset& restless() {
  static const LabelledDataset result =
      run_classroom({"countries.spontaneous_rate=0.3", "countries.refusal_months=1"}).dataset;
  return result;
}

template <class T>
const std::vector<T>& values(const LabelledDataset& data, std::string_view name) {
  return std::get<std::vector<T>>(data.find(name)->values);
}

/// The faults of the result with one value changed.
template <class T>
std::vector<std::string> faults_with(std::string_view name, std::size_t n, T value) {
  LabelledDataset result = restless();
  set(result, name, n, value);
  return replay_decisions(result).faults;
}

}  // namespace

TEST_CASE("every decision of a run follows from its record, under each rule, schedule and tie") {
  for (const char* schedule : {"courted", "poisson", "random_sequential", "simultaneous", "async_uniform",
                               "fixed_order", "simultaneous_with_prob"}) {
    for (const std::vector<std::string>& rule :
         {std::vector<std::string>{"countries.choice=logit"},
          {"countries.choice=best_response", "countries.on_tie=stay"},
          {"countries.choice=best_response", "countries.on_tie=lowest", "countries.tie_eps=0.1"},
          {"countries.choice=best_response", "countries.on_tie=random", "countries.tie_eps=0.1"},
          {"countries.choice=better_response", "countries.on_tie=stay"},
          {"countries.choice=better_response", "countries.on_tie=random", "countries.tie_eps=0.1"}}) {
      std::vector<std::string> settings{std::string("countries.schedule=") + schedule, "countries.spontaneous_rate=0.3",
                                        "countries.refusal_months=1", "countries.taste_sd=0.1"};
      settings.insert(settings.end(), rule.begin(), rule.end());
      const Replay replay = replay_decisions(run_classroom(settings).dataset);
      INFO(schedule << ' ' << rule.back());
      CHECK(replay.faults == std::vector<std::string>{});
      CHECK(replay.decisions > 10);
    }
  }
}

TEST_CASE("decisions of actors follow from their record, of named ones and of numbered ones") {
  for (const char* entry : {"unix-alliances", "li-rus", "barrett-treaty", "buchanan-club", "arthur-lock-in"}) {
    for (const char* choice : {"best_response", "logit", "better_response"}) {
      INFO(entry << ' ' << choice);
      const std::vector settings{parse_override("run.horizon=8"),
                                 parse_override(std::string("countries.choice=") + choice)};
      const Replay replay =
          replay_decisions(run_to_end(load_setting(shipped(std::string("gallery/") + entry), settings), {}).dataset);
      CHECK(replay.faults == std::vector<std::string>{});
      CHECK(replay.decisions >= 8);
    }
  }
}

TEST_CASE("steepest moves follow from their record, also where a country moves again") {
  const Replay replay = replay_decisions(run_classroom({"countries.choice=steepest", "countries.revisions_per_step=3",
                                                        "countries.taste_sd=0.1", "countries.alignment=1"})
                                             .dataset);
  CHECK(replay.faults == std::vector<std::string>{});
  CHECK(replay.decisions > 3);
}

TEST_CASE("every decision and answer of the flagship follows from its record") {
  const RunResult run = run_to_end(load_setting(shipped("clean-network-2020"),
                                                std::vector<Override>{{"run.horizon", "24"}, {"firms.synthetic", "0"}}),
                                   {});
  const Replay replay = replay_decisions(run.dataset);
  CHECK(replay.faults == std::vector<std::string>{});
  CHECK(replay.decisions > 50);
  CHECK(replay.answers > 3);
}

TEST_CASE("a shock of the rule is no fault") {
  const RunResult run = run_classroom({"event.heat.kind=\"shock\"", "event.heat.parameter=\"countries.temperature\"",
                                       "event.heat.amount=0.5", "event.heat.date=2020-12-01"});
  CHECK(replay_decisions(run.dataset).faults.empty());
}

TEST_CASE("a flipped choice, draw, total, term or target is found and named") {
  const LabelledDataset& run = restless();
  REQUIRE(replay_decisions(run).faults.empty());
  const auto& count = values<std::int32_t>(run, "decision_option_count");
  const auto& chosen = values<std::int32_t>(run, "decision_chosen");
  const auto& first = values<std::int32_t>(run, "decision_first_option");
  const std::size_t terms = run.size("term");
  for (std::size_t d = 0; d < chosen.size(); ++d) {
    const std::string place = "decision " + std::to_string(d) + " (" + values<std::string>(run, "decision_country")[d];
    const auto is_named = [&](const std::vector<std::string>& faults, const char* what) {
      REQUIRE(!faults.empty());
      CHECK_THAT(faults.front(), Catch::Matchers::StartsWith(place));
      bool told = false;
      for (const std::string& fault : faults) told = told || fault.find(what) != std::string::npos;
      CHECK(told);
    };
    if (count[d] > 1) is_named(faults_with("decision_chosen", d, (chosen[d] + 1) % count[d]), "same totals and draw");
    is_named(faults_with("decision_uniform", d, 1.0 - values<double>(run, "decision_uniform")[d]), "the seed gives");
    is_named(faults_with("decision_temperature", d, 0.11), "its rule has 0.11 pp, the scenario 0.1");
    is_named(faults_with("decision_rule", d, std::int8_t{2}), "its rule is not the scenario's");
    is_named(faults_with("decision_annuity", d, 0.2), "annuity");
    const auto option = static_cast<std::size_t>(first[d] + count[d] - 1);
    is_named(faults_with("option_total", option, 0.7654321), "add up to");
    is_named(faults_with("option_value", option * terms, 0.7654321), "add up to");
    const auto stay = static_cast<std::size_t>(first[d]);
    is_named(faults_with("option_target", stay, std::string("nowhere")), "is to be in nowhere");
  }
  CHECK(chosen.size() > 10);
}

TEST_CASE("an offer from nobody is found") {
  const LabelledDataset& run = restless();
  const auto& courted = values<std::string>(run, "decision_courted_by");
  std::size_t tried = 0;
  for (std::size_t d = 0; d < courted.size(); ++d) {
    if (!courted[d].empty() || values<std::int32_t>(run, "decision_option_count")[d] < 2) continue;
    const auto option = static_cast<std::size_t>(values<std::int32_t>(run, "decision_first_option")[d]) + 1;
    const std::vector<std::string> faults = faults_with("option_offer", option, 0.5);
    REQUIRE(faults.size() == 1);
    CHECK_THAT(faults[0], contains_substring("option 1 has an offer of USD 0.50 bn from nobody who courted it"));
    ++tried;
  }
  CHECK(tried > 0);
}

TEST_CASE("a flipped answer, ballot or draw of an organisation is found and named") {
  const LabelledDataset& run = restless();
  const auto& accepted = values<std::int8_t>(run, "answer_accepted");
  REQUIRE(!accepted.empty());
  for (std::size_t n = 0; n < accepted.size(); ++n) {
    const auto flipped = static_cast<std::int8_t>(1 - accepted[n]);
    const std::vector<std::string> answer = faults_with("answer_accepted", n, flipped);
    REQUIRE(answer.size() == 1);
    CHECK_THAT(answer[0], Catch::Matchers::StartsWith("answer " + std::to_string(n) + " ("));
    CHECK_THAT(answer[0], contains_substring("the same utility and draw give the other answer"));
    CHECK_THAT(faults_with("answer_uniform", n, 1.5).front(), contains_substring("the seed gives"));
    CHECK_THAT(faults_with("answer_utility", n, -77.0).front(),
               contains_substring("its utility is -77, but its ballots"));
  }
}

TEST_CASE("a run that recorded no decisions has none to replay") {
  const Replay replay = replay_decisions(run_classroom({"record.decisions=false"}).dataset);
  CHECK(replay.decisions == 0);
  CHECK(replay.answers == 0);
  CHECK(replay.faults.empty());
}
