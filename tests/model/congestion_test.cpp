#include "sim/model/congestion.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/check.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/events.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/policy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

enum Closure { kNone, kUserEquilibrium, kSystemOptimum };

Scenario congested_scenario(Closure closure, double traffic_tbps = 510) {
  Scenario scenario = small_scenario();
  set(scenario, "data.congestion", closure);
  set(scenario, "data.international_traffic_tbps", traffic_tbps);
  set(scenario, "data.congestion_gap", 1e-9);
  return scenario;
}

/// Latency of a link in ms is `free` + `slope`·x: b and the power are 1.
LinkRow linear_link(const std::string& id, std::size_t a, std::size_t b, double free_ms, double slope) {
  LinkRow link;
  link.id = id;
  link.a = static_cast<std::uint32_t>(a);
  link.b = static_cast<std::uint32_t>(b);
  link.kind = LinkKind::kSatellite;
  link.length_km = free_ms * 1000.0;  // at 1 µs per km
  link.capacity_tbps = free_ms / slope;
  link.year = 2015;
  return link;
}

/// The network of Braess (1968) from CCC to FFF by DDD and EEE, six units of traffic; the bridge DDD–EEE belongs to
/// BBB, which members of "clean" avoid. A link of length zero stands at one tick, 0.0001 ms.
World braess_world(Closure closure, bool has_bridge = true) {
  Scenario scenario = congested_scenario(closure, 6.0);
  scenario.has_trade = scenario.has_firms = false;
  set(scenario, "framework.clean.provisions.clean_carrier", 0);
  set(scenario, "data.demand", 2);
  set(scenario, "data.congestion_b", 1);
  set(scenario, "data.congestion_power", 1);
  set(scenario, "data.link_penalty_ms", 0);
  set(scenario, "data.satellite_latency_us_per_km", 1);
  WorldTables tables = small_tables();
  constexpr double kTick = 1e-4;
  tables.links = {linear_link("a", kCcc, kDdd, kTick, 10), linear_link("b", kCcc, kEee, 50, 1),
                  linear_link("c", kDdd, kFff, 50, 1), linear_link("d", kEee, kFff, kTick, 10)};
  if (has_bridge) tables.links.push_back(linear_link("e", kDdd, kEee, 10, 1));
  if (has_bridge) tables.links.back().owner_homes = {"BBB"};
  tables.data_demand.assign(36, 0.0);
  for (std::size_t i = 0; i < 6; ++i) tables.data_demand[i * 6 + i] = 0.5;
  tables.data_demand[kCcc * 6 + kFff] = 1.0;
  return make_world(scenario, tables);
}

/// Routes the traffic of CCC with `banned` of its six units kept off the bridge.
void route_with(World& world, double banned) {
  world.derived.depth[world.at(kCcc, kClean)] = banned / 6.0;
  route_data(world);
}

double latency_of_class(const World& world, std::size_t policy_class) {
  return world.derived.routing.latency(policy_class)[kCcc * 6 + kFff] / 10000.0;
}

TEST_CASE("policy Braess: keeping traffic off the bridge makes everybody faster, row by row") {
  World world = braess_world(kUserEquilibrium);
  constexpr double kTwoTicks = 1e-3;  // the links that should have no length, and the resolution
  CHECK(latency_of_class(world, 0) == near(92.0, 0, kTwoTicks));
  for (int f = 0; f <= 6; ++f) {
    route_with(world, f);
    const double q = std::min(2.0, 6.0 - f);
    CHECK(latency_of_class(world, 1) == near(10 * (6 + q) / 2 + 50 + (6 - q) / 2, 0, kTwoTicks));
    CHECK(latency_of_class(world, 0) == near(20 * (6 + q) / 2 + 10 + q, 0, kTwoTicks));
    const double banned = f / 6.0 * latency_of_class(world, 1) + (1 - f / 6.0) * latency_of_class(world, 0);
    CHECK(world.derived.latency_ms[kCcc * 6 + kFff] == near(banned, 1e-9));
    // DDD is passed by all that begins there and by the bridge's traffic, in shares of the world's demand (4 units).
    CHECK(world.derived.transit_share[kDdd] == near((6 + q) / 2 / 6 / 4, 1e-5));
    CHECK(world.derived.transit_share[kEee] == near((6 + q) / 2 / 6 / 4, 1e-5));
    CHECK(world.derived.transit_share[kCcc] == 0.0);
    CHECK(world.derived.congestion.gap <= 1e-9);
  }
}

TEST_CASE("without the bridge, and at the system's optimum with it, traffic is halved between the two ways") {
  CHECK(latency_of_class(braess_world(kUserEquilibrium, false), 0) == near(83.0, 0, 1e-3));
  World best = braess_world(kSystemOptimum);
  CHECK(latency_of_class(best, 0) == near(83.0, 0, 1e-3));
  const std::vector<double>& flow = best.derived.congestion.flow_tbps;
  for (std::size_t way = 0; way < 4; ++way) CHECK(flow[2 * way] + flow[2 * way + 1] == near(3.0, 1e-4));
  CHECK(flow[8] + flow[9] == near(0.0, 0, 1e-4));
}

TEST_CASE("without traffic congestion changes no path and no latency") {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const WorldTables tables = random_tables(seed, 12);
    World quiet = make_world(congested_scenario(kUserEquilibrium, 0.0), tables);
    World free = make_world(congested_scenario(kNone), tables);
    for (int step = 0; step < 3; ++step) {
      CHECK(quiet.derived.latency_ms == free.derived.latency_ms);
      CHECK(quiet.derived.reach == free.derived.reach);
      CHECK(quiet.derived.log_latency == free.derived.log_latency);
      CHECK(quiet.derived.transit_share == std::vector<double>(12, 0.0));
      advance(quiet);
      advance(free);
    }
    CHECK(free.derived.congestion.flow_tbps.empty());
    CHECK(free.derived.routing.congested.empty());
  }
}

TEST_CASE("little traffic passes the same countries as without congestion") {
  World world = make_world(congested_scenario(kUserEquilibrium, 0.01), small_tables());
  World free = make_world(congested_scenario(kNone), small_tables());
  advance(world, 2);
  advance(free, 2);
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(world.derived.transit_share[i] == near(free.derived.transit_share[i], 1e-9, 1e-12));
  }
}

TEST_CASE("traffic only ever slows paths down, the more of it the more") {
  const WorldTables tables = random_tables(3, 14);
  const World free = make_world(congested_scenario(kNone), tables);
  double before = 0.0;
  for (const double traffic : {10.0, 40.0, 160.0}) {
    const World world = make_world(congested_scenario(kUserEquilibrium, traffic), tables);
    double sum = 0.0;
    for (std::size_t e = 0; e < 14 * 14; ++e) {
      REQUIRE(world.derived.latency_ms[e] >= free.derived.latency_ms[e]);
      sum += world.setting().demand->share[e] * world.derived.latency_ms[e];
    }
    REQUIRE(sum > before);
    before = sum;
    for (const double change : world.derived.log_latency)
      REQUIRE(std::fabs(change) < 1e-6);  // against its own baseline
  }
}

TEST_CASE("the latencies of a step depend on its state alone, not on the steps before") {
  World world = make_world(congested_scenario(kUserEquilibrium, 60), random_tables(8, 13));
  advance(world, 5);
  World restored = make_world(congested_scenario(kUserEquilibrium, 60), random_tables(8, 13));
  restored.step = world.step;
  restored.members = world.members;
  restored.frameworks_state = world.frameworks_state;
  restored.organisations = world.organisations;
  restored.events = world.events;
  for (World* one : {&world, &restored}) {
    rebuild_effects(*one);
    apply_policy(*one);
    route_data(*one);
  }
  CHECK(restored.derived.latency_ms == world.derived.latency_ms);
  CHECK(restored.derived.congestion.flow_tbps == world.derived.congestion.flow_tbps);
  CHECK(restored.derived.transit_share == world.derived.transit_share);
}

TEST_CASE("the order of countries and of links does not matter to congestion") {
  WorldTables tables = random_tables(2, 11);
  const std::vector<std::size_t> order = random_order(6, 11);
  WorldTables other = permuted(tables, order);
  std::reverse(other.links.begin(), other.links.end());
  World one = make_world(congested_scenario(kUserEquilibrium, 60), tables);
  World two = make_world(congested_scenario(kUserEquilibrium, 60), other);
  advance(one, 2);
  advance(two, 2);
  for (std::size_t i = 0; i < 11; ++i) {
    for (std::size_t j = 0; j < 11; ++j) {
      REQUIRE(two.derived.latency_ms[i * 11 + j] == near(one.derived.latency_ms[order[i] * 11 + order[j]], 1e-6));
    }
  }
}

TEST_CASE("a cut cable slows others down, and its end brings back every bit") {
  Scenario scenario = congested_scenario(kUserEquilibrium, 60);
  scenario.events.clear();
  EventSpec cut = event_in_month("cut", EventKind::kCableCut, 0);
  cut.cable = "silk";
  cut.until = add_months(*cut.date, 1);
  add_event(scenario, cut);
  World world = make_world(scenario, small_tables());
  const std::vector<double> before = world.derived.latency_ms;
  advance(world);
  CHECK(world.derived.latency_ms[kAaa * 6 + kBbb] > before[kAaa * 6 + kBbb]);
  advance(world);
  CHECK(world.derived.latency_ms == before);
}

TEST_CASE("a country without links stays out of reach and does not stop the assignment") {
  WorldTables tables = small_tables();
  std::erase_if(tables.links, [](const LinkRow& link) { return link.a == kFff || link.b == kFff; });
  const World world = make_world(congested_scenario(kUserEquilibrium, 60), tables);
  CHECK(world.derived.reach[kAaa * 6 + kFff] == 0.0);
  CHECK(world.derived.routing.latency(0)[kAaa * 6 + kFff] == kUnreachable);
  CHECK(world.derived.latency_ms[kAaa * 6 + kEee] > 0.0);
  CHECK(world.derived.transit_share[kFff] == 0.0);
}

TEST_CASE("an overload that no number can hold is refused, naming step and links") {
  Scenario scenario = congested_scenario(kUserEquilibrium, 1e6);
  set(scenario, "data.congestion_power", 20);
  WorldTables tables = small_tables();
  for (LinkRow& link : tables.links) link.capacity_tbps = 1e-20;
  CHECK_THROWS_AS(make_world(scenario, tables), SolverError);
  CHECK_THROWS_WITH(make_world(scenario, tables), contains_substring("step 0: congestion of data links: "));
}

}  // namespace
}  // namespace splinternet::testing
