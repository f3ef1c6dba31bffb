#include "sim/io/text/csv_parser.hpp"

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace splinternet;
using namespace splinternet::testing;
using Rows = std::vector<std::vector<std::string>>;

namespace {

CsvTable parse(std::string_view text) {
  return parse_csv(text, "t.csv");
}

Rows cells_of(const CsvTable& table) {
  Rows rows;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    rows.emplace_back();
    for (std::size_t column = 0; column < table.header().size(); ++column) {
      rows.back().emplace_back(table.text(row, column));
    }
  }
  return rows;
}

std::string error_of(std::string_view text) {
  return message_of<DataError>([&] { return parse(text); });
}

/// The cell as CSV; quoted where it must be, or where asked.
std::string as_csv(const std::string& cell, bool always_quoted) {
  if (!always_quoted && cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

}  // namespace

TEST_CASE("cells are split at commas and rows at line ends, LF or CRLF, with or without one at the end") {
  const Rows expected = {{"FRA", "1", ""}, {"", "", "x y "}};
  for (const char* text : {"a,b,c\nFRA,1,\n,,x y \n", "a,b,c\r\nFRA,1,\r\n,,x y \r\n", "a,b,c\nFRA,1,\n,,x y ",
                           "\xEF\xBB\xBF"
                           "a,b,c\nFRA,1,\n,,x y \n"}) {
    const CsvTable table = parse(text);
    CHECK(table.header() == std::vector<std::string>{"a", "b", "c"});
    CHECK(cells_of(table) == expected);
  }
}

TEST_CASE("quoted cells hold commas, line ends and doubled quotes") {
  const CsvTable table = parse("a,\"b,c\"\n\"Korea, Rep.\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\n");
  CHECK(table.header() == std::vector<std::string>{"a", "b,c"});
  CHECK(cells_of(table) == Rows{{"Korea, Rep.", "say \"hi\""}, {"two\nlines", ""}});
}

TEST_CASE("a table of one column may have missing cells; a header alone has no rows") {
  CHECK(cells_of(parse("a\n1\n\n2\n")) == Rows{{"1"}, {""}, {"2"}});
  CHECK(parse("a,b\n").row_count() == 0);
  CHECK(parse("a,b").row_count() == 0);
}

TEST_CASE("places count lines across quoted line ends, and characters, not bytes") {
  const CsvTable table = parse("a,b\n\"one\ntwo\",x\nCôte,y\n");
  CHECK(table.place(0, 0) == "t.csv:2:1");
  CHECK(table.place(0, 1) == "t.csv:3:6");
  CHECK(table.place(1, 1) == "t.csv:4:6");
  CHECK(table.line(1) == 4);
}

TEST_CASE("random tables survive writing and reading") {
  const std::string alphabet[] = {"a", ",", "\"", "\n", "\r\n", "é", "東", " ", "1", ";", "\t"};
  for (std::uint32_t round = 0; round < 200; ++round) {
    const Draws draws(5, Purpose::kTest, 0, round);
    std::uint32_t index = 0;
    const std::uint32_t columns = 2 + draws.below(4, index++);
    Rows rows(draws.below(6, index++), std::vector<std::string>(columns));
    std::string text = "c0";
    for (std::uint32_t c = 1; c < columns; ++c) text.append(",c").append(std::to_string(c));
    for (auto& row : rows) {
      text += "\n";
      for (std::uint32_t c = 0; c < columns; ++c) {
        for (std::uint32_t n = draws.below(5, index++); n > 0; --n) row[c] += alphabet[draws.below(11, index++)];
        text.append(c == 0 ? "" : ",").append(as_csv(row[c], draws.below(2, index++) == 1));
      }
    }
    REQUIRE(cells_of(parse(text)) == rows);
    REQUIRE(cells_of(parse(text + "\r\n")) == rows);
  }
}

TEST_CASE("a table that is cut off is named as such") {
  CHECK(error_of("a,b,c\n1,2,3\n4,5") ==
        "t.csv:3:1: the row has 2 cells where the header has 3, and the file ends here: it is cut off; restore the "
        "whole file.");
  CHECK(error_of("a,b\n1,2\n3,\"Korea") ==
        "t.csv:3:3: the quote that opens here is never closed: the file is cut off, or a quote is missing.");
}

TEST_CASE("a ragged row is named with the cells expected and found") {
  CHECK(error_of("a,b,c\n1,2\n4,5,6\n") ==
        "t.csv:2:1: the row has 2 cells where the header has 3; add what is missing, or put quotes (\"…\") around a "
        "cell that holds a comma.");
  CHECK(error_of("a,b\n1,2\n1,Korea, Rep.\n") ==
        "t.csv:3:1: the row has 3 cells where the header has 2; add what is missing, or put quotes (\"…\") around a "
        "cell that holds a comma.");
  CHECK(error_of("a,b\n1,2\n\n3,4\n") == "t.csv:3:1: the line is empty; remove it.");
}

TEST_CASE("misplaced quotes and line ends are named with their place") {
  CHECK_THAT(error_of("a,b\n1,x\"y\n"), Catch::Matchers::StartsWith("t.csv:2:4: a quote stands inside a cell"));
  CHECK_THAT(error_of("a,b\n\"1\"x,2\n"), Catch::Matchers::StartsWith("t.csv:2:4: text follows a closing quote"));
  CHECK_THAT(error_of("a,b\r1,2\r"), Catch::Matchers::StartsWith("t.csv:1:4: a carriage return stands alone"));
}

TEST_CASE("a bad header is named") {
  CHECK_THAT(error_of(""), Catch::Matchers::StartsWith("t.csv:1:1: the file is empty"));
  CHECK_THAT(error_of("a,,c\n"), Catch::Matchers::StartsWith("t.csv:1:3: the header has a column without a name"));
  CHECK_THAT(error_of("a,b,a\n"), Catch::Matchers::StartsWith("t.csv:1:5: column \"a\" stands twice in the header"));
  CHECK_THAT(error_of("a;b\n1;2\n"), Catch::Matchers::StartsWith("t.csv:1:1: the columns are not separated by commas"));
}

TEST_CASE("text that is not UTF-8 is named with its place, every valid sequence passes") {
  const std::string start = "a,b\n1,é";
  for (const char* bad : {"\xE9", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
                          "\xF5\x80\x80\x80", "\xFF\xFE", "\xE6\x9D", "\x80", "\xC3("}) {
    CAPTURE(bad);
    CHECK_THAT(error_of(start + bad + "\n"), Catch::Matchers::StartsWith("t.csv:2:4: the text is not UTF-8 here"));
  }
  CHECK_THAT(error_of(std::string("a,b\n1,\0\n", 8)), Catch::Matchers::StartsWith("t.csv:2:3: the text is not UTF-8"));
  for (std::size_t before = 0; before < 40; ++before) {  // wherever the byte stands in a word
    for (const char bad : {'\xFF', '\0'}) {
      std::string text = "a\n" + std::string(before, 'x') + "ü";
      text += bad;
      const std::string place = "t.csv:2:" + std::to_string(before + 2) + ": the text is not UTF-8 here";
      CHECK_THAT(error_of(text + "and more than a word behind it\n"), Catch::Matchers::StartsWith(place));
    }
  }
  CHECK(parse("a\n\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF\n").row_count() == 1);
}

TEST_CASE("a missing file is named with its nearest neighbour, an unreadable one with the reason") {
  const TemporaryFolder folder;
  write_file(folder / "countries.csv", "a\n1\n");
  CHECK(read_csv(folder / "countries.csv").path() == (folder / "countries.csv").string());
  const std::string missing = (folder / "countrys.csv").string();
  CHECK(message_of<DataError>([&] { return read_csv(missing); }) ==
        missing + ": the file does not exist; check the name and the folder. Did you mean \"countries.csv\"?");
  CHECK_THAT(message_of<DataError>([] { return read_csv("/nowhere/at/all.csv"); }),
             Catch::Matchers::EndsWith("check the name and the folder."));
  CHECK_THAT(message_of<FileError>([&] { return read_csv(folder.path()); }),
             Catch::Matchers::StartsWith(folder.path().string() + ": cannot be read: Is a directory"));
}
