#include "sim/io/text/analysis_file.hpp"

#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using testing::contains;
using testing::error_message;
using testing::TemporaryFolder;
using testing::write_file;

namespace {

AnalysisFile read(const std::string& text, const std::vector<Override>& overrides = {}) {
  const TemporaryFolder folder;
  write_file(folder / "case.toml", text);
  return read_analysis_file(folder / "case.toml", overrides);
}

std::string refused(const std::string& text) {
  return error_message([&] { read(text); });
}

const std::string kTable = "[analysis.zebra]\nkind = \"a\"\nx = 1\n[analysis.ape]\nkind = \"b\"\n";

}  // namespace

TEST_CASE("a file tells title, question, lesson and its analyses in their order") {
  const AnalysisFile file = read("title = \"T\"\nquestion = \"Q\"\nlesson = \"L\"\n" + kTable);
  CHECK(file.title == "T");
  CHECK(file.question == "Q");
  CHECK(file.lesson == "L");
  CHECK_FALSE(file.is_runnable);
  REQUIRE(file.analyses.size() == 2);
  CHECK(file.analyses[0].id == "zebra");
  CHECK(file.analyses[0].kind().text == "a");
  CHECK(file.analyses[0].path() == "analysis.zebra");
  CHECK(file.analyses[0].path("x") == "analysis.zebra.x");
  CHECK(file.analyses[1].id == "ape");
}

TEST_CASE("overrides and what a file extends are laid over each other before analyses are read") {
  const TemporaryFolder folder;
  write_file(folder / "base.toml", "title = \"T\"\n" + kTable);
  write_file(folder / "case.toml", "extends = \"base.toml\"\n[analysis.zebra]\nx = 2\n");
  const AnalysisFile file = read_analysis_file(folder / "case.toml");
  CHECK(file.title == "T");
  CHECK(file.analyses.size() == 2);
  const std::vector<Override> overrides = {{"analysis.ape.x", "7"}, {"analysis.zebra.x", "3"}};
  const AnalysisFile changed = read_analysis_file(folder / "case.toml", overrides);
  for (const AnalysisSpec& spec : changed.analyses) {
    CHECK(spec.table.find("x")->integer == (spec.id == "ape" ? 7 : 3));
  }
}

TEST_CASE("a document that was read before tells the same as its file") {
  const ScenarioDocument document = parse_scenario_document("lesson = \"L\"\n" + kTable, "case", "");
  const AnalysisFile file = analysis_file_of(document);
  CHECK(file.path == "case");
  CHECK(file.lesson == "L");
  CHECK(file.analyses.size() == 2);
}

TEST_CASE("a scenario may have analyses besides, and its own sections are left to its reader") {
  const AnalysisFile file = read("[run]\nhorizont = 3\n" + kTable);
  CHECK(file.is_runnable);
  CHECK(file.analyses.size() == 2);
  CHECK(read("[world]\ntables = \"x\"\n").analyses.empty());
}

TEST_CASE("files that neither are analysed nor run are refused with place and remedy") {
  CHECK(contains(refused("title = \"T\"\n"), "there is nothing here to run or to analyse"));
  CHECK(contains(refused("[analyses.x]\nkind = \"a\"\n"), "Did you mean \"analysis\"?"));
  CHECK(contains(refused("lessons = \"L\"\n" + kTable), "case.toml:1:1: unknown section or key \"lessons\""));
  CHECK(contains(refused("lesson = 3\n" + kTable), "a string in quotes"));
  CHECK(contains(refused("analysis = 3\n"), "case.toml:1:12: the whole number 3 has the wrong type"));
  CHECK(contains(refused("[analysis]\nkind = \"a\"\n"), "a table, [analysis.kind]"));
  CHECK(contains(refused("[analysis.x]\ny = 1\n"), "case.toml:1:1: \"kind\" is missing"));
  CHECK(contains(refused("[analysis.x]\nkind = 2\n"), "key      analysis.x.kind"));
}

TEST_CASE("lesson and analyses go before a document is run, and one with nothing else is refused") {
  TomlValue document = parse_toml("lesson = \"L\"\n[run]\nseed = 1\n" + kTable, "case");
  remove_analyses(document, "case");
  CHECK(document.items.size() == 1);
  CHECK(document.find("run") != nullptr);
  TomlValue only = parse_toml(kTable, "case.toml");
  const std::string message = error_message([&] { remove_analyses(only, "case.toml"); });
  CHECK(contains(message, "case.toml:1:1: this file is analysed, not run"));
  CHECK(contains(message, "write splinternet analyse case.toml"));
  TomlValue wrong = parse_toml("lesson = 3\n[run]\nseed = 1\n", "case");
  CHECK_THROWS_AS(remove_analyses(wrong, "case"), ScenarioError);
}
