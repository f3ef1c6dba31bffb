#include "sim/model/payoffs/retaliation.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

double retaliation(const World& world, std::size_t country, FrameworkSet target) {
  return value_of(retaliation_term(), world, country, target);
}

/// Exports of goods and services at the baseline, in percent of GDP.
double exports_pct(const World& world, std::size_t from, std::size_t to) {
  const std::span<const double> flow = world.setting().trade->baseline.flow();
  const std::size_t n = world.countries();
  return 100.0 * (flow[from * n + to] + flow[(n + from) * n + to]) / world.setting().countries.gdp_busd[from];
}

TEST_CASE("retaliation: an accession costs coercion times exports to the rival's sponsor over GDP") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(retaliation(world, kEee, bit(kClean)) == near(-0.02 * exports_pct(world, kEee, kBbb), 1e-10));
  CHECK(retaliation(world, kEee, bit(kGids)) == near(-0.02 * exports_pct(world, kEee, kAaa), 1e-10));
}

TEST_CASE("retaliation: leaving ends the threat and a swap changes who threatens") {
  const World world = make_world(small_scenario(), small_tables());
  const double by_bbb = 0.02 * exports_pct(world, kCcc, kBbb);
  const double by_aaa = 0.02 * exports_pct(world, kCcc, kAaa);
  CHECK(retaliation(world, kCcc, 0) == near(by_bbb, 1e-10));
  CHECK(retaliation(world, kCcc, bit(kGids)) == near(by_bbb - by_aaa, 1e-10));
}

TEST_CASE("retaliation: a listing provokes nobody, so that its lapse appeases nobody") {
  const World world = make_world(small_scenario(), small_tables());
  REQUIRE(world.membership(kDdd) == bit(kClean));
  REQUIRE(world.signed_membership(kDdd) == 0);
  CHECK(retaliation(world, kDdd, 0) == 0.0);
  CHECK(retaliation(world, kDdd, bit(kGids)) == near(-0.02 * exports_pct(world, kDdd, kAaa), 1e-10));
}

TEST_CASE("retaliation: its derivative by coercion is minus the exports at stake over GDP, at any coercion") {
  World world = make_world(small_scenario(), small_tables());
  const double slope = -exports_pct(world, kEee, kBbb);
  double before = retaliation(world, kEee, bit(kClean));
  for (const double coercion : {0.04, 0.08, 0.16, 1.28}) {
    const double last = world.derived.parameters.value(world.derived.parameters.find("countries.coercion"));
    set_now(world, "countries.coercion", coercion);
    const double now = retaliation(world, kEee, bit(kClean));
    CHECK((now - before) / (coercion - last) == near(slope, 1e-9));
    before = now;
  }
  set_now(world, "countries.coercion", 0.0);
  CHECK(retaliation(world, kEee, bit(kClean)) == 0.0);
}

TEST_CASE("retaliation: nobody retaliates where no framework is incompatible") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.gids.provisions.open_supply_chain", 0.0);
  const World world = make_world(scenario, small_tables());
  CHECK(retaliation(world, kEee, bit(kClean)) == 0.0);
  CHECK(retaliation(world, kEee, bit(kGids)) == 0.0);
}

TEST_CASE("retaliation: it needs trade") {
  Scenario scenario = small_scenario();
  scenario.has_trade = false;
  CHECK(retaliation(make_world(scenario, small_tables()), kEee, bit(kClean)) == 0.0);
}

}  // namespace
}  // namespace splinternet::testing
