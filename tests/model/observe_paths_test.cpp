#include "sim/model/observe_paths.hpp"

#include <cmath>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("lost demand, longer paths and efficiency are means over the paths in use") {
  WorldTables tables = small_tables();
  std::erase_if(tables.links, [](const LinkRow& link) { return link.id == "l5"; });  // FFF hangs on BBB alone
  World world = make_world(small_scenario(), tables);
  advance(world);
  const auto& derived = world.derived;
  const std::vector<double>& demand = world.setting().demand->share;
  double abroad = 0.0;
  double lost = 0.0;
  for (std::size_t o = 0; o < 6; ++o) {
    for (std::size_t d = 0; d < 6; ++d) {
      if (o == d) continue;
      abroad += demand[o * 6 + d];
      const bool member = o == kAaa || o == kCcc || o == kDdd;
      if (member && d == kFff) lost += 0.25 * demand[o * 6 + d];
    }
  }
  CHECK(lost > 0.0);
  CHECK(derived.observed.reach_loss == near(lost / abroad));
  CHECK(derived.observed.stretch > 1.0);
  CHECK(derived.observed.efficiency_ratio < 1.0);
}

TEST_CASE("links without length or handling leave efficiency and stretch finite") {
  Scenario scenario = small_scenario();
  set(scenario, "data.link_penalty_ms", 0);
  WorldTables tables = small_tables();
  tables.links[0].length_km = 0.0;
  World world = make_world(scenario, tables);
  CHECK(world.derived.observed.efficiency_ratio == 1.0);
  advance(world, 2);
  CHECK(std::isfinite(world.derived.observed.efficiency_ratio));
  CHECK(std::isfinite(world.derived.observed.stretch));
}

TEST_CASE("mean latency weighs by demand and is undefined only for a country that reaches nobody") {
  WorldTables tables = small_tables();
  std::erase_if(tables.links, [](const LinkRow& link) { return link.a == kFff || link.b == kFff; });
  const World world = make_world(small_scenario(), tables);
  const auto& derived = world.derived;
  double time = 0.0;
  double traffic = 0.0;
  for (std::size_t d = 0; d < 6; ++d) {
    if (d == kCcc || d == kFff) continue;
    time += world.setting().demand->share[kCcc * 6 + d] * derived.latency_ms[kCcc * 6 + d];
    traffic += world.setting().demand->share[kCcc * 6 + d];
  }
  CHECK(derived.observed.latency_ms[kCcc] == near(time / traffic));
  CHECK(std::isnan(derived.observed.latency_ms[kFff]));
}

TEST_CASE("pairs lose as much reach as their traffic, each pair counted alike") {
  WorldTables tables = small_tables();
  std::erase_if(tables.links, [](const LinkRow& link) { return link.id == "l5"; });  // FFF hangs on BBB alone
  World world = make_world(small_scenario(), tables);
  advance(world);
  const auto& derived = world.derived;
  double lost = 0.0;
  for (std::size_t cell = 0; cell < 36; ++cell) lost += cell % 7 == 0 ? 0.0 : 1.0 - derived.reach[cell];
  CHECK(lost > 0.0);
  CHECK(derived.observed.reach_loss_pairs == near(lost / 30.0));
}

TEST_CASE("transit: one country that all traffic abroad passes has the whole of it, and its measures are bounded") {
  WorldTables tables = small_tables();
  // A star around CCC.
  std::erase_if(tables.links, [](const LinkRow& link) { return link.a != kCcc && link.b != kCcc; });
  for (const std::size_t leaf : {kAaa, kBbb, kDdd, kEee, kFff}) {
    LinkRow link = small_tables().links.front();
    link.id = "star" + std::to_string(leaf);
    link.a = kCcc;
    link.b = static_cast<std::uint32_t>(leaf);
    link.owner_homes.clear();
    tables.links.push_back(link);
  }
  const World world = make_world(small_scenario(), tables);
  const Observations& seen = world.derived.observed;
  CHECK(seen.transit_herfindahl == 1.0);
  CHECK(seen.transit_gini == near(5.0 / 6.0));
  // What begins or ends in the centre does not pass it.
  CHECK(seen.transit_centralization > 0.0);
  CHECK(seen.transit_centralization < 1.0);
  double through = 0.0;
  for (std::size_t o = 0; o < 6; ++o) {
    for (std::size_t d = 0; d < 6; ++d) {
      if (o != d && o != kCcc && d != kCcc) through += world.setting().demand->share[o * 6 + d];
    }
  }
  CHECK(seen.transit_share[kCcc] == near(through));
}

}  // namespace
}  // namespace splinternet::testing
