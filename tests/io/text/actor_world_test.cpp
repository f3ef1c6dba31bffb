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

std::string refused_pairs(const std::string& text) {
  const CodeList actors("actor", {"a", "b"});
  return testing::error_message([&] { read_pairs(parse_csv(text, "pairs.csv"), actors); });
}

std::string refused_payoffs(const std::string& text, std::size_t count = 2) {
  std::vector<std::string> codes;
  for (std::size_t n = 0; n < count; ++n) codes.emplace_back(1, static_cast<char>('a' + static_cast<int>(n)));
  const CodeList actors("actor", codes);
  return testing::error_message([&] { read_payoffs(parse_csv(text, "payoffs.csv"), actors); });
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

TEST_CASE("Pairs carry any columns of numbers") {
  const CodeList actors("actor", {"a", "b", "c"});
  const PairTable pairs = read_pairs(parse_csv("to,weight,from,age\nb,1.5,a,3\na,2,c,4\n", "pairs.csv"), actors);
  CHECK(pairs.from == std::vector<std::uint32_t>{0, 2});
  CHECK(pairs.to == std::vector<std::uint32_t>{1, 0});
  CHECK(pairs.column == std::vector<std::string>{"weight", "age"});
  CHECK(pairs.value == std::vector<std::vector<double>>{{1.5, 2}, {3, 4}});
  CHECK(pairs.place == std::vector<std::string>{"pairs.csv:2:7", "pairs.csv:3:5"});
}

TEST_CASE("Pairs that cannot be are refused with the place") {
  CHECK(says(refused_pairs("from,weight\na,1\n"), "to"));
  CHECK(says(refused_pairs("from,to\na,b\n"), "pairs.csv:1:1: pairs without a number"));
  CHECK(says(refused_pairs("from,to,p\na,a,1\n"), "no pair with itself"));
  CHECK(says(refused_pairs("from,to,p\na,b,1\na,b,2\n"), "stands already"));
  CHECK(says(refused_pairs("from,to,p\na,c,1\n"), "pairs.csv:2:3"));
  CHECK(says(refused_pairs("from,to,p\na,b,\n"), "the cell is empty"));
}

TEST_CASE("Payoffs are those of every actor in every state") {
  const CodeList actors("actor", {"a", "b"});
  const std::string text = "state,actor,payoff\n,a,0\n,b,1\na,a,10\na,b,11\nb,a,20\nb,b,21\nb+a,a,30\na+b,b,31\n";
  CHECK(read_payoffs(parse_csv(text, "payoffs.csv"), actors) == std::vector<double>{0, 1, 10, 11, 20, 21, 30, 31});
}

TEST_CASE("Payoffs with a state too few, too many or misspelt are refused with the first one") {
  const std::string head = "state,actor,payoff\n,a,0\n,b,1\na,a,10\na,b,11\nb,a,20\nb,b,21\n";
  CHECK(says(refused_payoffs(head + "a+b,a,30\n"),
             "payoffs.csv:8:1: the table ends here without the state a+b for actor b"));
  CHECK(says(refused_payoffs("state,actor,payoff\n"), "without the state in which nobody is a member for actor a"));
  CHECK(says(refused_payoffs(head + "b,a,1\n"), "an earlier row tells of the same state and actor"));
  CHECK(says(refused_payoffs(head + "a+c,a,1\n"), "\"c\" is not a known actor"));
  CHECK(says(refused_payoffs(head + "a+a,a,1\n"), "stands twice"));
  CHECK(says(refused_payoffs(head + "a+b,c,1\n"), "payoffs.csv:8:5"));
  CHECK(says(refused_payoffs("state,actor,payoff\n", 17), "16 at most"));
}
