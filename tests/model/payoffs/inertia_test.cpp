#include "sim/model/payoffs/inertia.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

double inertia(const World& world, std::size_t country, FrameworkSet target) {
  return value_of(inertia_term(), world, country, target);
}

TEST_CASE("inertia: an accession costs kappa_join, a withdrawal kappa_leave, a swap both") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(inertia(world, kEee, bit(kClean)) == near(-0.25));
  CHECK(inertia(world, kEee, bit(kClean) | bit(kGids)) == near(-0.5));
  CHECK(inertia(world, kCcc, 0) == near(-0.5));
  CHECK(inertia(world, kCcc, bit(kGids)) == near(-0.75));
}

TEST_CASE("inertia: a listing lapses without cost, signing what one is listed in has none to leave") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(inertia(world, kDdd, 0) == 0.0);
  CHECK(inertia(world, kDdd, bit(kGids)) == near(-0.25));
}

TEST_CASE("inertia: the two costs move apart") {
  World world = make_world(small_scenario(), small_tables());
  set_now(world, "countries.inertia_join", 0.1);
  CHECK(inertia(world, kCcc, bit(kGids)) == near(-0.6));
  set_now(world, "countries.inertia_leave", 1.0);
  CHECK(inertia(world, kCcc, bit(kGids)) == near(-1.1));
}

}  // namespace
}  // namespace splinternet::testing
