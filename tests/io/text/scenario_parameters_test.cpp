#include "sim/io/text/scenario_parameters.hpp"

#include <algorithm>

#include "tests/io/text/scenario_text.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using testing::message_of;
using testing::small_vocabulary;

namespace {

ParameterValues read(const std::string& text, const std::vector<std::string>& frameworks = {}) {
  return read_parameters(parse_toml(text, "f"), small_vocabulary(), frameworks, {});
}

double value(const ParameterValues& values, const std::string& path) {
  return values.value(values.find(path));
}

std::string refusal(const std::string& text, const std::vector<std::string>& frameworks = {}) {
  return message_of<ScenarioError>([&] { read(text, frameworks); });
}

}  // namespace

TEST_CASE("Parameters have their defaults where the document says nothing") {
  const ParameterValues values = read("", {"gids"});
  CHECK(value(values, "countries.temperature") == 0.2);
  CHECK(value(values, "framework.gids.budget_busd") == 1.0);
  CHECK(value(values, "framework.gids.provisions.local_law") == 0.0);
}

TEST_CASE("Parameters are set by section, per framework, and in nested tables") {
  const ParameterValues values = read(
      "[countries]\ntemperature = 0.5\nschedule = \"poisson\"\n[framework.b]\nbudget_busd = 3\n"
      "[framework.b.provisions]\nlocal_law = 1\n[framework.a]\nprovisions.no_backdoors = 0.5\n",
      {"a", "b"});
  CHECK(value(values, "countries.temperature") == 0.5);
  CHECK(value(values, "countries.schedule") == 1.0);
  CHECK(value(values, "framework.a.budget_busd") == 1.0);
  CHECK(value(values, "framework.b.budget_busd") == 3.0);
  CHECK(value(values, "framework.b.provisions.local_law") == 1.0);
  CHECK(value(values, "framework.a.provisions.no_backdoors") == 0.5);
}

TEST_CASE("Unknown keys are refused at every depth") {
  CHECK(refusal("[trad]\n").starts_with("f:1:2: unknown section or key \"trad\""));
  CHECK(refusal("[trad]\n").ends_with("Did you mean \"trade\"?"));
  CHECK(refusal("[countries]\ntemprature = 1\n").starts_with("f:2:1: unknown key \"temprature\""));
  CHECK(refusal("[framework.a.provisions]\nlocal_laws = 1\n", {"a"}).ends_with("Did you mean \"local_law\"?"));
  CHECK(refusal("[framework.a]\nsponsor = [\"CHN\"]\n", {"a"}).ends_with("Did you mean \"sponsors\"?"));
  CHECK(refusal("[policy]\ntemperature = 1\n").ends_with("this key has its place at countries.temperature"));
  CHECK(refusal("[run]\nhorizont = 1\n").ends_with("Did you mean \"horizon\"?"));
}

TEST_CASE("A wrong unit in a key is refused with the number converted") {
  CHECK(refusal("[framework.a]\nbudget_musd = 500\n", {"a"}).ends_with("write budget_busd = 0.5"));
  CHECK(refusal("[policy]\nphase_in_years = 2\n").ends_with("write phase_in_months = 24"));
}

TEST_CASE("A value where a table must stand is refused, and the other way round") {
  CHECK(refusal("countries = 3\n").starts_with("f:1:13: the whole number 3 has the wrong type"));
  CHECK(refusal("framework = 3\n").starts_with("f:1:13: the whole number 3 has the wrong type"));
  CHECK(refusal("[framework.a]\nprovisions = 1\n", {"a"}).starts_with("f:2:14: the whole number 1 has the wrong type"));
  CHECK(refusal("[countries.temperature]\nx = 1\n").starts_with("f:1:1: a table has the wrong type"));
}

TEST_CASE("Every section is a plain key of the file") {
  const std::vector<std::string> top = plain_keys("");
  for (const std::string& section : section_names()) CHECK(std::count(top.begin(), top.end(), section) == 1);
  CHECK(plain_keys("framework.gids").size() == 6);
  CHECK(plain_keys("framework.gids.provisions").empty());
  CHECK(plain_keys("trade").empty());
}
