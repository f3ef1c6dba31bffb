#include "sim/model/payoffs/market_access.hpp"

#include <cmath>
#include <vector>

#include "sim/core/math.hpp"
#include "sim/trade/own_effect.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

double market_access(const World& world, std::size_t country, FrameworkSet target) {
  return value_of(market_access_term(), world, country, target);
}

Scenario without_data() {
  Scenario scenario = small_scenario();
  scenario.has_data = false;
  return scenario;
}

TEST_CASE("market access: without data it is the own effect of dearer trade with the untrusted home") {
  const World world = make_world(without_data(), small_tables());
  // EEE treats data of BBB at .30, excluded .30 + .25·.50; BBB treats that of EEE at .45.
  const double change = (1.0 - (1.0 - 0.425) * (1.0 - 0.45)) - (1.0 - (1.0 - 0.30) * (1.0 - 0.45));
  std::vector<double> ratio(kTradeSectors * 6, 1.0);
  ratio[kBbb] = math::exp(-5.0 * 0.010 * change);
  ratio[6 + kBbb] = math::exp(-5.0 * 0.10 * change);
  const double expected = 100.0 * own_real_income_effect(world.trade_solver->baseline(),
                                                         world.trade_solver->equilibrium(), kEee, {ratio, ratio, 1.0});
  CHECK(expected < 0.0);
  CHECK(market_access(world, kEee, bit(kClean)) == near(expected, 1e-10));
}

TEST_CASE("market access: without data it lies near the exact equilibrium of the same accession") {
  World world = make_world(without_data(), small_tables());
  set_now(world, "countries.depth_on_signing", 1.0);
  const double priced = market_access(world, kEee, bit(kClean));
  let_events_pass(world, 1);
  // Let AAA and CCC stay where they are and EEE alone move, fully phased in.
  World moved = world;
  set_now(moved, "countries.depth_on_signing", 1.0);
  accede(moved, kEee, kClean);
  std::vector<double> factor(kTradeSectors * 36, 1.0);
  apply_policy(moved);
  for (std::size_t j = 0; j < 6; ++j) {
    if (j == kEee) continue;
    const double change = moved.derived.restrictiveness[kEee * 6 + j] - world.derived.restrictiveness[kEee * 6 + j];
    factor[kEee * 6 + j] = factor[j * 6 + kEee] = math::exp(-5.0 * 0.010 * change);
    factor[36 + kEee * 6 + j] = factor[36 + j * 6 + kEee] = math::exp(-5.0 * 0.10 * change);
  }
  const std::vector<double> productivity(6, 1.0);
  const double exact = 100.0 * math::log(moved.trade_solver->solve({factor, productivity}).real_income[kEee]);
  CHECK(exact < 0.0);
  CHECK(priced == near(exact, 0.15));
}

TEST_CASE("market access: keeping to oneself costs more the deeper provisions bind") {
  World world = make_world(small_scenario(), small_tables());
  double last = 0.0;
  for (const double depth : {0.0, 0.25, 0.5, 1.0}) {
    set_now(world, "countries.depth_on_signing", depth);
    const double now = market_access(world, kEee, bit(kClean));
    if (depth > 0.0) CHECK(now < last);
    if (depth == 0.0) CHECK(now == near(0.0, 0.0, 1e-12));
    last = now;
  }
}

TEST_CASE("market access: less data access costs productivity, by the strength of idea diffusion") {
  World world = make_world(small_scenario(), small_tables());
  set_now(world, "policy.idea_diffusion", 0.0);
  const double trade_alone = market_access(world, kEee, bit(kClean));
  set_now(world, "policy.idea_diffusion", 0.064);
  CHECK(market_access(world, kEee, bit(kClean)) < trade_alone);
}

TEST_CASE("market access: trust among members makes joining them better") {
  Scenario scenario = small_scenario();
  World world = make_world(scenario, small_tables());
  let_events_pass(world, 3);
  const double before = market_access(world, kEee, bit(kGids));
  set_now(world, "policy.trust", 0.5);
  apply_policy(world);
  CHECK(market_access(world, kEee, bit(kGids)) > before);
}

TEST_CASE("market access: leaving at once what was joined gives back what it cost") {
  World world = make_world(without_data(), small_tables());
  let_events_pass(world, 1);
  const double joining = market_access(world, kEee, bit(kClean));
  accede(world, kEee, kClean);
  refresh(world);
  world.policy.log_cost_factor.assign(world.policy.log_cost_factor.size(), 0.0);
  resume_trade(world);
  CHECK(market_access(world, kEee, 0) == near(-joining, 0.05));
}

TEST_CASE("market access: it needs trade") {
  Scenario scenario = small_scenario();
  scenario.has_trade = false;
  CHECK(market_access(make_world(scenario, small_tables()), kEee, bit(kClean)) == 0.0);
}

}  // namespace
}  // namespace splinternet::testing
