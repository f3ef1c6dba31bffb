#include "sim/coalition/partition_space.hpp"

#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using Alliances = std::vector<std::uint8_t>;

TEST_CASE("partitions are counted by Stirling and Bell numbers") {
  CHECK(PartitionSpace(9, 2).size() == 256);
  CHECK(PartitionSpace(22, 2).size() == 2097152);
  CHECK(PartitionSpace(5, 3).size() == 1 + 15 + 25);
  CHECK(PartitionSpace(9, 9).size() == 21147);
  CHECK(PartitionSpace(9, 40).size() == 21147);
  CHECK(PartitionSpace(6, 1).size() == 1);
  CHECK(PartitionSpace(1, 2).size() == 1);
}

TEST_CASE("every partition is found again, by whatever names") {
  const PartitionSpace space(6, 4);
  std::set<Alliances> seen;
  Alliances alliance(6);
  for (std::size_t state = 0; state < space.size(); ++state) {
    const std::size_t used = space.read(state, alliance);
    REQUIRE(used <= 4);
    REQUIRE(std::set<std::uint8_t>(alliance.begin(), alliance.end()).size() == used);
    REQUIRE(seen.insert(alliance).second);
    REQUIRE(space.find(alliance) == state);
    for (std::uint8_t& name : alliance) name = static_cast<std::uint8_t>(200 - 3 * name);
    REQUIRE(space.find(alliance) == state);
  }
  CHECK(space.find(Alliances{7, 7, 7, 7, 7, 7}) == 0);
}

TEST_CASE("spaces too large to go through, and divisions outside one, are refused") {
  CHECK(testing::contains(testing::error_message([] { PartitionSpace(24, 2); }), "24 actors in up to 2 alliances"));
  CHECK(testing::contains(testing::error_message([] { PartitionSpace(500, 300); }), "500 actors"));
  CHECK(testing::contains(testing::error_message([] { PartitionSpace(0, 2); }), "at least one actor"));
  CHECK(testing::contains(testing::error_message([] { PartitionSpace(3, 0); }), "one alliance"));
  const PartitionSpace space(4, 2);
  CHECK(testing::contains(testing::error_message([&] { (void)space.find(Alliances{0, 1, 2, 0}); }), "more than 2"));
}
