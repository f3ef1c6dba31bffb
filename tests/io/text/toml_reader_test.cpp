#include "sim/io/text/toml_reader.hpp"

#include <cmath>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using testing::message_of;

namespace {

constexpr Parameter kReal = real("x", "USD bn", 1, {0, 100}, {0, 1}, "", "");
constexpr Parameter kInteger = integer("x", "1", 1, {1, 9}, {0, 1}, "", "");
constexpr Parameter kFlag = flag("x", true, "", "");
constexpr Parameter kOption = option("x", "targeted|uniform", "", "");

TomlValue value_of(const std::string& text) {
  return *parse_toml("x = " + text, "f").find("x");
}

std::string refusal_of(const std::string& text, const Parameter& row) {
  return message_of<ScenarioError>([&] { checked_number(value_of(text), "s.x", row); });
}

}  // namespace

TEST_CASE("What a parameter accepts is told with range and unit") {
  CHECK(allowed_text(kReal) == "a number from 0 to 100 (USD bn)");
  CHECK(allowed_text(kInteger) == "a whole number from 1 to 9");
  CHECK(allowed_text(kFlag) == "true or false");
  CHECK(allowed_text(kOption) == "\"targeted\" or \"uniform\"");
  CHECK(allowed_text(real("x", "1", 0, {0, kNoLimit}, {0, 1}, "", "")) == "a number, at least 0");
  CHECK(allowed_text(real("x", "1", 0, {-kNoLimit, 1}, {0, 1}, "", "")) == "a number, at most 1");
  CHECK(allowed_text(real("x", "1", 0, {-kNoLimit, kNoLimit}, {0, 1}, "", "")) == "a number");
  CHECK(list_text(std::vector<std::string>{"a", "b", "c"}) == "\"a\", \"b\" or \"c\"");
}

TEST_CASE("Numbers, flags and words become the parameter's number") {
  CHECK(checked_number(value_of("2"), "x", kReal) == 2.0);
  CHECK(checked_number(value_of("2.5"), "x", kReal) == 2.5);
  CHECK_FALSE(std::signbit(checked_number(value_of("-0.0"), "x", kReal)));
  CHECK(checked_number(value_of("3"), "x", kInteger) == 3.0);
  CHECK(checked_number(value_of("false"), "x", kFlag) == 0.0);
  CHECK(checked_number(value_of("\"uniform\""), "x", kOption) == 1.0);
}

TEST_CASE("A number out of range, not finite or not whole is refused with what is allowed") {
  CHECK(refusal_of("-1", kReal) ==
        "f:1:5: -1 is out of range\n  key      s.x\n  allowed  a number from 0 to 100 (USD bn)\n  remedy   write 0 or "
        "more");
  CHECK(refusal_of("101", kReal).ends_with("write 100 or less"));
  CHECK(refusal_of("nan", kReal).starts_with("f:1:5: nan is not a finite number"));
  CHECK(refusal_of("inf", kReal).starts_with("f:1:5: inf is not a finite number"));
  CHECK(refusal_of("2.5", kInteger).starts_with("f:1:5: 2.5 is not a whole number"));
  CHECK(refusal_of("2.5", kInteger).ends_with("write 2 or 3"));
}

TEST_CASE("A wrong type is refused with what was found and wanted") {
  CHECK(refusal_of("\"2\"", kReal) ==
        "f:1:5: the string \"2\" has the wrong type\n  key      s.x\n  allowed  a number from 0 to 100 (USD bn)\n"
        "  remedy   write the number without quotes and without a unit");
  CHECK(refusal_of("true", kReal).starts_with("f:1:5: the flag true has the wrong type"));
  CHECK(refusal_of("1", kFlag).starts_with("f:1:5: the whole number 1 has the wrong type"));
  CHECK(refusal_of("\"true\"", kFlag).ends_with("write true or false without quotes"));
  CHECK(refusal_of("1", kOption).starts_with("f:1:5: the whole number 1 has the wrong type"));
  CHECK(refusal_of("\"unifrom\"", kOption).ends_with("write one of them. Did you mean \"uniform\"?"));
}

TEST_CASE("An unknown key is refused with the nearest known one, its unit, or its right place") {
  const std::vector<std::string> known = {"budget_busd", "strategy"};
  const std::vector<std::string> everywhere = {"countries.temperature"};
  const auto refusal = [&](const std::string& text) {
    return message_of<ScenarioError>([&] { refuse_unknown_keys(parse_toml(text, "f"), "s", known, everywhere); });
  };
  CHECK(refusal("strategi = 1") ==
        "f:1:1: unknown key \"strategi\"\n  key      s.strategi\n  allowed  \"budget_busd\" or \"strategy\"\n"
        "  remedy   correct or remove the key. Did you mean \"strategy\"?");
  CHECK(
      refusal("budget_musd = 2500") ==
      "f:1:1: wrong or missing unit in the key \"budget_musd\"\n  key      s.budget_musd\n  allowed  \"budget_busd\"\n"
      "  remedy   write budget_busd = 2.5");
  CHECK(refusal("temperature = 1").ends_with("this key has its place at countries.temperature"));
  CHECK_NOTHROW(refuse_unknown_keys(parse_toml("strategy = 1", "f"), "s", known));
}

TEST_CASE("A long list of keys or names is not printed in full") {
  std::vector<std::string> known;
  for (char c = 'a'; c <= 'z'; ++c) known.push_back(std::string("key_") + c + c + c);
  const auto message = message_of<ScenarioError>([&] { refuse_unknown_keys(parse_toml("z = 1", "f"), "s", known); });
  CHECK(message.find("allowed  26 keys; `splinternet params` lists them") != std::string::npos);
  const auto name = message_of<ScenarioError>([&] { check_known(toml_text("z"), "s.x", "array", known); });
  CHECK(name.find("allowed  one of 26 names") != std::string::npos);
}

TEST_CASE("A reader gives typed values, and defaults where a key or the whole table is absent") {
  const TomlValue document =
      parse_toml("t = \"a\"\nl = [\"a\", \"b\"]\nd = 2020-08-01\nf = false\nn = 3\nw = \"uniform\"\n", "f");
  const TomlReader reader(&document, "s", {});
  const std::vector<std::string> words = {"targeted", "uniform"};
  CHECK(reader.text("t") == "a");
  CHECK(reader.texts("l") == std::vector<std::string>{"a", "b"});
  CHECK(reader.date("d") == Date{2020, 8, 1});
  CHECK_FALSE(reader.flag("f", true));
  CHECK(reader.number("n", kReal) == 3.0);
  CHECK(reader.word("w", words) == std::size_t{1});
  const TomlReader absent(nullptr, "s", {"f", 1, 1});
  CHECK(absent.text("t", "x") == "x");
  CHECK(absent.texts("l").empty());
  CHECK_FALSE(absent.date("d"));
  CHECK(absent.flag("f", true));
  CHECK(absent.number("n", kReal) == 1.0);
  CHECK_FALSE(absent.word("w", words));
}

TEST_CASE("A reader refuses missing keys and wrong types") {
  const TomlValue document =
      parse_toml("l = [\"a\", \"a\"]\nm = [1]\nd = \"2020-08-01\"\nn = 3\nw = \"unifrom\"\n", "f");
  const TomlReader reader(&document, "s", {});
  const std::vector<std::string> words = {"targeted", "uniform"};
  const auto refusal = [](auto action) { return message_of<ScenarioError>(action); };
  CHECK(refusal([&] { reader.require("start", "a date"); }) ==
        "f:1:1: \"start\" is missing\n  key      s.start\n  allowed  a date\n  remedy   add start = … below [s]");
  CHECK(refusal([&] { return reader.texts("l"); }) ==
        "f:1:11: \"a\" stands twice in the list\n  key      s.l\n  remedy   remove one");
  CHECK(refusal([&] { return reader.texts("m"); }).starts_with("f:2:6: the whole number 1 has the wrong type"));
  CHECK(refusal([&] { return reader.texts("n"); }).starts_with("f:4:5: the whole number 3 has the wrong type"));
  CHECK(refusal([&] { return reader.date("d"); }).ends_with("write the day without quotes: 2020-08-01"));
  CHECK(refusal([&] { return reader.flag("n", true); }).starts_with("f:4:5: the whole number 3 has the wrong type"));
  CHECK(refusal([&] { return reader.text("n"); }).starts_with("f:4:5: the whole number 3 has the wrong type"));
  CHECK(refusal([&] { return reader.word("n", words); }).starts_with("f:4:5: the whole number 3 has the wrong type"));
  CHECK(refusal([&] { return reader.word("w", words); }).ends_with("Did you mean \"uniform\"?"));
  CHECK(refusal([&] { TomlReader(document.find("n"), "n", {}); }).ends_with("write a table, [n]"));
}

TEST_CASE("A name is checked against those that are known") {
  const std::vector<std::string> known = {"gids"};
  CHECK_NOTHROW(check_known(toml_text("gids"), "s.x", "framework", known));
  CHECK(message_of<ScenarioError>([&] { check_known(value_of("\"gid\""), "s.x", "framework", known); }) ==
        "f:1:5: unknown framework \"gid\"\n  key      s.x\n  allowed  \"gids\"\n"
        "  remedy   correct the name. Did you mean \"gids\"?");
  const auto none = message_of<ScenarioError>([&] { check_known(value_of("\"gid\""), "s.x", "framework", {}); });
  CHECK(none.find("allowed  none: the scenario has no framework") != std::string::npos);
}

TEST_CASE("Paths are joined with a dot, except at the top") {
  CHECK(join_path("", "run") == "run");
  CHECK(join_path("run", "seed") == "run.seed");
}
