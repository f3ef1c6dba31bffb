#include "sim/coalition/simultaneous_response.hpp"

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/landscapes.hpp"

using namespace splinternet;
using namespace splinternet::coalition;

TEST_CASE("Unix 1988: when all nine move at once, 128 of 512 starts find a minimum and 384 swing for ever") {
  const auto cycles = simultaneous_response(testing::unix_firms(), 2);
  REQUIRE(cycles.size() == 2);
  CHECK(cycles[0].period == 1);
  CHECK(cycles[0].starts == 128);
  CHECK(cycles[0].cycles == 4);  // two minima, each under two namings
  CHECK(cycles[1].period == 2);
  CHECK(cycles[1].starts == 384);
}

TEST_CASE("symmetric propensities never lead to cycles longer than two, asymmetric ones do") {
  std::size_t longest = 0;
  for (std::uint32_t world = 0; world < 100; ++world) {
    std::size_t starts = 0;
    for (const ResponseCycle& cycle : simultaneous_response(testing::random_landscape(world, 7, true), 2)) {
      REQUIRE(cycle.period <= 2);
      starts += cycle.starts;
    }
    REQUIRE(starts == 128);
    longest = std::max(longest, simultaneous_response(testing::random_landscape(world, 7, false), 2).back().period);
  }
  CHECK(longest > 2);
}

TEST_CASE("two enemies of two alliances chase each other for ever from together, and rest apart") {
  const Landscape enemies({1.0, 1.0}, {0, -1, -1, 0});
  const auto cycles = simultaneous_response(enemies, 2);
  REQUIRE(cycles.size() == 2);
  CHECK(cycles[0].starts == 2);
  CHECK(cycles[0].cycles == 2);
  CHECK(cycles[1].starts == 2);
  CHECK(cycles[1].cycles == 1);
  const std::vector<std::uint8_t> frozen = {1, 0};
  const auto calm = simultaneous_response(enemies, 2, 1e-9, frozen);
  REQUIRE(calm.size() == 1);
  CHECK(calm[0].starts == 4);
  CHECK(calm[0].cycles == 2);
}

TEST_CASE("who is indifferent stays") {
  const Landscape indifferent({1.0, 1.0, 1.0}, std::vector<double>(9, 0.0));
  const auto cycles = simultaneous_response(indifferent, 3);
  REQUIRE(cycles.size() == 1);
  CHECK(cycles[0].period == 1);
  CHECK(cycles[0].cycles == 27);
}

TEST_CASE("starts too many to go through and a negative tolerance are refused") {
  const Landscape landscape = testing::random_landscape(0, 23, true);
  CHECK(testing::contains(testing::error_message([&] { simultaneous_response(landscape, 2); }), "23 actors"));
  CHECK(testing::contains(testing::error_message([&] { simultaneous_response(landscape, 0); }), "1 to 255"));
  CHECK(testing::contains(testing::error_message([&] { simultaneous_response(landscape, 1, -1.0); }), "tie_eps"));
  const std::vector<std::uint8_t> frozen = {1};
  CHECK_THROWS_AS(simultaneous_response(landscape, 1, 0.0, frozen), InternalError);
}

TEST_CASE("a landscape told by its moves answers at once as the landscape does") {
  for (std::uint32_t world = 0; world < 20; ++world) {
    const Landscape landscape = testing::random_landscape(world, 5, false);
    const FiniteGame game(std::vector<std::size_t>(5, 3), [&](std::size_t actor, std::span<const std::uint8_t> choice) {
      return -landscape.frustration(actor, choice);
    });
    const auto expected = simultaneous_response(landscape, 3), found = simultaneous_response(OwnMoves(game));
    REQUIRE(found.size() == expected.size());
    for (std::size_t n = 0; n < found.size(); ++n) {
      REQUIRE(found[n].period == expected[n].period);
      REQUIRE(found[n].cycles == expected[n].cycles);
      REQUIRE(found[n].starts == expected[n].starts);
    }
  }
}
