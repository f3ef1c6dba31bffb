#include "sim/study/analyses/result_table.hpp"

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

TEST_CASE("tables stand below each other in one CSV, with empty cells where one lacks a column") {
  const std::vector<ResultTable> tables = {{{"analysis", "a"}, {{"x", "1"}, {"y", "2"}}},
                                           {{"analysis", "b", "a"}, {{"z", "3", "4"}}}};
  CHECK(csv_text(tables) == "analysis,a,b\nx,1,\ny,2,\nz,4,3\n");
}

TEST_CASE("cells that hold commas, quotes or line breaks are quoted") {
  const std::vector<ResultTable> tables = {
      {{"name", "n"}, {{"Korea, Republic of", "1"}, {"a \"b\"", "2"}, {"c\nd", ""}}}};
  CHECK(csv_text(tables) == "name,n\n\"Korea, Republic of\",1\n\"a \"\"b\"\"\",2\n\"c\nd\",\n");
}

TEST_CASE("columns of a table are aligned, whatever the bytes of a letter, without spaces at the end") {
  const ResultTable table{{"voter", "n", "x"}, {{"Åland", "1", "10.5"}, {"Bo", "100", ""}}};
  CHECK(aligned_text(table) ==
        "  voter    n     x\n"
        "  Åland    1  10.5\n"
        "  Bo     100\n");
}

TEST_CASE("a row with a cell too many or too few is our fault") {
  const std::vector<ResultTable> tables = {{{"a", "b"}, {{"1"}}}};
  CHECK_THROWS_AS(csv_text(tables), InternalError);
  CHECK_THROWS_AS(aligned_text(tables[0]), InternalError);
}
