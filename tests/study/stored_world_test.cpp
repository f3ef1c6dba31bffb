#include "sim/study/stored_world.hpp"

#include "sim/core/digest.hpp"
#include "sim/engine/version.hpp"
#include "sim/model/build_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/error_message.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

LabelledDataset with_attribute(const std::string& name, const std::string& value) {
  LabelledDataset result = run_classroom().dataset;
  for (auto& [key, text] : result.attributes) {
    if (key == name) text = value;
  }
  return result;
}

}  // namespace

TEST_CASE("a result file tells scenario and tables from which the same world is made") {
  const RunResult run = run_classroom({"countries.temperature=0.2"});
  const StoredWorld stored = stored_world(run.dataset, "run.h5", "");
  CHECK(stored.scenario.resolved == run.world.scenario().resolved);
  CHECK(to_hex(stored.tables.digest) == run.dataset.attribute("tables_digest"));
  CHECK(state_digest(World(make_setting(stored.scenario, stored.tables))) ==
        std::get<std::vector<std::uint64_t>>(run.dataset.find("state_digest")->values)[0]);
}

TEST_CASE("a stored world that cannot be had is refused with the name of the file") {
  const auto message = [](const LabelledDataset& result, const std::string& tables) {
    return error_message([&] { stored_world(result, "run.h5", tables); });
  };
  CHECK_THAT(message(with_attribute("scenario", "nonsense ="), ""), Catch::Matchers::StartsWith("run.h5: "));
  CHECK_THAT(message(with_attribute("tables", "nowhere"), ""),
             contains_substring("run.h5: its tables are needed: ") && contains_substring("--tables"));
  CHECK_THAT(message(with_attribute("digest_algorithm", "fnv"), ""),
             contains_substring("run.h5: its digests are of algorithm \"fnv\""));
  CHECK_THAT(message(run_classroom().dataset, SPLINTERNET_SOURCE_DIR "/scenarios/data/world-2020"),
             contains_substring("run.h5: it was made from tables with digest "));
}

TEST_CASE("only a file of another code gets a note") {
  CHECK(notes_on_code(run_classroom().dataset).empty());
  const std::vector<std::string> notes = notes_on_code(with_attribute("code_commit", "0123456"));
  REQUIRE(notes.size() == 1);
  CHECK_THAT(notes[0], contains_substring(" (0123456), replayed by " + std::string(code_version())));
}
