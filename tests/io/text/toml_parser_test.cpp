#include "sim/core/check.hpp"
#include "sim/io/text/toml_document.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using testing::message_of;

TEST_CASE("Every kind of value is parsed, with the places of keys and values") {
  const TomlValue document = parse_toml(
      "title = \"x\"\n[a.b]\nn = -3\nr = 2.5\nyes = true\nday = 2020-08-01\nlist = [1, \"u\", {z = 1}]\n", "f.toml");
  CHECK(document.find("title")->text == "x");
  const TomlValue& b = *document.find("a")->find("b");
  CHECK(b.find("n")->integer == -3);
  CHECK(b.find("r")->real == 2.5);
  CHECK(b.find("yes")->flag);
  CHECK(b.find("day")->date == Date{2020, 8, 1});
  const TomlValue& list = *b.find("list");
  REQUIRE(list.items.size() == 3);
  CHECK(list.items[2].find("z")->integer == 1);
  CHECK(to_string(b.find("n")->key_place) == "f.toml:3:1");
  CHECK(to_string(b.find("n")->place) == "f.toml:3:5");
  CHECK(to_string(list.items[1].place) == "f.toml:7:12");
  CHECK(to_string(b.place) == "f.toml:2:1");
}

TEST_CASE("A fault of syntax is refused with its place") {
  struct Case {
    const char* text;
    const char* place;
  };
  const std::vector<Case> cases = {
      {"x = [1,", "f.toml:1:8"}, {"x = 2020-08", "f.toml:1:"}, {"x = \"abc", "f.toml:1:"}, {"x = 5busd", "f.toml:1:6"},
      {"x =", "f.toml:1:"},      {"\n\n=", "f.toml:3:1"},      {"x = \"\xff\"", "f.toml:"}};
  for (const Case& one : cases) {
    const std::string message = message_of<ScenarioError>([&] { parse_toml(one.text, "f.toml"); });
    INFO(message);
    CHECK(message.starts_with(one.place));
    CHECK(message.find("not valid TOML: ") != std::string::npos);
    CHECK(message.find("\n  remedy   mend this line") != std::string::npos);
  }
}

TEST_CASE("A key or table that stands twice is named at its second place") {
  CHECK(message_of<ScenarioError>([] { parse_toml("x = 1\n  x = 2", "f.toml"); }) ==
        "f.toml:2:3: \"x\" stands twice in this file\n  remedy   keep one of the two");
  CHECK(message_of<ScenarioError>([] {
          parse_toml("[a]\n[a]", "f.toml");
        }).starts_with("f.toml:2:1: \"a\" stands twice"));
}

TEST_CASE("A day that does not exist, or is written in another way, is refused at its first digit") {
  const auto refusal = [](const std::string& value) {
    return message_of<ScenarioError>([&] { parse_toml("a = 1\nday = " + value + " # a day\n", "f.toml"); });
  };
  CHECK(
      refusal("2021-02-29").starts_with("f.toml:2:7: 2021-02-29 is no day of the calendar\n  allowed  year-month-day"));
  for (const char* const value : {"1.8.2020", "2020-8-1", "01/08/2020", "2020.08.01"}) {
    CHECK(refusal(value).starts_with(std::string("f.toml:2:7: ") + value + " is not written as a date\n"));
  }
}

TEST_CASE("A file is read under its own name, and a missing one is a FileError") {
  const testing::TemporaryFolder folder;
  const std::string path = folder / "a.toml";
  testing::write_file(path, "x = 1\n");
  CHECK(to_string(read_toml(path).find("x")->place) == path + ":1:5");
  CHECK_THROWS_AS(read_toml(folder / "b.toml"), FileError);
}
