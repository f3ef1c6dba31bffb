#include "sim/app/listings.hpp"

#include "sim/engine/outputs.hpp"
#include "sim/io/hdf5/atomic_file.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "sim/model/catalogue.hpp"
#include "sim/study/tables_text.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/json_rows.hpp"
#include "tests/support/program.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

/// Message of `check` on a file with that content.
std::string check_file(const LabelledDataset& result, int code) {
  const TemporaryFolder folder;
  write_atomically(folder / "run.h5", to_hdf5(result));
  const Ran ran = run({"check", (folder / "run.h5").string()});
  CHECK(ran.code == code);
  return ran.out + ran.err;
}

}  // namespace

TEST_CASE("params prints the parameter table as text, Markdown or JSON") {
  CHECK(run({"params"}).out == parameter_table_text(TableFormat::kText));
  CHECK(run({"params", "--markdown"}).out == parameter_table_text(TableFormat::kMarkdown));
  const Ran json = run({"params", "--json"});
  CHECK(json.code == 0);
  CHECK(JsonRows::parse(json.out).size() == parameter_catalogue().size());
}

TEST_CASE("params --outputs prints the table of recorded arrays") {
  CHECK(run({"params", "--outputs"}).out == output_table_text(TableFormat::kText));
  CHECK(JsonRows::parse(run({"params", "--outputs", "--json"}).out).size() == output_table().size());
}

TEST_CASE("list names the shipped scenarios with title and question") {
  const Ran ran = run({"list"});
  CHECK(ran.code == 0);
  CHECK_THAT(ran.out, contains_substring("classroom-12" + std::string(20, ' ') + "Twelve countries, two frameworks"));
  CHECK_THAT(ran.out, contains_substring("clean-network-2020" + std::string(14, ' ') + "Clean Network against"));
  CHECK_THAT(ran.out, contains_substring("Who signs which framework, when and why"));
}

TEST_CASE("list shows the gallery in a group of its own, with the command to type") {
  const std::string text = run({"list"}).out;
  const std::size_t gallery = text.find("\nGallery: ");
  REQUIRE(gallery != std::string::npos);
  CHECK(text.find("gallery/") > gallery);
  CHECK_THAT(text.substr(gallery),
             contains_substring("\n" + std::string(32, ' ') + "splinternet analyse gallery/unsc-power\n"));
  CHECK_THAT(text.substr(gallery), !contains_substring("\nclassroom-12"));
}

TEST_CASE("check accepts what is analysed, not run, and refuses what cannot be") {
  const Ran ran = run({"check", "gallery/eec-power"});
  CHECK(ran.code == 0);
  CHECK_THAT(ran.out,
             contains_substring("gallery/eec-power: good. 3 analyses: six (voting_power): 6 voters, 1 condition; "));
  const Ran bad = run({"check", "gallery/eec-power", "--set", "analysis.six.quota=18"});
  CHECK(bad.code == 2);
  CHECK(bad.out.empty());
  CHECK_THAT(bad.err,
             contains_substring("--set analysis.six.quota=18: the quota 18 is above the sum of all weights, 17"));
}

TEST_CASE("check tells of a scenario with analyses besides what both have") {
  const TemporaryFolder folder;
  const std::string path = (folder / "mine.toml").string();
  write_file(path, "extends = \"" + shipped("classroom-12") +
                       "\"\nlesson = \"L\"\n[analysis.x]\nkind = \"voting_power\"\nquota = 2\nweights = [1, 1]\n");
  const Ran ran = run({"check", path});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK_THAT(ran.out, contains_substring("mine.toml: good. 1 analysis: x (voting_power): 2 voters, 1 condition\n"));
  CHECK_THAT(ran.out, contains_substring("mine.toml: good. 12 countries"));
}

TEST_CASE("check tells what a good scenario has, by name, by path and with other values") {
  const Ran by_name = run({"check", "classroom-12"});
  CHECK(by_name.code == 0);
  CHECK_THAT(by_name.out, contains_substring("classroom-12: good. 12 countries, 2 frameworks, 2 events, "));
  CHECK(run({"check", shipped("classroom-12")}).code == 0);
  CHECK_THAT(run({"check", "classroom-12", "--set", "event.gids_opens.enabled=false"}).out,
             contains_substring("2 frameworks, 1 events"));
}

TEST_CASE("check refuses a bad scenario with its place, and runs and writes nothing") {
  const TemporaryFolder folder;
  const std::string path = (folder / "mine.toml").string();
  write_file(path, "extends = \"" + shipped("classroom-12") + "\"\n[countries]\ntemprature = 0.2\n");
  const Ran ran = run({"check", path});
  CHECK(ran.code == 2);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, contains_substring(path + ":3:1: unknown key \"temprature\""));
  CHECK_THAT(ran.err, contains_substring("Did you mean \"temperature\"?"));
  CHECK(folder.names() == std::vector<std::string>{"mine.toml"});
  CHECK_THAT(run({"check", "classroom-12", "--set", "countries.temperature=-1"}).err,
             contains_substring("--set countries.temperature=-1"));
}

TEST_CASE("check tells what a result file holds for verify and explain") {
  const LabelledDataset result = run_classroom().dataset;
  const std::string text = check_file(result, 0);
  CHECK_THAT(text, contains_substring("run.h5: a complete result of scenario classroom-12, " +
                                      std::to_string(result.arrays.size()) +
                                      " arrays, 12 steps; digests of every step "
                                      "and of " +
                                      std::to_string(result.size("state_part")) + " state arrays, " +
                                      std::to_string(result.size("decision")) + " decisions\n"));
  LabelledDataset bare = run_classroom({"record.decisions=false"}).dataset;
  CHECK_THAT(check_file(bare, 0), contains_substring("state arrays, no decisions\n"));
  std::erase_if(bare.arrays, [](const LabelledArray& array) { return array.name == "state_digest"; });
  CHECK_THAT(check_file(bare, 0), contains_substring("; no digests, no decisions\n"));
}

TEST_CASE("check refuses a file of another kind and one that is cut off") {
  LabelledDataset result = run_classroom().dataset;
  for (auto& [name, text] : result.attributes) {
    if (name == "file_type") text = "weather";
  }
  CHECK_THAT(check_file(result, 2), contains_substring("this is no result of splinternet run"));
  const TemporaryFolder folder;
  const std::vector<std::byte> bytes = to_hdf5(result);
  write_atomically(folder / "cut.h5", std::span(bytes).first(bytes.size() / 2));
  const Ran ran = run({"check", (folder / "cut.h5").string()});
  CHECK(ran.code == 2);
  CHECK_THAT(ran.err, contains_substring("cut.h5: the file is cut off or damaged"));
}
