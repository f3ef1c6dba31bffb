#include "sim/coalition/finite_game.hpp"

#include <cmath>
#include <limits>

#include "sim/coalition/partition_space.hpp"
#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/games.hpp"
#include "tests/support/landscapes.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;
using Profiles = std::vector<std::size_t>;

TEST_CASE("profiles are numbered as the cells of a row-major array, and deviations change one option") {
  const FiniteGame game({2, 3, 2}, [](std::size_t actor, std::span<const std::uint8_t> choice) {
    return 100.0 * choice[0] + 10.0 * choice[1] + choice[2] + 1000.0 * static_cast<double>(actor);
  });
  CHECK(game.profiles() == 12);
  CHECK(game.payoff(0, 0) == 0.0);
  CHECK(game.payoff(1, 11) == 1121.0);
  CHECK(game.payoff(2, 5) == 2021.0);
  CHECK(game.choice(1, 5) == 2);
  CHECK(game.deviation(5, 0, 1) == 11);
  CHECK(game.deviation(5, 1, 0) == 1);
  CHECK(game.deviation(5, 1, 2) == 5);
  CHECK(game.best_reply_payoff(0, 5) == 121.0);
}

TEST_CASE("the equilibria of the textbooks: dilemma, stag hunt, pennies") {
  CHECK(nash_profiles(testing::prisoners_dilemma()).strict == Profiles{3});
  CHECK(nash_profiles(testing::stag_hunt()).strict == Profiles{0, 3});
  CHECK(nash_profiles(testing::matching_pennies()).weak.empty());
}

TEST_CASE("ties make equilibria weak, and a tolerance makes near ones ties") {
  const FiniteGame tie = testing::two_by_two({1, 1, 0, 1, 1, 0, -1, -1});
  CHECK(nash_profiles(tie).weak == Profiles{0, 1, 2});
  CHECK(nash_profiles(tie).strict.empty());
  CHECK(nash_profiles(testing::stag_hunt(), 1.0).weak == Profiles{0, 3});
  CHECK(nash_profiles(testing::stag_hunt(), 1.0).strict == Profiles{3});
  CHECK(nash_profiles(testing::stag_hunt(), 3.0).weak.size() == 4);
}

TEST_CASE("equilibria are those by definition in random games, and renaming options renames them") {
  for (std::uint32_t world = 0; world < 100; ++world) {
    const FiniteGame game = testing::random_game(world, 4);
    Profiles weak, strict;
    for (std::size_t profile = 0; profile < 12; ++profile) {
      bool best = true, alone = true;
      for (std::size_t actor = 0; actor < 3; ++actor) {
        for (std::size_t other = 0; other < 12; ++other) {
          std::size_t changed = 0;
          for (std::size_t i = 0; i < 3; ++i) changed += game.choice(i, profile) != game.choice(i, other) ? 1 : 0;
          if (changed != 1 || game.choice(actor, profile) == game.choice(actor, other)) continue;
          best = best && game.payoff(actor, other) <= game.payoff(actor, profile);
          alone = alone && game.payoff(actor, other) < game.payoff(actor, profile);
        }
      }
      if (best) weak.push_back(profile);
      if (alone) strict.push_back(profile);
    }
    REQUIRE(nash_profiles(game).weak == weak);
    REQUIRE(nash_profiles(game).strict == strict);
    const FiniteGame renamed({2, 3, 2}, [&](std::size_t actor, std::span<const std::uint8_t> choice) {
      return game.payoff(actor, 11U - (choice[0] * 6U + choice[1] * 2U + choice[2]));
    });
    Profiles back;
    for (const std::size_t profile : nash_profiles(renamed).weak) back.insert(back.begin(), 11 - profile);
    REQUIRE(back == weak);
  }
}

TEST_CASE("a landscape is a game with the potential -E/2 and weights 1/size; the dilemma has one, pennies none") {
  const Landscape landscape = testing::random_landscape(6, 5, true);
  const FiniteGame game(std::vector<std::size_t>(5, 3), [&](std::size_t actor, std::span<const std::uint8_t> alliance) {
    return -landscape.frustration(actor, alliance);
  });
  std::vector<double> weight;
  for (std::size_t actor = 0; actor < 5; ++actor) weight.push_back(1.0 / landscape.size(actor));
  const auto value = potential(game, 1e-12, weight);
  REQUIRE(value.size() == 243);
  std::vector<std::uint8_t> alliance(5);
  for (std::size_t profile = 0; profile < 243; ++profile) {
    for (std::size_t actor = 0; actor < 5; ++actor) {
      alliance[actor] = static_cast<std::uint8_t>(game.choice(actor, profile));
    }
    REQUIRE(value[profile] == near(-0.5 * landscape.energy(alliance), 1e-11, 1e-12));
  }
  CHECK(potential(game, 1e-12).empty());
  CHECK(potential(testing::prisoners_dilemma(), 0.0) == std::vector<double>{0.0, 2.0, 2.0, 3.0});
  CHECK(potential(testing::matching_pennies(), 1e-9).empty());
}

TEST_CASE("games that are not one are refused with actor and profile") {
  const auto fault = [](std::vector<std::size_t> options, std::vector<double> payoff) {
    return testing::error_message([&] { FiniteGame(options, payoff); });
  };
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  CHECK(testing::contains(fault({}, {}), "no actor"));
  CHECK(testing::contains(fault({2, 0}, {}), "actor 1 has 0 options"));
  CHECK(testing::contains(fault({2, 2}, {1, 2, 3}), "3 payoffs, but 4 profiles of 2 actors need 8"));
  CHECK(testing::contains(fault({2, 2}, {0, 0, 0, 0, 0, kNan, 0, 0}), "payoff of actor 1 in profile (1, 0)"));
  CHECK(testing::contains(fault(std::vector<std::size_t>(23, 2), {}), "more than 4194304 profiles"));
  const FiniteGame game = testing::stag_hunt();
  CHECK(testing::contains(testing::error_message([&] { nash_profiles(game, -1.0); }), "tie_eps"));
  const std::vector<double> weight = {1.0, 0.0}, one = {1.0};
  CHECK(testing::contains(testing::error_message([&] { potential(game, 0.0, weight); }), "weight of actor 1"));
  CHECK_THROWS_AS(potential(game, 0.0, one), InternalError);
}

TEST_CASE("a square whose gains do not sum to 0 shows that there is no potential, and only then is there one") {
  const auto open = open_square(testing::matching_pennies(), 1e-12);
  REQUIRE(open);
  CHECK((open->profile == 0 && open->first_actor == 0 && open->second_actor == 1));
  CHECK((open->first_option == 1 && open->second_option == 1));
  CHECK(std::fabs(open->sum) == 8.0);
  CHECK(!open_square(testing::prisoners_dilemma(), 1e-12));
  std::size_t without = 0;
  for (std::uint32_t world = 0; world < 100; ++world) {
    const FiniteGame game = testing::random_game(world, 2);
    REQUIRE(open_square(game, 1e-12).has_value() == potential(game, 1e-12).empty());
    without += open_square(game, 1e-12) ? 1 : 0;
  }
  CHECK(without > 50);
}

TEST_CASE("squares are closed for the weights of a potential alone") {
  // The second actor's payoffs are three times those of a common interest.
  const FiniteGame game = testing::two_by_two({1, 3, 0, 0, 0, 0, 2, 6});
  const double weight[] = {1.0, 3.0};
  CHECK(open_square(game, 1e-12));
  CHECK(!open_square(game, 1e-12, weight));
  const double zero[] = {1.0, 0.0};
  CHECK_THROWS_AS(open_square(game, 1e-12, zero), DataError);
}
