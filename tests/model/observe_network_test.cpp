#include "sim/model/observe_network.hpp"

#include <cmath>

#include "sim/graph/avoidability.hpp"
#include "sim/graph/bgl.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/observe.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

/// Metrics steps at every step.
Scenario measured_monthly() {
  Scenario scenario = small_scenario();
  set(scenario, "metrics.every_months", 1);
  return scenario;
}

const NetworkObservations& network_of(const World& world) {
  return world.derived.observed.network;
}

/// Links of unit capacity along the given pairs only.
WorldTables linked(const std::vector<LinkEnds>& pairs) {
  WorldTables tables = small_tables();
  LinkRow link = tables.links.front();
  link.owner_homes.clear();
  link.capacity_tbps = 1.0;
  tables.links.clear();
  for (const LinkEnds& pair : pairs) {
    link.id = "p" + std::to_string(tables.links.size());
    link.a = pair.a;
    link.b = pair.b;
    tables.links.push_back(link);
  }
  return tables;
}

TEST_CASE("a star of countries: all hangs on its centre, every link is a bridge") {
  const World world =
      make_world(small_scenario(), linked({{kCcc, kAaa}, {kCcc, kBbb}, {kCcc, kDdd}, {kCcc, kEee}, {kCcc, kFff}}));
  const NetworkObservations& seen = network_of(world);
  CHECK(seen.link_components == 1.0);
  CHECK(seen.algebraic_connectivity == near(1.0));  // of any normalised star
  CHECK(seen.betweenness_centralization == 1.0);
  CHECK(seen.articulation_countries == 1.0);
  CHECK(seen.bridge_links == 5.0);
  CHECK(seen.betweenness == std::vector<double>{0, 0, 1, 0, 0, 0});
  CHECK(seen.avoidability == std::vector<double>{1, 1, 0, 1, 1, 1});
  CHECK(seen.bridge == std::vector<double>(5, 1.0));
}

TEST_CASE("filters take untrusted homes and their links out of what members can use") {
  // BBB, untrusted by "clean", is the centre: without it nothing is joined.
  const WorldTables star = linked({{kBbb, kAaa}, {kBbb, kCcc}, {kBbb, kDdd}, {kBbb, kEee}, {kBbb, kFff}});
  const World world = make_world(small_scenario(), star);
  const NetworkObservations& seen = network_of(world);
  CHECK(seen.link_components == 1.0);
  CHECK(seen.usable_components[kClean] == 5.0);
  CHECK(seen.usable_connectivity[kClean] == 0.0);
  CHECK(seen.usable_reach[kClean] == near(1.0 / 5.0));  // every member still reaches BBB itself
  CHECK(seen.usable_components[kGids] == 1.0);          // no filter
  CHECK(seen.usable_connectivity[kGids] == seen.algebraic_connectivity);
}

TEST_CASE("the minimum cut between two blocs counts what both could lose, and is NaN while a bloc is empty") {
  // AAA - CCC - EEE - BBB, and AAA - DDD - BBB.
  WorldTables tables = linked({{kAaa, kCcc}, {kCcc, kEee}, {kEee, kBbb}, {kAaa, kDdd}, {kDdd, kBbb}, {kFff, kEee}});
  tables.links[1].capacity_tbps = 0.25;
  Scenario scenario = measured_monthly();
  scenario.world.initial_memberships = false;
  World world = make_world(scenario, tables);
  CHECK(std::isnan(network_of(world).minimum_cut_tbps[kClean * 2 + kGids]));
  CHECK(std::isnan(network_of(world).usable_reach[kClean]));
  advance(world, 3);  // both sponsors are in
  CHECK(network_of(world).minimum_cut_tbps[kClean * 2 + kGids] == 1.25);
  CHECK(network_of(world).minimum_cut_tbps[kGids * 2 + kClean] == 1.25);
  CHECK(std::isnan(network_of(world).minimum_cut_tbps[kClean * 2 + kClean]));
  accede(world, kEee, kGids);
  accede(world, kCcc, kClean);
  advance(world);
  CHECK(network_of(world).minimum_cut_tbps[kClean * 2 + kGids] == 1.25);
  accede(world, kDdd, kGids);
  accede(world, kFff, kClean);
  advance(world);
  CHECK(network_of(world).minimum_cut_tbps[kClean * 2 + kGids] == 2.25);  // and the link of FFF
}

TEST_CASE("cut links are measured as gone, and the network is measured anew when they come back") {
  Scenario scenario = measured_monthly();
  EventSpec cut = event_in_month("zz_cut", EventKind::kCableCut, 1);
  WorldTables tables = linked({{kAaa, kCcc}, {kCcc, kEee}, {kEee, kBbb}, {kBbb, kDdd}, {kDdd, kAaa}, {kFff, kEee}});
  tables.links[0].cable = "only one";
  cut.cable = "only one";
  cut.until = Date{2020, 11, 1};
  add_event(scenario, cut);
  World world = make_world(scenario, tables);
  CHECK(network_of(world).bridge_links == 1.0);
  CHECK(network_of(world).bridge == std::vector<double>{0, 0, 0, 0, 0, 1});
  const NetworkObservations before = network_of(world);
  advance(world, 2);
  REQUIRE(world.derived.effects.cut_link[0] != 0);
  CHECK(network_of(world).bridge_links == 5.0);
  CHECK(network_of(world).bridge == std::vector<double>{0, 1, 1, 1, 1, 1});
  CHECK(network_of(world).articulation_countries == 3.0);
  CHECK(network_of(world).algebraic_connectivity < before.algebraic_connectivity);
  advance(world, 2);
  REQUIRE(world.derived.effects.cut_link[0] == 0);
  CHECK(network_of(world).bridge == before.bridge);
  CHECK(network_of(world).betweenness == before.betweenness);
  CHECK(network_of(world).algebraic_connectivity == before.algebraic_connectivity);
}

TEST_CASE("between metrics steps the values stay") {
  Scenario scenario = small_scenario();
  set(scenario, "metrics.every_months", 4);
  World world = make_world(scenario, small_tables());
  advance(world, 3);
  CHECK(std::isnan(network_of(world).minimum_cut_tbps[kClean * 2 + kGids]));
  advance(world, 1);
  CHECK(network_of(world).minimum_cut_tbps[kClean * 2 + kGids] > 0.0);
}

TEST_CASE("without data there is no network to measure") {
  Scenario scenario = small_scenario();
  scenario.has_data = false;
  const World world = make_world(scenario, small_tables());
  const NetworkObservations& seen = network_of(world);
  for (const double value : {seen.link_components, seen.algebraic_connectivity, seen.betweenness_centralization,
                             seen.articulation_countries, seen.bridge_links, seen.usable_components[0],
                             seen.usable_connectivity[1], seen.usable_reach[0], seen.minimum_cut_tbps[1]}) {
    CHECK(std::isnan(value));
  }
  CHECK(seen.betweenness.empty());
}

TEST_CASE("random worlds, some in pieces: every value is a number in its range, and agrees with the paths in use") {
  for (std::uint64_t seed = 0; seed < 15; ++seed) {
    WorldTables tables = random_tables(seed, 14);
    if (seed % 3 == 0) std::erase_if(tables.links, [](const LinkRow& link) { return link.a == 4 || link.b == 4; });
    World world = make_world(measured_monthly(), tables);
    accede(world, 6, kClean);
    advance(world, 4);
    const NetworkObservations& seen = network_of(world);
    INFO("seed " << seed);
    REQUIRE(seen.link_components == static_cast<double>(bgl::connected_components(ordered_network(world)).count));
    REQUIRE((seen.algebraic_connectivity > 0.0 && seen.algebraic_connectivity <= 2.0));
    REQUIRE((seen.betweenness_centralization >= 0.0 && seen.betweenness_centralization <= 1.0));
    for (std::size_t i = 0; i < 14; ++i) {
      REQUIRE((seen.betweenness[i] >= 0.0 && seen.betweenness[i] <= 1.0));
      REQUIRE((seen.avoidability[i] >= 0.0 && seen.avoidability[i] <= 1.0));
    }
    for (std::size_t k = 0; k < 2; ++k) {
      REQUIRE(seen.usable_components[k] >= 1.0);
      REQUIRE((seen.usable_connectivity[k] >= 0.0 && seen.usable_connectivity[k] <= 2.0));
    }
    // Reach under the filters is what the path tables of that class say.
    const RoutingTables& routing = world.derived.routing;
    double pairs = 0.0;
    double served = 0.0;
    for (std::size_t i = 0; i < 14; ++i) {
      if (!contains(world.membership(i), kClean)) continue;
      for (std::size_t j = 0; j < 14; ++j) {
        pairs += i == j ? 0.0 : 1.0;
        served += i != j && routing.classes[1].distance[i * 14 + j] != kUnreachable ? 1.0 : 0.0;
      }
    }
    REQUIRE(seen.usable_reach[kClean] == near(served / pairs));
    REQUIRE(seen.minimum_cut_tbps[kClean * 2 + kGids] >= 0.0);
  }
}

TEST_CASE("the order of countries and links changes what is measured of none") {
  const WorldTables tables = random_tables(5, 12);
  const std::vector<std::size_t> order = random_order(3, 12);
  World world = make_world(measured_monthly(), tables);
  World other = make_world(measured_monthly(), permuted(tables, order));
  advance(world, 4);
  advance(other, 4);
  const NetworkObservations& seen = network_of(world);
  const NetworkObservations& again = network_of(other);
  CHECK(again.link_components == seen.link_components);
  CHECK(again.algebraic_connectivity == near(seen.algebraic_connectivity, 1e-9));
  CHECK(again.usable_connectivity[kClean] == near(seen.usable_connectivity[kClean], 1e-9));
  CHECK(again.minimum_cut_tbps[1] == near(seen.minimum_cut_tbps[1], 1e-9));
  for (std::size_t row = 0; row < 12; ++row) {
    CHECK(again.betweenness[row] == near(seen.betweenness[order[row]], 1e-9));
    CHECK(again.avoidability[row] == seen.avoidability[order[row]]);
  }
}

}  // namespace
}  // namespace splinternet::testing
