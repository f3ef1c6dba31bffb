#include "sim/engine/dataset_recorder.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/model/build_world.hpp"
#include "tests/support/actor_worlds.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

struct Run {
  LabelledDataset dataset;
  std::vector<std::uint64_t> digests;  ///< of each step, taken beside the recorder
};

Run recorded(const Scenario& scenario, const WorldTables& tables = small_tables(), int steps = -1) {
  Simulation simulation(make_setting(scenario, tables));
  DatasetRecorder recorder(simulation.world());
  Run run;
  recorder.record(simulation.world(), simulation.report());
  run.digests.push_back(state_digest(simulation.world()));
  for (int step = 0; step != steps && !simulation.is_finished(); ++step) {
    simulation.step();
    recorder.record(simulation.world(), simulation.report());
    run.digests.push_back(state_digest(simulation.world()));
  }
  run.dataset = recorder.dataset(simulation.world());
  return run;
}

template <class T>
const std::vector<T>& values(const LabelledDataset& dataset, std::string_view name) {
  INFO(name);
  REQUIRE(dataset.find(name) != nullptr);
  return std::get<std::vector<T>>(dataset.find(name)->values);
}

TEST_CASE("dataset recorder: a run has its default arrays, each over steps first, and shapes that fit") {
  const Run run = recorded(small_scenario());
  CHECK(run.dataset.size("step") == 25);
  CHECK(run.dataset.size("country") == 6);
  CHECK(run.dataset.size("framework") == 2);
  for (const OutputRow& row : output_table()) {
    INFO(row.name);
    const LabelledArray* array = run.dataset.find(row.name);
    CHECK((array != nullptr) == (row.recorded == Recorded::kByDefault && row.worlds != Worlds::kOfActors));
    if (array == nullptr) continue;
    CHECK(array->dims.front() == time_dimension(row));
    CHECK(array->units == row.units);
    CHECK(array->long_name == row.long_name);
  }
  CHECK_NOTHROW(check_shapes(run.dataset));
  CHECK(values<std::string>(run.dataset, "country") == small_tables().countries.code);
  CHECK(run.dataset.find("membership")->flag_meanings == std::vector<std::string>{"none", "listed", "signed"});
  CHECK(run.dataset.find("bloc")->flag_meanings == std::vector<std::string>{"unaligned", "clean", "gids"});
  CHECK(run.dataset.attribute("coordinates") == "time metrics_time");
}

TEST_CASE("dataset recorder: a small world of actors keeps each of them, a large one only what all add up to") {
  const Run few = recorded(pact_scenario(2000, {"x"}), {}, 2);
  CHECK(few.dataset.size("country") == 2000);
  CHECK(few.dataset.find("membership") != nullptr);
  CHECK(values<double>(few.dataset, "attribute_x").size() == 2000);
  CHECK(few.dataset.find("decision_country") != nullptr);
  CHECK(few.dataset.find("real_income") == nullptr);
  Scenario crowd = pact_scenario(2001);
  crowd.record.decisions = crowd.record.acts = false;
  const Run many = recorded(crowd, {}, 2);
  CHECK(values<float>(many.dataset, "member_size_share").size() == 25);
  for (const LabelledArray& array : many.dataset.arrays) {
    INFO(array.name);
    CHECK(element_count(array.values) < 2000);
  }
  CHECK(many.dataset.find("act_step") == nullptr);
  crowd.record.arrays = {"default", "membership"};
  CHECK(values<std::int8_t>(recorded(crowd, {}, 2).dataset, "membership").size() == 25 * 2001);
}

TEST_CASE("dataset recorder: an array that such a world does not have is refused") {
  Scenario crowd = pact_scenario(10);
  crowd.record.arrays = {"real_income"};
  CHECK_THROWS_AS(recorded(crowd, {}, 2), ScenarioError);
  Scenario map = small_scenario();
  map.record.arrays = {"member_size_share"};
  CHECK_THROWS_AS(recorded(map), ScenarioError);
}

TEST_CASE("dataset recorder: arrays that are named come alone, or beside the default ones") {
  Scenario scenario = small_scenario();
  scenario.record.arrays = {"goods_flow", "link_traffic"};
  const Run few = recorded(scenario, small_tables(), 2);
  CHECK(few.dataset.find("goods_flow") != nullptr);
  CHECK(few.dataset.find("splinternet_index") == nullptr);
  CHECK(few.dataset.size("partner") == 6);
  CHECK(few.dataset.size("link") == 9);
  CHECK(values<float>(few.dataset, "goods_flow").size() == 25 * 36);
  scenario.record.arrays = {"default", "goods_flow"};
  const Run more = recorded(scenario, small_tables(), 2);
  CHECK(more.dataset.find("goods_flow") != nullptr);
  CHECK(more.dataset.find("splinternet_index") != nullptr);
}

TEST_CASE("dataset recorder: what is measured at metrics steps stands along a dimension of its own, with its dates") {
  Scenario scenario = small_scenario();
  set(scenario, "metrics.every_months", 10);
  const Run run = recorded(scenario);
  CHECK(values<std::int32_t>(run.dataset, "metrics_step") == std::vector<std::int32_t>{0, 10, 20, 24});
  const auto& days = values<std::int32_t>(run.dataset, "time");
  CHECK(values<std::int32_t>(run.dataset, "metrics_time") ==
        std::vector<std::int32_t>{days[0], days[10], days[20], days[24]});
  CHECK(run.dataset.find("metrics_time")->units == run.dataset.find("time")->units);
  CHECK(run.dataset.find("minimum_cut")->dims ==
        std::vector<std::string>{"metrics_step", "framework", "other_framework"});
  CHECK(values<std::string>(run.dataset, "bloc_to") == std::vector<std::string>{"unaligned", "clean", "gids"});
  // The same value as one recorded every month has at that step.
  set(scenario, "metrics.every_months", 1);
  const Run monthly = recorded(scenario);
  const auto& sparse = values<float>(run.dataset, "minimum_cut");
  const auto& dense = values<float>(monthly.dataset, "minimum_cut");
  REQUIRE(sparse.size() == 4 * 4);
  REQUIRE(dense.size() == 25 * 4);
  CHECK(sparse[2 * 4 + 1] == dense[20 * 4 + 1]);
  CHECK(sparse[3 * 4 + 2] == dense[24 * 4 + 2]);
  CHECK(run.digests == monthly.digests);
}

TEST_CASE("dataset recorder: a metrics step that was not reached is NaN, and the dimension is there only if needed") {
  const Run run = recorded(small_scenario(), small_tables(), 13);
  const std::vector<float>& reach = values<float>(run.dataset, "usable_reach");  // steps 0, 12, 24
  CHECK_FALSE(std::isnan(reach[1 * 2 + kClean]));
  CHECK(std::isnan(reach[2 * 2 + kClean]));
  Scenario scenario = small_scenario();
  scenario.record.arrays = {"stretch"};
  const Run few = recorded(scenario, small_tables(), 1);
  for (const char* name : {"metrics_step", "metrics_time", "bloc_from", "other_framework"}) {
    CHECK(few.dataset.find(name) == nullptr);
  }
}

TEST_CASE("dataset recorder: an unknown array is refused with the nearest name") {
  Scenario scenario = small_scenario();
  scenario.record.arrays = {"good_flow"};
  const World world = make_world(scenario, small_tables());
  CHECK_THROWS_AS(DatasetRecorder(world), ScenarioError);
  CHECK_THROWS_WITH(DatasetRecorder(world), contains_substring("goods_flow"));
}

TEST_CASE("dataset recorder: steps that were not reached are NaN or 0") {
  const Run run = recorded(small_scenario(), small_tables(), 3);
  const std::vector<float>& index = values<float>(run.dataset, "splinternet_index");
  for (std::size_t t = 0; t < index.size(); ++t) CHECK(std::isnan(index[t]) == (t > 3));
  const std::vector<std::int8_t>& level = values<std::int8_t>(run.dataset, "membership");
  CHECK(std::count(level.begin() + 4 * 12, level.end(), 0) == 21 * 12);
  CHECK(level[3 * 12 + kAaa * 2 + kClean] == 2);
}

TEST_CASE("dataset recorder: a step beyond the horizon is refused") {
  Scenario scenario = small_scenario();
  scenario.run.horizon = 1;
  Simulation simulation(make_setting(scenario, small_tables()));
  DatasetRecorder recorder(simulation.world());
  simulation.step();
  CHECK_NOTHROW(recorder.record(simulation.world(), simulation.report()));
  simulation.step();
  CHECK_THROWS_AS(recorder.record(simulation.world(), simulation.report()), InternalError);
}

TEST_CASE("dataset recorder: digests are those of the state at each step, and of each of its arrays") {
  const Run run = recorded(small_scenario());
  CHECK(values<std::uint64_t>(run.dataset, "state_digest") == run.digests);
  const std::vector<std::string>& parts = values<std::string>(run.dataset, "state_part");
  const std::vector<std::uint64_t>& digests = values<std::uint64_t>(run.dataset, "state_part_digest");
  REQUIRE(digests.size() == 25 * parts.size());
  // Opening a framework changes who is a member in step 1, not whether its promises are believed.
  const auto part = [&](const char* name) {
    return static_cast<std::size_t>(std::find(parts.begin(), parts.end(), name) - parts.begin());
  };
  REQUIRE(part("members.level") < parts.size());
  CHECK(digests[part("members.level")] != digests[parts.size() + part("members.level")]);
  CHECK(digests[part("frameworks.credibility")] == digests[parts.size() + part("frameworks.credibility")]);
}

TEST_CASE("dataset recorder: memberships follow from those of the start and the acts") {
  Scenario scenario = small_scenario();
  set(scenario, "countries.spontaneous_rate", 0.3);
  const WorldTables tables = random_tables(6, 12);
  const Run run = recorded(scenario, tables);
  const std::vector<std::int8_t>& level = values<std::int8_t>(run.dataset, "membership");
  const auto& step = values<std::int32_t>(run.dataset, "act_step");
  const auto& country = values<std::string>(run.dataset, "act_country");
  const auto& framework = values<std::string>(run.dataset, "act_framework");
  const auto& kind = values<std::int8_t>(run.dataset, "act_kind");
  std::vector<std::int8_t> now(level.begin(), level.begin() + 24);
  std::size_t act = 0;
  for (std::int32_t t = 1; t <= scenario.run.horizon; ++t) {
    for (; act < step.size() && step[act] == t; ++act) {
      const std::size_t i = tables.countries.find(country[act]);
      const std::size_t k = framework[act] == "clean" ? kClean : kGids;
      const auto what = static_cast<ActKind>(kind[act]);
      now[i * 2 + k] = what == ActKind::kWithdraw || what == ActKind::kListingLapsed ? 0 : 2;
    }
    INFO("step " << t);
    CHECK(std::equal(now.begin(), now.end(), level.begin() + t * 24));
  }
  CHECK(act == step.size());
  CHECK(std::count(kind.begin(), kind.end(), static_cast<std::int8_t>(ActKind::kSponsorSigned)) == 2);
  CHECK(act > 6);
}

TEST_CASE("dataset recorder: without decisions there are none, and the run is the same") {
  Scenario scenario = small_scenario();
  const Run with = recorded(scenario);
  scenario.record.decisions = false;
  const Run without = recorded(scenario);
  CHECK(without.dataset.find("decision_step") == nullptr);
  CHECK(with.digests == without.digests);
}

TEST_CASE("dataset recorder: recording changes nothing, whatever is recorded") {
  Scenario scenario = small_scenario();
  Simulation alone(make_setting(scenario, small_tables()));
  std::vector<std::uint64_t> digests{state_digest(alone.world())};
  while (!alone.is_finished()) {
    alone.step();
    digests.push_back(state_digest(alone.world()));
  }
  CHECK(recorded(scenario).digests == digests);
  scenario.record.arrays = output_names(*make_setting(small_scenario(), small_tables()));
  CHECK(recorded(scenario).digests == digests);
}

TEST_CASE("dataset recorder: time is counted in days from the start, by months of the calendar") {
  Scenario scenario = small_scenario();
  scenario.run.horizon = 3;
  const Run run = recorded(scenario);
  CHECK(values<std::int32_t>(run.dataset, "time") == std::vector<std::int32_t>{0, 31, 61, 92});
  CHECK(run.dataset.find("time")->units == "days since 2020-08-01");
}

TEST_CASE("dataset recorder: events carry the step in which they happened") {
  Scenario scenario = small_scenario();
  add_event(scenario, event_in_month("zz_late", EventKind::kBriefing, 200));
  scenario.events.back().framework = "gids";
  const Run run = recorded(scenario);
  CHECK(values<std::string>(run.dataset, "event") == std::vector<std::string>{"open_clean", "open_gids", "zz_late"});
  CHECK(values<std::int32_t>(run.dataset, "event_step") == std::vector<std::int32_t>{1, 3, -1});
}

}  // namespace
}  // namespace splinternet::testing
