#include "sim/study/parting.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/study/country_log.hpp"
#include "sim/study/result_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/changed.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/told_result.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

/// Kenya signs the Clean Network in its first decision: alignment speaks for it.
LabelledDataset other_told() {
  LabelledDataset result = told_result();
  set(result, "option_value", 3, 0.08);
  set(result, "option_total", 1, 0.08 + -0.25 + 0.24);
  set(result, "decision_chosen", 0, 1);
  set(result, "act_step", 3, 4);
  set(result, "act_framework", 3, std::string("clean_network"));
  return result;
}

}  // namespace

TEST_CASE("runs that are the same say so") {
  for (const auto& country : {std::optional<std::string_view>(), std::optional<std::string_view>("KEN")}) {
    const std::string text = explain_parting(told_result(), told_result(), country);
    CHECK_THAT(text, contains_substring("Their scenarios are the same.\n"));
    CHECK_THAT(text, contains_substring("change of membership and every decision is the same, to the last bit.\n"));
  }
}

TEST_CASE("the first decision over which two runs part is told with its terms") {
  CHECK(explain_parting(told_result(), other_told(), std::nullopt) ==
        R"(first:  "Four countries", seed 7
second: "Four countries", seed 7
Their scenarios are the same.

They part over Kenya (KEN) in 2020-11 (step 4):
  first:  courted by the Clean Network with an offer of USD 0.42 bn; stayed out
  second: courted by the Clean Network with an offer of USD 0.42 bn; signed the Clean Network
  The draw was the same: 0.4120.
  What signing the Clean Network was worth against staying, in pp of real income a year:
                        first   second difference
    alignment          -0.120   +0.080     +0.200
    inertia            -0.250   -0.250      0.000
    side_payment       +0.240   +0.240      0.000
    in all             -0.130   +0.070     +0.200
  alignment made the largest difference: in the second run it spoke 0.200 pp more against staying; with its values of the first run the second would have stayed out.
Countries over which they part at some time: 1.
)");
}

TEST_CASE("a country over which they do not part is told so, with the first decision that differs") {
  CHECK_THAT(explain_parting(told_result(), other_told(), "norway"),
             contains_substring("Norway: every change of membership and every decision is the same"));
  LabelledDataset other = told_result();
  set(other, "option_total", 1, -0.13000001);
  CHECK_THAT(
      explain_parting(told_result(), other, "KEN"),
      contains_substring("Kenya: every change of membership is the same. The first decision that differs is that "
                         "of Kenya (KEN) in 2020-11 (step 4):\n"));
}

TEST_CASE("a decision that only one run has is told") {
  LabelledDataset other = told_result();
  set(other, "decision_country", 0, std::string("BRA"));
  CHECK_THAT(
      explain_parting(told_result(), other, "KEN"),
      contains_substring("Only in the first run did it decide: courted by the Clean Network with an offer of USD "
                         "0.42 bn; stayed out.\n"));
  CHECK_THAT(explain_parting(other, told_result(), "KEN"), contains_substring("Only in the second run did it decide"));
}

TEST_CASE("a joint accession is told by the answers of the organisation in both runs") {
  LabelledDataset other = told_result();
  set(other, "answer_accepted", 1, std::int8_t{0});
  set(other, "answer_uniform", 1, 0.9);
  set(other, "act_step", 2, 6);
  const std::string text = explain_parting(told_result(), other, "NOR");
  CHECK_THAT(text, contains_substring("They part over Norway (NOR) in 2020-10 (step 3):\n"));
  CHECK_THAT(text, contains_substring("the Nordic Council acceded in the first run: utility +0.050 pp, probability "
                                      "0.6225, draw 0.3000."));
  CHECK_THAT(text, contains_substring("the Nordic Council refused in the second run: utility +0.050 pp, probability "
                                      "0.6225, draw 0.9000."));
  set(other, "answer_step", 1, 4);
  CHECK_THAT(explain_parting(told_result(), other, "NOR"),
             contains_substring("Nobody asked the Nordic Council in the second run."));
}

TEST_CASE("a sponsor that signs later has made no decision") {
  LabelledDataset other = told_result();
  set(other, "act_step", 0, 2);
  const std::string text = explain_parting(told_result(), other, std::nullopt);
  CHECK_THAT(text, contains_substring("They part over Brazil (BRA) in 2020-08 (step 1):\n"
                                      "  first run: signed GIDS as its sponsor\n  second run: nothing changed\n"));
}

TEST_CASE("parameters and code that differ come first") {
  LabelledDataset other = told_result();
  for (auto& [name, text] : other.attributes) {
    if (name == "scenario") text.replace(text.find("seed = 7"), 8, "seed = 8");
    if (name == "code_version") text = "0.0.2";
  }
  CHECK_THAT(explain_parting(told_result(), other, std::nullopt),
             contains_substring("second: \"Four countries\", seed 8\nTheir scenarios differ:\n  run.seed: 7 | 8\n"
                                "  code_version: 0.0.1 | 0.0.2\n\n"));
}

TEST_CASE("runs with other terms or countries cannot be set side by side") {
  LabelledDataset other = other_told();
  set(other, "term", 0, std::string("taste"));
  CHECK_THAT(message_of<DataError>([&] { return explain_parting(told_result(), other, std::nullopt); }),
             contains_substring("the two runs weigh other terms (countries.terms)"));
  other = told_result();
  set(other, "country", 3, std::string("ZWE"));
  CHECK(message_of<DataError>([&] { return explain_parting(told_result(), other, std::nullopt); }) ==
        "the two runs have other countries: name the one to compare");
}

TEST_CASE("two seeds of a run part over the first change that only one has") {
  const LabelledDataset one = run_classroom().dataset;
  const LabelledDataset two = run_classroom({"run.seed=2"}).dataset;
  const std::string text = explain_parting(one, two, std::nullopt);
  CHECK_THAT(text, contains_substring("  run.seed: 1 | 2\n"));
  std::int32_t first = 100;
  for (const std::string& code : values_of<std::string>(one, "country")) {
    const std::vector<LoggedAct> a = acts_of_country(one, code), b = acts_of_country(two, code);
    for (std::size_t n = 0; n < std::max(a.size(), b.size()); ++n) {
      const std::int32_t step_a = n < a.size() ? a[n].step : 100, step_b = n < b.size() ? b[n].step : 100;
      if (step_a == step_b && a[n].framework == b[n].framework && a[n].kind == b[n].kind) continue;
      first = std::min({first, step_a, step_b});
      break;
    }
  }
  REQUIRE(first < 100);
  CHECK_THAT(text, contains_substring("(step " + std::to_string(first) + "):\n"));
}
