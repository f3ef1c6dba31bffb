#include "sim/model/courting/targets.hpp"

#include <cmath>

#include "sim/model/organisations.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model_step.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

/// Step 1: "clean" is open, "gids" is not.
World opened(const Scenario& scenario = small_scenario()) {
  World world = make_world(scenario, small_tables());
  let_events_pass(world, 1);
  return world;
}

TEST_CASE("targets: prospects price the accession of those who are eligible, and of nobody else") {
  const World world = opened();
  const Prospects prospects = accession_prospects(world, kClean);
  CHECK(prospects.eligible == std::vector<std::uint8_t>{0, 0, 0, 0, 1, 1});
  for (std::size_t i = 0; i < world.countries(); ++i) {
    if (prospects.eligible[i] == 0) {
      CHECK(prospects.utility[i] == -INFINITY);
      continue;
    }
    PricedOptions priced;
    priced.options.add(i, accession_or_swap(world, i, kClean));
    price(world, priced);
    CHECK(prospects.utility[i] == priced.total[0]);
  }
}

TEST_CASE("targets: nobody can be courted for a framework that is not open") {
  const World world = opened();
  const Prospects prospects = accession_prospects(world, kGids);
  CHECK(prospects.eligible == std::vector<std::uint8_t>(6, 0));
  CHECK(targets_of(world, kGids, prospects).empty());
  for (std::size_t i = 0; i < world.countries(); ++i) CHECK_FALSE(may_be_courted(world, i, kGids));
}

TEST_CASE("targets: countries come by row, then organisations, on one axis") {
  const World world = opened();
  const std::vector<Target> targets = targets_of(world, kClean, accession_prospects(world, kClean));
  REQUIRE(targets.size() >= 3);
  CHECK(target_place(world, targets[0].mission) == kEee);
  CHECK(target_place(world, targets[1].mission) == kFff);
  for (std::size_t n = 2; n < targets.size(); ++n) {
    CHECK(targets[n].mission.country == kNoCountry);
    CHECK(target_place(world, targets[n].mission) == 6 + targets[n].mission.organisation);
    CHECK(targets[n].key == 6 + targets[n].mission.organisation);
  }
}

TEST_CASE("targets: a country is worth its GDP share to the power v, an organisation what it would bring in") {
  Scenario scenario = small_scenario();
  set(scenario, "courting.target_exponent", 0.25);
  const World world = opened(scenario);
  for (const Target& target : targets_of(world, kClean, accession_prospects(world, kClean))) {
    double value = 0.0;
    if (target.mission.country != kNoCountry) {
      value = std::pow(world.setting().countries.gdp_share[target.mission.country], 0.25);
    } else {
      for (const std::uint32_t i : joining_members(world, target.mission.organisation, kClean)) {
        value += std::pow(world.setting().countries.gdp_share[i], 0.25);
      }
    }
    CHECK(target.value == near(value));
  }
}

TEST_CASE("targets: a refusal that stands takes the country or the organisation off the list") {
  World world = opened();
  const Prospects prospects = accession_prospects(world, kClean);
  const std::size_t all = targets_of(world, kClean, prospects).size();
  world.members.refused_until[world.at(kEee, kClean)] = world.step;
  world.organisations.refused_until[0 * 2 + kClean] = world.step;
  CHECK_FALSE(may_be_courted(world, kEee, kClean));
  CHECK_FALSE(organisation_may_be_courted(world, 0, kClean));
  CHECK(targets_of(world, kClean, prospects).size() == all - 2);
  ++world.step;
  CHECK(may_be_courted(world, kEee, kClean));
  CHECK(organisation_may_be_courted(world, 0, kClean));
  CHECK(targets_of(world, kClean, prospects).size() == all);
}

TEST_CASE("targets: an organisation whose members are all in cannot be courted") {
  World world = opened();
  for (const std::uint32_t i : joining_members(world, 0, kClean)) accede(world, i, kClean);
  CHECK_FALSE(organisation_may_be_courted(world, 0, kClean));
}

}  // namespace
}  // namespace splinternet::testing
