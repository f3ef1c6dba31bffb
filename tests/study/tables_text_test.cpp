#include "sim/study/tables_text.hpp"

#include <algorithm>
#include <sstream>

#include "sim/engine/outputs.hpp"
#include "sim/model/catalogue.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/json_rows.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// Columns of a line of a Markdown table: bars that are not escaped.
long bars(const std::string& line) {
  long count = 0;
  for (std::size_t at = 0; at < line.size(); ++at)
    count += line[at] == '|' && (at == 0 || line[at - 1] != '\\') ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("parameters as JSON are valid and whole") {
  const std::vector<JsonRows::Row> rows = JsonRows::parse(parameter_table_text(TableFormat::kJson));
  REQUIRE(rows.size() == parameter_catalogue().size());
  std::size_t n = 0;
  for (const Parameter* parameter : parameter_catalogue()) {
    CHECK(rows[n].at("parameter") == parameter->path);
    CHECK(rows[n].at("meaning") == parameter->meaning);
    CHECK(rows[n].at("unit") == parameter->unit);
    CHECK(rows[n].at("source") == parameter->source);
    ++n;
  }
}

TEST_CASE("a parameter's row tells kind, default, allowed and plausible range") {
  const std::vector<JsonRows::Row> rows = JsonRows::parse(parameter_table_text(TableFormat::kJson));
  const auto row = [&](const std::string& path) {
    return *std::find_if(rows.begin(), rows.end(), [&](const JsonRows::Row& r) { return r.at("parameter") == path; });
  };
  const JsonRows::Row refusal = row("countries.refusal_months");
  CHECK(refusal.at("kind") == "integer");
  CHECK(refusal.at("default") == "6");
  CHECK(refusal.at("allowed") == "0 to 1200");
  CHECK(refusal.at("plausible") == "0 to 24");
  const JsonRows::Row choice = row("countries.choice");
  CHECK(choice.at("kind") == "option");
  CHECK(choice.at("default") == "logit");
  CHECK(choice.at("allowed") == "logit|best_response|better_response|steepest|threshold|imitate|policy_table");
  CHECK(choice.at("plausible").empty());
}

TEST_CASE("outputs as JSON are valid and whole") {
  const std::vector<JsonRows::Row> rows = JsonRows::parse(output_table_text(TableFormat::kJson));
  REQUIRE(rows.size() == output_table().size());
  for (std::size_t n = 0; n < rows.size(); ++n) {
    CHECK(rows[n].at("array") == output_table()[n].name);
    CHECK_THAT(rows[n].at("dimensions"), Catch::Matchers::StartsWith(std::string(time_dimension(output_table()[n]))));
    CHECK(rows[n].at("recorded") == (output_table()[n].recorded == Recorded::kByDefault ? "default" : "when named"));
    if (output_table()[n].name == "membership") CHECK(rows[n].at("worlds") == "all");
    if (output_table()[n].name == "real_income") CHECK(rows[n].at("worlds") == "with a map");
    if (output_table()[n].name == "member_size_share") CHECK(rows[n].at("worlds") == "of actors");
  }
  CHECK(rows[0].at("type") == "float32");
}

TEST_CASE("every line of a Markdown table has the same columns, bars in cells are escaped") {
  for (const std::string& text :
       {parameter_table_text(TableFormat::kMarkdown), output_table_text(TableFormat::kMarkdown)}) {
    const std::vector<std::string> lines = lines_of(text);
    for (const std::string& line : lines) CHECK(bars(line) == bars(lines[0]));
    CHECK(lines[1].find_first_not_of("|-") == std::string::npos);
  }
  CHECK(lines_of(parameter_table_text(TableFormat::kMarkdown)).size() == parameter_catalogue().size() + 2);
  CHECK_THAT(parameter_table_text(TableFormat::kMarkdown),
             contains_substring("logit\\|best_response\\|better_response"));
}

TEST_CASE("the plain text has the path on a line of its own and leaves out what is empty") {
  const std::string text = parameter_table_text(TableFormat::kText);
  CHECK_THAT(text, contains_substring("\ncountries.refusal_months\n    kind             integer\n"
                                      "    default          6\n    unit             months\n"));
  const std::string choice = text.substr(text.find("\ncountries.choice\n") + 1);
  const std::size_t end = choice.find("\n    meaning");
  CHECK(choice.substr(0, end).find("plausible") == std::string::npos);
}
