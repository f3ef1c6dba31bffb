#include "sim/study/result_file.hpp"

#include <filesystem>

#include "sim/io/hdf5/atomic_file.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/told_result.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

/// Message of reading a file with that attribute set.
std::string message_with(const std::string& attribute, const std::string& value) {
  const TemporaryFolder folder;
  LabelledDataset result = told_result();
  for (auto& [name, text] : result.attributes) {
    if (name == attribute) text = value;
  }
  const std::string path = (folder / "told.h5").string();
  write_atomically(path, to_hdf5(result));
  return message_of<DataError>([&] { return read_result(path); });
}

}  // namespace

TEST_CASE("a result is read as it was written") {
  const TemporaryFolder folder;
  const std::string path = (folder / "told.h5").string();
  write_atomically(path, to_hdf5(told_result()));
  const LabelledDataset result = read_result(path);
  CHECK(values_of<std::string>(result, "country") == std::vector<std::string>{"BRA", "KEN", "NOR", "ZMB"});
  CHECK(values_of<double>(result, "act_offer").back() == 0.05);
}

TEST_CASE("a file of another kind or format is refused with what it is and a remedy") {
  CHECK_THAT(message_with("file_type", "splinternet sweep"),
             contains_substring("told.h5: this is no result of splinternet run"));
  CHECK_THAT(message_with("format_version", "2.3"),
             contains_substring("its format has version 2.3, but this program reads 1.0; use version 0.0.1"));
}

TEST_CASE("a later format of the same first number is read") {
  const TemporaryFolder folder;
  LabelledDataset result = told_result();
  result.attributes[1].second = "1.9";
  write_atomically(folder / "told.h5", to_hdf5(result));
  CHECK(read_result((folder / "told.h5").string()).arrays.size() == result.arrays.size());
}

TEST_CASE("an array that is missing or of another type is named") {
  const LabelledDataset result = told_result();
  CHECK_THAT(message_of<DataError>([&] { return values_of<double>(result, "income").size(); }),
             contains_substring("no array \"income\""));
  CHECK_THAT(message_of<DataError>([&] { return values_of<double>(result, "act_step").size(); }),
             contains_substring("\"act_step\" of the result has an unexpected type"));
}

TEST_CASE("the scenario of a run is the one that was run") {
  const RunResult run = run_classroom({"run.seed=5", "countries.temperature=0.2"});
  const Scenario scenario = scenario_of(run.dataset);
  CHECK(scenario.resolved == run.world.scenario().resolved);
  CHECK(scenario.name == "classroom-12");
  CHECK(scenario.run.seed == 5);
}

TEST_CASE("a scenario that this version does not understand is an error that names the version which wrote it") {
  LabelledDataset result = told_result();
  for (auto& [name, text] : result.attributes) {
    if (name == "scenario") text += "[weather]\nrain = 1\n";
  }
  const std::string message = message_of<DataError>([&] { return scenario_of(result).name; });
  CHECK_THAT(message, contains_substring("written by version 0.0.1 of the program"));
  CHECK_THAT(message, contains_substring("weather"));
}

TEST_CASE("a step is dated by the month in which it begins") {
  RunSpec run;
  run.start = Date{2020, 8, 1};
  CHECK(month_of_step(run, 0) == "2020-08");
  CHECK(month_of_step(run, 1) == "2020-08");
  CHECK(month_of_step(run, 6) == "2021-01");
  run.step_months = 0.5;
  CHECK(month_of_step(run, 2) == "2020-08");
  CHECK(month_of_step(run, 3) == "2020-09");
  run.step_months = 12;
  CHECK(month_of_step(run, 3) == "2022-08");
}
