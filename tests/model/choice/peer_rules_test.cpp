#include "sim/model/choice/peer_rules.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "sim/model/membership.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/crowds.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("peer rules: normal thresholds tip where the curve of Granovetter's figure touches the diagonal") {
  // Mean 25 % of the crowd; the smallest fixed point of r = Φ((r − .25)/σ) jumps at σ_c = .1222209 from .062 to 1.
  constexpr std::size_t kActors = 20000;
  const auto share = [&](double deviation) {
    Scenario scenario = crowd(kActors, "threshold", {"threshold"});
    choose(scenario, "attribute.threshold.rule", "normal");
    set(scenario, "attribute.threshold.mean", 0.25);
    set(scenario, "attribute.threshold.sd", deviation);
    return settled(scenario) / static_cast<double>(kActors);
  };
  CHECK(share(0.10) == Approx(0.007696).margin(2e-4));
  CHECK(share(0.12) == Approx(0.040211).margin(5e-4));
  CHECK(share(0.122) == Approx(0.054792).margin(2e-3));
  CHECK(share(0.123) > 0.9999);
  CHECK(share(0.5) == Approx(0.90485).margin(1e-3));
}

TEST_CASE("peer rules: whether a threshold of 1/k is reached or must be passed decides at k peers") {
  for (const bool above : {false, true}) {
    Scenario scenario = crowd(60, "threshold");
    choose(scenario, "influence.graph", "ring");
    set(scenario, "influence.degree", 4);
    set(scenario, "countries.threshold", 0.25);
    set(scenario, "framework.pact.initiators", 1);
    choose(scenario, "countries.threshold_reached", above ? "above" : "at_least");
    CHECK(settled(scenario) == (above ? 1 : 60));
  }
}

TEST_CASE("peer rules: where withdrawal is allowed members leave below their threshold, initiators never") {
  Scenario scenario = crowd(100, "threshold");
  set(scenario, "countries.threshold", 0.5);
  set(scenario, "framework.pact.initiators", 10);
  for (const bool never : {false, true}) {
    choose(scenario, "countries.withdrawal", never ? "never" : "allowed");
    World world = actor_world(scenario);
    for (std::uint32_t i = 0; i < 40; ++i) accede(world, i, 0);
    const std::uint32_t before = members(world);
    settle(world);
    CHECK(members(world) == (never ? before : 10U));
  }
}

TEST_CASE(
    "peer rules: of two rivals whose thresholds are reached the first is joined, and none is left for the other") {
  Scenario scenario = crowd(10, "threshold", {}, {"alpha", "beta"});
  scenario.frameworks[1].incompatible_with = {"alpha"};
  set(scenario, "countries.threshold", 0.0);
  World world = actor_world(scenario);
  step(world);
  CHECK(members(world, 0) == 10);
  CHECK(members(world, 1) == 0);
  World other = actor_world(scenario);
  for (std::uint32_t i = 0; i < 10; ++i) accede(other, i, 1);
  settle(other);
  CHECK(members(other, 0) == 0);
  CHECK(members(other, 1) == 10);
}

TEST_CASE("peer rules: nobody joins what is by invitation, or not open") {
  Scenario scenario = crowd(10, "threshold");
  set(scenario, "countries.threshold", 0.0);
  CHECK(settled(scenario) == 10);
  choose(scenario, "framework.pact.admission", "invitation");
  CHECK(settled(scenario) == 0);
  choose(scenario, "framework.pact.admission", "open");
  set(scenario, "framework.pact.open_at_start", 0);
  CHECK(settled(scenario) == 0);
}

TEST_CASE("peer rules: imitation on the complete graph is the voter model, whose mean share stays") {
  constexpr std::size_t kActors = 20;
  constexpr int kRuns = 400, kSteps = 15;
  Scenario scenario = crowd(kActors, "imitate");
  choose(scenario, "countries.withdrawal", "allowed");
  choose(scenario, "countries.schedule", "async_uniform");
  double sum = 0.0, squares = 0.0;
  std::size_t agreed = 0;
  for (int run = 0; run < kRuns; ++run) {
    scenario.run.seed = static_cast<std::uint64_t>(run) + 1;
    World world = actor_world(scenario);
    for (std::uint32_t i = 0; i < 6; ++i) accede(world, i, 0);
    for (int n = 0; n < kSteps; ++n) step(world);
    const double share = members(world) / static_cast<double>(kActors);
    sum += share;
    squares += share * share;
    agreed += share == 0.0 || share == 1.0 ? 1 : 0;
  }
  const double mean = sum / kRuns, variance = squares / kRuns - mean * mean;
  CHECK(std::fabs(mean - 0.3) < 4.0 * std::sqrt(variance / kRuns));
  // Differences die out: sooner or later all agree.
  CHECK(agreed > kRuns / 3);
  CHECK(variance > 0.08);
}

TEST_CASE("peer rules: imitation draws peers by their weights") {
  // One actor looks at three others with weights 1, 2, 5; two of them are members.
  WorldTables tables;
  tables.actors.emplace();
  for (const char* code : {"a", "b", "c", "d"}) {
    tables.countries.code.emplace_back(code);
    tables.countries.name.emplace_back(code);
    tables.actors->size.push_back(1.0);
  }
  tables.influence = {{0, 1, 1.0}, {0, 2, 2.0}, {0, 3, 5.0}};
  Scenario scenario = crowd(0, "imitate");
  choose(scenario, "influence.graph", "table");
  constexpr int kRuns = 4000;
  int joined = 0;
  World start = actor_world(scenario, tables);
  accede(start, 1, 0);
  accede(start, 2, 0);
  for (int run = 0; run < kRuns; ++run) {
    World world = start;
    world.step = run;
    step(world);
    joined += contains(world.membership(0), 0) ? 1 : 0;
    CHECK_FALSE(contains(world.membership(3), 0));  // looks at nobody
  }
  const double expected = 3.0 / 8.0;
  CHECK(std::fabs(joined / double{kRuns} - expected) < 4.0 * std::sqrt(expected * (1 - expected) / kRuns));
}

TEST_CASE("peer rules: who imitates takes over all memberships of one peer, or of alternatives the one it has") {
  Scenario scenario = crowd(400, "imitate", {}, {"alpha", "beta"});
  scenario.frameworks[1].incompatible_with = {"alpha"};
  choose(scenario, "countries.withdrawal", "allowed");
  World world = actor_world(scenario);
  for (std::uint32_t i = 0; i < 400; ++i) accede(world, i, i % 4 == 0 ? 1 : 0);
  for (int n = 0; n < 20; ++n) {
    step(world);
    CHECK(members(world, 0) + members(world, 1) == 400);
  }
  CHECK(members(world, 0) != 300);
}

TEST_CASE("peer rules: a linear policy table diffuses as Bass's curve does") {
  // p = .03 and q = .38 per unit of time of 100 months.
  constexpr std::size_t kActors = 40'000;
  Scenario scenario = crowd(kActors, "policy_table");
  scenario.policy_table = {{0.0, 0.0003, 0.0}, {1.0, 0.0041, 0.0}};
  World world = actor_world(scenario);
  const double published[] = {0.035758, 0.331199, 0.812803, 0.971610};
  const int units[] = {1, 5, 10, 15};
  double expected = 0.0;  // of the same hazard month by month
  for (int month = 1, n = 0; month <= 1500; ++month) {
    step(world);
    expected += (1.0 - expected) * (0.0003 + 0.0038 * expected);
    if (month != 100 * units[n]) continue;
    const double share = members(world) / static_cast<double>(kActors);
    // Contagion makes deviations grow: their variance is bounded by that of the logistic growth, p ≪ q: F(1 − F)·q/p/N.
    const double error = std::sqrt(published[n] * (1.0 - published[n]) / kActors * 0.38 / 0.03);
    CHECK(std::fabs(expected - published[n]) < 1e-3);
    CHECK(std::fabs(share - published[n]) < 4.0 * error);
    ++n;
  }
}

TEST_CASE("peer rules: a policy table with both ways settles where they balance, in steps of any length") {
  constexpr std::size_t kActors = 20'000;
  for (const double months : {1.0, 3.0}) {
    Scenario scenario = crowd(kActors, "policy_table");
    scenario.run.step_months = months;
    scenario.policy_table = {{0.5, 0.02, 0.06}};
    choose(scenario, "countries.withdrawal", "allowed");
    World world = actor_world(scenario);
    for (int n = 0; n < 200; ++n) step(world);
    const double in = 1.0 - std::pow(0.98, months), out = 1.0 - std::pow(0.94, months), share = in / (in + out);
    CHECK(std::fabs(members(world) / double{kActors} - share) < 4.0 * std::sqrt(share * (1 - share) / kActors));
  }
}

}  // namespace
}  // namespace splinternet::testing
