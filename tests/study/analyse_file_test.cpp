#include "sim/study/analyse_file.hpp"

#include <algorithm>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/posed.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

const std::string kTwo =
    "title = \"Two kinds\"\nquestion = \"What?\"\nlesson = \"\"\"\nFirst\nparagraph.\n\nSecond.\n\"\"\"\n"
    "[analysis.vote]\nkind = \"voting_power\"\nquota = 2\nweights = [1, 1, 1]\n"
    "[analysis.blocs]\nkind = \"trading_blocs\"\ncountries = 6\nblocs = [1, 3]\nelasticity_of_substitution = 4\n"
    "external_tariff = 0\n";

}  // namespace

TEST_CASE("a file of analyses answers with title, lesson and results in its order") {
  const FileAnalysis analysis = analyse_file(analysis_file(kTwo));
  CHECK(analysis.text.starts_with("Two kinds\nWhat?\n\nFirst paragraph.\n\nSecond.\n\nvote: 3 voters; "));
  CHECK(contains(analysis.text, " of all coalitions win.\n\nblocs: 6 equal countries"));
  CHECK(analysis.csv.starts_with("analysis,voter,seats,weight,shapley_shubik,"));
  CHECK(std::count(analysis.csv.begin(), analysis.csv.end(), '\n') == 1 + 3 + 2);
  CHECK(contains(analysis.csv, "\nblocs,,,,"));
}

TEST_CASE("analyses are checked without being answered") {
  CHECK(check_analyses(analysis_file(kTwo)) ==
        "2 analyses: vote (voting_power): 3 voters, 1 condition; blocs (trading_blocs): 6 countries, 2 divisions");
  // 65 voters cannot be counted, which only shows in answering.
  const AnalysisFile large = analysis_file("[analysis.vote]\nkind = \"voting_power\"\nquota = 2\nseats = { a = 65 }\n");
  CHECK(check_analyses(large) == "1 analysis: vote (voting_power): 65 voters, 1 condition");
  CHECK_THROWS_AS(analyse_file(large), ScenarioError);
}

TEST_CASE("a fault in any table is told before anything is answered") {
  const std::string message =
      error_message([] { analyse_file(analysis_file(kTwo + "[analysis.more]\nkind = \"states_of_mind\"\n")); });
  CHECK(contains(message, "unknown kind of analysis \"states_of_mind\""));
}

TEST_CASE("a scenario without analyses is refused with what to type") {
  AnalysisFile file;
  file.path = "mine.toml";
  file.is_runnable = true;
  const std::string message = error_message([&] { analyse_file(file); });
  CHECK(contains(message, "mine.toml: this scenario poses no analysis of its own"));
  CHECK(contains(message, "splinternet run mine.toml"));
}

TEST_CASE("paragraphs are wrapped at words, and only blank lines part them") {
  CHECK(wrapped_paragraphs("one two\nthree  four", 9) == "one two\nthree\nfour\n");
  CHECK(wrapped_paragraphs("a\n \n\nb\n", 9) == "a\n\nb\n");
  CHECK(wrapped_paragraphs("incomprehensible it is", 5) == "incomprehensible\nit is\n");
  CHECK(wrapped_paragraphs(" \n", 9).empty());
}

TEST_CASE("an introduction is what there is of title, question and lesson") {
  const std::string analysis = "[analysis.a]\nkind = \"voting_power\"\nquota = 1\nweights = [1]\n";
  CHECK(introduction(analysis_file(analysis)).empty());
  CHECK(introduction(analysis_file("title = \"T\"\n" + analysis)) == "T\n");
  CHECK(introduction(analysis_file("question = \"Q?\"\nlesson = \"L.\"\n" + analysis)) == "Q?\n\nL.\n");
}
