#include "sim/model/observe.hpp"

#include <cmath>

#include "sim/model/membership.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

double sum(std::span<const double> values) {
  double total = 0.0;
  for (const double value : values) total += value;
  return total;
}

/// Step 3: AAA, CCC (signed) and DDD (listed) in "clean", BBB in "gids".
World two_blocs() {
  World world = make_world(small_scenario(), small_tables());
  advance(world, 3);
  return world;
}

TEST_CASE("members count with their GDP, people, users and traffic; listings are no signatures") {
  const World world = two_blocs();
  const Observations& seen = world.derived.observed;
  CHECK(seen.member_count == std::vector<double>{3, 1});
  CHECK(seen.signed_count == std::vector<double>{2, 1});
  CHECK(seen.gdp_share[kClean] == near(23800.0 / 38260.0));
  CHECK(seen.population_share[kGids] == near(1400.0 / 1962.0));
  const double users = 330 * .9 + 1400 * .7 + 80 * .85 + 50 * .65 + 90 * .5 + 12 * .4;
  CHECK(seen.user_share[kGids] == near(980.0 / users));
  // Traffic of a country is in proportion to users times GDP per head.
  const double mass = 20000 * 90 + 14000 * 70 + 3000 * 85 + 800 * 65 + 400 * 50 + 60 * 40;
  CHECK(seen.traffic_share[kGids] == near(14000 * 70 / mass, 1e-10));
}

TEST_CASE("a signature labels before a listing, and without either a country is unaligned") {
  World world = make_world(small_scenario(), small_tables());
  CHECK(bloc_labels(world) == std::vector<std::uint32_t>{0, 0, 1, 1, 0, 0});
  const std::size_t row = world.at(kDdd, kGids);
  world.members.level[row] = static_cast<std::uint8_t>(MembershipLevel::kSigned);
  CHECK(bloc_labels(world)[kDdd] == 2);
}

TEST_CASE("before anything happens the index and its components but polarization are 0, and ratios are 1") {
  Scenario scenario = small_scenario();
  scenario.world.initial_memberships = false;
  const World world = make_world(scenario, small_tables());
  const Observations& seen = world.derived.observed;
  CHECK(seen.splinternet_index == 0.0);
  CHECK(seen.polarization == 0.0);
  CHECK(seen.decoupling_data == 0.0);
  CHECK(seen.decoupling_trade == 0.0);
  CHECK(seen.reach_loss == 0.0);
  CHECK(seen.stretch == 1.0);
  CHECK(seen.efficiency_ratio == 1.0);
  CHECK(seen.effective_blocs_gdp == 1.0);
  CHECK(seen.world_real_income_pp == near(0.0, 0.0, 1e-10));
  CHECK(seen.world_exports_pp == near(0.0, 0.0, 1e-9));
  CHECK(seen.vendor_share[kEee] == 0.60);
}

TEST_CASE("the index is the weighted mean of its four components") {
  Scenario scenario = small_scenario();
  World world = make_world(scenario, small_tables());
  advance(world, 12);
  const Observations& seen = world.derived.observed;
  CHECK(seen.decoupling_data > 0.0);
  CHECK(seen.splinternet_index ==
        near((seen.decoupling_data + std::max(0.0, seen.decoupling_trade) + seen.reach_loss + seen.polarization) / 4));
  set(scenario, "metrics.weight_polarization", 0);
  set(scenario, "metrics.weight_reach_loss", 0);
  set(scenario, "metrics.weight_decoupling_data", 0.75);
  World weighted = make_world(scenario, small_tables());
  advance(weighted, 12);
  const Observations& other = weighted.derived.observed;
  CHECK(other.splinternet_index == near(0.75 * other.decoupling_data + 0.25 * std::max(0.0, other.decoupling_trade)));
}

TEST_CASE("polarization and effective blocs follow the GDP of the blocs") {
  WorldTables tables = small_tables();
  // Half the world's GDP in each of two opposite blocs, nothing outside: as polarized as can be.
  tables.countries.gdp_busd = {1000, 1000, 1e-9, 1e-9, 1e-9, 1e-9};
  Scenario scenario = small_scenario();
  scenario.world.initial_memberships = scenario.has_trade = scenario.has_data = scenario.has_firms = false;
  World world = make_world(scenario, tables);
  advance(world, 3);
  CHECK(world.derived.observed.polarization == near(1.0, 1e-9));
  CHECK(world.derived.observed.effective_blocs_gdp == near(2.0, 1e-9));
  CHECK(world.derived.observed.splinternet_index == world.derived.observed.polarization);
}

TEST_CASE("a country's restrictiveness is the mean of how it treats others; its untrusted equipment what is left") {
  World world = two_blocs();
  const auto& derived = world.derived;
  CHECK(derived.observed.restrictiveness[kEee] == near(0.30));
  CHECK(derived.observed.restrictiveness[kCcc] == near(0.10 + derived.depth[world.at(kCcc, kClean)] * 0.5 / 5));
  CHECK(derived.observed.vendor_share[kCcc] == near(0.30 * (1 - 3.0 / 60)));
  CHECK(derived.observed.vendor_share[kDdd] == 0.50);
}

TEST_CASE("what belongs to a section that the scenario does not have is NaN, all else a number") {
  for (unsigned sections = 0; sections < 4; ++sections) {
    Scenario scenario = small_scenario();
    scenario.has_data = (sections & 1U) != 0;
    scenario.has_trade = (sections & 2U) != 0;
    CAPTURE(sections);
    World world = make_world(scenario, small_tables());
    advance(world, 4);
    const Observations& seen = world.derived.observed;
    for (const double value : {seen.decoupling_data, seen.reach_loss, seen.stretch, seen.efficiency_ratio,
                               seen.effective_blocs_traffic, seen.modularity_data, seen.assortativity_data,
                               seen.external_internal_data, seen.transit_herfindahl, seen.transit_top5_share,
                               seen.transit_share[0], seen.latency_ms[0], seen.data_access[0], seen.traffic_share[0]}) {
      CHECK(std::isfinite(value) == scenario.has_data);
      CHECK(std::isnan(value) != scenario.has_data);
    }
    for (const double value :
         {seen.decoupling_trade, seen.modularity_trade, seen.assortativity_trade, seen.external_internal_trade,
          seen.world_real_income_pp, seen.world_exports_pp, seen.world_digital_exports_pp, seen.real_income_pp[0],
          seen.exports_busd[0], seen.digital_exports_busd[0]}) {
      CHECK(std::isfinite(value) == scenario.has_trade);
      CHECK(std::isnan(value) != scenario.has_trade);
    }
    for (const double value : {seen.splinternet_index, seen.polarization, seen.effective_blocs_gdp, seen.gdp_share[0],
                               seen.restrictiveness[0], seen.vendor_share[0]}) {
      CHECK(std::isfinite(value));
    }
  }
}

TEST_CASE("in random worlds shares are shares, indices keep their bounds, and transit shares add up to what passes") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    World world = make_world(small_scenario(), random_tables(seed, 13));
    accede(world, 6, kClean);
    accede(world, 7, kGids);
    for (int month = 0; month < 8; ++month) {
      advance(world);
      const Observations& seen = world.derived.observed;
      for (const double share : {seen.splinternet_index, seen.reach_loss, seen.polarization, seen.transit_herfindahl,
                                 seen.transit_top5_share}) {
        REQUIRE((share >= 0.0 && share <= 1.0));
      }
      for (const auto* series : {&seen.gdp_share, &seen.population_share, &seen.user_share, &seen.traffic_share}) {
        for (const double share : *series) REQUIRE((share >= 0.0 && share <= 1.0 + 1e-12));
        REQUIRE(sum(*series) <= 1.0 + 1e-12);  // nobody is in both
      }
      REQUIRE(seen.decoupling_data <= 1.0);
      REQUIRE(seen.stretch >= 1.0);
      REQUIRE(seen.efficiency_ratio <= 1.0);
      REQUIRE((seen.effective_blocs_gdp >= 1.0 && seen.effective_blocs_gdp <= 3.0));
      REQUIRE((seen.assortativity_trade >= -1.0 && seen.assortativity_trade <= 1.0));
      for (const double transit : seen.transit_share) REQUIRE((transit >= 0.0 && transit <= 1.0));
    }
  }
}

TEST_CASE("observing twice changes nothing") {
  World world = two_blocs();
  const Observations first = world.derived.observed;
  const std::uint64_t before = state_digest(world);
  observe(world);
  CHECK(state_digest(world) == before);
  CHECK(world.derived.observed.splinternet_index == first.splinternet_index);
  CHECK(world.derived.observed.exports_busd == first.exports_busd);
  CHECK(world.derived.observed.traffic_share == first.traffic_share);
  CHECK(world.derived.observed.member_count == first.member_count);
}

}  // namespace
}  // namespace splinternet::testing
