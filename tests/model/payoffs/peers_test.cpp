#include "sim/model/payoffs/peers.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

/// Everybody looks at the five others alike; CCC and DDD are in "clean".
Scenario looking_at_all() {
  Scenario scenario = small_scenario();
  set(scenario, "countries.influence_trade", 0);
  set(scenario, "countries.influence_groups", 0);
  set(scenario, "countries.influence_subregion", 0);
  set(scenario, "countries.influence_world", 1);
  return scenario;
}

double peers(const World& world, std::size_t country, FrameworkSet target) {
  return value_of(peers_term(), world, country, target);
}

TEST_CASE("peers: an accession is worth beta times the share of those looked at that are in") {
  const World world = make_world(looking_at_all(), small_tables());
  CHECK(peers(world, kEee, bit(kClean)) == near(0.2 * 2.0 / 5));
  CHECK(peers(world, kEee, bit(kGids)) == 0.0);
}

TEST_CASE("peers: oneself does not count, so leaving weighs the others that stay in") {
  const World world = make_world(looking_at_all(), small_tables());
  CHECK(peers(world, kCcc, 0) == near(-0.2 * 1.0 / 5));
}

TEST_CASE("peers: the response may be a power or a step") {
  Scenario scenario = looking_at_all();
  set(scenario, "countries.peer_response", 1);
  set(scenario, "countries.peer_exponent", 2);
  CHECK(peers(make_world(scenario, small_tables()), kEee, bit(kClean)) == near(0.2 * 4.0 / 25));
  set(scenario, "countries.peer_response", 2);
  set(scenario, "countries.peer_threshold", 0.39);
  CHECK(peers(make_world(scenario, small_tables()), kEee, bit(kClean)) == near(0.2));
  set(scenario, "countries.peer_threshold", 0.41);
  CHECK(peers(make_world(scenario, small_tables()), kEee, bit(kClean)) == 0.0);
}

TEST_CASE("peers: the worth of a share is what the term gives") {
  Scenario scenario = looking_at_all();
  for (const int form : {0, 1, 2}) {
    set(scenario, "countries.peer_response", form);
    const World world = make_world(scenario, small_tables());
    CHECK(worth_of_peers(world, 2.0 / 5) == near(peers(world, kEee, bit(kClean))));
    CHECK(worth_of_peers(world, 0.0) == 0.0);
    CHECK(worth_of_peers(world, 1.0) == near(0.2));
  }
}

TEST_CASE("peers: each new member raises it until all others are in") {
  World world = make_world(looking_at_all(), small_tables());
  let_events_pass(world, 1);  // AAA, the sponsor, is now in as well
  CHECK(peers(world, kEee, bit(kClean)) == near(0.2 * 3.0 / 5));
  accede(world, kFff, kClean);
  CHECK(peers(world, kEee, bit(kClean)) == near(0.2 * 4.0 / 5));
  accede(world, kBbb, kClean);
  CHECK(peers(world, kEee, bit(kClean)) == near(0.2));
}

TEST_CASE("peers: those who never choose are nobody's peers") {
  WorldTables tables = small_tables();
  tables.countries.chooses[kDdd] = 0;
  CHECK(peers(make_world(looking_at_all(), tables), kEee, bit(kClean)) == near(0.2 / 4));
}

TEST_CASE("peers: beta scales it") {
  World world = make_world(looking_at_all(), small_tables());
  set_now(world, "countries.peers", 0.4);
  CHECK(peers(world, kEee, bit(kClean)) == near(0.4 * 2.0 / 5));
}

}  // namespace
}  // namespace splinternet::testing
