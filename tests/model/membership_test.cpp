#include "sim/model/membership.hpp"

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

constexpr auto kNone = static_cast<std::uint8_t>(MembershipLevel::kNone);
constexpr auto kListed = static_cast<std::uint8_t>(MembershipLevel::kListed);
constexpr auto kSigned = static_cast<std::uint8_t>(MembershipLevel::kSigned);

TEST_CASE("a set of frameworks is admissible unless it holds two that are incompatible") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(is_admissible(world.setting(), 0));
  CHECK(is_admissible(world.setting(), bit(kClean)));
  CHECK(is_admissible(world.setting(), bit(kGids)));
  CHECK_FALSE(is_admissible(world.setting(), bit(kClean) | bit(kGids)));
}

TEST_CASE("signing makes an incompatible listing lapse, but not a signature") {
  World world = make_world(small_scenario(), small_tables());
  CHECK(after_accession(world, kDdd, kGids) == bit(kGids));
  CHECK(after_accession(world, kCcc, kGids) == (bit(kClean) | bit(kGids)));
  CHECK(after_accession(world, kEee, kGids) == bit(kGids));
  world.step = 7;
  world.members.side_payment_busd[world.at(kDdd, kClean)] = 3.0;
  accede(world, kDdd, kGids);
  CHECK(world.members.level[world.at(kDdd, kGids)] == kSigned);
  CHECK(world.members.depth[world.at(kDdd, kGids)] == 0.25);
  CHECK(world.members.signed_step[world.at(kDdd, kGids)] == 7);
  CHECK(world.members.level[world.at(kDdd, kClean)] == kNone);
  CHECK(world.members.depth[world.at(kDdd, kClean)] == 0.0);
  CHECK(world.members.side_payment_busd[world.at(kDdd, kClean)] == 0.0);
}

TEST_CASE("nobody signs two incompatible frameworks: the attempt is our bug and changes nothing") {
  World world = make_world(small_scenario(), small_tables());
  const std::uint64_t before = state_digest(world);
  CHECK_THROWS_AS(accede(world, kCcc, kGids), InternalError);
  CHECK(state_digest(world) == before);
  withdraw(world, kCcc, kClean);
  accede(world, kCcc, kGids);
  CHECK(world.signed_membership(kCcc) == bit(kGids));
}

TEST_CASE("a listing in a compatible framework stays") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.gids.provisions.open_supply_chain", 0.0);
  World world = make_world(scenario, small_tables());
  CHECK(is_admissible(world.setting(), bit(kClean) | bit(kGids)));
  accede(world, kDdd, kGids);
  CHECK(world.membership(kDdd) == (bit(kClean) | bit(kGids)));
  CHECK(world.signed_membership(kDdd) == bit(kGids));
}

TEST_CASE("a listed country that signs the same framework keeps its depth") {
  World world = make_world(small_scenario(), small_tables());
  world.members.depth[world.at(kDdd, kClean)] = 0.6;
  CHECK(world.members.level[world.at(kDdd, kClean)] == kListed);
  accede(world, kDdd, kClean);
  CHECK(world.members.level[world.at(kDdd, kClean)] == kSigned);
  CHECK(world.members.depth[world.at(kDdd, kClean)] == 0.6);
}

TEST_CASE("a withdrawal ends depth and side payments; replaced equipment stays replaced") {
  World world = make_world(small_scenario(), small_tables());
  const std::size_t row = world.at(kCcc, kClean);
  world.members.side_payment_busd[row] = 2.0;
  world.members.vendor_base[row] = 0.4;
  withdraw(world, kCcc, kClean);
  CHECK(world.membership(kCcc) == 0);
  CHECK(world.members.depth[row] == 0.0);
  CHECK(world.members.side_payment_busd[row] == 0.0);
  CHECK(world.members.vendor_base[row] == 0.4);
}

TEST_CASE("provisions bind at today's depth, at d0 for new members, and only in force") {
  World world = make_world(small_scenario(), small_tables());
  world.members.depth[world.at(kCcc, kClean)] = 0.7;
  std::vector<double> depth(2, -1.0);
  const FrameworkSet both = bit(kClean) | bit(kGids);

  // Nothing is in force: what exists does not bind; what would be new counts as if it were.
  binding_depth(world, kCcc, both, Counting::kInForceOnly, depth);
  CHECK(depth == std::vector<double>{0.0, 0.0});
  binding_depth(world, kCcc, both, Counting::kAsIfInForce, depth);
  CHECK(depth == std::vector<double>{0.0, 0.25});

  world.frameworks_state.in_force = {1, 0};
  binding_depth(world, kCcc, both, Counting::kInForceOnly, depth);
  CHECK(depth == std::vector<double>{0.7, 0.0});
  binding_depth(world, kCcc, both, Counting::kAsIfInForce, depth);
  CHECK(depth == std::vector<double>{0.7, 0.25});
  binding_depth(world, kCcc, bit(kGids), Counting::kAsIfInForce, depth);
  CHECK(depth == std::vector<double>{0.0, 0.25});
  binding_depth(world, kEee, bit(kClean), Counting::kInForceOnly, depth);
  CHECK(depth == std::vector<double>{0.25, 0.0});
}

TEST_CASE("a framework enters into force when it has opened, with signatories and their GDP enough") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.clean.entry_into_force_members", 2);
  World world = make_world(scenario, small_tables());
  update_entry_into_force(world);
  CHECK(world.frameworks_state.in_force[kClean] == 0);

  world.frameworks_state.status[kClean] = static_cast<std::uint8_t>(FrameworkStatus::kOpen);
  update_entry_into_force(world);
  CHECK(world.frameworks_state.in_force[kClean] == 0);  // CCC has signed; DDD is only listed
  accede(world, kAaa, kClean);
  update_entry_into_force(world);
  CHECK(world.frameworks_state.in_force[kClean] == 1);

  world.frameworks_state.status[kClean] = static_cast<std::uint8_t>(FrameworkStatus::kClosed);
  update_entry_into_force(world);
  CHECK(world.frameworks_state.in_force[kClean] == 1);  // closed to accessions, still binding
  withdraw(world, kCcc, kClean);
  update_entry_into_force(world);
  CHECK(world.frameworks_state.in_force[kClean] == 0);
}

TEST_CASE("the GDP share needed for entry into force counts signatories only") {
  const double all = 20000 + 14000 + 3000 + 800 + 400 + 60;
  Scenario scenario = small_scenario();
  World world = make_world(scenario, small_tables());
  world.frameworks_state.status[kClean] = static_cast<std::uint8_t>(FrameworkStatus::kOpen);
  const std::size_t threshold = world.derived.parameters.find("framework.clean.entry_into_force_gdp_share");
  world.derived.parameters.set(threshold, 3000 / all * 0.999);
  update_entry_into_force(world);
  CHECK(world.frameworks_state.in_force[kClean] == 1);
  world.derived.parameters.set(threshold, 3000 / all * 1.001);
  update_entry_into_force(world);
  CHECK(world.frameworks_state.in_force[kClean] == 0);
}

}  // namespace
}  // namespace splinternet::testing
