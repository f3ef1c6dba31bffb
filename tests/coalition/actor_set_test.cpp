#include "sim/coalition/actor_set.hpp"

#include "tests/support/catch.hpp"

using namespace splinternet::coalition;

TEST_CASE("actors enter and leave a set, which tells its members") {
  ActorSet set = with(with(with(0, 3), 0), 31);
  CHECK(contains(set, 0));
  CHECK_FALSE(contains(set, 1));
  CHECK(size_of(set) == 3);
  CHECK(text(set) == "{0, 3, 31}");
  set = without(without(set, 31), 7);
  CHECK(set == 9);
  CHECK(with(set, 3) == set);
  CHECK(text(0) == "{}");
}
