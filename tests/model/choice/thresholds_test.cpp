#include "sim/model/choice/thresholds.hpp"

#include <vector>

#include "sim/core/rng.hpp"
#include "tests/support/actor_worlds.hpp"
#include "tests/support/catch.hpp"

namespace splinternet::testing {
namespace {

Scenario crowd(std::size_t actors, double threshold, std::string_view graph = "complete") {
  Scenario scenario = pact_scenario(actors);
  scenario.terms.clear();
  choose(scenario, "countries.choice", "threshold");
  choose(scenario, "influence.graph", graph);
  set(scenario, "countries.threshold", threshold);
  return scenario;
}

std::uint32_t number_of_first(const Scenario& scenario) {
  return make_setting(scenario, {})->thresholds->number.front();
}

TEST_CASE("thresholds: a share becomes the fewest peers that reach it, exactly at fractions too") {
  for (std::uint32_t peers = 1; peers <= 60; ++peers) {
    for (std::uint32_t members = 0; members <= peers; ++members) {
      const double share = static_cast<double>(members) / peers;
      Scenario scenario = crowd(peers + 1, share);
      CHECK(number_of_first(scenario) == members);
      choose(scenario, "countries.threshold_reached", "above");
      CHECK(number_of_first(scenario) == (members == peers ? ThresholdSetting::kNever : members + 1));
    }
  }
}

TEST_CASE("thresholds: drawn shares agree with the definition") {
  for (std::uint32_t n = 0; n < 300; ++n) {
    const Draws draws(5, Purpose::kTest, 0, n);
    const std::uint32_t peers = 1 + draws.below(40);
    const double share = 1.2 * draws.uniform(1);
    const std::uint32_t number = number_of_first(crowd(peers + 1, share));
    for (std::uint32_t members = 0; members <= peers; ++members) {
      CHECK((static_cast<double>(members) / peers >= share) == (members >= number));
    }
  }
}

TEST_CASE("thresholds: numbers count heads, fractions of them round up") {
  Scenario scenario = crowd(10, 3.0);
  choose(scenario, "countries.threshold_counts", "number");
  CHECK(number_of_first(scenario) == 3);
  set(scenario, "countries.threshold", 3.2);
  CHECK(number_of_first(scenario) == 4);
  choose(scenario, "countries.threshold_reached", "above");
  CHECK(number_of_first(scenario) == 4);
  set(scenario, "countries.threshold", 3.0);
  CHECK(number_of_first(scenario) == 4);
  set(scenario, "countries.threshold", 0.0);
  CHECK(number_of_first(scenario) == 1);
  choose(scenario, "countries.threshold_reached", "at_least");
  CHECK(number_of_first(scenario) == 0);
}

TEST_CASE("thresholds: the attribute of actors comes before the parameter") {
  Scenario scenario = crowd(4, 0.5);
  CHECK(make_setting(scenario, {})->thresholds->number == std::vector<std::uint32_t>{2, 2, 2, 2});
  scenario = pact_scenario(4, {"threshold"});
  choose(scenario, "countries.choice", "threshold");
  choose(scenario, "countries.threshold_counts", "number");
  choose(scenario, "attribute.threshold.rule", "sequence");
  CHECK(make_setting(scenario, {})->thresholds->number == std::vector<std::uint32_t>{0, 1, 2, 3});
}

TEST_CASE("thresholds: one without peers sees the share 0") {
  Scenario scenario = crowd(200, 0.0, "poisson");
  set(scenario, "influence.mean_degree", 0.0);
  CHECK(number_of_first(scenario) == 0);
  set(scenario, "countries.threshold", 0.01);
  CHECK(number_of_first(scenario) == ThresholdSetting::kNever);
}

TEST_CASE("thresholds: where peers have weights, shares stay shares") {
  Scenario scenario = small_scenario();
  choose(scenario, "countries.choice", "threshold");
  const auto setting = make_setting(scenario, small_tables());
  CHECK(setting->thresholds->number.empty());
  CHECK(setting->thresholds->share == std::vector<double>(6, 0.5));
  choose(scenario, "countries.threshold_counts", "number");
  CHECK(make_setting(scenario, small_tables())->thresholds->number == std::vector<std::uint32_t>(6, 1));
}

TEST_CASE("thresholds: nobody has any under another rule") {
  CHECK(make_setting(pact_scenario(4), {})->thresholds == nullptr);
}

}  // namespace
}  // namespace splinternet::testing
