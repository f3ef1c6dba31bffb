#include "sim/coalition/landscape.hpp"

#include <algorithm>
#include <limits>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/landscapes.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;
using Alliances = std::vector<std::uint8_t>;

TEST_CASE("Unix 1988: energy and frustrations of the predicted alliances and of those that came about") {
  const Landscape firms = testing::unix_firms();
  const Alliances predicted = {0, 0, 0, 0, 1, 1, 1, 1, 1}, other = {0, 0, 1, 1, 0, 0, 1, 1, 1};
  CHECK(firms.energy(predicted) == near(-3828.9));
  CHECK(firms.energy(other) == near(-3828.9));
  const Alliances came_about = {0, 0, 0, 1, 1, 1, 1, 1, 1};
  CHECK(firms.energy(came_about) == near(-3806.1));
  const std::vector<double> frustration = {-30.0, -30.0, -31.5, -31.5, -32.3, -32.3, -29.9, -29.9, -29.9};
  double size = 0.0;
  for (std::size_t firm = 0; firm < 9; ++firm) {
    CHECK(firms.frustration(firm, predicted) == near(frustration[firm]));
    size += firms.size(firm);
  }
  // All of IBM's size is wrong: 97 % right.
  CHECK(1.0 - firms.size(3) / size == near(0.9693, 1e-4));
}

TEST_CASE("Unix 1988: two of 256 configurations have the lowest energy, the next has -3826.7") {
  std::vector<double> energy = energies(testing::unix_firms(), PartitionSpace(9, 2));
  std::sort(energy.begin(), energy.end());
  CHECK(energy[0] == near(-3828.9));
  CHECK(energy[1] == near(-3828.9));
  CHECK(energy[2] == near(-3826.7));
}

TEST_CASE("a move changes the energy by twice the size of who moves times its frustration") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    const Landscape landscape = testing::random_landscape(world, 7, true);
    landscape.require_symmetric();
    const Draws draws(2, Purpose::kTest, world, 1);
    Alliances before(7);
    for (std::size_t actor = 0; actor < 7; ++actor) {
      before[actor] = static_cast<std::uint8_t>(draws.below(3, static_cast<std::uint32_t>(actor)));
    }
    for (std::size_t actor = 0; actor < 7; ++actor) {
      std::vector<double> attraction(4);
      landscape.attraction(actor, before, attraction);
      for (std::uint8_t to = 0; to < 4; ++to) {
        Alliances after = before;
        after[actor] = to;
        const double change = landscape.frustration(actor, after) - landscape.frustration(actor, before);
        REQUIRE(change == near(attraction[before[actor]] - attraction[to], 1e-12, 1e-12));
        REQUIRE(landscape.energy(after) - landscape.energy(before) ==
                near(2.0 * landscape.size(actor) * change, 1e-10, 1e-12));
      }
    }
  }
}

TEST_CASE("landscapes that are not one are refused with the actors") {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const auto fault = [](std::vector<double> size, std::vector<double> propensity) {
    return testing::error_message([&] { Landscape(size, propensity).require_symmetric(); });
  };
  CHECK(fault({1.0, 2.0}, {kNone, 1.0, 1.0, kNone}) == "no error");
  CHECK(testing::contains(fault({1.0, 0.0}, {0, 1, 1, 0}), "size of actor 1"));
  CHECK(testing::contains(fault({1.0, 1.0}, {0, 1, kNone, 0}), "propensity of actors 1 and 0"));
  CHECK(testing::contains(fault({1.0, 1.0}, {0, 0.25, 1, 0}),
                          "the propensity of actor 1 to 0 is 1.000000, that of 0 to 1 is 0.250000"));
  CHECK_THROWS_AS(Landscape({1.0, 1.0}, {1.0}), InternalError);
}
