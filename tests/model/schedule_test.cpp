#include "sim/model/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "sim/core/parallel.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

/// A World in which all frameworks are open and all but sponsors may decide.
World world_with(Schedule schedule, const WorldTables& tables, double probability = 0.5, double revisions = 0.0) {
  Scenario scenario = small_scenario();
  scenario.has_data = scenario.has_trade = scenario.has_firms = false;
  scenario.terms = {"alignment", "peers"};
  set(scenario, "countries.schedule", static_cast<double>(schedule));
  set(scenario, "countries.revision_probability", probability);
  set(scenario, "countries.revisions_per_step", revisions);
  World world = make_world(scenario, tables);
  let_events_pass(world, 3);
  return world;
}

RevisionPlan schedule(const World& world, const std::vector<Mission>& missions = {}) {
  return scheduled_revisions(world, missions, std::vector<std::uint8_t>(world.countries(), 0));
}

/// Codes in the order of their turns.
std::vector<std::string> codes(const World& world, const RevisionPlan& plan) {
  std::vector<std::string> found;
  for (const Revision& revision : plan.revisions) found.push_back(world.setting().countries.code[revision.country]);
  return found;
}

Mission visit(std::size_t country, std::size_t framework) {
  Mission mission;
  mission.country = static_cast<std::uint32_t>(country);
  mission.framework = static_cast<std::uint32_t>(framework);
  return mission;
}

constexpr Schedule kAll[] = {
    Schedule::kCourted,      Schedule::kPoisson,    Schedule::kRandomSequential,     Schedule::kSimultaneous,
    Schedule::kAsyncUniform, Schedule::kFixedOrder, Schedule::kSimultaneousWithProb, Schedule::kOnEntry};

TEST_CASE("schedule: in fixed order all revise one after another by code, whatever their rows") {
  const WorldTables tables = random_tables(6, 20);
  const World world = world_with(Schedule::kFixedOrder, tables);
  const RevisionPlan plan = schedule(world);
  const std::vector<std::string> order = codes(world, plan);
  CHECK(order.size() == 18);
  CHECK(plan.batching == Batching::kOneByOne);
  CHECK(std::is_sorted(order.begin(), order.end()));
  const World other = world_with(Schedule::kFixedOrder, permuted(tables, random_order(3, 20)));
  CHECK(codes(other, schedule(other)) == order);
}

TEST_CASE("schedule: each country revises with its probability, all in one batch, independently of each other") {
  constexpr double kProbability = 0.3;
  World world = world_with(Schedule::kSimultaneousWithProb, random_tables(2, 26), kProbability);
  std::size_t revisions = 0;
  std::size_t pairs = 0;  // first and second candidate together
  constexpr int kSteps = 1000;
  for (int step = 0; step < kSteps; ++step) {
    ++world.step;
    const RevisionPlan plan = schedule(world);
    REQUIRE(plan.batching == Batching::kAtOnce);
    revisions += plan.revisions.size();
    const std::vector<std::string> who = codes(world, plan);
    CHECK(std::is_sorted(who.begin(), who.end()));
    pairs += who.size() > 1 && who[0] == "CCC" && who[1] == "DDD" ? 1 : 0;
  }
  const double expected = 24.0 * kSteps * kProbability;
  CHECK(std::fabs(static_cast<double>(revisions) - expected) < 4.0 * std::sqrt(expected * (1.0 - kProbability)));
  const double together = kSteps * kProbability * kProbability;
  CHECK(std::fabs(static_cast<double>(pairs) - together) < 4.0 * std::sqrt(together));
}

TEST_CASE("schedule: with probability 1 all revise as under simultaneous, with 0 nobody") {
  const WorldTables tables = random_tables(2, 12);
  const World sure = world_with(Schedule::kSimultaneousWithProb, tables, 1.0);
  const World simultaneous = world_with(Schedule::kSimultaneous, tables);
  CHECK(codes(sure, schedule(sure)) == codes(simultaneous, schedule(simultaneous)));
  CHECK(codes(sure, schedule(sure)).size() == 10);
  const World never = world_with(Schedule::kSimultaneousWithProb, tables, 0.0);
  CHECK(codes(never, schedule(never, {visit(kEee, kGids)})).empty());
}

TEST_CASE("schedule: async_uniform draws one country at a time, each alike") {
  constexpr std::size_t kRevisions = 20000;
  const World world = world_with(Schedule::kAsyncUniform, random_tables(2, 12), 0.5, kRevisions);
  const RevisionPlan plan = schedule(world);
  CHECK(plan.batching == Batching::kOneByOne);
  REQUIRE(plan.revisions.size() == kRevisions);
  std::vector<double> count(12, 0.0);
  for (const Revision& revision : plan.revisions) {
    CHECK(revision.turn == static_cast<std::uint32_t>(count[revision.country]));
    CHECK(revision.on_its_own);
    count[revision.country] += 1.0;
  }
  double chi_squared = 0.0;
  std::size_t candidates = 0;
  for (const double n : count) {
    if (n == 0.0) continue;
    ++candidates;
    chi_squared += (n - kRevisions / 10.0) * (n - kRevisions / 10.0) / (kRevisions / 10.0);
  }
  CHECK(candidates == 10);
  CHECK(chi_squared < 33.7);  // the 0.9999 quantile with 9 degrees of freedom
}

TEST_CASE("schedule: async_uniform has as many revisions as there are who may decide unless told otherwise") {
  const WorldTables tables = random_tables(2, 12);
  CHECK(schedule(world_with(Schedule::kAsyncUniform, tables)).revisions.size() == 10);
  CHECK(schedule(world_with(Schedule::kAsyncUniform, tables, 0.5, 3)).revisions.size() == 3);
}

TEST_CASE("schedule: a visit is answered in the first turn") {
  const World world = world_with(Schedule::kAsyncUniform, random_tables(2, 12), 0.5, 200);
  std::size_t turns = 0;
  for (const Revision& revision : schedule(world, {visit(kEee, kGids)}).revisions) {
    if (revision.country != kEee) continue;
    CHECK(revision.courted_by == (turns == 0 ? bit(kGids) : FrameworkSet{0}));
    ++turns;
  }
  CHECK(turns > 5);
}

TEST_CASE("schedule: no order depends on the rows of countries or on threads, and nobody revises who has answered") {
  const WorldTables tables = random_tables(6, 20);
  for (const Schedule rule : kAll) {
    const World world = world_with(rule, tables);
    const World other = world_with(rule, permuted(tables, random_order(3, 20)));
    const std::vector<std::string> order = codes(world, schedule(world));
    CHECK(codes(other, schedule(other)) == order);
    const parallel::ThreadLimit limit(8);
    CHECK(codes(world, schedule(world)) == order);
    const std::vector<std::uint8_t> answered(world.countries(), 1);
    CHECK(codes(world, scheduled_revisions(world, std::vector<Mission>{}, answered)).empty());
  }
}

}  // namespace
}  // namespace splinternet::testing
