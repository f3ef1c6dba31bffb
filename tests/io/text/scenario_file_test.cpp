#include "sim/io/text/scenario_file.hpp"

#include <filesystem>

#include "tests/io/text/scenario_text.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using testing::holds;
using testing::kFrameworks;
using testing::kHead;
using testing::message_of;
using testing::parse;
using testing::small_vocabulary;
using testing::TemporaryFolder;
using testing::write_file;

TEST_CASE("key=value is split at the first equals sign") {
  const Override item = parse_override("a.b=c=d");
  CHECK(item.key == "a.b");
  CHECK(item.value == "c=d");
  CHECK(message_of<ScenarioError>([] { parse_override("a.b"); }).starts_with("--set a.b: there is no \"=\""));
}

TEST_CASE("A scenario file is read, extended and overridden") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "data/none");
  write_file(folder / "base.toml", kHead + kFrameworks + "[countries]\ntemperature = 0.5\n[firms]\ncount = 10\n");
  write_file(
      folder / "no-gids.toml",
      "extends = \"base.toml\"\ntitle = \"without\"\n[framework.gids]\nenabled = false\n[firms]\nenabled = false\n");
  const std::vector<Override> overrides = {{"countries.schedule", "poisson"}, {"run.seed", "7"}};
  const Scenario scenario = read_scenario(folder / "no-gids.toml", overrides, small_vocabulary());
  CHECK(scenario.name == "no-gids");
  CHECK(scenario.title == "without");
  CHECK(scenario.frameworks.size() == 1);
  CHECK(scenario.events.empty());
  CHECK_FALSE(scenario.has_firms);
  CHECK(scenario.run.seed == 7);
  CHECK(scenario.parameters.value(scenario.parameters.find("countries.temperature")) == 0.5);
  CHECK(scenario.parameters.value(scenario.parameters.find("countries.schedule")) == 1.0);
  CHECK(scenario.resolved == resolved_text(scenario));
}

TEST_CASE("Values can be laid over a document again and again, and the file is not read anew") {
  const TemporaryFolder folder;
  write_file(folder / "mine.toml", kHead + "[countries]\ntemperature = 0.5\n[firms]\nenabled = false\n");
  ScenarioDocument document = read_scenario_document(folder / "mine.toml");
  std::filesystem::remove(folder / "mine.toml");
  lay_over(document, std::vector<Override>{{"countries.temperature", "0.25"}, {"run.seed", "7"}});
  lay_over(document, std::vector<Override>{{"run.seed", "8"}, {"firms.enabled", "true"}});
  const Scenario scenario = scenario_of(document, small_vocabulary());
  CHECK(scenario.name == "mine");
  CHECK(scenario.parameters.value(scenario.parameters.find("countries.temperature")) == 0.25);
  CHECK(scenario.run.seed == 8);
  CHECK(scenario.has_firms);
  CHECK_THROWS_AS(check_tables_exist(scenario), ScenarioError);
}

TEST_CASE("A missing scenario or folder of tables is refused with the nearest name") {
  const TemporaryFolder folder;
  write_file(folder / "mine.toml", "run.start = 2020-08-01\nrun.horizon = 1\nworld.tables = \"wolrd\"\n");
  std::filesystem::create_directories(folder / "world");
  const std::string missing = folder / "mien.toml";
  CHECK(message_of<ScenarioError>([&] { read_scenario(missing, {}, small_vocabulary()); }) ==
        missing +
            ": there is no such file\n  allowed  a scenario file\n"
            "  remedy   correct the name. Did you mean \"mine.toml\"?");
  const auto message = message_of<ScenarioError>([&] { read_scenario(folder / "mine.toml", {}, small_vocabulary()); });
  CHECK(message.starts_with((folder / "mine.toml").string() + ":3:16: there is no folder "));
  CHECK(message.ends_with("Did you mean \"world\"?"));
}

TEST_CASE("A folder is no scenario") {
  const TemporaryFolder folder;
  CHECK_THROWS_AS(read_scenario(folder.path(), {}, small_vocabulary()), FileError);
}

TEST_CASE("A fault in an override is placed at the override, one in the file at its line") {
  CHECK(
      testing::refusal(kHead, {{"countries.temperature", "99"}}).starts_with("--set countries.temperature=99: 99 is"));
  CHECK(testing::refusal(kHead + "[countries]\ntemperature = 99\n").starts_with("s.toml:6:15: 99 is out of range"));
}

TEST_CASE("The program's own vocabulary holds the parameter table and the terms") {
  const Vocabulary vocabulary = program_vocabulary();
  CHECK_FALSE(vocabulary.parameters.empty());
  CHECK_FALSE(vocabulary.terms.empty());
  const Scenario scenario = parse_scenario(kHead + "[countries]\n", "s", "");
  CHECK(scenario.terms == vocabulary.default_terms);
  CHECK(vocabulary.default_terms.size() < vocabulary.terms.size());
  CHECK(parse_scenario(scenario.resolved, "s", "").resolved == scenario.resolved);
  CHECK(vocabulary.arrays.size() > 1);
  CHECK(vocabulary.arrays.back() == "default");
}
