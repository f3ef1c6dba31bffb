#include "sim/io/text/scenario_merge.hpp"

#include <filesystem>

#include "tests/io/text/scenario_text.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using testing::holds;
using testing::message_of;
using testing::TemporaryFolder;
using testing::write_file;

TEST_CASE("Tables merge key by key, scalars and lists replace") {
  TomlValue base = parse_toml("a = 1\nl = [1, 2]\n[t]\nx = 1\ny = 2\n[u]\nz = 1\n", "base");
  merge_toml(base, parse_toml("l = [3]\nu = 5\n[t]\ny = 3\nn = 4\n", "top"));
  CHECK(to_toml(base) == "a = 1\nl = [3]\nu = 5\n\n[t]\nn = 4\nx = 1\ny = 3\n");
  CHECK(to_string(base.find("t")->find("x")->place) == "base:4:5");
  CHECK(to_string(base.find("t")->find("y")->place) == "top:4:5");
}

TEST_CASE("A scenario is laid over the one that it extends, over several files and folders") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "base");
  write_file(folder / "base/first.toml", "x = 1\ny = 1\nz = 1\n");
  write_file(folder / "base/second.toml", "extends = \"first.toml\"\ny = 2\nz = 2\n");
  const std::string path = folder / "third.toml";
  write_file(path, "extends = \"base/second.toml\"\nz = 3\n");
  CHECK(to_toml(resolve_extends(read_toml(path), path, folder.path())) == "x = 1\ny = 2\nz = 3\n");
}

TEST_CASE("Scenarios that extend each other in a circle are refused with the chain") {
  const TemporaryFolder folder;
  write_file(folder / "a.toml", "extends = \"b.toml\"\n");
  write_file(folder / "b.toml", "extends = \"c.toml\"\n");
  write_file(folder / "c.toml", "extends = \"a.toml\"\n");
  const std::string path = folder / "a.toml";
  const auto message = message_of<ScenarioError>([&] { resolve_extends(read_toml(path), path, folder.path()); });
  CHECK(message.starts_with((folder / "c.toml").string() + ":1:11: the scenarios extend each other in a circle"));
  CHECK(holds(message, "a.toml -> b.toml -> c.toml -> a.toml"));
}

TEST_CASE("A scenario that does not exist cannot be extended") {
  const TemporaryFolder folder;
  write_file(folder / "clean.toml", "");
  const std::string path = folder / "s.toml";
  write_file(path, "extends = \"claen.toml\"\n");
  const auto message = message_of<ScenarioError>([&] { resolve_extends(read_toml(path), path, folder.path()); });
  CHECK(message.starts_with(path + ":1:11: there is no file " + (folder / "claen.toml").string()));
  CHECK(holds(message, "Did you mean \"clean.toml\"?"));
  write_file(path, "extends = 3\n");
  CHECK(holds(message_of<ScenarioError>([&] { resolve_extends(read_toml(path), path, folder.path()); }),
              ":1:11: the whole number 3 has the wrong type"));
}

TEST_CASE("Overrides are laid over the file in order, and a bare word is a string") {
  TomlValue document = parse_toml("[a]\nx = 1\n", "f");
  const std::vector<Override> overrides = {
      {"a.x", "2"},   {"a.word", "clean-network"}, {"a.l", "[\"p\", \"q\"]"}, {"b.day", "2020-08-01"},
      {"a.x", "2.5"}, {"a.flag", "true"}};
  apply_overrides(document, overrides);
  CHECK(to_toml(document) ==
        "[a]\nflag = true\nl = [\"p\", \"q\"]\nword = \"clean-network\"\nx = 2.5\n\n[b]\nday = 2020-08-01\n");
  CHECK(to_string(document.find("a")->find("x")->place) == "--set a.x=2.5");
  CHECK(to_string(document.find("a")->place) == "f:1:1");
}

TEST_CASE("An override that is no key and no value is refused") {
  const auto refusal = [](const Override& item) {
    TomlValue document;
    return message_of<ScenarioError>([&] { apply_overrides(document, std::vector<Override>{item}); });
  };
  CHECK(refusal({"a.x", "[1,"}).starts_with("--set a.x=[1,: the value is not a TOML value"));
  CHECK(refusal({"a.x", ""}).starts_with("--set a.x=: the value is not a TOML value"));
  CHECK(refusal({"", "1"}).starts_with("--set =1: this is not a key and a value"));
  CHECK(refusal({"a b", "1"}).starts_with("--set a b=1: this is not a key and a value"));
  CHECK(refusal({"a", "1\nb=2"}).starts_with("--set a=1\nb=2: this is not a key and a value"));
}

TEST_CASE("What is switched off is dropped with the events that hang on it") {
  TomlValue document = parse_toml(
      "[framework.a]\nincompatible_with = [\"b\"]\nenabled = true\n[framework.b]\nenabled = false\n"
      "[event.e1]\nframework = \"b\"\n[event.e2]\nafter = \"e1\"\n[event.e3]\nafter = \"e2\"\n[event.e4]\nx = 1\n"
      "[event.e5]\ncountries = [\"members:b\"]\n[event.e6]\nparameter = \"framework.b.budget_busd\"\n"
      "[event.e7]\nenabled = false\n[firms]\nenabled = false\n[data]\nenabled = true\n",
      "f");
  drop_disabled(document);
  CHECK(to_toml(document) == "[data]\n\n[event.e4]\nx = 1\n\n[framework.a]\nincompatible_with = []\n");
}

TEST_CASE("enabled must be true or false") {
  TomlValue document = parse_toml("[framework.a]\nenabled = \"no\"\n", "f");
  CHECK(message_of<ScenarioError>([&] {
          drop_disabled(document);
        }).starts_with("f:2:11: the string \"no\" has the wrong type"));
}
