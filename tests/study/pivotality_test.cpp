#include "sim/study/pivotality.hpp"

#include "sim/core/check.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/model/build_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/small_world.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

World end_of(std::shared_ptr<const Setting> setting) {
  Simulation simulation(std::move(setting));
  while (!simulation.is_finished()) simulation.step();
  return simulation.world();
}

/// Everybody revises in each step, nobody is courted; `terms` decide what it is about.
Scenario busy(std::vector<std::string> terms) {
  Scenario scenario = small_scenario();
  scenario.terms = std::move(terms);
  set(scenario, "countries.schedule", 3);
  set(scenario, "framework.clean.strategy", 2);
  set(scenario, "framework.gids.strategy", 2);
  return scenario;
}

Pivotality pivotality(const StoredWorld& stored, std::uint32_t country) {
  return compare_without(end_of(make_setting(stored.scenario, stored.tables)), end_of(setting_without(stored, country)),
                         country);
}

}  // namespace

TEST_CASE("a country that is held out never joins, whatever it had joined before the start") {
  const StoredWorld stored{busy({"alignment", "peers", "inertia"}), small_tables(10)};
  const World without = end_of(setting_without(stored, kCcc));  // a signatory before the start
  CHECK(without.membership(kCcc) == 0);
  CHECK(end_of(make_setting(stored.scenario, stored.tables)).membership(kCcc) == bit(kClean));
  // Its peers still look at it.
  CHECK(setting_without(stored, kCcc)->influence->weight ==
        make_setting(stored.scenario, stored.tables)->influence->weight);
}

TEST_CASE("where nobody minds the others, nobody is pivotal: the random numbers are the same") {
  WorldTables tables = small_tables(12);
  tables.organisations.clear();  // there the others' ballots count
  const StoredWorld stored{busy({"alignment", "inertia"}), tables};
  const World actual = end_of(make_setting(stored.scenario, stored.tables));
  for (std::uint32_t i = 2; i < 12; ++i) {
    const Pivotality found = compare_without(actual, end_of(setting_without(stored, i)), i);
    REQUIRE(found.frameworks.size() == 2);
    for (const AbsenceEffect& effect : found.frameworks) {
      CHECK(effect.lost.empty());
      CHECK(effect.gained.empty());
      CHECK(effect.members == effect.members_without);
    }
  }
}

TEST_CASE("in a cascade those that carry it over a threshold are pivotal, and the last in line is not") {
  // Everyone follows as soon as .45 of what it looks at is in, for certain.
  Scenario scenario = busy({"peers", "inertia"});
  set(scenario, "countries.choice", 1);
  set(scenario, "countries.peers", 3.0);
  set(scenario, "countries.peer_response", 2);
  set(scenario, "countries.peer_threshold", 0.45);
  const StoredWorld stored{scenario, small_tables(10)};
  const auto others = [&](std::uint32_t country) {
    const AbsenceEffect effect = pivotality(stored, country).frameworks[kClean];
    CHECK(effect.level != MembershipLevel::kNone);
    CHECK(effect.gained.empty());
    CHECK(effect.lost.size() == effect.members - effect.members_without);
    CHECK(effect.members == 8);
    return effect.members_without;
  };
  CHECK(others(kDdd) == 2);
  CHECK(others(kCcc) == 4);
  CHECK(others(kEee) == 5);
  CHECK(others(kFff) == 8);
}

TEST_CASE("effects are told of others only, lost and gained apart") {
  const Scenario scenario = small_scenario();
  World actual = make_world(scenario, small_tables());
  World without = actual;
  const auto put = [](World& world, std::size_t i, std::size_t k, MembershipLevel level) {
    world.members.level[world.at(i, k)] = static_cast<std::uint8_t>(level);
  };
  put(actual, kFff, kGids, MembershipLevel::kSigned);
  put(actual, kDdd, kGids, MembershipLevel::kListed);
  put(without, kDdd, kGids, MembershipLevel::kNone);
  put(without, kEee, kGids, MembershipLevel::kSigned);
  const AbsenceEffect effect = compare_without(actual, without, kFff).frameworks[kGids];
  CHECK(effect.level == MembershipLevel::kSigned);
  CHECK(effect.members == 1);
  CHECK(effect.members_without == 1);
  CHECK(effect.lost == std::vector<std::uint32_t>{kDdd});
  CHECK(effect.gained == std::vector<std::uint32_t>{kEee});
}

TEST_CASE("sponsors cannot be held out, nor countries that never decide") {
  StoredWorld stored{small_scenario(), small_tables()};
  CHECK(error_message([&] { setting_without(stored, kAaa); }) ==
        "--pivotal: AAA sponsors clean; only countries that could have stayed out can be held out");
  stored.tables.countries.chooses[kFff] = 0;
  CHECK_THAT(error_message([&] { setting_without(stored, kFff); }), contains_substring("FFF never decides"));
}

TEST_CASE("countries are found by code and by name in any case, others lead to the nearest") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(find_country(world, "ddd") == kDdd);
  CHECK(find_country(world, "land eee") == kEee);
  const std::string message = error_message([&] { find_country(world, "Lnd CCC"); });
  CHECK_THAT(message, contains_substring("the result has no country \"Lnd CCC\""));
  CHECK_THAT(message, contains_substring("Did you mean \"Land CCC\"?"));
}
