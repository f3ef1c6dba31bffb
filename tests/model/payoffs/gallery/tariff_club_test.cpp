#include "sim/model/payoffs/gallery/tariff_club.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/gallery_world.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/state_games.hpp"

namespace splinternet::testing {
namespace {

/// Imports from j are worth 3·t − 20·t² to i, exports to j −(1 + j)·t; dues of 0.1.
WorldTables traders(std::size_t actors) {
  WorldTables tables = lettered_actors(actors);
  tables.pairs.column = {"export_linear", "import_linear", "import_quadratic"};
  tables.pairs.value.resize(3);
  for (std::uint32_t i = 0; i < actors; ++i) {
    for (std::uint32_t j = 0; j < actors; ++j) {
      if (i == j) continue;
      tables.pairs.from.push_back(i);
      tables.pairs.to.push_back(j);
      tables.pairs.value[0].push_back(-1.0 - j);
      tables.pairs.value[1].push_back(3.0);
      tables.pairs.value[2].push_back(-20.0);
    }
  }
  return tables;
}

Scenario club(double tariff, double cost, const std::vector<std::string>& frameworks = {"pact"}) {
  Scenario scenario = pact_scenario(0, {}, frameworks);
  scenario.terms = {"tariff_club"};
  set(scenario, "framework.pact.club_tariff", tariff);
  set(scenario, "countries.club_cost", cost);
  return scenario;
}

World with_members(const Scenario& scenario, std::size_t actors, unsigned members) {
  World world = actor_world(scenario, traders(actors));
  put_in(world, members);
  return world;
}

double level(const World& world, std::size_t actor, FrameworkSet set) {
  return *tariff_club_term().level(world, actor, set);
}

constexpr double kT = 0.1;
constexpr double kImport = 3 * kT - 20 * kT * kT;  // 0.1

TEST_CASE("tariff club: members gain or lose on what they tax, outsiders lose on what they sell to members") {
  const World world = with_members(club(kT, 0.1), 4, 0b0011);
  CHECK(level(world, 0, bit(0)) == near(2 * kImport - 0.1));
  CHECK(level(world, 2, 0) == near(-(1 + 2) * kT));
}

TEST_CASE("tariff club: who joins is freed of the tariffs of members and taxes those outside") {
  const World world = with_members(club(kT, 0.1), 4, 0b0011);
  CHECK(value_of(tariff_club_term(), world, 2, bit(0)) == near((kImport - 0.1) + 3 * kT));
  CHECK(value_of(tariff_club_term(), world, 0, 0) == near(-2 * kT - (2 * kImport - 0.1)));
}

TEST_CASE("tariff club: without a tariff a club is its dues, so that nobody joins") {
  const World world = with_members(club(0, 0.1), 4, 0b0011);
  for (std::size_t i = 2; i < 4; ++i) CHECK(value_of(tariff_club_term(), world, i, bit(0)) == near(-0.1));
}

TEST_CASE("tariff club: beyond some tariff the grand club holds together (Nordhaus 2015)") {
  const auto holds = [](double tariff) {
    const World world = with_members(club(tariff, 0.5), 5, 0b11111);
    bool all = true;
    for (std::size_t i = 0; i < 5; ++i) all = all && value_of(tariff_club_term(), world, i, 0) < 0.0;
    return all;
  };
  CHECK_FALSE(holds(0.0));
  CHECK_FALSE(holds(0.03));
  CHECK(holds(0.06));  // the last sells to four who each charge 6 %: at least 10 · 0.06 > 0.5
}

TEST_CASE("tariff club: rival clubs tax each other's members, tariffs of two clubs add up") {
  Scenario scenario = club(kT, 0, {"pact", "rival"});
  set(scenario, "framework.rival.club_tariff", 0.05);
  World world = actor_world(scenario, traders(3));
  accede(world, 0, 0);
  accede(world, 1, 1);
  const double both = 3 * 0.15 - 20 * 0.15 * 0.15;
  CHECK(level(world, 0, bit(0)) == near(2 * kImport - 2 * 0.05));
  CHECK(level(world, 2, 0) == near(-kT - 2 * 0.05));
  CHECK(level(world, 2, bit(0)) == near(kImport - 2 * 0.05));
  CHECK(level(world, 0, bit(0) | bit(1)) == near(kImport + both));
}

TEST_CASE("tariff club: dues of single actors come before those of all, once for each membership") {
  Scenario scenario = club(0, 0.1, {"pact", "rival"});
  WorldTables tables = traders(2);
  give(tables, "club_cost", {0.3, -0.2});
  const World world = actor_world(scenario, tables);
  CHECK(level(world, 0, bit(0)) == near(-0.3));
  CHECK(level(world, 1, bit(0) | bit(1)) == near(0.4));
}

TEST_CASE("tariff club: pairs that tell nothing of tariffs are refused") {
  WorldTables tables = traders(3);
  tables.pairs.column = {"propensity", "b", "c"};
  CHECK(contains(error_message([&] { make_setting(club(kT, 0), tables); }), "at least one of import_linear"));
  CHECK(contains(error_message([&] { make_setting(club(kT, 0), lettered_actors(3)); }), "add pairs.csv"));
}

}  // namespace
}  // namespace splinternet::testing
