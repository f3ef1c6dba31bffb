#include "sim/model/data_flows.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/math.hpp"
#include "sim/core/number_text.hpp"
#include "sim/core/rng.hpp"
#include "sim/graph/network.hpp"
#include "sim/model/policy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
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

TEST_CASE("a link so long that paths could not be counted is refused where its length stands") {
  // Six countries: five links take less than 2³² − 1 ticks of 0.1 µs. A link of land takes 6.615 µs per km and 500 µs.
  WorldTables tables = small_tables();
  REQUIRE(tables.countries.size() == 6);
  REQUIRE(tables.links[0].kind == LinkKind::kTerrestrial);
  const double longest = (4294967294.0 / 5.0 / 10.0 - 500.0) / 6.615;
  tables.links[0].length_km = 0.999999 * longest;
  CHECK(weigh_links(small_scenario(), tables).weight[0] == Approx(858993459.0 * 0.999999));
  tables.links[0].place = "links.csv:2:7";
  for (const double km : {1.000001 * longest, 1e12, 1e308}) {
    tables.links[0].length_km = km;
    CHECK(error_message([&] { weigh_links(small_scenario(), tables); }) ==
          "links.csv:2:7: column \"length_km\": link l9 is " + number_text(km) +
              " km long\n"
              "  allowed  at most 12985464 km here: paths through all 6 countries must take less than 429.497 s\n"
              "  remedy   correct the length, in kilometres, or the latencies below data of the scenario");
  }
  tables.links[0].place.clear();
  CHECK(error_message([&] { weigh_links(small_scenario(), tables); }).starts_with("links: column"));
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

/// Every country has half its data at home, 30 % in AAA, 20 % in BBB (what would be its own twice stays at home).
WorldTables hosted_tables() {
  WorldTables tables = small_tables();
  tables.hosting.assign(36, 0.0);
  for (std::size_t i = 0; i < 6; ++i) {
    tables.hosting[i * 6 + i] += 0.5;
    tables.hosting[i * 6 + kAaa] += 0.3;
    tables.hosting[i * 6 + kBbb] += 0.2;
  }
  return tables;
}

Scenario hosted_scenario() {
  Scenario scenario = small_scenario();
  set(scenario, "data.demand", 1);
  return scenario;
}

TEST_CASE("without hosting the demand of the moment is the baseline's, over the paths of the pairs") {
  World world = make_world(small_scenario(), small_tables());
  advance(world, 3);
  CHECK(demand_now(world).share.data() == world.setting().demand->share.data());
  CHECK(demand_now(world).reach.data() == world.derived.reach.data());
  CHECK(demand_now(world).latency_ms.data() == world.derived.latency_ms.data());
}

TEST_CASE("clean_cloud moves the filtered share of members' data from untrusted hosts to the others") {
  World world = make_world(hosted_scenario(), hosted_tables());
  const std::vector<double>& baseline = world.setting().demand->share;
  for (std::size_t e = 0; e < 36; ++e) CHECK(demand_now(world).share[e] == near(baseline[e]));
  advance(world);
  const auto now = [&](std::size_t user, std::size_t host) {
    return demand_now(world).share[user * 6 + host] / baseline[user * 6 + host];
  };
  // CCC is a member at depth 0.25; of its data 50 % were at home, 30 % in AAA and 20 % in BBB.
  CHECK(now(kCcc, kBbb) == near(0.75));
  CHECK(now(kCcc, kCcc) == near(0.75 + 0.25 / 0.8));
  CHECK(now(kCcc, kAaa) == near(0.75 + 0.25 / 0.8));
  CHECK(now(kAaa, kBbb) == near(0.75));
  for (const std::size_t outsider : {kBbb, kEee, kFff}) {
    for (const std::size_t host : {outsider, kAaa, kBbb}) CHECK(now(outsider, host) == near(1.0));
  }
  double total = 0.0;
  for (const double share : demand_now(world).share) total += share;
  CHECK(total == near(1.0));
}

TEST_CASE("without a trusted host left the data come home") {
  WorldTables tables = hosted_tables();
  for (std::size_t host = 0; host < 6; ++host) tables.hosting[kCcc * 6 + host] = host == kBbb ? 1.0 : 0.0;
  World world = make_world(hosted_scenario(), tables);
  advance(world);
  const double size = world.setting().demand->share[kCcc * 6 + kBbb];
  CHECK(demand_now(world).share[kCcc * 6 + kCcc] == near(0.25 * size));
  CHECK(demand_now(world).share[kCcc * 6 + kBbb] == near(0.75 * size));
}

TEST_CASE("clean_cloud alone makes a policy class with hosting, and none without") {
  for (const int kind : {0, 1}) {
    Scenario scenario = hosted_scenario();
    set(scenario, "data.demand", kind);
    set(scenario, "framework.clean.provisions.clean_carrier", 0);
    set(scenario, "framework.clean.provisions.clean_cable", 0);
    set(scenario, "framework.clean.provisions.clean_cloud", 0.5);
    World world = make_world(scenario, hosted_tables());
    advance(world);
    CHECK(world.derived.routing.classes.size() == (kind == 1 ? 2 : 1));
    if (kind == 0) continue;
    CHECK(world.derived.class_share[kCcc * 2 + 1] == near(0.25 * 0.5));
    CHECK(world.derived.routing.classes[1].distance == world.derived.routing.classes[0].distance);
    const double before = world.setting().demand->share[kCcc * 6 + kBbb];
    CHECK(demand_now(world).share[kCcc * 6 + kBbb] == near((1 - 0.25 * 0.5) * before));
  }
}

TEST_CASE("a change of clean_cloud routes anew what a class asks for, equal to routing from the start") {
  Scenario scenario = hosted_scenario();
  for (const auto& [month, strength] : {std::pair(2, 0.0), std::pair(4, 1.0)}) {
    EventSpec amend = event_in_month("amend_" + std::to_string(month), EventKind::kAmend, month);
    amend.framework = "clean";
    amend.parameter = "clean_cloud";
    amend.amount = strength;
    add_event(scenario, amend);
  }
  World world = make_world(scenario, hosted_tables());
  for (int month = 1; month <= 6; ++month) {
    advance(world);
    RoutingTables fresh;
    update_routing_tables(world, fresh);
    const bool leaves = month <= 2 || month >= 5;
    CHECK((class_demand(world, 1)[kCcc * 6 + kBbb] == 0.0) == leaves);
    for (std::size_t c = 0; c < 2; ++c) {
      CHECK(world.derived.routing.demand[c] == fresh.demand[c]);
      CHECK(world.derived.routing.classes[c].transit == fresh.classes[c].transit);
      CHECK(world.derived.routing.classes[c].link_load == fresh.classes[c].link_load);
      CHECK(world.derived.routing.classes[c].lost == fresh.classes[c].lost);
    }
  }
}

TEST_CASE("reach and latency of hosted demand weigh the classes by what each asks of the host") {
  WorldTables tables = hosted_tables();
  std::erase_if(tables.links, [](const LinkRow& link) { return link.id == "l4"; });  // EEE and FFF hang on BBB alone
  for (std::size_t i = 0; i < 6; ++i) {
    tables.hosting[i * 6 + kEee] += 0.2;
    tables.hosting[i * 6 + i] -= 0.2;
  }
  World world = make_world(hosted_scenario(), tables);
  advance(world);
  const DemandNow now = demand_now(world);
  // Filtered traffic of CCC cannot reach EEE; its demand there has grown by 1/0.8.
  const double lost = 0.25 / 0.8;
  CHECK(world.derived.reach[kCcc * 6 + kEee] == near(0.75));
  CHECK(now.reach[kCcc * 6 + kEee] == near(0.75 / (0.75 + lost)));
  CHECK(now.latency_ms[kCcc * 6 + kEee] == near(land_ms(1000) + land_ms(1200)));
  CHECK(now.reach[kCcc * 6 + kBbb] == 1.0);
}

TEST_CASE("a country uses the data of a host over its own paths") {
  WorldTables tables = hosted_tables();
  std::erase_if(tables.links, [](const LinkRow& link) { return link.id == "l4"; });
  for (std::size_t i = 0; i < 6; ++i) {
    tables.hosting[i * 6 + kEee] += 0.2;
    tables.hosting[i * 6 + i] -= 0.2;
  }
  World world = make_world(hosted_scenario(), tables);
  advance(world, 3);
  const Derived& derived = world.derived;
  REQUIRE(derived.reach[kCcc * 6 + kEee] < 1.0);
  REQUIRE(derived.reach[kEee * 6 + kCcc] == 1.0);
  for (std::size_t i = 0; i < 6; ++i) {
    double expected = 0.0;
    for (std::size_t o = 0; o < 6; ++o) {
      expected += tables.hosting[i * 6 + o] * (1.0 - derived.restrictiveness[o * 6 + i]) * derived.reach[i * 6 + o];
    }
    CHECK(derived.data_access[i] == near(expected));
  }
}

TEST_CASE("in random worlds data leave untrusted hosts in step with depth, and none are lost on the way") {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    Scenario scenario = hosted_scenario();
    set(scenario, "data.hosting_hubs", 3);
    World world = make_world(scenario, random_tables(seed, 14));
    const std::vector<double>& baseline = world.setting().demand->share;
    for (int month = 0; month < 4; ++month) {
      advance(world);
      const DemandNow now = demand_now(world);
      for (std::size_t i = 0; i < 14; ++i) {
        double before = 0.0;
        double after = 0.0;
        for (std::size_t h = 0; h < 14; ++h) {
          before += baseline[i * 14 + h];
          after += now.share[i * 14 + h];
        }
        REQUIRE(after == near(before));
        const double depth = world.derived.depth[world.at(i, kClean)];
        const double left = i == kBbb ? 1.0 : 1.0 - depth;
        REQUIRE(now.share[i * 14 + kBbb] == near(left * baseline[i * 14 + kBbb], 1e-12, 1e-17));
      }
    }
  }
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
