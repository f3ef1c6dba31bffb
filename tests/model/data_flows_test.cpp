#include "sim/model/data_flows.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "sim/graph/network.hpp"
#include "sim/model/policy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

/// One-way latency of a path of links in ms: 4.9 µs/km, circuity by kind, half a millisecond per link.
double land_ms(double km) {
  return km * 4.9 * 1.35 / 1000.0 + 0.5;
}
double sea_ms(double km) {
  return km * 4.9 * 1.10 / 1000.0 + 0.5;
}

TEST_CASE("a link weighs its latency by kind plus the handling at the border, in tenths of a microsecond") {
  WorldTables tables = small_tables();
  tables.links[1].kind = LinkKind::kSatellite;
  const LinkSetting links = weigh_links(small_scenario(), tables);
  CHECK(links.weight[0] == 71150);   // l9: 1000 km of land: 6615 µs + 500 µs
  CHECK(links.weight[1] == 45032);   // l1: 1200 km through space: 4003.2 µs + 500 µs
  CHECK(links.weight[2] == 166700);  // l2: 3000 km of sea: 16170 µs + 500 µs
  CHECK(links.ends[0].a == kCcc);
  CHECK(links.ends[0].b == kBbb);
  Scenario scenario = small_scenario();
  set(scenario, "data.link_penalty_ms", 0);
  CHECK(weigh_links(scenario, tables).weight[0] == 66150);
}

TEST_CASE("links are taken in order of their ids, whatever their rows") {
  const LinkSetting links = weigh_links(small_scenario(), small_tables());
  std::vector<std::string> ids;
  for (const std::uint32_t l : links.order) ids.push_back(links.rows[l].id);
  CHECK(ids == std::vector<std::string>{"l1", "l2", "l3", "l4", "l5", "l6", "l7", "l8", "l9"});
}

RoutingTables classes_with(std::initializer_list<std::uint32_t> distances) {
  RoutingTables routing;
  for (const std::uint32_t distance : distances) {
    RoutingTables::Class one;
    one.distance = {0, distance, distance, 0};
    one.lost = {0.0, 0.0};
    routing.classes.push_back(one);
  }
  return routing;
}

TEST_CASE("classes mix by their shares: reach adds up, latency is the mean of what arrives") {
  const RoutingTables routing = classes_with({20000, 50000, kUnreachable, 40000});
  const PathMix mix = mix_paths(routing, std::vector<double>{0.4, 0.2, 0.3, 0.1}, 0, 1);
  CHECK(mix.reach == near(0.7));
  CHECK(mix.latency_ms == near((0.4 * 2.0 + 0.2 * 5.0 + 0.1 * 4.0) / 0.7));
  const PathMix cut = mix_paths(routing, std::vector<double>{0.0, 0.0, 1.0, 0.0}, 0, 1);
  CHECK(cut.reach == 0.0);
  CHECK(cut.latency_ms == 0.0);
  CHECK(mix_paths(routing, std::vector<double>{0.4, 0.2, 0.3, 0.1}, 1, 1).latency_ms == 0.0);
}

TEST_CASE("equal paths mix to exactly that path, whatever the shares, and reach is exactly 1") {
  const RoutingTables routing = classes_with({123457, 123457, 123457, 123457});
  for (std::uint32_t n = 0; n < 1000; ++n) {
    const Draws draws(3, Purpose::kTest, 0, n);
    const double a = draws.uniform(0);
    const double b = draws.uniform(1);
    const std::vector<double> share = {(1 - a) * (1 - b), a * (1 - b), (1 - a) * b, a * b};
    const PathMix mix = mix_paths(routing, share, 0, 1);
    REQUIRE(mix.reach == 1.0);
    REQUIRE(mix.latency_ms == 12.3457);
  }
}

TEST_CASE("before anything happens all traffic arrives over the shortest paths and no latency has changed") {
  const World world = make_world(small_scenario(), small_tables());
  const std::size_t n = world.countries();
  for (const double reach : world.derived.reach) REQUIRE(reach == 1.0);
  for (const double change : world.derived.log_latency) REQUIRE(change == 0.0);
  CHECK(world.derived.data_access == world.derived.baseline_data_access);
  CHECK(world.derived.latency_ms[kCcc * n + kEee] == near(land_ms(1000) + land_ms(1200)));
  CHECK(world.derived.latency_ms[kAaa * n + kBbb] == near(sea_ms(4000)));
  CHECK(world.derived.latency_ms[kDdd * n + kDdd] == 0.0);
}

TEST_CASE("a member's filtered share takes the detour around the untrusted home; others' traffic stays") {
  World world = make_world(small_scenario(), small_tables());
  advance(world);
  const std::size_t n = world.countries();
  const double direct = land_ms(1000) + land_ms(1200);
  const double detour = sea_ms(3000) + sea_ms(2500) + land_ms(2500);
  const double mixed = 0.75 * direct + 0.25 * detour;
  CHECK(world.derived.latency_ms[kCcc * n + kEee] == near(mixed));
  CHECK(world.derived.latency_ms[kEee * n + kCcc] == near(direct));
  CHECK(world.derived.log_latency[kCcc * n + kEee] == near(std::log((mixed + direct) / (2 * direct)), 1e-11));
  CHECK(world.derived.log_latency[kEee * n + kCcc] == world.derived.log_latency[kCcc * n + kEee]);
  // Untouched pairs: both outside, or a path of members that never passed BBB.
  CHECK(world.derived.log_latency[kEee * n + kFff] == 0.0);
  CHECK(world.derived.log_latency[kAaa * n + kDdd] == 0.0);
  CHECK(world.derived.log_latency[kCcc * n + kAaa] == 0.0);
  // BBB itself stays reachable.
  CHECK(world.derived.reach[kCcc * n + kBbb] == 1.0);
}

TEST_CASE("the untrusted home loses transit as members deepen") {
  World world = make_world(small_scenario(), small_tables());
  double before = world.derived.transit_share[kBbb];
  CHECK(before > 0.0);
  for (int month = 0; month < 12; ++month) {
    advance(world);
    REQUIRE(world.derived.transit_share[kBbb] < before);
    before = world.derived.transit_share[kBbb];
  }
}

TEST_CASE("a cut cable sends traffic elsewhere, and its end restores every path bit for bit") {
  Scenario scenario = small_scenario();
  scenario.events.clear();
  EventSpec cut = event_in_month("cut", EventKind::kCableCut, 1);
  cut.cable = "silk";
  cut.until = add_months(*cut.date, 2);
  add_event(scenario, cut);
  World world = make_world(scenario, small_tables());
  const std::size_t n = world.countries();
  advance(world);
  const Derived before = world.derived;
  for (int month = 0; month < 2; ++month) {
    advance(world);
    CHECK(world.derived.latency_ms[kAaa * n + kBbb] == near(sea_ms(4200)));
    CHECK(world.derived.log_latency[kAaa * n + kBbb] == near(std::log(sea_ms(4200) / sea_ms(4000)), 1e-10));
    CHECK(world.derived.log_latency[kCcc * n + kBbb] == 0.0);
  }
  advance(world);
  CHECK(world.derived.latency_ms == before.latency_ms);
  CHECK(world.derived.log_latency == before.log_latency);
  CHECK(world.derived.reach == before.reach);
  CHECK(world.derived.transit_share == before.transit_share);
  CHECK(world.derived.data_access == before.data_access);
}

TEST_CASE("data access is what arrives of each origin's share, less the restrictiveness of the pair") {
  const World world = make_world(small_scenario(), small_tables());
  const std::size_t n = world.countries();
  std::vector<double> restrictiveness(n, 0.0);
  std::vector<double> reach(n, 1.0);
  CHECK(data_access(world, kDdd, restrictiveness, reach) == near(1.0));
  restrictiveness[kAaa] = 0.4;
  reach[kBbb] = 0.1;
  const std::vector<double>& use = world.setting().demand->use_share;
  CHECK(data_access(world, kDdd, restrictiveness, reach) ==
        near(1.0 - 0.4 * use[kAaa * n + kDdd] - 0.9 * use[kBbb * n + kDdd]));
  double expected = 0.0;
  for (std::size_t o = 0; o < n; ++o) {
    expected += use[o * n + kDdd] * (1.0 - world.derived.restrictiveness[o * n + kDdd]);
  }
  CHECK(world.derived.data_access[kDdd] == near(expected));
}

TEST_CASE("data access counts the paths to the user, which filters of the origin may close") {
  WorldTables tables = small_tables();
  // Without this link EEE and FFF hang on BBB alone, which the filtered traffic of CCC may not pass.
  std::erase_if(tables.links, [](const LinkRow& link) { return link.id == "l4"; });
  World world = make_world(small_scenario(), tables);
  advance(world, 3);
  const std::size_t n = world.countries();
  const Derived& derived = world.derived;
  REQUIRE(derived.reach[kCcc * n + kEee] < 1.0);
  REQUIRE(derived.reach[kEee * n + kCcc] == 1.0);
  for (std::size_t i = 0; i < n; ++i) {
    double expected = 0.0;
    for (std::size_t o = 0; o < n; ++o) {
      expected += world.setting().demand->use_share[o * n + i] * (1.0 - derived.restrictiveness[o * n + i]) *
                  derived.reach[o * n + i];
    }
    CHECK(derived.data_access[i] == near(expected));
  }
}

TEST_CASE("data autarky leaves each country its own data") {
  Scenario scenario = small_scenario();
  scenario.events.clear();
  World world = make_world(scenario, small_tables());
  const std::size_t n = world.countries();
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<double> closed(n, 1.0);
    closed[i] = 0.0;
    CHECK(data_access(world, i, closed, std::vector<double>(n, 1.0)) == world.setting().demand->use_share[i * n + i]);
  }
}

TEST_CASE("a country without links is out of reach, with no latency to compare and only its own data") {
  WorldTables tables = small_tables();
  std::erase_if(tables.links, [](const LinkRow& link) { return link.a == kFff || link.b == kFff; });
  World world = make_world(small_scenario(), tables);
  advance(world, 3);
  const std::size_t n = world.countries();
  for (std::size_t j = 0; j < n; ++j) {
    if (j == kFff) continue;
    CHECK(world.derived.reach[kFff * n + j] == 0.0);
    CHECK(world.derived.reach[j * n + kFff] == 0.0);
    CHECK(world.derived.latency_ms[kFff * n + j] == 0.0);
    CHECK(world.derived.log_latency[kFff * n + j] == 0.0);
  }
  CHECK(world.derived.reach[kFff * n + kFff] == 1.0);
  CHECK(world.derived.data_access[kFff] == world.setting().demand->use_share[kFff * n + kFff]);
}

TEST_CASE("in random worlds detours never shorten a path, reach lies in [0, 1], and transit is part of the traffic") {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    Scenario scenario = small_scenario();
    set(scenario, "framework.gids.provisions.clean_carrier", 0.5);  // a second filter: four classes
    scenario.frameworks[kGids].untrusted_homes = {"CCC"};
    World world = make_world(scenario, random_tables(seed, 14));
    advance(world, 6);
    REQUIRE(world.derived.routing.classes.size() == 4);
    for (const double reach : world.derived.reach) REQUIRE((reach >= 0.0 && reach <= 1.0));
    for (const double change : world.derived.log_latency) REQUIRE(change >= 0.0);
    for (const double access : world.derived.data_access) REQUIRE((access > 0.0 && access <= 1.0 + 1e-12));
    for (const double transit : world.derived.transit_share) REQUIRE((transit >= 0.0 && transit <= 1.0));
  }
}

}  // namespace
}  // namespace splinternet::testing
