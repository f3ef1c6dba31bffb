#include "sim/engine/invariants.hpp"

#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/model/build_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/hosted_world.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// A sound world after five months, both frameworks open.
const World& sound() {
  static const World kWorld = [] {
    Simulation simulation(make_setting(small_scenario(), small_tables()));
    for (int step = 0; step < 5; ++step) simulation.step();
    return simulation.world();
  }();
  return kWorld;
}

/// Solutions are read-only from outside; a test that damages one has to insist.
TradeEquilibrium& equilibrium(World& world) {
  return const_cast<TradeEquilibrium&>(world.trade_solver->equilibrium());
}

RoutingTables::Class& table(World& world, std::size_t policy_class) {
  return world.derived.routing.classes[policy_class];
}

struct Damage {
  std::string what;
  std::function<void(World&)> plant;
};

void check_is_caught(const std::vector<Damage>& list) {
  REQUIRE_NOTHROW(check_invariants(sound()));
  for (const Damage& damage : list) {
    INFO(damage.what);
    World world = sound();
    damage.plant(world);
    CHECK_THROWS_AS(check_invariants(world), InternalError);
  }
}

TEST_CASE("invariants: a world at its start and after any step is sound") {
  Simulation simulation(make_setting(small_scenario(), random_tables(2, 12)));
  CHECK_NOTHROW(check_invariants(simulation.world()));
  while (!simulation.is_finished()) {
    simulation.step();
    CHECK_NOTHROW(check_invariants(simulation.world()));
  }
}

TEST_CASE("invariants: damage to memberships is caught") {
  const auto signatory = static_cast<std::uint8_t>(MembershipLevel::kSigned);
  check_is_caught({
      {"two incompatible signatures",
       [&](World& world) {
         for (const std::size_t k : {kClean, kGids}) world.members.level[world.at(kCcc, k)] = signatory;
       }},
      {"a depth beyond one", [](World& world) { world.members.depth[world.at(kAaa, kClean)] = 1.0 + 1e-9; }},
      {"a negative depth", [](World& world) { world.members.depth[world.at(kAaa, kClean)] = -1e-9; }},
      {"a depth without membership", [](World& world) { world.members.depth[world.at(kBbb, kClean)] = 0.1; }},
      {"equipment below nothing", [](World& world) { world.members.vendor_base[world.at(kAaa, kClean)] = -0.1; }},
      {"equipment beyond all", [](World& world) { world.members.vendor_base[world.at(kAaa, kClean)] = 1.1; }},
      {"a sponsor outside its own",
       [](World& world) {
         world.members.level[world.at(kAaa, kClean)] = 0;
         world.members.depth[world.at(kAaa, kClean)] = 0.0;
       }},
      {"a sponsor that is only listed", [](World& world) { world.members.level[world.at(kBbb, kGids)] = 1; }},
      {"credibility beyond one", [](World& world) { world.frameworks_state.credibility[kGids] = 1.5; }},
  });
}

TEST_CASE("invariants: payments that nobody made are caught") {
  check_is_caught({
      {"an offer kept that was never spent",
       [](World& world) { world.members.side_payment_busd[world.at(kCcc, kClean)] += 1e6; }},
      {"a transfer from nobody", [](World& world) { world.members.transfer_busd[world.at(kCcc, kGids)] = 0.001; }},
      {"a transfer to nobody", [](World& world) { world.members.transfer_busd[world.at(kCcc, kClean)] -= 0.001; }},
  });
}

TEST_CASE("invariants: damage to trade is caught") {
  check_is_caught({
      {"a residual", [](World& world) { equilibrium(world).residual = 1e-11; }},
      {"a residual that is no number", [](World& world) { equilibrium(world).residual = kNaN; }},
      {"a gap in the ACR identity", [](World& world) { equilibrium(world).acr_gap = 1e-8; }},
      {"output from nowhere", [](World& world) { equilibrium(world).output[kAaa] *= 1.0 + 1e-9; }},
      {"shares that do not sum to one", [](World& world) { equilibrium(world).share[kAaa * 6 + kCcc] += 1e-9; }},
      {"services shares", [](World& world) { equilibrium(world).share[36 + kAaa * 6 + kCcc] -= 1e-9; }},
  });
}

TEST_CASE("invariants: damage to routing is caught") {
  REQUIRE(sound().derived.routing.classes.size() == 2);
  check_is_caught({
      {"transit from nowhere", [](World& world) { table(world, 0).transit[kCcc * 6 + kBbb] += 1e-6; }},
      {"a load from nowhere", [](World& world) { table(world, 0).link_load[kCcc * 9] += 1e-6; }},
      {"demand lost without cause", [](World& world) { table(world, 0).lost[kCcc] += 1e-6; }},
      {"a destination out of reach", [](World& world) { table(world, 0).distance[kCcc * 6 + kEee] = kUnreachable; }},
      {"transit through an untrusted home",
       [](World& world) {
         // Balanced by a load elsewhere, so that only the rule itself is broken.
         table(world, 1).transit[kCcc * 6 + kBbb] += 1e-6;
         table(world, 1).link_load[kCcc * 9] += 1e-6;
       }},
      {"a load on a cut link",
       [](World& world) {
         for (std::size_t l = 0; l < 9; ++l) {
           if (table(world, 0).link_load[kCcc * 9 + l] > 0.0) {
             world.derived.effects.cut_link[world.setting().links->order[l]] = 1;
           }
         }
       }},
      {"a load on an untrusted cable",
       [](World& world) {
         const LinkSetting& links = *world.setting().links;
         for (std::size_t l = 0; l < 9; ++l) {
           if (links.rows[links.order[l]].cable != "silk") continue;
           table(world, 1).link_load[kCcc * 9 + l] += 1e-6;
           table(world, 1).transit[kCcc * 6 + kAaa] += 1e-6;
         }
       }},
      {"policy classes that do not add up", [](World& world) { world.derived.class_share[kCcc * 2] += 1e-9; }},
  });
}

TEST_CASE("invariants: data with a host that a class forbids, or data that vanish, are caught") {
  Scenario scenario = small_scenario();
  set(scenario, "data.demand", 1);
  const WorldTables tables = hosted_tables();
  Simulation simulation(make_setting(scenario, tables));
  simulation.step();
  REQUIRE_NOTHROW(check_invariants(simulation.world()));
  World world = simulation.world();
  std::vector<double>& demand = world.derived.routing.demand[1];
  std::swap(demand[kCcc * 6 + kCcc], demand[kCcc * 6 + kBbb]);
  CHECK_THROWS_AS(check_invariants(world), InternalError);
  demand = simulation.world().derived.routing.demand[1];
  demand[kCcc * 6 + kCcc] -= 1e-6;  // at home: no path carries it
  CHECK_THROWS_AS(check_invariants(world), InternalError);
}

TEST_CASE("invariants: damage to the markets of firms is caught") {
  check_is_caught({
      {"sales from nowhere", [](World& world) { world.firms.market_revenue_busd[0] *= 1.0 + 1e-9; }},
      {"sales in another market",
       [](World& world) {
         world.firms.market_revenue_busd[0] -= 1.0;
         world.firms.market_revenue_busd[1] += 1.0;
       }},
  });
}

TEST_CASE("invariants: the message names what is broken and where") {
  World world = sound();
  world.members.depth[world.at(kAaa, kClean)] = 3.0;
  try {
    check_invariants(world);
    FAIL("not caught");
  } catch (const InternalError& error) {
    const std::string message = error.what();
    CHECK(message.find("AAA") != std::string::npos);
    CHECK(message.find("depth") != std::string::npos);
    CHECK(message.find('3') != std::string::npos);
  }
}

}  // namespace
}  // namespace splinternet::testing
