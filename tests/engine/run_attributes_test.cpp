#include "sim/engine/run_attributes.hpp"

#include <map>
#include <string>

#include "sim/core/digest.hpp"
#include "sim/engine/version.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("run attributes: they say what the run is, what made it, and from what") {
  Scenario scenario = small_scenario();
  scenario.resolved = "[run]\nseed = 7\n";
  scenario.run.seed = 7;
  scenario.world.tables = "data/small";
  scenario.world.tables_path = "/somewhere/on/this/machine";
  const auto list = run_attributes(make_world(scenario, small_tables()));
  const std::map<std::string, std::string> attributes(list.begin(), list.end());
  CHECK(attributes.size() == list.size());
  CHECK(attributes.at("file_type") == kRunFileType);
  CHECK(attributes.at("format_version") == kFormatVersion);
  CHECK(attributes.at("code_version") == code_version());
  CHECK(attributes.at("code_commit") == code_commit());
  CHECK(attributes.at("scenario_name") == "small");
  CHECK(attributes.at("title") == scenario.title);
  CHECK(attributes.at("scenario") == scenario.resolved);
  CHECK(attributes.at("tables") == "data/small");
  CHECK(attributes.at("tables_digest") == to_hex(1));
  CHECK(attributes.at("seed") == "7");
  CHECK(attributes.at("digest_algorithm") == kDigestAlgorithm);
  for (const auto& [key, text] : list) {
    INFO(key);
    CHECK_FALSE(text.empty());
    CHECK(text.find("/somewhere") == std::string::npos);
  }
}

TEST_CASE("run attributes: a run that was left before its horizon says where") {
  const Scenario scenario = small_scenario();
  World world = make_world(scenario, small_tables());
  world.step = 2;
  CHECK(run_attributes(world).back() == std::pair<std::string, std::string>(kStoppedAfter, "2"));
  world.step = scenario.run.horizon;
  CHECK(run_attributes(world).back().first != kStoppedAfter);
}

TEST_CASE("run attributes: equal runs have equal attributes") {
  CHECK(run_attributes(make_world(small_scenario(), small_tables())) ==
        run_attributes(make_world(small_scenario(), small_tables())));
}

}  // namespace
}  // namespace splinternet::testing
