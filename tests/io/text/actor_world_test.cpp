#include "sim/io/text/actor_world.hpp"

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"

using namespace splinternet;

namespace {

std::string refusal(const std::string& text) {
  return testing::error_message([&] { read_actors(parse_csv(text, "actors.csv")); });
}

std::string refused_influence(const std::string& text) {
  const CodeList actors("actor", {"a", "b"});
  return testing::error_message([&] { read_influence(parse_csv(text, "influence.csv"), actors); });
}

bool says(const std::string& message, const std::string& part) {
  return message.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Actors come with codes, names, sizes and attributes by name") {
  const WorldTables tables =
      read_actors(parse_csv("code,kind,size,age,name\nb,1,2.5,9,Bee\na,2,1,8,Ay\n", "actors.csv"));
  CHECK(tables.countries.code == std::vector<std::string>{"b", "a"});
  CHECK(tables.countries.name == std::vector<std::string>{"Bee", "Ay"});
  CHECK(tables.actors->size == std::vector<double>{2.5, 1});
  CHECK(tables.actors->attribute == std::vector<std::string>{"age", "kind"});
  CHECK(tables.actors->value == std::vector<std::vector<double>>{{9, 8}, {1, 2}});
}

TEST_CASE("Size and name may be left out") {
  const WorldTables tables = read_actors(parse_csv("code\nx\ny\n", "actors.csv"));
  CHECK(tables.actors->size == std::vector<double>{1, 1});
  CHECK(tables.countries.name == tables.countries.code);
}

TEST_CASE("Actors that cannot be are refused with the place") {
  CHECK(says(refusal("name\nx\n"), "code"));
  CHECK(says(refusal("code\nx\nx\n"), "stands already in line 2"));
  CHECK(says(refusal("code\nx y\n"), "actors.csv:2:1"));
  CHECK(says(refusal("code,size\nx,0\n"), "0 would count for nothing"));
  CHECK(says(refusal("code,size\nx,-1\n"), "actors.csv:2:3"));
  CHECK(says(refusal("code,threshold\nx,high\n"), "threshold"));
  CHECK(says(refusal("code,threshold\nx,\n"), "empty"));
}

TEST_CASE("Influence names known actors once, never oneself") {
  const CodeList actors("actor", {"a", "b"});
  const auto rows = read_influence(parse_csv("from,to,weight\na,b,3\n", "influence.csv"), actors);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].from == 0);
  CHECK(rows[0].weight == 3.0);
  CHECK(says(refused_influence("from,to\na,a\n"), "does not look at itself"));
  CHECK(says(refused_influence("from,to\na,b\na,b\n"), "stands already"));
  CHECK(says(refused_influence("from,to\na,c\n"), "influence.csv:2:3"));
  CHECK(says(refused_influence("from,to,weight\na,b,0\n"), "above 0"));
}
