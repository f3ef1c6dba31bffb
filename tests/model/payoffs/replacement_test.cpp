#include "sim/model/payoffs/replacement.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

double replacement(const World& world, std::size_t country, FrameworkSet target) {
  return value_of(replacement_term(), world, country, target);
}

/// EEE has 45 mn users, 60 % of equipment from BBB and a GDP of USD 400 bn; at depth .25 and USD 30 per user it pays
/// USD 0.2025 bn once, .15 of that a year.
constexpr double kEeePays = 0.15 * 100.0 * (30.0 * 45.0 / 1000.0 * 0.25 * 0.60) / 400.0;

TEST_CASE("replacement: signing clean_path costs the annuity of what has to go at the depth of signing") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(replacement(world, kEee, bit(kClean)) == near(-kEeePays));
  CHECK(kEeePays == near(0.00759375));
}

TEST_CASE("replacement: a framework without clean_path costs nothing and leaving gives nothing back") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(replacement(world, kEee, bit(kGids)) == 0.0);
  CHECK(replacement(world, kCcc, 0) == 0.0);
}

TEST_CASE("replacement: it is proportional to price, annuity, depth, strength and what is left of the base") {
  for (const char* path : {"countries.replacement_cost_usd", "countries.annuity", "countries.depth_on_signing",
                           "framework.clean.provisions.clean_path"}) {
    World world = make_world(small_scenario(), small_tables());
    set_now(world, path, 0.5 * get(world.scenario(), path));
    CHECK(replacement(world, kEee, bit(kClean)) == near(-0.5 * kEeePays));
  }
  World world = make_world(small_scenario(), small_tables());
  world.members.vendor_base[world.at(kEee, kClean)] = 0.25;
  CHECK(replacement(world, kEee, bit(kClean)) == near(-0.25 * kEeePays));
}

TEST_CASE("replacement: equipment replaced as a member need not be replaced on coming back") {
  World world = make_world(small_scenario(), small_tables());
  world.members.vendor_base[world.at(kCcc, kClean)] = 0.0;
  withdraw(world, kCcc, kClean);
  CHECK(replacement(world, kCcc, bit(kClean)) == 0.0);
}

}  // namespace
}  // namespace splinternet::testing
