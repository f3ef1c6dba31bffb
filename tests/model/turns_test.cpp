#include "sim/model/turns.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "sim/model/countries.hpp"
#include "tests/support/actor_worlds.hpp"
#include "tests/support/catch.hpp"

namespace splinternet::testing {
namespace {

using Numbers = std::vector<std::pair<std::string, double>>;

/// Actors under this schedule, in the first step.
World crowd(std::size_t actors, const std::string& schedule, const Numbers& numbers = {}) {
  Scenario scenario = pact_scenario(actors);
  choose(scenario, "countries.schedule", schedule);
  for (const auto& [path, value] : numbers) set(scenario, path, value);
  World world = actor_world(scenario);
  world.step = 1;
  return world;
}

std::vector<std::uint32_t> everybody(const World& world) {
  std::vector<std::uint32_t> all(world.countries());
  std::iota(all.begin(), all.end(), 0U);
  return all;
}

std::vector<std::uint32_t> who(const std::vector<Turn>& turns) {
  std::vector<std::uint32_t> list;
  for (const Turn& turn : turns) list.push_back(turn.country);
  return list;
}

TEST_CASE("turns: a random order holds everybody once, another one each step, each place alike") {
  World world = crowd(20, "random_sequential");
  std::vector<double> place_of_first(20, 0.0);
  constexpr int kSteps = 4000;
  std::vector<std::uint32_t> last;
  for (world.step = 1; world.step <= kSteps; ++world.step) {
    std::vector<std::uint32_t> order = who(turns_of_step(world, everybody(world)));
    CHECK(order != last);
    last = order;
    ++place_of_first[static_cast<std::size_t>(std::find(order.begin(), order.end(), 0U) - order.begin())];
    std::sort(order.begin(), order.end());
    CHECK(order == everybody(world));
  }
  double chi_squared = 0.0;
  for (const double n : place_of_first) chi_squared += (n - kSteps / 20.0) * (n - kSteps / 20.0) / (kSteps / 20.0);
  CHECK(chi_squared < 55.0);  // beyond the 0.9999 quantile with 19 degrees of freedom
}

TEST_CASE("turns: clocks give independent uniform turns") {
  World world = crowd(5, "async_uniform", {{"countries.revisions_per_step", 50000}});
  const std::vector<Turn> turns = turns_of_step(world, everybody(world));
  REQUIRE(turns.size() == 50000);
  std::vector<double> pairs(25, 0.0);
  for (std::size_t n = 1; n < turns.size(); ++n) ++pairs[turns[n - 1].country * 5 + turns[n].country];
  const double expected = static_cast<double>(turns.size() - 1) / 25.0;
  double chi_squared = 0.0;
  for (const double n : pairs) chi_squared += (n - expected) * (n - expected) / expected;
  CHECK(chi_squared < 61.0);  // the 0.9999 quantile with 24 degrees of freedom is 59.7
}

TEST_CASE("turns: another actor has turns of its own by its clock and shifts nobody else's") {
  const World world = crowd(12, "async_uniform", {{"countries.revisions_per_step", 500}});
  std::vector<std::uint32_t> some = everybody(world);
  const std::vector<std::uint32_t> with = who(turns_of_step(world, some));
  some.erase(some.begin() + 7);
  const std::vector<std::uint32_t> without = who(turns_of_step(world, some));
  std::vector<std::uint32_t> others;
  std::copy_if(with.begin(), with.end(), std::back_inserter(others), [](std::uint32_t actor) { return actor != 7; });
  CHECK(with.size() - others.size() > 20);
  CHECK(std::equal(others.begin(), others.end(), without.begin()));
}

TEST_CASE("turns: many actors have as many turns as they are, without a list of each") {
  const World world = crowd(200000, "async_uniform");
  const std::vector<Turn> turns = turns_of_step(world, everybody(world));
  REQUIRE(turns.size() == 200000);
  // The share that never has a turn is 1/e.
  std::vector<std::uint8_t> had(200000, 0);
  for (const Turn& turn : turns) had[turn.country] = 1;
  const double share = 1.0 - std::accumulate(had.begin(), had.end(), 0.0) / 200000.0;
  CHECK(std::fabs(share - std::exp(-1.0)) < 4.0 * std::sqrt(0.0972 / 200000.0));
  CHECK(std::none_of(turns.begin(), turns.end(), [](const Turn& turn) { return turn.number > 20; }));
}

TEST_CASE("turns: on entry each comes once, so many a step, by lot or by code") {
  for (const bool by_code : {false, true}) {
    World world =
        crowd(100, "on_entry", {{"countries.entries_per_step", 7}, {"countries.entry_order", by_code ? 1.0 : 0.0}});
    std::vector<std::uint32_t> order;
    for (world.step = 1; world.step <= 20; ++world.step) {
      const std::vector<std::uint32_t> now = who(turns_of_step(world, everybody(world)));
      CHECK(now.size() == (world.step <= 14 ? 7U : world.step == 15 ? 2U : 0U));
      order.insert(order.end(), now.begin(), now.end());
    }
    CHECK((order == everybody(world)) == by_code);
    std::sort(order.begin(), order.end());
    CHECK(order == everybody(world));
  }
}

TEST_CASE("turns: the order of entry does not hang on how many enter at a time, nor on who may decide now") {
  World one = crowd(40, "on_entry");
  World four = crowd(40, "on_entry", {{"countries.entries_per_step", 4}});
  std::vector<std::uint32_t> by_ones, by_fours;
  for (int step = 1; step <= 40; ++step) {
    one.step = four.step = step;
    for (const std::uint32_t actor : who(turns_of_step(one, everybody(one)))) by_ones.push_back(actor);
    for (const std::uint32_t actor : who(turns_of_step(four, everybody(four)))) by_fours.push_back(actor);
  }
  CHECK(by_ones == by_fours);
  one.step = 1;
  CHECK(turns_of_step(one, {}).empty());
  one.step = 2;
  CHECK(who(turns_of_step(one, everybody(one))) == std::vector<std::uint32_t>{by_ones[1]});
}

TEST_CASE("turns: committed initiators have no place in the order of entry") {
  const World world = crowd(50, "on_entry", {{"countries.entries_per_step", 50}, {"framework.pact.initiators", 10}});
  CHECK(turns_of_step(world, everybody(world)).size() == 40);
}

TEST_CASE("turns: the probability to revise is that of the schedule") {
  CHECK(revision_probability(crowd(3, "simultaneous")) == 1.0);
  CHECK(revision_probability(crowd(3, "simultaneous_with_prob", {{"countries.revision_probability", 0.25}})) == 0.25);
  CHECK(revision_probability(crowd(3, "poisson", {{"countries.spontaneous_rate", 0.125}})) == Approx(0.125));
  for (const char* word : {"random_sequential", "async_uniform", "fixed_order", "on_entry"}) {
    CHECK(is_sequential(schedule_of(crowd(3, word))));
  }
  for (const char* word : {"courted", "poisson", "simultaneous", "simultaneous_with_prob"}) {
    CHECK_FALSE(is_sequential(schedule_of(crowd(3, word))));
  }
}

TEST_CASE("turns: Arthur's adopters, entering by lot, are locked in to A with probability b/(a + b)") {
  // Agents of type R prefer A by b − 1/2, those of type S prefer B by a − 1/2, and each adopter of a technology makes
  // it worth 1 more: the lead of A walks until it is a or −b (Arthur 1989).
  struct Barriers {
    double a, b;
  };
  for (const Barriers& barrier : {Barriers{5, 3}, Barriers{4, 10}}) {
    Scenario scenario = pact_scenario(1000, {"intrinsic_a"}, {"a", "b"});
    scenario.terms = {"intrinsic", "network_effect"};
    scenario.record.decisions = false;
    scenario.frameworks[1].incompatible_with = {"a"};
    choose(scenario, "countries.choice", "best_response");
    choose(scenario, "countries.schedule", "on_entry");
    choose(scenario, "countries.network_measure", "number");
    set(scenario, "countries.entries_per_step", 1000);
    choose(scenario, "attribute.intrinsic_a.rule", "two_values");
    choose(scenario, "attribute.intrinsic_a.spread", "draws");
    set(scenario, "attribute.intrinsic_a.value", 100.0 + barrier.b - 0.5);
    set(scenario, "attribute.intrinsic_a.other", 100.0 - barrier.a + 0.5);
    set(scenario, "framework.b.intrinsic", 100.0);
    constexpr int kRuns = 400;
    int locked_in_to_a = 0;
    for (int run = 1; run <= kRuns; ++run) {
      scenario.run.seed = static_cast<std::uint64_t>(run);
      World world = actor_world(scenario);
      world.step = 1;
      StepReport report;
      report.clear(2);
      revise_memberships(world, {}, report);
      const auto members = world.derived.member_count;
      REQUIRE(members[0] + members[1] == 1000);
      // Before the barrier the two are within it of each other; behind it all that come take the same.
      locked_in_to_a += members[0] > members[1] ? 1 : 0;
    }
    const double p = barrier.b / (barrier.a + barrier.b);
    CHECK(std::fabs(locked_in_to_a / double{kRuns} - p) < 4.0 * std::sqrt(p * (1 - p) / kRuns));
  }
}

}  // namespace
}  // namespace splinternet::testing
