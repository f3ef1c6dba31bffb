#include "sim/model/routing_tables.hpp"

#include <algorithm>
#include <limits>

#include "sim/core/rng.hpp"
#include "sim/graph/network.hpp"
#include "sim/model/data_flows.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

/// "clean" filters and "gids" filters too, with CCC as its untrusted home.
Scenario two_filters() {
  Scenario scenario = small_scenario();
  set(scenario, "framework.gids.provisions.clean_carrier", 0.5);
  scenario.frameworks[kGids].untrusted_homes = {"CCC"};
  return scenario;
}

TEST_CASE("there is a class for every set of frameworks with a link filter") {
  CHECK(make_world(small_scenario(), small_tables()).derived.routing.filters == std::vector<std::uint32_t>{kClean});
  CHECK(make_world(small_scenario(), small_tables()).derived.routing.classes.size() == 2);
  CHECK(make_world(two_filters(), small_tables()).derived.routing.classes.size() == 4);
  Scenario none = small_scenario();
  set(none, "framework.clean.provisions.clean_carrier", 0);
  set(none, "framework.clean.provisions.clean_cable", 0);
  CHECK(make_world(none, small_tables()).derived.routing.classes.size() == 1);
}

TEST_CASE("class 0 is unrestricted: the baseline") {
  const World world = make_world(two_filters(), small_tables());
  CHECK(world.derived.routing.classes[0].distance == world.derived.routing.baseline_distance);
  CHECK(world.derived.routing.classes[0].transit[kCcc * world.countries() + kBbb] > 0.0);
}

TEST_CASE("filtered traffic never passes an untrusted home but may start and end there") {
  const World world = make_world(two_filters(), small_tables());
  const std::size_t n = world.countries();
  const RoutingTables& routing = world.derived.routing;
  const std::uint32_t land_1000 = 71150;
  const std::uint32_t land_1200 = 84380;
  const std::uint32_t detour = 166700 + 139750 + 170375;
  CHECK(routing.classes[0].distance[kCcc * n + kEee] == land_1000 + land_1200);
  CHECK(routing.classes[1].distance[kCcc * n + kEee] == detour);
  CHECK(routing.classes[1].distance[kCcc * n + kBbb] == land_1000);
  CHECK(routing.classes[1].distance[kBbb * n + kEee] == land_1200);
  for (std::size_t c = 0; c < routing.classes.size(); ++c) {
    for (std::size_t o = 0; o < n; ++o) {
      if ((c & 1U) != 0) CHECK(routing.classes[c].transit[o * n + kBbb] == 0.0);
      if ((c & 2U) != 0) CHECK(routing.classes[c].transit[o * n + kCcc] == 0.0);
    }
  }
}

TEST_CASE("clean_cable alone keeps off links that untrusted homes own, clean_carrier alone off their transit") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.clean.provisions.clean_carrier", 0);
  const World cable = make_world(scenario, small_tables());
  const std::size_t n = cable.countries();
  CHECK(cable.derived.routing.classes[0].distance[kAaa * n + kBbb] == 220600);  // "silk": 4000 km, owned by BBB
  CHECK(cable.derived.routing.classes[1].distance[kAaa * n + kBbb] == 231380);  // "pacific": 4200 km
  CHECK(cable.derived.routing.classes[1].transit[kCcc * n + kBbb] > 0.0);
  set(scenario, "framework.clean.provisions.clean_carrier", 1);
  set(scenario, "framework.clean.provisions.clean_cable", 0);
  const World carrier = make_world(scenario, small_tables());
  CHECK(carrier.derived.routing.classes[1].distance[kAaa * n + kBbb] == 220600);
  CHECK(carrier.derived.routing.classes[1].transit[kCcc * n + kBbb] == 0.0);
}

TEST_CASE("what a class forbids is open to all who measure networks: transit, owned links, cut links") {
  World world = make_world(two_filters(), small_tables());
  const Network network = ordered_network(world);
  CHECK(network.link_count() == 9);
  world.derived.effects.cut_link[world.setting().links->order[4]] = 1;
  const std::vector<std::uint32_t>& filters = world.derived.routing.filters;
  const AvoidSet nobody = avoid_set(world, filters, 0);
  CHECK(nobody.transit == std::vector<std::uint8_t>(6, 0));
  CHECK(nobody.link == std::vector<std::uint8_t>{0, 0, 0, 0, 1, 0, 0, 0, 0});
  CHECK(avoid_set(world, filters, 1).transit == std::vector<std::uint8_t>{0, 1, 0, 0, 0, 0});
  CHECK(avoid_set(world, filters, 3).transit == std::vector<std::uint8_t>{0, 1, 1, 0, 0, 0});
}

TEST_CASE("a country shut in behind an untrusted home is lost to filtered traffic, not to others") {
  WorldTables tables = small_tables();
  std::erase_if(tables.links, [](const LinkRow& link) { return link.id == "l5"; });  // FFF hangs on BBB alone
  const World world = make_world(small_scenario(), tables);
  const std::size_t n = world.countries();
  const RoutingTables& routing = world.derived.routing;
  CHECK(routing.classes[0].distance[kAaa * n + kFff] != kUnreachable);
  CHECK(routing.classes[1].distance[kAaa * n + kFff] == kUnreachable);
  CHECK(routing.classes[0].lost[kAaa] == 0.0);
  CHECK(routing.classes[1].lost[kAaa] == world.setting().demand->share[kAaa * n + kFff]);
  CHECK(routing.classes[1].lost[kBbb] == 0.0);
}

/// Detours of every origin as the tables of all classes tell them one by one.
void check_detours(const World& world) {
  const std::size_t n = world.countries();
  const RoutingTables& routing = world.derived.routing;
  std::size_t next = 0, next_gap = 0;
  for (std::size_t o = 0; o < n; ++o) {
    CHECK(routing.first_detour[o] == next);
    CHECK(routing.first_gap[o] == next_gap);
    for (std::uint32_t d = 0; d < n; ++d) {
      std::vector<double> ms;
      for (std::size_t c = 0; c < routing.classes.size(); ++c) ms.push_back(routing.latency(c)[o * n + d]);
      if (o == d || std::count(ms.begin(), ms.end(), ms[0]) == static_cast<std::ptrdiff_t>(ms.size())) continue;
      const auto is_gap = [](double of_class) { return of_class == static_cast<double>(kUnreachable); };
      const bool ends = std::any_of(ms.begin(), ms.end(), is_gap);
      CHECK((ends ? routing.gap[next_gap] : routing.detour[next]) == d);
      for (std::size_t c = 1; c < ms.size(); ++c) {
        const double excess =
            ends ? routing.gap_excess[next_gap * (ms.size() - 1) + c - 1] : routing.detour_excess[c - 1][next];
        CHECK(excess == (is_gap(ms[c]) ? std::numeric_limits<double>::infinity() : ms[c] - ms[0]));
      }
      ++(ends ? next_gap : next);
    }
  }
  CHECK(routing.first_detour[n] == next);
  CHECK(routing.detour.size() == next);
  CHECK(routing.first_gap[n] == next_gap);
  CHECK(routing.gap.size() == next_gap);
  CHECK(next > 0);
}

TEST_CASE("detours are the destinations to which classes take different times, also after a cut") {
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    World world = make_world(two_filters(), random_tables(seed, 10));
    check_detours(world);
    world.derived.effects.cut_link[3] = 1;
    route_data(world);
    check_detours(world);
  }
}

TEST_CASE("links carry exactly what is delivered and passed on, and nothing over a cut link") {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    World world = make_world(two_filters(), random_tables(seed, 10));
    world.derived.effects.cut_link[3] = 1;
    update_routing_tables(world, world.derived.routing);
    const std::size_t n = world.countries();
    const std::vector<std::uint32_t>& order = world.setting().links->order;
    const std::size_t links = order.size();
    for (const RoutingTables::Class& one : world.derived.routing.classes) {
      for (std::size_t o = 0; o < n; ++o) {
        double carried = 0.0;
        double expected = 0.0;
        double lost = 0.0;
        for (std::size_t l = 0; l < links; ++l) {
          carried += one.link_load[o * links + l];
          if (order[l] == 3) REQUIRE(one.link_load[o * links + l] == 0.0);
        }
        for (std::size_t d = 0; d < n; ++d) {
          expected += one.transit[o * n + d];
          if (d == o) continue;
          const bool arrives = one.distance[o * n + d] != kUnreachable;
          (arrives ? expected : lost) += world.setting().demand->share[o * n + d];
        }
        REQUIRE(carried == near(expected, 1e-12, 1e-13));
        REQUIRE(one.lost[o] == near(lost, 1e-12, 1e-15));
      }
    }
  }
}

TEST_CASE("tables stand until links in use or filters change, and then follow") {
  World world = make_world(small_scenario(), small_tables());
  RoutingTables& routing = world.derived.routing;
  const std::size_t n = world.countries();
  const std::uint32_t truth = routing.classes[0].distance[kAaa * n + kBbb];
  routing.classes[0].distance[kAaa * n + kBbb] = 7;
  update_routing_tables(world, routing);
  CHECK(routing.classes[0].distance[kAaa * n + kBbb] == 7);
  routing.classes[0].distance[kAaa * n + kBbb] = truth;
  world.derived.effects.cut_link[7] = 1;  // "silk"
  update_routing_tables(world, routing);
  CHECK(routing.classes[0].distance[kAaa * n + kBbb] == 231380);
  CHECK(routing.baseline_distance[kAaa * n + kBbb] == truth);
  world.derived.effects.cut_link[7] = 0;
  update_routing_tables(world, routing);
  CHECK(routing.classes[0].distance[kAaa * n + kBbb] == truth);
}

TEST_CASE("tables after any sequence of cuts and repairs equal those solved from nothing, bit for bit") {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    World world = make_world(two_filters(), random_tables(seed, 10));
    RoutingTables& routing = world.derived.routing;
    std::vector<std::uint8_t>& cut = world.derived.effects.cut_link;
    for (std::uint32_t change = 0; change < 12; ++change) {
      const Draws draws(seed, Purpose::kTest, 0, change);
      for (std::uint32_t k = 0; k <= draws.below(3, 0); ++k) {
        cut[draws.below(static_cast<std::uint32_t>(cut.size()), 1 + k)] ^= 1U;
      }
      update_routing_tables(world, routing);
      RoutingTables anew;
      update_routing_tables(world, anew);
      REQUIRE(routing.filters == anew.filters);
      REQUIRE(routing.classes.size() == anew.classes.size());
      for (std::size_t c = 0; c < anew.classes.size(); ++c) {
        REQUIRE(routing.classes[c].distance == anew.classes[c].distance);
        REQUIRE(routing.classes[c].transit == anew.classes[c].transit);
        REQUIRE(routing.classes[c].link_load == anew.classes[c].link_load);
        REQUIRE(routing.classes[c].lost == anew.classes[c].lost);
      }
      REQUIRE(routing.baseline_distance == anew.baseline_distance);
    }
  }
}

TEST_CASE("an amendment that drops the filters drops their classes") {
  Scenario scenario = small_scenario();
  for (const char* provision : {"clean_carrier", "clean_cable"}) {
    EventSpec amend = event_in_month(std::string("drop_") + provision, EventKind::kAmend, 2);
    amend.framework = "clean";
    amend.parameter = provision;
    amend.amount = 0.0;
    add_event(scenario, amend);
  }
  World world = make_world(scenario, small_tables());
  advance(world, 2);
  CHECK(world.derived.routing.classes.size() == 2);
  CHECK(world.derived.latency_ms[kCcc * 6 + kEee] > world.derived.latency_ms[kEee * 6 + kCcc]);
  advance(world);
  CHECK(world.derived.routing.classes.size() == 1);
  CHECK(world.derived.latency_ms[kCcc * 6 + kEee] == world.derived.latency_ms[kEee * 6 + kCcc]);
  CHECK(world.derived.class_share == std::vector<double>(6, 1.0));
}

TEST_CASE("traffic is shared over classes by depth and strength of each filter") {
  const World world = make_world(two_filters(), small_tables());
  std::vector<double> weights(4);
  class_weights(world, std::vector<double>{0.0, 0.0}, weights);
  CHECK(weights == std::vector<double>{1.0, 0.0, 0.0, 0.0});
  class_weights(world, std::vector<double>{0.25, 0.0}, weights);
  CHECK(weights == std::vector<double>{0.75, 0.25, 0.0, 0.0});
  class_weights(world, std::vector<double>{1.0, 0.0}, weights);
  CHECK(weights == std::vector<double>{0.0, 1.0, 0.0, 0.0});
  class_weights(world, std::vector<double>{0.4, 0.6}, weights);  // "gids" filters at strength 0.5
  CHECK(weights[0] == near(0.6 * 0.7));
  CHECK(weights[1] == near(0.4 * 0.7));
  CHECK(weights[2] == near(0.6 * 0.3));
  CHECK(weights[3] == near(0.4 * 0.3));
}

TEST_CASE("shares of classes sum to 1 at any depths") {
  const World world = make_world(two_filters(), small_tables());
  std::vector<double> weights(4);
  for (std::uint32_t n = 0; n < 500; ++n) {
    const Draws draws(9, Purpose::kTest, 0, n);
    class_weights(world, std::vector<double>{draws.uniform(0), draws.uniform(1)}, weights);
    REQUIRE(weights[0] + weights[1] + weights[2] + weights[3] == near(1.0, 1e-15));
    for (const double weight : weights) REQUIRE((weight >= 0.0 && weight <= 1.0));
  }
}

TEST_CASE("the order of the rows of links changes no bit") {
  WorldTables tables = random_tables(5, 12);
  const World one = make_world(two_filters(), tables);
  std::reverse(tables.links.begin(), tables.links.end());
  const World other = make_world(two_filters(), tables);
  for (std::size_t c = 0; c < 4; ++c) {
    CHECK(one.derived.routing.classes[c].distance == other.derived.routing.classes[c].distance);
    CHECK(one.derived.routing.classes[c].transit == other.derived.routing.classes[c].transit);
    CHECK(one.derived.routing.classes[c].link_load == other.derived.routing.classes[c].link_load);
  }
}

}  // namespace
}  // namespace splinternet::testing
