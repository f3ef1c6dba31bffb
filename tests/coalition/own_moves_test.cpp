#include "sim/coalition/own_moves.hpp"

#include <cmath>
#include <limits>

#include "sim/coalition/better_replies.hpp"
#include "sim/coalition/landscape_moves.hpp"
#include "sim/coalition/simultaneous_response.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/games.hpp"
#include "tests/support/landscapes.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::error_message;
using testing::near;
using Profiles = std::vector<std::size_t>;
using Starts = std::vector<std::uint32_t>;

namespace {

/// The labelled game of a landscape: each actor's payoff is minus size times frustration.
FiniteGame game_of(const Landscape& landscape, std::size_t alliances) {
  return {std::vector<std::size_t>(landscape.actors(), alliances),
          [&](std::size_t actor, std::span<const std::uint8_t> choice) {
            return -landscape.size(actor) * landscape.frustration(actor, choice);
          }};
}

/// One actor with three options in a row; only steps to the next one are open, and cost `fare` beside the climb of 1.
OwnMoves ladder(double fare) {
  OwnMoves moves({3});
  moves.set(0, 0, 1, 1.0 - fare);
  moves.set(0, 1, 0, -1.0 - fare);
  moves.set(0, 1, 2, 1.0 - fare);
  moves.set(0, 2, 1, -1.0 - fare);
  return moves;
}

}  // namespace

TEST_CASE("changes are barred until set; the moves of a game are its differences of payoffs") {
  OwnMoves moves({2, 3});
  CHECK(std::isnan(moves.gain(1, 4, 0)));
  CHECK(moves.gain(1, 4, 1) == 0.0);
  CHECK(!moves.allows(1, 4, 0));
  CHECK(moves.allows(1, 4, 1));
  moves.set(1, 4, 0, -2.5);
  CHECK(moves.gain(1, 4, 0) == -2.5);
  CHECK(moves.scale() == 2.5);
  CHECK(!moves.is_complete());
  for (std::uint32_t world = 0; world < 20; ++world) {
    const FiniteGame game = testing::random_game(world, 10);
    const OwnMoves all(game);
    REQUIRE(all.is_complete());
    for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
      for (std::size_t actor = 0; actor < 3; ++actor) {
        for (std::size_t option = 0; option < game.options(actor); ++option) {
          REQUIRE(all.gain(actor, profile, option) == game.gain(actor, profile, option));
        }
      }
    }
  }
}

TEST_CASE("profiles of rest are the Nash equilibria if all moves are open, and more if some are barred") {
  for (std::uint32_t world = 0; world < 100; ++world) {
    const FiniteGame game = testing::random_game(world, 4);
    const NashProfiles nash = nash_profiles(game), rest = rest_profiles(OwnMoves(game));
    REQUIRE(rest.weak == nash.weak);
    REQUIRE(rest.strict == nash.strict);
  }
  CHECK(rest_profiles(ladder(0.0)).strict == Profiles{2});
  CHECK(rest_profiles(ladder(2.0)).strict == Profiles{0, 1, 2});
  CHECK(rest_profiles(ladder(1.0)).weak == Profiles{0, 1, 2});
  CHECK(rest_profiles(ladder(1.0)).strict == Profiles{2});
  CHECK(rest_profiles(OwnMoves({2})).strict == Profiles{0, 1});
}

TEST_CASE("payoffs behind moves are those of the game up to what nobody can change alone") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    const FiniteGame game = testing::random_game(world, 10);
    const auto behind = payoffs_behind(OwnMoves(game), 1e-12);
    REQUIRE(behind);
    for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
      for (std::size_t actor = 0; actor < 3; ++actor) {
        const double first = game.payoff(actor, game.deviation(profile, actor, 0));
        REQUIRE(behind->payoff(actor, profile) == game.payoff(actor, profile) - first);
      }
    }
  }
}

TEST_CASE("what is barred follows from ways back and detours; tolls leave no payoffs behind moves") {
  const auto behind = payoffs_behind(ladder(0.0), 1e-12);
  REQUIRE(behind);
  CHECK(behind->payoff(0, 2) == 2.0);
  OwnMoves down({3});  // only ways down are open
  down.set(0, 1, 0, -1.0);
  down.set(0, 2, 1, -1.0);
  REQUIRE(payoffs_behind(down, 0.0));
  CHECK(payoffs_behind(down, 0.0)->payoff(0, 2) == 2.0);
  down.set(0, 2, 0, -3.0);  // the direct way costs more
  CHECK(!payoffs_behind(down, 0.5));
  CHECK(payoffs_behind(down, 1.0));
  CHECK(!payoffs_behind(ladder(0.1), 0.05));
  CHECK(!payoffs_behind(OwnMoves({2}), 1.0));
}

TEST_CASE("basins of the Unix alliances: half of all starts each, by steepest and by random moves") {
  const Landscape unix = testing::unix_firms();
  const RestBasins found = rest_basins(OwnMoves(game_of(unix, 2)), 1e-9);
  REQUIRE(found.basins.size() == 4);  // two, each under two namings
  CHECK(found.never_rest == 0);
  CHECK(found.has_probabilities);
  for (const RestBasin& basin : found.basins) {
    CHECK(basin.starts.size() == 128);
    CHECK(basin.probability == near(0.25));
  }
}

TEST_CASE("basins of random landscapes are those of their labelled configurations") {
  for (std::uint32_t world = 0; world < 20; ++world) {
    const Landscape landscape = testing::random_landscape(world, 6, true);
    const PartitionSpace space(6, 2);
    const std::vector<Basin> expected = basins(landscape, space);
    const OwnMoves moves(game_of(landscape, 2));
    const RestBasins found = rest_basins(moves, 1e-9);
    REQUIRE(found.basins.size() == 2 * expected.size());
    for (const RestBasin& basin : found.basins) {
      std::vector<std::uint8_t> alliance;
      for (std::size_t actor = 0; actor < 6; ++actor) {
        alliance.push_back(static_cast<std::uint8_t>(moves.choice(actor, basin.profile)));
      }
      const std::size_t state = space.find(alliance);
      const auto place =
          std::find_if(expected.begin(), expected.end(), [&](const Basin& b) { return b.state == state; });
      REQUIRE(place != expected.end());
      REQUIRE(basin.starts.size() == place->starts);
      REQUIRE(basin.probability == near(place->probability / 2, 1e-12));
    }
  }
}

TEST_CASE("the steepest move is the largest gain per weight; equals go to the lowest actor") {
  // Two actors at (0, 0): the first gains 2 by moving, the second 3, and each then wants to stay where it is.
  const FiniteGame game = testing::two_by_two({0, 0, -9, 3, 2, -9, -20, -20});
  const OwnMoves moves(game);
  const auto starts_to = [&](std::size_t profile, std::span<const double> weight) {
    for (const RestBasin& basin : rest_basins(moves, 0.0, weight).basins) {
      if (basin.profile == profile) return basin.starts;
    }
    return Starts{};
  };
  CHECK(starts_to(1, {}) == Starts{0, 1, 3});
  CHECK(starts_to(2, {}) == Starts{2});
  const double first_light[] = {0.5, 1.0};
  CHECK(starts_to(2, first_light) == Starts{0, 2});
  const double equal[] = {2.0, 3.0};
  CHECK(starts_to(2, equal) == Starts{0, 2});
  CHECK(rest_basins(moves, 0.0).basins[0].probability == near(0.25 + 0.125 + 0.125));
}

TEST_CASE("where moves go round, nothing is at rest and random orders are not told") {
  const RestBasins found = rest_basins(OwnMoves(testing::matching_pennies()), 0.0);
  CHECK(found.basins.empty());
  CHECK(found.never_rest == 4);
  CHECK(!found.has_probabilities);
}

TEST_CASE("moves at once and replies skip what is barred") {
  const OwnMoves ladder_up = ladder(0.0);
  const auto at_once = simultaneous_response(ladder_up, 0.0);
  REQUIRE(at_once.size() == 1);
  CHECK((at_once[0].period == 1 && at_once[0].cycles == 1 && at_once[0].starts == 3));
  const ReplyComponents replies = reply_components(ladder_up, Reply::kBest);
  CHECK(replies.cycles() == 0);
  CHECK(replies.is_sink == std::vector<std::uint8_t>{0, 0, 1});
}

TEST_CASE("gains that are no numbers, tables too large and bad tolerances are refused") {
  OwnMoves moves({2, 2});
  CHECK(error_message([&] { moves.set(1, 2, 1, std::numeric_limits<double>::infinity()); }) ==
        "game: what actor 1 gains in profile (1, 0) by changing to option 1 is not a finite number");
  CHECK_THROWS_AS(moves.set(1, 2, 0, 1.0), InternalError);
  CHECK(error_message([] { OwnMoves(std::vector<std::size_t>(11, 4)); }) ==
        "game: 4194304 profiles with 33 changes each; it takes no more than 134217728 changes");
  CHECK(error_message([&] { rest_profiles(moves, -1.0); }) == "game: tie_eps must be at least 0");
  CHECK(error_message([&] { rest_basins(moves, -1.0); }) == "game: tie_eps must be at least 0");
  CHECK(error_message([&] { simultaneous_response(moves, -1.0); }) == "game: tie_eps must be at least 0");
  const double zero[] = {1.0, 0.0};
  CHECK(error_message([&] { rest_basins(moves, 0.0, zero); }) == "game: weights of actors must be above 0");
}
