#include "sim/model/payoffs/side_payment.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

double side_payment(const World& world, std::size_t country, FrameworkSet target, double offer_busd = 0.0) {
  return value_of(side_payment_term(), world, country, target, offer_busd);
}

TEST_CASE("side payment: an offer is worth its annuity over GDP") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(side_payment(world, kFff, bit(kClean), 1.0) == near(0.15 * 100.0 / 60.0));
  CHECK(side_payment(world, kCcc, bit(kGids), 1.0) == near(0.15 * 100.0 / 3000.0));
  CHECK(side_payment(world, kFff, bit(kClean)) == 0.0);
}

TEST_CASE("side payment: a withdrawal ends what the framework paid, a swap weighs it against the new offer") {
  World world = make_world(small_scenario(), small_tables());
  world.members.side_payment_busd[world.at(kCcc, kClean)] = 3.0;
  CHECK(side_payment(world, kCcc, 0) == near(-0.15 * 100.0 * 3.0 / 3000.0));
  CHECK(side_payment(world, kCcc, bit(kGids), 3.0) == 0.0);
  CHECK(side_payment(world, kCcc, bit(kGids), 4.0) == near(0.15 * 100.0 / 3000.0));
  CHECK(side_payment(world, kCcc, bit(kClean)) == 0.0);
}

TEST_CASE("side payment: the annuity scales it") {
  World world = make_world(small_scenario(), small_tables());
  set_now(world, "countries.annuity", 0.30);
  CHECK(side_payment(world, kFff, bit(kClean), 1.0) == near(0.5));
}

TEST_CASE("side payment: a transfer is yearly, received or paid, and ends with the membership") {
  World world = make_world(small_scenario(), small_tables());
  world.members.transfer_busd[world.at(kCcc, kClean)] = 6.0;
  world.members.transfer_busd[world.at(kDdd, kClean)] = -6.0;
  CHECK(side_payment(world, kCcc, 0) == near(-100.0 * 6.0 / 3000.0));
  CHECK(side_payment(world, kDdd, 0) == near(100.0 * 6.0 / 800.0));
  CHECK(side_payment(world, kCcc, bit(kGids), 40.0) == near(0.0));
  CHECK(side_payment(world, kCcc, bit(kClean)) == 0.0);
}

TEST_CASE("side payment: what was settled for one who has left since is nothing to lose") {
  World world = make_world(small_scenario(), small_tables());
  world.members.transfer_busd[world.at(kEee, kClean)] = 5.0;
  CHECK(side_payment(world, kEee, bit(kClean)) == 0.0);
  CHECK(side_payment(world, kEee, bit(kGids)) == 0.0);
}

}  // namespace
}  // namespace splinternet::testing
