#include "sim/model/trade_response.hpp"

#include <vector>

#include "sim/model/adaptation.hpp"
#include "sim/model/payoffs/market_access.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

Scenario with_refresh(double threshold) {
  Scenario scenario = small_scenario();
  set(scenario, "countries.market_access_refresh", threshold);
  return scenario;
}

/// What each country's move to either framework is worth by the linear response.
std::vector<double> all_values(const World& world) {
  std::vector<double> values;
  for (std::size_t i = 0; i < world.countries(); ++i) {
    for (const FrameworkSet target : {FrameworkSet{0}, bit(kClean), bit(kGids)}) {
      values.push_back(value_of(market_access_term(), world, i, target));
    }
  }
  return values;
}

/// One step without decisions, the response being refreshed where it would be; returns whether it was.
bool advance_and_refresh(World& world) {
  ++world.step;
  apply_events(world);
  update_entry_into_force(world);
  apply_policy(world);
  const bool refreshed = refresh_response(world);
  route_data(world);
  solve_trade(world);
  adapt(world);
  return refreshed;
}

TEST_CASE("trade response: it is kept where countries weigh their market access, and nowhere else") {
  Scenario scenario = small_scenario();
  CHECK(make_world(scenario, small_tables()).linear_response.has_value());
  scenario.terms = {"alignment", "inertia"};
  World world = make_world(scenario, small_tables());
  CHECK_FALSE(world.linear_response.has_value());
  CHECK(world.response.step.empty());
  let_events_pass(world, 1);
  CHECK_FALSE(refresh_response(world));
  CHECK_FALSE(world.linear_response.has_value());
}

TEST_CASE(
    "trade response: it is taken anew after a threshold is passed, not before, and at 0 whenever anything moved") {
  World never = make_world(with_refresh(10.0), small_tables());
  World always = make_world(with_refresh(0.0), small_tables());
  World sometimes = make_world(with_refresh(3e-3), small_tables());
  int refreshed_sometimes = 0;
  for (int step = 1; step <= 12; ++step) {
    // Frameworks open in steps 1 and 3, but in step 1 nothing has moved yet.
    CHECK(advance_and_refresh(never) == (step == 2 || step == 3));
    CHECK(advance_and_refresh(always) == (step > 1));
    refreshed_sometimes += advance_and_refresh(sometimes) ? 1 : 0;
  }
  CHECK(never.response.step == std::vector<std::int32_t>{3});
  CHECK(always.response.step == std::vector<std::int32_t>{12});
  CHECK(refreshed_sometimes > 1);
  CHECK(refreshed_sometimes < 11);
}

TEST_CASE("trade response: it books the conditions at which it was taken") {
  World world = make_world(with_refresh(0.0), small_tables());
  for (int step = 0; step < 4; ++step) advance_and_refresh(world);
  const World before = world;
  REQUIRE(advance_and_refresh(world));
  CHECK(world.response.step.front() == world.step);
  CHECK(world.response.cost_factor == before.derived.cost_factor);
  CHECK(world.response.productivity == before.derived.productivity);
  CHECK(world.response.log_wage == before.trade.log_wage);
}

TEST_CASE("trade response: nobody who may decide, no refresh") {
  World world = make_world(with_refresh(0.0), small_tables());
  let_events_pass(world, 1);
  world.policy.log_productivity[kEee] = 0.01;
  resume_trade(world);
  world.frameworks_state.status.assign(2, static_cast<std::uint8_t>(FrameworkStatus::kClosed));
  CHECK_FALSE(refresh_response(world));
  world.frameworks_state.status[kClean] = static_cast<std::uint8_t>(FrameworkStatus::kOpen);
  CHECK(refresh_response(world));
  CHECK_FALSE(refresh_response(world));
}

TEST_CASE("trade response: after a restart it is bit for bit what it was, also where it is older than the state") {
  World world = make_world(with_refresh(3e-3), small_tables());
  int old = 0;
  for (int step = 1; step <= 12; ++step) {
    advance_and_refresh(world);
    World resumed = world;
    resumed.linear_response.reset();
    resumed.trade_solver->reset();
    resume_trade(resumed);
    resume_response(resumed);
    CHECK(state_digest(resumed) == state_digest(world));
    CHECK(all_values(resumed) == all_values(world));
    CHECK(refresh_response(resumed) == refresh_response(world));
    if (world.response.step.front() < step) ++old;
  }
  CHECK(old > 3);
}

TEST_CASE("trade response: between refreshes market access stays as near to the world solved anew as the threshold") {
  World world = make_world(with_refresh(10.0), small_tables());
  for (int step = 1; step <= 18; ++step) advance_and_refresh(world);
  World fresh = world;
  take_response(fresh);
  const std::vector<double> stale = all_values(world), anew = all_values(fresh);
  CHECK(stale != anew);
  for (std::size_t n = 0; n < anew.size(); ++n) CHECK(stale[n] == near(anew[n], 0.02, 1e-4));
}

}  // namespace
}  // namespace splinternet::testing
