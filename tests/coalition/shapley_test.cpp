#include "sim/coalition/shapley.hpp"

#include <cmath>
#include <limits>

#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/near.hpp"
#include "tests/support/voting_rules.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;

namespace {

double random_value(std::uint32_t world, ActorSet set) {
  return set == 0 ? 0.0 : Draws(5, Purpose::kTest, world, set).uniform() * static_cast<double>(size_of(set));
}

}  // namespace

TEST_CASE("the Shapley value of a voting game is its Shapley-Shubik index") {
  const testing::Rule rule = testing::security_council();
  const auto value = shapley_value(15, [&](ActorSet set) { return testing::passes(rule, set) ? 1.0 : 0.0; });
  CHECK(value[0] == near(421.0 / 2145.0));
  CHECK(value[14] == near(4.0 / 2145.0));
}

TEST_CASE("the runway of three planes: each step is shared by those that need it (Littlechild & Owen 1973)") {
  const auto cost = [](ActorSet set) {
    return contains(set, 2) ? 5.0 : contains(set, 1) ? 3.0 : contains(set, 0) ? 1.0 : 0.0;
  };
  const auto value = shapley_value(3, cost);
  CHECK(value[0] == near(1.0 / 3.0));
  CHECK(value[1] == near(1.0 / 3.0 + 1.0));
  CHECK(value[2] == near(1.0 / 3.0 + 1.0 + 2.0));
}

TEST_CASE("the value of random games is efficient, linear, anonymous, and nothing to who adds nothing") {
  for (std::uint32_t world = 0; world < 20; ++world) {
    constexpr std::size_t kPlayers = 7;
    constexpr ActorSet kAll = (ActorSet{1} << kPlayers) - 1;
    // Player 6 adds nothing.
    const auto game = [&](ActorSet set) { return random_value(world, without(set, 6)); };
    const auto value = shapley_value(kPlayers, game);
    double sum = 0.0;
    for (const double share : value) sum += share;
    REQUIRE(sum == near(game(kAll), 1e-12));
    REQUIRE(value[6] == 0.0);
    const auto other = shapley_value(kPlayers, [&](ActorSet set) { return random_value(world + 100, set); });
    const auto both =
        shapley_value(kPlayers, [&](ActorSet set) { return 2.0 * game(set) - 3.0 * random_value(world + 100, set); });
    const auto renamed = shapley_value(kPlayers, [&](ActorSet set) {
      return game((set >> 1 | set << (kPlayers - 1)) & kAll);  // player i + 1 plays the part of i
    });
    for (std::size_t player = 0; player < kPlayers; ++player) {
      REQUIRE(both[player] == near(2.0 * value[player] - 3.0 * other[player], 1e-11, 1e-12));
      REQUIRE(renamed[(player + 1) % kPlayers] == near(value[player], 1e-12));
    }
  }
}

TEST_CASE("twenty-two players are gone through, twenty-three are pointed to sampling") {
  const auto value = shapley_value(22, [](ActorSet set) { return static_cast<double>(size_of(set) * size_of(set)); });
  CHECK(value[0] == near(22.0, 1e-11));
  CHECK(value[21] == near(22.0, 1e-11));
  CHECK(
      testing::contains(testing::error_message([] { shapley_value(23, [](ActorSet) { return 0.0; }); }), "23 players"));
}

TEST_CASE("sampled values lie within four standard errors of the exact and sum to what all get") {
  const auto exact = shapley_value(8, [](ActorSet set) { return random_value(1, set); });
  const auto sampled = sample_shapley_value(8,
                                            [](std::span<const std::uint8_t> is_member) {
                                              ActorSet set = 0;
                                              for (std::size_t player = 0; player < 8; ++player)
                                                set = is_member[player] != 0 ? with(set, player) : set;
                                              return random_value(1, set);
                                            },
                                            {9, 4000});
  double sum = 0.0;
  for (std::size_t player = 0; player < 8; ++player) {
    CHECK(std::fabs(sampled[player].value - exact[player]) < 4.0 * sampled[player].standard_error);
    CHECK(sampled[player].standard_error < 0.05);
    sum += sampled[player].value;
  }
  CHECK(sum == near(random_value(1, 255), 1e-12));
}

TEST_CASE("who adds the same in every order is sampled without error") {
  const auto sampled = sample_shapley_value(30,
                                            [](std::span<const std::uint8_t> is_member) {
                                              double worth = 100.0;
                                              for (std::size_t player = 0; player < 30; ++player)
                                                worth += is_member[player] * static_cast<double>(player);
                                              return worth;
                                            },
                                            {9, 50});
  for (std::size_t player = 0; player < 30; ++player) {
    CHECK(sampled[player].value == static_cast<double>(player));
    CHECK(sampled[player].standard_error == 0.0);
  }
}

TEST_CASE("the standard error is that of a mean of samples, however few") {
  // Who comes first adds 1, the other nothing.
  const auto value = [](std::span<const std::uint8_t> is_member) {
    return is_member[0] + is_member[1] > 0 ? 1.0 : 0.0;
  };
  for (const std::uint32_t samples : {2U, 3U, 7U}) {
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      const PowerSampling sampling{seed, samples};
      double first = 0.0;
      std::vector<std::uint32_t> order(2);
      for (std::uint32_t sample = 0; sample < samples; ++sample) {
        draw_order(sampling, sample, order);
        first += order[0] == 0 ? 1.0 : 0.0;
      }
      const double mean = first / samples, variance = (first - mean * first) / (samples - 1.0);
      const auto sampled = sample_shapley_value(2, value, sampling);
      CHECK(sampled[0].value == near(mean));
      CHECK(sampled[0].standard_error == near(std::sqrt(variance / samples), 1e-12));
    }
  }
}

TEST_CASE("a value that is not finite is refused with the coalition's members") {
  const auto game = [](ActorSet set) { return set == 5 ? std::numeric_limits<double>::quiet_NaN() : 0.0; };
  CHECK(testing::contains(testing::error_message([&] { shapley_value(3, game); }), "coalition {0, 2}"));
  const auto infinite = [](std::span<const std::uint8_t>) { return std::numeric_limits<double>::infinity(); };
  CHECK(testing::contains(testing::error_message([&] { sample_shapley_value(3, infinite, {1, 10}); }), "finite"));
}
