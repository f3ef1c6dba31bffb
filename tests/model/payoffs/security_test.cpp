#include "sim/model/payoffs/security.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

double security(const World& world, std::size_t country, FrameworkSet target) {
  return value_of(security_term(), world, country, target);
}

Scenario without_routes() {
  Scenario scenario = small_scenario();
  scenario.has_data = false;
  return scenario;
}

/// ρ of a position between BBB (−1.6, feared) and AAA (1.8).
double fear_at(double position) {
  return (position + 1.6) / 3.4;
}

TEST_CASE("security: exclusions are worth beta times fear times the untrusted share of equipment") {
  const World world = make_world(without_routes(), small_tables());
  CHECK(security(world, kEee, bit(kClean)) == near(0.2 * fear_at(-0.9) * 0.60));
  CHECK(security(world, kFff, bit(kClean)) == near(0.2 * fear_at(-0.2) * 0.70));
  CHECK(security(world, kCcc, 0) == near(-0.2 * fear_at(1.0) * 0.30));
}

TEST_CASE("security: promises about conduct count by the sponsor's equipment times credibility") {
  const World world = make_world(without_routes(), small_tables());
  CHECK(security(world, kEee, bit(kGids)) == near(0.2 * fear_at(-0.9) * 0.3 * 0.60));
}

TEST_CASE("security: routes through untrusted homes add to the exposure that is removed") {
  const World world = make_world(small_scenario(), small_tables());
  const std::size_t n = world.countries();
  const std::vector<double>& demand = world.setting().demand->share;
  double traffic = 0.0;
  for (std::size_t d = 0; d < n; ++d) traffic += demand[kCcc * n + d];
  // CCC reaches EEE and FFF through BBB.
  const double routes = (demand[kCcc * n + kEee] + demand[kCcc * n + kFff]) / traffic;
  REQUIRE(routes > 0.0);
  CHECK(security(world, kCcc, 0) == near(-0.2 * fear_at(1.0) * (0.30 + routes)));
}

TEST_CASE("security: the exposure that is removed is at most all of it") {
  World world = make_world(small_scenario(), small_tables());
  for (double& transit : world.derived.routing.classes[0].transit) transit = 1.0;
  CHECK(security(world, kFff, bit(kClean)) == near(0.2 * fear_at(-0.2)));
}

TEST_CASE("security: equipment that is already replaced no longer counts") {
  World world = make_world(without_routes(), small_tables());
  world.members.vendor_base[world.at(kEee, kClean)] = 0.5;
  CHECK(security(world, kEee, bit(kClean)) == near(0.2 * fear_at(-0.9) * 0.30));
}

TEST_CASE("security: fear is clipped at the feared home and at its opponent") {
  WorldTables tables = small_tables();
  tables.countries.ideal_point_sd[kEee] = -2.0;
  tables.countries.ideal_point_sd[kFff] = 2.0;
  const World world = make_world(without_routes(), tables);
  CHECK(security(world, kEee, bit(kClean)) == 0.0);
  CHECK(security(world, kFff, bit(kClean)) == near(0.2 * 0.70));
}

TEST_CASE("security: where the feared home and its opponent stand alike nobody fears") {
  WorldTables tables = small_tables();
  tables.countries.ideal_point_sd[kBbb] = tables.countries.ideal_point_sd[kAaa];
  CHECK(security(make_world(without_routes(), tables), kEee, bit(kClean)) == 0.0);
}

TEST_CASE("security: a fraud shock multiplies fear while it lasts") {
  Scenario scenario = without_routes();
  EventSpec shock = event_in_month("wave", EventKind::kFraudShock, 0);
  shock.amount = 1.5;
  shock.until = add_months(*shock.date, 2);
  add_event(scenario, shock);
  World world = make_world(scenario, small_tables());
  let_events_pass(world, 1);
  CHECK(security(world, kEee, bit(kClean)) == near(1.5 * 0.2 * fear_at(-0.9) * 0.60));
  let_events_pass(world, 2);
  CHECK(security(world, kEee, bit(kClean)) == near(0.2 * fear_at(-0.9) * 0.60));
}

TEST_CASE("security: a revelation lowers what promises are worth") {
  Scenario scenario = without_routes();
  EventSpec scandal = event_in_month("scandal", EventKind::kRevelation, 0);
  scandal.framework = "gids";
  scandal.amount = 0.2;
  add_event(scenario, scandal);
  World world = make_world(scenario, small_tables());
  let_events_pass(world, 1);
  CHECK(security(world, kEee, bit(kGids)) == near(0.2 * fear_at(-0.9) * 0.1 * 0.60));
}

TEST_CASE("security: beta and the strength of clean_path scale it") {
  World world = make_world(without_routes(), small_tables());
  set_now(world, "countries.security", 0.4);
  set_now(world, "framework.clean.provisions.clean_path", 0.5);
  CHECK(security(world, kEee, bit(kClean)) == near(0.4 * fear_at(-0.9) * 0.30));
}

}  // namespace
}  // namespace splinternet::testing
