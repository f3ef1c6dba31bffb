#include "sim/study/run.hpp"

#include <filesystem>

#include "sim/core/parallel.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;

TEST_CASE("a run ends at its horizon with a result of every step and times of every phase") {
  const RunResult result = run_classroom();
  CHECK(result.world.step == kClassroomSteps);
  CHECK(result.dataset.size("step") == kClassroomSteps + 1);
  CHECK(result.phase_seconds.size() == phase_names().size());
  CHECK(result.set_up_seconds >= 0.0);
}

TEST_CASE("a run of one step holds the start and the step") {
  const RunResult result = run_classroom({"run.horizon=1"});
  CHECK(result.world.step == 1);
  CHECK(result.dataset.size("step") == 2);
}

TEST_CASE("a run to a step has the values of the whole run up to there, and room for the rest") {
  const std::shared_ptr<const Setting> setting =
      load_setting(shipped("classroom-12"), std::vector<Override>{{"run.horizon", "6"}});
  const RunResult part = run_to_step(setting, 4, {});
  const RunResult whole = run_to_end(setting, {});
  CHECK(part.world.step == 4);
  CHECK(part.dataset.size("step") == 7);
  CHECK(part.dataset.attribute("stopped_after") == "4");
  const auto& some = std::get<std::vector<std::uint64_t>>(part.dataset.find("state_digest")->values);
  const auto& all = std::get<std::vector<std::uint64_t>>(whole.dataset.find("state_digest")->values);
  for (std::size_t step = 0; step <= 6; ++step) CHECK(some[step] == (step <= 4 ? all[step] : 0));
}

TEST_CASE("progress is told after every step, and can stop the run between two") {
  const std::shared_ptr<const Setting> setting =
      load_setting(shipped("classroom-12"), std::vector<Override>{{"run.horizon", "4"}});
  std::vector<int> seen;
  static_cast<void>(run_to_end(setting, [&](int done, int horizon) {
    CHECK(horizon == 4);
    seen.push_back(done);
    return true;
  }));
  CHECK(seen == std::vector<int>{1, 2, 3, 4});
  const auto stop = [](int done, int) { return done != 2; };
  CHECK(message_of<Interrupted>([&] { return run_to_end(setting, stop).set_up_seconds; }) ==
        "interrupted after step 2 of 4; nothing was written");
}

TEST_CASE("a scenario is loaded by path with overrides, and its names are checked against its tables") {
  const auto load = [](std::vector<Override> overrides) {
    return load_setting(shipped("classroom-12"), overrides)->scenario.run.seed;
  };
  CHECK(load({{"run.seed", "99"}}) == 99);
  CHECK_THAT(message_of<ScenarioError>([&] {
               return load({{"framework.gids.sponsors", "[\"Chna\"]"}});
             }),
             contains_substring("CHN"));
}

TEST_CASE("a world without tables is an error") {
  CHECK_THROWS_AS(load_setting(shipped("classroom-12"), std::vector<Override>{{"world.tables", "\"data/nowhere\""}}),
                  Error);
}

TEST_CASE("a run gives the same bytes with 1, 2, 3 and 8 threads") {
  const std::string scenario = GENERATE(as<std::string>(), "classroom-12", "clean-network-2020");
  const std::shared_ptr<const Setting> setting =
      load_setting(shipped(scenario), std::vector<Override>{{"run.horizon", "12"}});
  const auto bytes = [&](int threads) {
    const parallel::ThreadLimit limit(threads);
    return to_hdf5(run_to_end(setting, {}).dataset);
  };
  const std::vector<std::byte> expected = bytes(1);
  for (const int threads : {2, 3, 8}) CHECK((bytes(threads) == expected));
}
