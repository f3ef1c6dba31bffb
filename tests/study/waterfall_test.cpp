#include "sim/study/waterfall.hpp"

#include "sim/study/decision_log.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/classroom.hpp"

using namespace splinternet;
using namespace splinternet::testing;

TEST_CASE("a waterfall leads from nothing to the total of every option of a run, to the last bit") {
  const RunResult run = run_classroom({"countries.schedule=poisson", "countries.spontaneous_rate=0.5"});
  std::size_t options = 0;
  for (const LoggedDecision& decision : read_decisions(run.dataset)) {
    for (const LoggedOption& option : decision.options) {
      const std::vector<WaterfallStep> steps = waterfall(option.term_value);
      REQUIRE(steps.size() == option.term_value.size());
      CHECK(steps.front().from == 0.0);
      for (std::size_t t = 0; t < steps.size(); ++t) {
        CHECK(steps[t].term == t);
        CHECK(steps[t].value == option.term_value[t]);
        CHECK(steps[t].to == steps[t].from + steps[t].value);
        if (t > 0) CHECK(steps[t].from == steps[t - 1].to);
      }
      CHECK(steps.back().to == option.total);
      ++options;
    }
  }
  CHECK(options > 50);
}

TEST_CASE("bars run from the old to the new running total around the axis") {
  const std::vector<NamedTerm> terms{{"up", "what lifts"}, {"none", ""}, {"down", ""}, {"tiny", ""}, {"back", ""}};
  CHECK(waterfall_text(terms, std::vector<double>{0.16, 0.0, -0.32, 0.0001, 0.08}) ==
        "      up                 +0.160   +0.160                  |++++++++++++++++  what lifts\n"
        "      down               -0.320   -0.160  ----------------|----------------\n"
        "      back               +0.080   -0.080  ++++++++        |                \n"
        "      none and tiny       0.000\n"
        "      in all                      -0.080\n");
}

TEST_CASE("a term that is shown has a bar, however short") {
  const std::vector<NamedTerm> terms{{"a", ""}, {"b", ""}};
  for (const double b : {0.001, -0.001}) {
    const std::string text = waterfall_text(terms, std::vector<double>{1.0, b});
    const std::string line = text.substr(text.find("\n      b") + 1);
    CHECK(line.substr(0, line.find('\n')).find_last_of(b > 0 ? '+' : '-') > 34);
  }
}

TEST_CASE("an option without terms is worth nothing") {
  CHECK(waterfall({}).empty());
  CHECK(waterfall_text({}, {}) == "      in all                      +0.000\n");
}

TEST_CASE("the largest terms are named by size, ties in order of summation") {
  const std::vector<NamedTerm> terms{{"a", ""}, {"b", ""}, {"c", ""}, {"d", ""}};
  CHECK(largest_terms(terms, std::vector<double>{0.1, -0.3, -0.1, 0.0001}, 3) ==
        "b -0.300 pp, a +0.100 pp, c -0.100 pp");
  CHECK(largest_terms(terms, std::vector<double>{0.1, -0.3, -0.1, 0.0001}, 1) == "b -0.300 pp");
  CHECK(largest_terms(terms, std::vector<double>{0.0, 0.0, 0.0, 0.0001}, 3).empty());
  CHECK(largest_terms(terms, std::vector<double>{0.1, -0.3, -0.1, 0.0001}, 1, "ducats") == "b -0.300 ducats");
  CHECK(largest_terms(terms, std::vector<double>{0.1, -0.3, -0.1, 0.0001}, 1, "1") == "b -0.300");
}

TEST_CASE("lists are joined as in a sentence") {
  CHECK(listed({}).empty());
  CHECK(listed({"a"}) == "a");
  CHECK(listed({"a", "b"}) == "a and b");
  CHECK(listed({"a", "b", "c"}, " or ") == "a, b or c");
}
