#include "sim/study/country_log.hpp"

#include <cmath>

#include "sim/core/check.hpp"
#include "sim/model/choice/logit.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/classroom.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/told_result.hpp"

using namespace splinternet;
using namespace splinternet::testing;
using Names = std::vector<std::string>;

namespace {

template <class T>
void set(LabelledDataset& data, std::string_view name, std::size_t n, T value) {
  for (LabelledArray& array : data.arrays) {
    if (array.name == name) std::get<std::vector<T>>(array.values)[n] = value;
  }
}

}  // namespace

TEST_CASE("a country is found by code or by name in any case") {
  const LabelledDataset result = told_result();
  for (const char* name : {"KEN", "ken", "Kenya", "kENYA"}) CHECK(read_country_log(result, name).code == "KEN");
}

TEST_CASE("an unknown country leads to the nearest name or code") {
  const LabelledDataset result = told_result();
  CHECK(message_of<DataError>([&] { return read_country_log(result, "Brasil").code; }) ==
        "the result has no country \"Brasil\"; give an ISO 3166-1 alpha-3 code or an English name. Did you mean "
        "\"Brazil\"?");
  CHECK_THAT(message_of<DataError>([&] { return read_country_log(result, "KNE").code; }),
             contains_substring("Did you mean \"KEN\"?"));
  CHECK_THAT(message_of<DataError>([&] { return read_country_log(result, "").code; }),
             !contains_substring("Did you mean"));
}

TEST_CASE("memberships, acts and decisions are those of the country alone") {
  const CountryLog norway = read_country_log(told_result(), "NOR");
  REQUIRE(norway.at_start.size() == 1);
  CHECK(norway.at_start[0].framework == "clean_network");
  CHECK(norway.at_start[0].level == MembershipLevel::kListed);
  REQUIRE(norway.at_end.size() == 1);
  CHECK(norway.at_end[0].framework == "gids");
  CHECK(norway.at_end[0].level == MembershipLevel::kSigned);
  REQUIRE(norway.acts.size() == 2);
  CHECK(norway.acts[0].kind == ActKind::kListingLapsed);
  CHECK(norway.acts[1].kind == ActKind::kJointAccession);
  CHECK(norway.acts[1].organisation == "nordic_council");
  REQUIRE(norway.decisions.size() == 1);
  CHECK(norway.decisions[0].step == 6);
}

TEST_CASE("a decision has its options, offers, terms and probabilities") {
  const CountryLog kenya = read_country_log(told_result(), "KEN");
  CHECK(kenya.terms == Names{"alignment", "inertia", "side_payment"});
  REQUIRE(kenya.decisions.size() == 3);
  const LoggedDecision& first = kenya.decisions[0];
  CHECK(first.courted_by == Names{"clean_network"});
  CHECK(first.chosen == 0);
  CHECK(first.uniform == 0.412);
  REQUIRE(first.options.size() == 2);
  CHECK(first.options[0].target.empty());
  CHECK(first.options[1].target == Names{"clean_network"});
  CHECK(first.options[1].offer_busd == 0.42);
  CHECK(first.options[1].term_value == std::vector<double>{-0.12, -0.25, 0.24});
  // 1/(1 + e^{1.3}) = 0.21416501695744
  CHECK(std::fabs(first.options[1].probability - 0.21416501695744) < 1e-12);
  CHECK(kenya.decisions[1].options[1].term_value[0] == 0.1802);
  CHECK(kenya.decisions[2].options.size() == 3);
  CHECK(read_country_log(told_result(), "ZMB").decisions[0].courted_by == Names{"clean_network", "gids"});
}

TEST_CASE("under best response there are no probabilities") {
  const CountryLog norway = read_country_log(told_result(), "NOR");
  for (const LoggedOption& option : norway.decisions[0].options) CHECK(std::isnan(option.probability));
}

TEST_CASE("decisions that point outside their options are refused") {
  for (const auto& [name, value] : std::vector<std::pair<const char*, std::int32_t>>{{"decision_first_option", -1},
                                                                                     {"decision_first_option", 10},
                                                                                     {"decision_option_count", 0},
                                                                                     {"decision_option_count", 100},
                                                                                     {"decision_chosen", 2},
                                                                                     {"decision_chosen", -1}}) {
    LabelledDataset result = told_result();
    set(result, name, 0, value);
    CHECK_THAT(message_of<DataError>([&] { return read_country_log(result, "KEN").code; }),
               contains_substring("contradict its options: decision 0"));
  }
}

TEST_CASE("every recorded decision of a run can be replayed from the file, and its terms sum to the total") {
  const RunResult run = run_classroom({"countries.schedule=poisson", "countries.spontaneous_rate=0.5"});
  std::size_t decisions = 0;
  for (const std::string& code : std::get<Names>(run.dataset.find("country")->values)) {
    for (const LoggedDecision& decision : read_country_log(run.dataset, code).decisions) {
      ++decisions;
      double below = 0.0;
      std::size_t chosen = 0;
      while (chosen + 1 < decision.options.size() && decision.uniform >= below + decision.options[chosen].probability) {
        below += decision.options[chosen++].probability;
      }
      CHECK(chosen == decision.chosen);
      for (const LoggedOption& option : decision.options) {
        double total = 0.0;
        for (const double value : option.term_value) total += value;
        CHECK(total == option.total);
      }
      for (const double value : decision.options[0].term_value) CHECK(value == 0.0);
    }
  }
  CHECK(decisions > 20);
}

TEST_CASE("the temperature of a decision is the one in force, shocks included") {
  const RunResult run =
      run_classroom({"event.heat.kind=\"shock\"", "event.heat.parameter=\"countries.temperature\"",
                     "event.heat.amount=0.5", "event.heat.date=2020-12-01", "countries.temperature=0.2"});
  const auto& step = std::get<std::vector<std::int32_t>>(run.dataset.find("decision_step")->values);
  const auto& temperature = std::get<std::vector<double>>(run.dataset.find("decision_temperature")->values);
  REQUIRE(step.front() < 5);
  REQUIRE(step.back() >= 5);
  for (std::size_t n = 0; n < step.size(); ++n) CHECK(temperature[n] == (step[n] < 5 ? 0.2 : 0.5));
}

TEST_CASE("a run without decisions or memberships still tells the acts") {
  const RunResult run = run_classroom({"record.decisions=false", "record.arrays=[\"splinternet_index\"]"});
  const CountryLog log = read_country_log(run.dataset, "USA");
  CHECK(log.decisions.empty());
  CHECK(log.at_end.empty());
  REQUIRE(log.acts.size() == 1);
  CHECK(log.acts[0].kind == ActKind::kSponsorSigned);
}
