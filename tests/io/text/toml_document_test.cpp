#include "sim/io/text/toml_document.hpp"

#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

TEST_CASE("A table keeps its items sorted by key and replaces those of the same key") {
  TomlValue table;
  table.put(keyed("b", toml_integer(1)));
  table.put(keyed("a", toml_text("x")));
  table.put(keyed("b", toml_integer(2)));
  REQUIRE(table.items.size() == 2);
  CHECK(table.items[0].key == "a");
  CHECK(table.find("b")->integer == 2);
  CHECK(table.find("c") == nullptr);
  table.erase("a");
  table.erase("nothing");
  CHECK(table.items.size() == 1);
}

TEST_CASE("A place is written as file:line:column, or as the file alone") {
  CHECK(to_string(TomlPlace{"s.toml", 3, 7}) == "s.toml:3:7");
  CHECK(to_string(TomlPlace{"--set a=1", 0, 0}) == "--set a=1");
}

TEST_CASE("The canonical text has sorted keys, scalars before tables, and no header for tables of tables only") {
  TomlValue inner;
  inner.put(keyed("z", toml_real(0.1)));
  inner.put(keyed("a", toml_texts({"x", "y"})));
  TomlValue outer;
  outer.put(keyed("inner", inner));
  TomlValue document;
  document.put(keyed("run", TomlValue{}));
  document.put(keyed("family", outer));
  document.put(keyed("day", toml_date({2020, 8, 1})));
  document.put(keyed("flag", toml_flag(true)));
  CHECK(to_toml(document) == "day = 2020-08-01\nflag = true\n\n[family.inner]\na = [\"x\", \"y\"]\nz = 0.1\n\n[run]\n");
}

TEST_CASE("Strings and keys are escaped so that they read back the same") {
  TomlValue document;
  const std::string odd = "a \"b\" \\ \n \x01 é";
  document.put(keyed("odd key", toml_text(odd)));
  const TomlValue back = parse_toml(to_toml(document), "t");
  REQUIRE(back.find("odd key") != nullptr);
  CHECK(back.find("odd key")->text == odd);
}

TEST_CASE("Numbers read back to the same bits") {
  TomlValue numbers;
  numbers.kind = TomlKind::kList;
  for (const double value : {0.1, 1e300, -2.5e-300, 5.0, 1.0 / 3.0, 123456789012345.0, 1e22}) {
    numbers.items.push_back(toml_real(value));
  }
  const Draws draws(1, Purpose::kTest, 0, 0);
  for (std::uint32_t n = 0; n < 200; ++n)
    numbers.items.push_back(toml_real(draws.normal(n) * draws.pareto(1e-9, 0.1, n)));
  TomlValue document;
  document.put(keyed("x", numbers));
  const TomlValue back = parse_toml(to_toml(document), "t");
  const std::vector<TomlValue>& read = back.find("x")->items;
  REQUIRE(read.size() == numbers.items.size());
  for (std::size_t n = 0; n < read.size(); ++n) {
    const double value = read[n].kind == TomlKind::kInteger ? static_cast<double>(read[n].integer) : read[n].real;
    CHECK(value == numbers.items[n].real);
  }
}

TEST_CASE("What stands somewhere is described in words") {
  CHECK(describe(toml_flag(false)) == "the flag false");
  CHECK(describe(toml_flag(true)) == "the flag true");
  CHECK(describe(toml_integer(5)) == "the whole number 5");
  CHECK(describe(toml_real(0.5)) == "the number 0.5");
  CHECK(describe(toml_text("five")) == "the string \"five\"");
  CHECK(describe(toml_date({2020, 8, 1})) == "the date 2020-08-01");
  CHECK(describe(toml_texts({})) == "a list");
  CHECK(describe(TomlValue{}) == "a table");
  CHECK(describe(*parse_toml("t = 10:00:00", "t").find("t")) == "a time of day");
}
