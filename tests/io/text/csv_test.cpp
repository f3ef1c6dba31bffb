#include "sim/io/text/csv.hpp"

#include <cmath>
#include <cstdio>
#include <limits>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

/// A table with the one column "x" and these cells.
CsvTable cells(const std::vector<std::string>& values) {
  std::string text = "x\n";
  for (const std::string& value : values) text += value + "\n";
  return parse_csv(text, "t.csv");
}

double number_in(const std::string& cell, NumberRange range = {}) {
  const CsvTable table = cells({cell});
  return table.column("x").number(0, range);
}

template <class Action>
std::string error_of(Action&& action) {
  return message_of<DataError>(action);
}

}  // namespace

TEST_CASE("numbers are correctly rounded doubles") {
  CHECK(number_in("18.799") == 18.799);
  CHECK(number_in("-0.6051") == -0.6051);
  CHECK(number_in("+7") == 7.0);
  CHECK(number_in(".5") == 0.5);
  CHECK(number_in("5.") == 5.0);
  CHECK(number_in("1e3") == 1000.0);
  CHECK(number_in("1.25E-2") == 0.0125);
  CHECK(number_in("0.1e+1") == 1.0);
  CHECK(number_in("9007199254740993") == 9007199254740992.0);
  CHECK(number_in("1.7976931348623157e308") == std::numeric_limits<double>::max());
  CHECK(number_in("17976931348623157" + std::string(292, '0')) == std::numeric_limits<double>::max());
  CHECK(number_in("2.2250738585072011e-308") == 2.2250738585072011e-308);
  CHECK(number_in("1e-999999999999") == 0.0);
  CHECK(std::signbit(number_in("-0")));
}

TEST_CASE("random doubles come back to the bit from 17 digits") {
  for (std::uint32_t i = 0; i < 2000; ++i) {
    const Draws draws(11, Purpose::kTest, 0, i);
    const double value = std::ldexp(draws.uniform(0) - 0.5, static_cast<int>(draws.below(600, 1)) - 300);
    char text[64];
    std::snprintf(text, sizeof text, i % 2 == 0 ? "%.16e" : "%.17g", value);
    REQUIRE(number_in(text) == value);
  }
}

TEST_CASE("what is not a decimal number is refused with its place") {
  for (const char* bad :
       {"abc", "1.2.3", "1,5x", "0x10", "inf", "nan", "1e", "1e+", "--1", ".", "-", "1 ", " 1", "1_0"}) {
    const CsvTable table = cells({"1", std::string("\"") + bad + "\""});
    CAPTURE(bad);
    CHECK_THAT(error_of([&] { return table.column("x").number(1); }),
               Catch::Matchers::StartsWith("t.csv:3:1: column \"x\": \"" + std::string(bad) + "\" is not a number; "));
  }
  CHECK(error_of([] { return number_in("1e400"); }) ==
        "t.csv:2:1: column \"x\": 1e400 is too large for a double-precision "
        "number.");
}

TEST_CASE("numbers outside their range are refused with the range") {
  CHECK(number_in("100", {0, 100}) == 100.0);
  CHECK(number_in("0", {0, 100}) == 0.0);
  CHECK(error_of([] {
          number_in("100.5", {0, 100});
        }) == "t.csv:2:1: column \"x\": 100.5 is out of range; allowed is from 0 to 100.");
  CHECK_THAT(error_of([] { return number_in("-1", {0}); }), Catch::Matchers::EndsWith("allowed is 0 or more."));
  CHECK_THAT(error_of([] {
               number_in("9", {-std::numeric_limits<double>::infinity(), 0.5});
             }),
             Catch::Matchers::EndsWith("allowed is 0.5 or less."));
}

TEST_CASE("an empty cell is missing: nothing for optional readers, an error for the others") {
  const CsvTable table = parse_csv("a,b\nx,\n", "t.csv");
  const CsvColumn column = table.column("b");
  CHECK(column.is_missing(0));
  CHECK(column.text(0).empty());
  CHECK(column.optional_number(0) == std::nullopt);
  CHECK(column.optional_integer(0, 0, 9) == std::nullopt);
  const std::string expected = "t.csv:2:3: column \"b\": the cell is empty, but a value is needed here; fill it in.";
  const CodeList codes("country", {"FRA"});
  CHECK(error_of([&] { return column.number(0); }) == expected);
  CHECK(error_of([&] { return column.integer(0, 0, 9); }) == expected);
  CHECK(error_of([&] { return column.required_text(0); }) == expected);
  CHECK(error_of([&] { return column.zero_or_one(0); }) == expected);
  CHECK(error_of([&] { return column.code(0, codes); }) == expected);
  CHECK(table.column("a").required_text(0) == "x");
}

TEST_CASE("integers are whole, within their range, and never wrap") {
  const CsvTable table = cells({"2020", "-3", "2020.5", "99999999999999999999", "-9223372036854775808", "+4"});
  const CsvColumn column = table.column("x");
  constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
  CHECK(column.size() == 6);
  CHECK(column.integer(0, 1900, 2100) == 2020);
  CHECK(column.integer(1, -3, 0) == -3);
  CHECK(column.optional_integer(4, kLowest, 0) == kLowest);
  CHECK(error_of([&] { return column.integer(0, 0, 2019); }) ==
        "t.csv:2:1: column \"x\": 2020 is out of range; allowed is from 0 to 2019.");
  CHECK_THAT(error_of([&] { return column.integer(2, 0, 9999); }),
             contains_substring("\"2020.5\" is not a whole number"));
  CHECK_THAT(error_of([&] { return column.integer(3, 0, 9999); }), contains_substring("is out of range"));
  CHECK_THAT(error_of([&] { return column.integer(5, 0, 9999); }), contains_substring("is not a whole number"));
}

TEST_CASE("truth values are 0 or 1") {
  const CsvTable table = cells({"0", "1", "yes", "2"});
  const CsvColumn column = table.column("x");
  CHECK_FALSE(column.zero_or_one(0));
  CHECK(column.zero_or_one(1));
  CHECK(error_of([&] { return column.zero_or_one(2); }) ==
        "t.csv:4:1: column \"x\": \"yes\" is neither 0 nor 1; write 1 for yes and 0 for no.");
  CHECK_THROWS_AS(column.zero_or_one(3), DataError);
}

TEST_CASE("codes are found in the order of the list, an unknown one is named with the nearest") {
  const CodeList countries("country", {"USA", "CHN", "FRA", "DEU"});
  const CsvTable table = cells({"FRA", "USA", "DUE", "fra"});
  const CsvColumn column = table.column("x");
  CHECK(column.code(0, countries) == 2);
  CHECK(column.code(1, countries) == 0);
  CHECK(error_of([&] { return column.code(2, countries); }) ==
        "t.csv:4:1: column \"x\": \"DUE\" is not a known country; correct or remove it. Did you mean \"DEU\"?");
  CHECK_THAT(error_of([&] { return column.code(3, countries); }), contains_substring("Did you mean \"FRA\"?"));
  CHECK(countries.find("CHN") == 1);
  CHECK(countries.find("") == std::nullopt);
  CHECK(CodeList("nothing", {}).find("x") == std::nullopt);
  CHECK_THROWS_AS(CodeList("country", {"FRA", "USA", "FRA"}), InternalError);
}

TEST_CASE("columns must be known and complete; a slip of the pen is pointed out") {
  const CsvTable table = parse_csv("iso3,gpd_busd\nFRA,1\n", "t.csv");
  CHECK(table.has_column("iso3"));
  CHECK_FALSE(table.has_column("ISO3"));
  CHECK_NOTHROW(table.check_columns({"iso3"}, {"gpd_busd", "note"}));
  CHECK(error_of([&] {
          table.check_columns({"iso3", "gdp_busd"});
        }) == "t.csv:1:6: column \"gpd_busd\" is unknown; rename or remove it. Did you mean \"gdp_busd\"?");
  CHECK(error_of([&] {
          table.check_columns({"iso3", "gpd_busd", "population"});
        }) == "t.csv:1:1: column \"population\" is missing; add it to the header line.");
  CHECK_THAT(error_of([&] { return table.column("iso"); }), contains_substring("Did you mean \"iso3\"?"));
}

TEST_CASE("a repeated key is named with both lines, the first in the file first") {
  const CsvTable table = parse_csv("from,to,value\nFRA,DEU,1\nDEU,FRA,2\nUSA,CHN,3\nUSA,CHN,4\nFRA,DEU,5\n", "t.csv");
  CHECK_NOTHROW(table.check_unique({"from", "to", "value"}));
  CHECK(error_of([&] {
          table.check_unique({"from", "to"});
        }) == "t.csv:5:1: from = \"USA\", to = \"CHN\" stands already in line 4; keep one of the two rows.");
  CHECK_THAT(error_of([&] { table.check_unique({"to"}); }), Catch::Matchers::StartsWith("t.csv:5:5: to = \"CHN\""));
  // "ab" + "c" is not "a" + "bc".
  CHECK_NOTHROW(parse_csv("a,b\nab,c\na,bc\n", "t.csv").check_unique({"a", "b"}));
}

TEST_CASE("a caller's own check fails with the place of the cell, and cells outside the table are our mistake") {
  const CsvTable table = parse_csv("a,b\n1,2\n", "t.csv");
  CHECK(error_of([&] { table.column("b").fail(0, "the sum is 3, not 4; correct it."); }) ==
        "t.csv:2:3: column \"b\": the sum is 3, not 4; correct it.");
  CHECK_THROWS_AS(table.text(1, 0), InternalError);
  CHECK_THROWS_AS(table.text(0, 2), InternalError);
}
