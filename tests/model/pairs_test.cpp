#include "sim/model/pairs.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/state_games.hpp"

namespace splinternet::testing {
namespace {

/// The actors c, a, b in this order, c→b, a→b, c→a.
WorldTables three() {
  WorldTables tables = lettered_actors(3);
  tables.countries.code = {"c", "a", "b"};
  tables.pairs = {{0, 1, 0}, {2, 2, 1}, {"p:2:1", "p:3:1", "p:4:1"}, {"weight", "age"}, {{1, 2, 3}, {4, 5, 6}}};
  return tables;
}

TEST_CASE("pairs: each actor's partners stand together in order of their codes, numbers beside them") {
  const auto setting = make_setting(pact_scenario(0), three());
  const PairSetting& pairs = setting->actors->pairs;
  CHECK(pairs.first == std::vector<std::uint32_t>{0, 2, 3, 3});
  CHECK(pairs.partner == std::vector<std::uint32_t>{1, 2, 2});
  CHECK(*pairs.find("weight") == std::vector<double>{3, 1, 2});
  CHECK(pair_column(*setting, "age", "countries.terms") == std::vector<double>{6, 4, 5});
  CHECK(pairs.place == std::vector<std::string>{"p:4:1", "p:2:1", "p:3:1"});
  CHECK(pairs.find("size") == nullptr);
}

TEST_CASE("pairs: a world of actors may have none") {
  const auto setting = make_setting(pact_scenario(3), {});
  CHECK(setting->actors->pairs.first.empty());
  const std::string message = error_message([&] { pair_column(*setting, "weight", "countries.terms"); });
  CHECK(contains(message, "add pairs.csv"));
}

TEST_CASE("pairs: a column that is missing is refused with the nearest name") {
  const auto setting = make_setting(pact_scenario(0), three());
  const std::string message = error_message([&] { pair_column(*setting, "weigth", "countries.terms"); });
  CHECK(contains(message, "no column \"weigth\""));
  CHECK(contains(message, "Did you mean \"weight\"?"));
  const std::string on_map =
      error_message([] { pair_column(*make_setting(small_scenario(), small_tables()), "weight", "countries.terms"); });
  CHECK(contains(on_map, "of the world of actors"));
}

TEST_CASE("pairs: numbers that differ by direction are found, a missing row counting as 0") {
  WorldTables tables = three();
  const auto message = [&] {
    return error_message([&] { check_symmetric(*make_setting(pact_scenario(0), tables), "weight", "mend it"); });
  };
  CHECK(contains(message(), "p:4:1: weight of c towards a is 3, but of a towards c 0 (no such row)"));
  CHECK(contains(message(), "mend it"));
  tables.pairs = {{0, 1, 2}, {1, 0, 1}, {"p:2:1", "p:3:1", "p:4:1"}, {"weight"}, {{1, 1, 0}}};
  CHECK(message() == "no error");
  tables.pairs.value[0] = {1, 2, 0};
  CHECK(contains(message(), "p:2:1: weight of c towards a is 1, but of a towards c 2 (p:3:1)"));
}

}  // namespace
}  // namespace splinternet::testing
