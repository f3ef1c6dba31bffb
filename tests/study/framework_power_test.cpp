#include "sim/study/framework_power.hpp"

#include <cmath>

#include "sim/coalition/shapley.hpp"
#include "sim/core/parallel.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/membership.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/small_world.hpp"

using namespace splinternet;
using namespace splinternet::testing;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

/// "clean" with its sponsor and, of those after the first two, all that may sign.
World world_of_signatories(Scenario scenario, const WorldTables& tables, double members, double gdp_share) {
  set(scenario, "framework.clean.entry_into_force_members", members);
  set(scenario, "framework.clean.entry_into_force_gdp_share", gdp_share);
  World world = make_world(scenario, tables);
  advance(world);
  for (std::size_t i = 2; i < world.countries(); ++i) {
    if (may_decide_on(world, i, kClean)) accede(world, i, kClean);
  }
  return world;
}

double sum(const std::vector<coalition::Estimate>& values) {
  double total = 0.0;
  for (const coalition::Estimate& one : values) total += one.value;
  return total;
}

}  // namespace

TEST_CASE("a framework that binds from its opening gives nobody power over it") {
  const EntryPower power = entry_power(world_of_signatories(small_scenario(), small_tables(), 0, 0), kClean);
  CHECK(power.game == EntryGame::kNoRule);
  CHECK(power.voters.size() == 5);
  CHECK(power.indices.shapley_shubik.empty());
}

TEST_CASE("a rule that all signatories together do not meet is no game") {
  CHECK(entry_power(world_of_signatories(small_scenario(), small_tables(), 6, 0), kClean).game == EntryGame::kUnmet);
  CHECK(entry_power(world_of_signatories(small_scenario(), small_tables(), 2, 0.9), kClean).game == EntryGame::kUnmet);
}

TEST_CASE("a number of members makes all equal: k of n has the closed form of symmetric games") {
  for (const int quota : {1, 2, 3, 5}) {
    const EntryPower power = entry_power(world_of_signatories(small_scenario(), small_tables(), quota, 0), kClean);
    CHECK(power.game == EntryGame::kCounted);
    CHECK(power.unit == 0.0);
    const double binomial[] = {1, 4, 6, 4, 1};  // of the 4 others: a swing if exactly quota − 1 of them are in
    for (std::size_t n = 0; n < 5; ++n) {
      CHECK_THAT(power.indices.shapley_shubik[n].value, WithinAbs(0.2, 1e-14));
      CHECK_THAT(power.indices.banzhaf_absolute[n].value, WithinAbs(binomial[quota - 1] / 16.0, 1e-14));
      CHECK(power.indices.shapley_shubik[n].standard_error == 0.0);
    }
  }
}

TEST_CASE("where only the largest meets the share of GDP alone, it dictates with a veto and n − 2 of the rest") {
  // AAA has 52.3 % of the world, CCC 7.8, DDD 2.1, EEE 1.0, FFF .2; two members and half of GDP: AAA and any other.
  const EntryPower power = entry_power(world_of_signatories(small_scenario(), small_tables(), 2, 0.5), kClean);
  CHECK(power.game == EntryGame::kCounted);
  CHECK(power.unit > 0.0);
  REQUIRE(power.voters[0] == kAaa);
  // AAA is pivotal unless it comes first of five: 4/5; the others share the rest.
  CHECK_THAT(power.indices.shapley_shubik[0].value, WithinAbs(0.8, 1e-14));
  CHECK(power.indices.to_prevent[0].value == 1.0);
  for (std::size_t n = 1; n < 5; ++n) {
    CHECK_THAT(power.indices.shapley_shubik[n].value, WithinAbs(0.05, 1e-14));
    // A swing only when AAA alone is in.
    CHECK_THAT(power.indices.banzhaf_absolute[n].value, WithinAbs(1.0 / 16.0, 1e-14));
  }
  CHECK_THAT(power.indices.to_act.value, WithinAbs(15.0 / 32.0, 1e-14));
}

TEST_CASE("the rule itself says which coalitions would do") {
  World world = world_of_signatories(small_scenario(), small_tables(12), 4, 0.55);
  const EntryPower power = entry_power(world, kClean);
  REQUIRE(power.game == EntryGame::kCounted);
  const std::size_t n = power.voters.size();
  REQUIRE(n == 11);
  std::vector<double> swings(n, 0.0);
  double winning = 0.0;
  const auto binds = [&](std::size_t coalition) {
    for (std::size_t v = 0; v < n; ++v) {
      world.members.level[world.at(power.voters[v], kClean)] = (coalition >> v & 1U) != 0 ? 2 : 0;
    }
    count_members(world);
    update_entry_into_force(world);
    return world.frameworks_state.in_force[kClean] != 0;
  };
  for (std::size_t coalition = 0; coalition < std::size_t{1} << n; ++coalition) {
    if (!binds(coalition)) continue;
    winning += 1.0;
    for (std::size_t v = 0; v < n; ++v) {
      if ((coalition >> v & 1U) != 0 && !binds(coalition & ~(std::size_t{1} << v))) swings[v] += 1.0;
    }
  }
  CHECK_THAT(power.indices.to_act.value, WithinRel(winning / 2048.0, 1e-12));
  for (std::size_t v = 0; v < n; ++v) {
    CHECK_THAT(power.indices.banzhaf_absolute[v].value, WithinRel(swings[v] / 1024.0, 1e-12));
  }
}

TEST_CASE("more signatories than can be counted are sampled, with errors, the same for any number of threads") {
  const World world = world_of_signatories(small_scenario(), random_tables(5, 80), 40, 0.2);
  const EntryPower power = entry_power(world, kClean);
  REQUIRE(power.voters.size() > coalition::kMostVotersCounted);
  REQUIRE(power.game == EntryGame::kSampled);
  CHECK_THAT(sum(power.indices.shapley_shubik), WithinAbs(1.0, 1e-9));
  CHECK_THAT(sum(power.indices.banzhaf), WithinAbs(1.0, 1e-9));
  double largest_error = 0.0;
  for (const coalition::Estimate& one : power.indices.shapley_shubik) {
    largest_error = std::max(largest_error, one.standard_error);
  }
  CHECK(largest_error > 0.0);
  CHECK(largest_error < 0.006);
  const parallel::ThreadLimit limit(1);
  const EntryPower again = entry_power(world, kClean);
  for (std::size_t v = 0; v < power.voters.size(); ++v) {
    CHECK(power.indices.shapley_shubik[v].value == again.indices.shapley_shubik[v].value);
  }
}

TEST_CASE("the worth of members' traffic is the Shapley value of the demand between them") {
  const World world = world_of_signatories(small_scenario(), small_tables(9), 0, 0);
  const std::vector<TrafficValue> values = traffic_values(world, kClean);
  const std::size_t n = values.size();
  REQUIRE(n == 8);
  const std::span<const double> share = demand_now(world).share;
  const auto between = [&](coalition::ActorSet set) {
    double total = 0.0;
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        if (a == b || !coalition::contains(set, a) || !coalition::contains(set, b)) continue;
        total += share[values[a].country * world.countries() + values[b].country];
      }
    }
    return total;
  };
  const std::vector<double> expected = coalition::shapley_value(n, between);
  double all = 0.0;
  for (std::size_t v = 0; v < n; ++v) {
    CHECK_THAT(values[v].value, WithinRel(expected[v], 1e-10));
    all += values[v].value;
  }
  CHECK_THAT(all, WithinRel(between((1U << n) - 1U), 1e-10));
  CHECK(all > 0.0);
}

TEST_CASE("a scenario without data has no traffic to share") {
  Scenario scenario = small_scenario();
  scenario.has_data = false;
  CHECK(traffic_values(world_of_signatories(scenario, small_tables(), 0, 0), kClean).empty());
}
