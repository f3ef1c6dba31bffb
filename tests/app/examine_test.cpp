#include "sim/app/examine.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>

#include "sim/io/hdf5/atomic_file.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "sim/study/explain.hpp"
#include "sim/study/parting.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/changed.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/damage.hpp"
#include "tests/support/program.hpp"
#include "tests/support/told_result.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

const LabelledDataset& classroom() {
  static const LabelledDataset result = run_classroom().dataset;
  return result;
}

/// Runs a command on a file that holds the result: {command, file, more…}.
Ran run_on(const LabelledDataset& result, const std::string& command, const std::vector<std::string>& more = {}) {
  const TemporaryFolder folder;
  write_atomically(folder / "run.h5", to_hdf5(result));
  std::vector<std::string> arguments{command, (folder / "run.h5").string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run(arguments);
}

}  // namespace

TEST_CASE("verify ends with 0 and says what agrees, with any number of threads") {
  for (const char* threads : {"0", "1", "3", "8"}) {
    const Ran ran = run_on(classroom(), "verify", {"--threads", threads});
    CHECK(ran.code == 0);
    CHECK(ran.err.empty());
    CHECK_THAT(ran.out, Catch::Matchers::EndsWith("run.h5: verified: 12 steps, " +
                                                  std::to_string(classroom().arrays.size()) + " arrays, same bits\n"));
  }
}

TEST_CASE("verify ends with 3 and names what differs") {
  LabelledDataset result = classroom();
  for (LabelledArray& array : result.arrays) {
    if (array.name == "bloc") std::get<std::vector<std::int8_t>>(array.values)[3 * 12] ^= 2;
  }
  const Ran ran = run_on(result, "verify");
  CHECK(ran.code == 3);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, contains_substring("run.h5: not verified: a replay of its scenario gives other values\n"
                                         "  bloc at step 3 (2020-10), country BRA: stored 2 (gids), recomputed 0 "
                                         "(unaligned)\n"));
}

TEST_CASE("verify shows ten differences and counts the rest") {
  LabelledDataset result = classroom();
  std::size_t changed = 0;
  for (LabelledArray& array : result.arrays) {
    if (changed == 13) break;
    array.long_name += "!";
    ++changed;
  }
  const Ran ran = run_on(result, "verify");
  CHECK(ran.code == 3);
  CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 12);
  CHECK_THAT(ran.err, Catch::Matchers::EndsWith("\n  and 3 more\n"));
}

TEST_CASE("verify says that another version wrote the file") {
  LabelledDataset result = classroom();
  for (auto& [name, text] : result.attributes) {
    if (name == "code_version") text = "0.0.9";
  }
  const Ran ran = run_on(result, "verify");
  CHECK(ran.code == 0);
  CHECK_THAT(ran.out, contains_substring("run.h5: note: written by version 0.0.9"));
}

TEST_CASE("verify takes tables from the folder that is named, and refuses others with 2") {
  const std::string data = SPLINTERNET_SOURCE_DIR "/scenarios/data/";
  CHECK(run_on(classroom(), "verify", {"--tables", data + "classroom-12"}).code == 0);
  const Ran ran = run_on(classroom(), "verify", {"--tables", data + "world-2020"});
  CHECK(ran.code == 2);
  CHECK_THAT(ran.err, contains_substring("it was made from tables with digest"));
}

TEST_CASE("a damaged file ends with 2 and the name of the dataset") {
  const TemporaryFolder folder;
  const std::string path = (folder / "run.h5").string();
  write_atomically(path, to_hdf5(classroom()));
  damage(path, "real_income");
  const Ran ran = run({"verify", path});
  CHECK(ran.code == 2);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, contains_substring("run.h5: dataset \"real_income\": its values do not match their checksum"));
}

TEST_CASE("Ctrl-C ends verify with 130") {
  const TemporaryFolder folder;
  const RunResult year =
      run_to_end(load_setting(shipped("clean-network-2020"), std::vector<Override>{{"run.horizon", "1"}}), {});
  LabelledDataset result = year.dataset;
  for (auto& [name, text] : result.attributes) {
    if (name == "scenario") text.replace(text.find("horizon = 1"), 11, "horizon = 9000");
  }
  write_atomically(folder / "run.h5", to_hdf5(result));
  const Child child({"verify", (folder / "run.h5").string()});
  REQUIRE(child.wait_until_it_catches_interrupts());
  child.send(SIGINT);
  CHECK(child.wait().code == 130);
}

TEST_CASE("explain prints the story of a country, or of one step") {
  const Ran story = run_on(told_result(), "explain", {"Kenya"});
  CHECK(story.code == 0);
  CHECK(story.out == explain(told_result(), "KEN", std::nullopt));
  CHECK(run_on(told_result(), "explain", {"KEN", "--step", "5"}).out == explain(told_result(), "KEN", 5));
}

TEST_CASE("explain ends with 2 for an unknown country or step, naming the file") {
  const Ran country = run_on(told_result(), "explain", {"Brasil"});
  CHECK(country.code == 2);
  CHECK(country.out.empty());
  CHECK_THAT(country.err, contains_substring("run.h5: the result has no country \"Brasil\""));
  CHECK_THAT(country.err, contains_substring("Did you mean \"Brazil\"?"));
  const Ran step = run_on(told_result(), "explain", {"KEN", "--step", "9"});
  CHECK(step.code == 2);
  CHECK_THAT(step.err, contains_substring("run.h5: there is no step 9: the run has steps 1 to 6"));
}

TEST_CASE("explain --replay ends with 0 if every choice follows from its record, else with 3") {
  const Ran good = run_on(classroom(), "explain", {"--replay"});
  CHECK(good.code == 0);
  CHECK(good.err.empty());
  CHECK_THAT(good.out, contains_substring("run.h5: " + std::to_string(classroom().size("decision")) +
                                          " decisions and " + std::to_string(classroom().size("answer")) +
                                          " answers of organisations replayed: each follows from what is recorded"));
  LabelledDataset result = classroom();
  set(result, "decision_uniform", 2, 0.123);
  const Ran bad = run_on(result, "explain", {"--replay"});
  CHECK(bad.code == 3);
  CHECK(bad.out.empty());
  CHECK_THAT(bad.err, contains_substring("run.h5: its record of decisions contradicts itself\n  decision 2 ("));
}

TEST_CASE("explain --compare tells where two files part, over a country or any") {
  const TemporaryFolder folder;
  const std::string other = (folder / "other.h5").string();
  const LabelledDataset second = run_classroom({"run.seed=2"}).dataset;
  write_atomically(folder / "other.h5", to_hdf5(second));
  const Ran any = run_on(classroom(), "explain", {"--compare", other});
  CHECK(any.code == 0);
  CHECK(any.out == explain_parting(classroom(), second, std::nullopt));
  const Ran one = run_on(classroom(), "explain", {"KEN", "--compare", other});
  CHECK(one.out == explain_parting(classroom(), second, "KEN"));
  const Ran unknown = run_on(classroom(), "explain", {"KNE", "--compare", other});
  CHECK(unknown.code == 2);
  CHECK_THAT(unknown.err, contains_substring("other.h5: the result has no country \"KNE\""));
}

TEST_CASE("explain asks for a country, and for one task at a time") {
  const Ran none = run_on(classroom(), "explain");
  CHECK(none.code == 2);
  CHECK_THAT(none.err, contains_substring("country"));
  CHECK(run_on(classroom(), "explain", {"KEN", "--replay", "--step", "2"}).code == 2);
  CHECK(run_on(classroom(), "explain", {"--replay", "--compare", "x.h5"}).code == 2);
}
