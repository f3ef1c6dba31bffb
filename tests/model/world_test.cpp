#include "sim/model/world.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("a copy of a World is a fork") {
  const World world = make_world(small_scenario(), small_tables());
  World fork = world;
  CHECK(state_digest(fork) == state_digest(world));
}

}  // namespace
}  // namespace splinternet::testing
