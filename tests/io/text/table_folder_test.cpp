#include "sim/io/text/table_folder.hpp"

#include <filesystem>

#include "tests/io/text/tiny_world.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using testing::message_of;
using testing::table_refusal;
using testing::TemporaryFolder;
using testing::tiny_world;
using testing::write_file;

TEST_CASE("Row counts are checked: a truncated table is refused with both counts") {
  CHECK(
      table_refusal("goods_trade.csv", "JPN,KOR,1000,x,1\n", "") ==
      "goods_trade.csv:3:1: the table ends here with 2 rows, but tables.toml:7:8 states 3: lines are missing; restore "
      "the whole file, or correct that number.");
  CHECK(table_refusal("tables.toml", "rows = 3", "rows = 2")
            .starts_with(
                "goods_trade.csv:4:1: the table ends here with 3 rows, but tables.toml:7:8 states 2: lines were"));
}

TEST_CASE("Sums are checked to six digits") {
  CHECK(table_refusal("countries.csv", "116,30,", "116,31,") ==
        "tables.toml:4:20: the stated sum is 100, but column \"gdp_busd\" of countries.csv sums to 101\n"
        "  key      countries.sum.gdp_busd\n"
        "  remedy   the table was changed or damaged: restore it, or correct the stated sum");
  CHECK_NOTHROW(testing::read_files(testing::changed("countries.csv", "116,30,", "116,30.0001,")));
  CHECK(table_refusal("tables.toml", "sum = { gdp_busd", "sum = { gdp")
            .starts_with("tables.toml:4:9: wrong or missing unit in the key \"gdp\""));
  CHECK(table_refusal("tables.toml", "sum = { gdp_busd = 100 }", "sum = 3").starts_with("tables.toml:4:7: the whole"));
}

TEST_CASE("A bad cell or a row that stands twice is told before a count or a sum that it changes") {
  CHECK(table_refusal("goods_trade.csv", "DEU,CHN,2000", "DEU,CHN,-2000")
            .starts_with("goods_trade.csv:3:9: column \"value_musd\": -2000 is out of range"));
  CHECK(table_refusal("goods_trade.csv", "JPN,KOR,1000,x,1\n", "JPN,KOR,1000,x,1\nDEU,CHN,2000,x,0\n")
            .starts_with("goods_trade.csv:5:1: exporter = \"DEU\", importer = \"CHN\" stands already in line 3"));
}

TEST_CASE("tables.toml itself is checked") {
  CHECK(table_refusal("tables.toml", "[firms]", "[frims]")
            .starts_with("tables.toml:27:2: unknown section or key \"frims\""));
  CHECK(table_refusal("tables.toml", "rows = 4", "row = 4").ends_with("Did you mean \"rows\"?"));
  CHECK(table_refusal("tables.toml", "rows = 4\n", "").starts_with("tables.toml:1:1: \"rows\" is missing"));
  CHECK(table_refusal("tables.toml", "rows = 4", "rows = \"4\"").starts_with("tables.toml:3:8: the string \"4\" has"));
  CHECK(table_refusal("tables.toml", "rows = 4", "rows = ").starts_with("tables.toml:3:"));
  CHECK(table_refusal("tables.toml", "[links]\nfile = \"links.csv\"\nrows = 3\n", "")
            .starts_with("tables.toml:1:1: the table \"links\" is not listed"));
}

TEST_CASE("Tables of actors are refused in a world with a map") {
  for (const char* name : {"influence", "pairs", "payoffs"}) {
    const std::string table = name;
    const std::string refusal = table_refusal("tables.toml", "[firms]", "[" + table + "]");
    CHECK(refusal.starts_with("tables.toml:27:1: the table \"" + table + "\" is for worlds of actors"));
    CHECK(refusal.ends_with("remove [" + table + "], or list actors instead of countries"));
    CHECK(refusal.find("\"data_demand\"") != std::string::npos);
    CHECK(refusal.find("\"payoffs\",") == std::string::npos);
  }
}

TEST_CASE("Missing folders, files and tables.toml are refused with the nearest name") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "world-2020");
  const std::string wrong = folder / "world-202";
  CHECK(message_of<DataError>([&] { TableFolder{wrong}; }) ==
        wrong + ": there is no such folder of tables; correct the name. Did you mean \"world-2020\"?");
  CHECK(message_of<DataError>([&] { TableFolder{folder / "world-2020"}; })
            .starts_with((folder / "world-2020/tables.toml").string() +
                         ": there is no such file, but it lists the tables of this folder"));
  CHECK(table_refusal("tables.toml", "file = \"links.csv\"", "file = \"link.csv\"") ==
        "tables.toml:13:8: there is no file link.csv\n"
        "  key      links.file\n"
        "  allowed  a CSV file in this folder\n"
        "  remedy   restore the file or correct its name. Did you mean \"links.csv\"?");
}

TEST_CASE("A folder tells which tables it has") {
  const TemporaryFolder folder;
  for (const auto& [name, content] : tiny_world()) write_file(folder / name, content);
  const TableFolder tables(folder.path());
  for (const std::string& name : known_tables()) {
    INFO(name);
    const bool of_countries = tiny_world().contains(name + ".csv");
    CHECK(tables.has(name) == of_countries);
  }
  CHECK_FALSE(tables.has("cables"));
  CHECK(tables.read("links").row_count() == 3);
  CHECK_THROWS_AS(tables.read("cables"), InternalError);
}

TEST_CASE("A cell that holds a list is split at its bars") {
  CHECK(split_cell("").empty());
  CHECK(split_cell("CHN") == std::vector<std::string>{"CHN"});
  CHECK(split_cell("CHN|USA") == std::vector<std::string>{"CHN", "USA"});
}

TEST_CASE("Flags of imputed values are read as 0, 1 or a list of columns") {
  const CsvTable table = parse_csv("id,x,y,imputed\na,1,2,0\nb,1,2,1\nc,1,2,y|id\nd,1,2,z\n", "t.csv");
  ImputedFlags flags(table, "t", "x");
  flags.note(0, "a");
  flags.note(1, "b");
  flags.note(2, "c");
  std::vector<std::string> imputed;
  flags.append_to(imputed);
  CHECK(imputed == std::vector<std::string>{"t.x b", "t.y c", "t.id c"});
  CHECK(message_of<DataError>([&] {
          flags.note(3, "d");
        }).starts_with("t.csv:5:7: column \"imputed\": \"z\" is no column of this table"));
}

TEST_CASE("A table whose every value is flagged is listed once") {
  const CsvTable table = parse_csv("id,x,imputed\na,1,1\nb,1,1\n", "t.csv");
  ImputedFlags flags(table, "t", "x");
  flags.note(0, "a");
  flags.note(1, "b");
  std::vector<std::string> imputed;
  flags.append_to(imputed);
  CHECK(imputed == std::vector<std::string>{"t.x (all rows)"});
}
