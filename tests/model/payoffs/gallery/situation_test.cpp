#include "sim/model/payoffs/gallery/situation.hpp"

#include "sim/model/membership.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/state_games.hpp"

namespace splinternet::testing {
namespace {

constexpr FrameworkSet kPact = bit(0);

/// Five actors, the first two in; the pact is gated unless told otherwise.
World gated(double members, double share, double gate = 1) {
  Scenario scenario = pact_scenario(0);
  set(scenario, "framework.pact.gated", gate);
  set(scenario, "framework.pact.entry_into_force_members", members);
  set(scenario, "framework.pact.entry_into_force_gdp_share", share);
  WorldTables tables = lettered_actors(5);
  tables.actors->size = {1, 1, 1, 1, 6};
  World world = actor_world(scenario, tables);
  put_in(world, 0b00011);
  return world;
}

bool counts(const World& world, std::size_t actor, FrameworkSet set) {
  const Gate gate(world);
  return contains(gate.counted(actor, set), 0);
}

TEST_CASE("gate: a framework without one always counts") {
  const World world = gated(5, 1, 0);
  CHECK(counts(world, 0, 0));
  CHECK(counts(world, 4, kPact));
}

TEST_CASE("gate: enough signatories count, the option itself included") {
  const World two_in = gated(3, 0);
  CHECK_FALSE(counts(two_in, 2, 0));
  CHECK(counts(two_in, 2, kPact));
  CHECK_FALSE(counts(two_in, 0, kPact));
  const World two_needed = gated(2, 0);
  CHECK(counts(two_needed, 0, kPact));
  CHECK_FALSE(counts(two_needed, 0, 0));  // whoever leaves ends it
  CHECK(counts(two_needed, 3, 0));
}

TEST_CASE("gate: enough size counts, the option itself included") {
  const World world = gated(0, 0.8);
  CHECK_FALSE(counts(world, 2, kPact));  // 3 of 10
  CHECK(counts(world, 4, kPact));        // 8 of 10
}

TEST_CASE("gate: it opens for an option exactly if the framework is in force after it") {
  for (const double members : {0.0, 2.0, 3.0}) {
    for (const double share : {0.0, 0.2, 0.3, 0.8}) {
      const World world = gated(members, share);
      for (std::size_t i = 0; i < 5; ++i) {
        World after = world;
        if (i < 2) {
          withdraw(after, i, 0);
        } else {
          accede(after, i, 0);
        }
        update_entry_into_force(after);
        CHECK(counts(world, i, after.membership(i)) == (after.frameworks_state.in_force[0] != 0));
        CHECK(counts(world, i, world.membership(i)) == (world.frameworks_state.in_force[0] != 0));
      }
    }
  }
}

TEST_CASE("gate: a listing does not help a framework into force") {
  World world = gated(2, 0);
  world.members.level[world.at(0, 0)] = static_cast<std::uint8_t>(MembershipLevel::kListed);
  CHECK_FALSE(counts(world, 3, 0));
  CHECK(counts(world, 3, kPact));
  CHECK_FALSE(counts(world, 0, kPact));
}

TEST_CASE("gate: nothing that has not opened is in force") {
  World world = gated(0, 0);
  world.frameworks_state.status[0] = static_cast<std::uint8_t>(FrameworkStatus::kNotYet);
  CHECK_FALSE(counts(world, 0, kPact));
}

TEST_CASE("situation: all others as they are, oneself as told") {
  const World world = gated(0, 0, 0);
  const Gate gate(world);
  const Situation out(world, gate, 0, 0);
  CHECK(out.others(0) == 1);
  CHECK(out.own() == 0);
  CHECK(out.of(1) == kPact);
  CHECK(Situation(world, gate, 3, kPact).others(0) == 2);
  CHECK(Situation(world, gate, 3, kPact).own() == kPact);
}

TEST_CASE("situation: behind a closed gate nobody is a member") {
  const World world = gated(4, 0);
  const Gate gate(world);
  const Situation in(world, gate, 2, kPact);
  CHECK(in.own() == 0);
  CHECK(in.others(0) == 0);
  CHECK(in.of(0) == 0);
}

}  // namespace
}  // namespace splinternet::testing
