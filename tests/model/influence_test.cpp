#include "sim/model/influence.hpp"

#include "sim/core/check.hpp"
#include "tests/support/actor_worlds.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

Scenario with_weights(double trade, double groups, double subregion, double world) {
  Scenario scenario = small_scenario();
  set(scenario, "countries.influence_trade", trade);
  set(scenario, "countries.influence_groups", groups);
  set(scenario, "countries.influence_subregion", subregion);
  set(scenario, "countries.influence_world", world);
  return scenario;
}

std::vector<double> row(const InfluenceSetting& influence, std::size_t i) {
  const std::size_t n = 6;
  return {influence.weight.begin() + static_cast<long>(i * n), influence.weight.begin() + static_cast<long>(i * n + n)};
}

TEST_CASE("looking at the world is looking at all others alike") {
  const InfluenceSetting influence = influence_graph(with_weights(0, 0, 0, 1), small_tables());
  CHECK(row(influence, kBbb) == std::vector<double>{0.2, 0.0, 0.2, 0.2, 0.2, 0.2});
}

TEST_CASE("the subregion is those who share its name") {
  // AAA and DDD lie in the North, the others in the South.
  const InfluenceSetting influence = influence_graph(with_weights(0, 0, 1, 0), small_tables());
  CHECK(row(influence, kAaa) == std::vector<double>{0, 0, 0, 1, 0, 0});
  const double third = 1.0 / 3.0;
  CHECK(row(influence, kEee) == std::vector<double>{0, third, third, 0, 0, third});
}

TEST_CASE("common groupings count as often as they are common") {
  WorldTables tables = small_tables();
  tables.groupings = {{"a", {kDdd, kEee, kFff}}, {"b", {kDdd, kEee}}};
  const InfluenceSetting influence = influence_graph(with_weights(0, 1, 0, 0), tables);
  const std::vector<double> of_ddd = row(influence, kDdd);
  CHECK(of_ddd[kEee] == near(2.0 / 3.0));
  CHECK(of_ddd[kFff] == near(1.0 / 3.0));
  CHECK(row(influence, kAaa) == std::vector<double>(6, 0.0));
}

TEST_CASE("trade counts both ways, goods and services") {
  const WorldTables tables = small_tables();
  const std::size_t n = 6;
  const InfluenceSetting influence = influence_graph(with_weights(1, 0, 0, 0), tables);
  const auto both = [&](std::size_t i, std::size_t j) {
    return tables.goods_trade_busd[i * n + j] + tables.goods_trade_busd[j * n + i] +
           tables.services_trade_busd[i * n + j] + tables.services_trade_busd[j * n + i];
  };
  const std::vector<double> of_ccc = row(influence, kCcc);
  CHECK(of_ccc[kAaa] / of_ccc[kFff] == near(both(kCcc, kAaa) / both(kCcc, kFff)));
}

TEST_CASE("parts mix by their weights, and rows sum to 1 over peers that choose") {
  WorldTables tables = small_tables();
  tables.countries.chooses[kBbb] = 0;
  const InfluenceSetting influence = influence_graph(with_weights(0.2, 0.3, 0.4, 0.3), tables);
  for (std::size_t i = 0; i < 6; ++i) {
    double sum = 0.0;
    for (const double weight : row(influence, i)) sum += weight;
    CHECK(sum == near(1.0));
    CHECK(row(influence, i)[i] == 0.0);
    CHECK(row(influence, i)[kBbb] == 0.0);
  }
  // AAA: the North is DDD alone, its grouping "west" is CCC alone.
  const InfluenceSetting two = influence_graph(with_weights(0, 0.3, 0.1, 0), tables);
  CHECK(row(two, kAaa)[kCcc] == near(0.75));
  CHECK(row(two, kAaa)[kDdd] == near(0.25));
}

TEST_CASE("who looks at nobody has a row of zeros") {
  WorldTables tables = small_tables();
  tables.groupings.clear();
  const InfluenceSetting influence = influence_graph(with_weights(0, 1, 0, 0), tables);
  CHECK(influence.weight == std::vector<double>(36, 0.0));
}

TEST_CASE("the share of peers counts members of any level") {
  World world = make_world(with_weights(0, 0, 0, 1), small_tables());
  CHECK(peer_share(world, kEee, kClean) == near(0.4));  // CCC has signed, DDD is listed
  CHECK(peer_share(world, kCcc, kClean) == near(0.2));  // not oneself
  CHECK(peer_share(world, kEee, kGids) == 0.0);
}

TEST_CASE("without the section of countries nobody looks at anybody") {
  Scenario scenario = with_weights(0, 0, 0, 1);
  scenario.has_countries = false;
  CHECK(peer_share(make_world(scenario, small_tables()), kEee, kClean) == 0.0);
}

WorldTables three_in_a_row() {
  WorldTables tables;
  tables.countries.code = tables.countries.name = {"a", "b", "c"};
  tables.actors.emplace().size = {1, 1, 1};
  tables.influence = {{0, 1, 3.0}, {0, 2, 1.0}, {1, 0, 2.0}};
  return tables;
}

Scenario row_scenario(const std::string& graph) {
  Scenario scenario = pact_scenario(0);
  scenario.frameworks[0].sponsors = {"b"};
  choose(scenario, "influence.graph", graph);
  return scenario;
}

TEST_CASE("the share of peers is the same however the graph is kept") {
  const World table = actor_world(row_scenario("table"), three_in_a_row());
  CHECK(peer_share(table, 0, 0) == near(0.75));
  CHECK(peer_share(table, 1, 0) == 0.0);
  CHECK(peer_share(table, 2, 0) == 0.0);  // looks at nobody
  WorldTables bare = three_in_a_row();
  bare.influence.clear();
  const World complete = actor_world(row_scenario("complete"), bare);
  CHECK(peer_share(complete, 0, 0) == near(0.5));
  CHECK(peer_share(complete, 1, 0) == 0.0);
  Scenario on_a_ring = pact_scenario(30);
  choose(on_a_ring, "influence.graph", "ring");
  set(on_a_ring, "framework.pact.initiators", 10);
  const World ring = actor_world(on_a_ring);
  for (std::size_t i = 0; i < 30; ++i) {
    const double in =
        (ring.members.level[(i + 1) % 30] != 0 ? 1 : 0) + (ring.members.level[(i + 29) % 30] != 0 ? 1 : 0);
    CHECK(peer_share(ring, i, 0) == in / 2.0);
  }
}

TEST_CASE("a table of influence that nobody would use, or that is wanted but not there, is refused") {
  CHECK_THROWS_AS(actor_world(row_scenario("complete"), three_in_a_row()), ScenarioError);
  WorldTables bare = three_in_a_row();
  bare.influence.clear();
  CHECK_THROWS_AS(actor_world(row_scenario("table"), bare), ScenarioError);
}

}  // namespace
}  // namespace splinternet::testing
