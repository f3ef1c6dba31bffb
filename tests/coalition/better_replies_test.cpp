#include "sim/coalition/better_replies.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/games.hpp"
#include "tests/support/landscapes.hpp"

using namespace splinternet;
using namespace splinternet::coalition;

namespace {

// reaches[a·n + b] if replies lead from a to b, by closing the relation of single replies (Warshall 1962).
std::vector<bool> closure(const FiniteGame& game, Reply reply) {
  const std::size_t n = game.profiles();
  std::vector<bool> reaches(n * n, false);
  for (std::size_t from = 0; from < n; ++from) {
    for (std::size_t actor = 0; actor < game.actors(); ++actor) {
      for (std::size_t option = 0; option < game.options(actor); ++option) {
        const std::size_t to = game.deviation(from, actor, option);
        const bool gains = game.payoff(actor, to) > game.payoff(actor, from);
        const bool best = game.payoff(actor, to) == game.best_reply_payoff(actor, from);
        if (gains && (best || reply == Reply::kBetter)) reaches[from * n + to] = true;
      }
    }
  }
  for (std::size_t over = 0; over < n; ++over) {
    for (std::size_t from = 0; from < n; ++from) {
      for (std::size_t to = 0; to < n; ++to) {
        if (reaches[from * n + over] && reaches[over * n + to]) reaches[from * n + to] = true;
      }
    }
  }
  return reaches;
}

}  // namespace

TEST_CASE("matching pennies go round for ever; dilemma and stag hunt end") {
  const auto pennies = reply_components(testing::matching_pennies(), Reply::kBetter);
  CHECK(pennies.size == std::vector<std::size_t>{4});
  CHECK(pennies.is_sink[0] == 1);
  CHECK(pennies.cycles() == 1);
  CHECK(reply_components(testing::prisoners_dilemma(), Reply::kBetter).cycles() == 0);
  const auto hunt = reply_components(testing::stag_hunt(), Reply::kBest);
  CHECK(hunt.size == std::vector<std::size_t>(4, 1));
  CHECK(hunt.is_sink == std::vector<std::uint8_t>{1, 0, 0, 1});
}

TEST_CASE("components are the profiles that lead to one another, sinks those that lead nowhere else") {
  for (std::uint32_t world = 0; world < 150; ++world) {
    const FiniteGame game = testing::random_game(world, world % 2 == 0 ? 3 : 100);
    for (const Reply reply : {Reply::kBetter, Reply::kBest}) {
      const auto found = reply_components(game, reply);
      const auto reaches = closure(game, reply);
      for (std::size_t a = 0; a < 12; ++a) {
        bool leaves = false;
        for (std::size_t b = 0; b < 12; ++b) {
          const bool together = a == b || (reaches[a * 12 + b] && reaches[b * 12 + a]);
          REQUIRE((found.component[a] == found.component[b]) == together);
          leaves = leaves || (reaches[a * 12 + b] && !together);
        }
        REQUIRE((found.is_sink[found.component[a]] != 0) == !leaves);
      }
      std::vector<std::size_t> resting;
      for (std::size_t profile = 0; profile < 12; ++profile) {
        const std::uint32_t own = found.component[profile];
        if (found.size[own] == 1 && found.is_sink[own] != 0) resting.push_back(profile);
      }
      REQUIRE(resting == nash_profiles(game).weak);
    }
  }
}

TEST_CASE("better replies in landscapes with symmetric propensities never cycle; with asymmetric ones they can") {
  std::size_t cycles = 0;
  const auto cycles_of = [](const Landscape& landscape) {
    const FiniteGame game(std::vector<std::size_t>(6, 3),
                          [&](std::size_t actor, std::span<const std::uint8_t> alliance) {
                            return -landscape.frustration(actor, alliance);
                          });
    return reply_components(game, Reply::kBetter, 1e-12).cycles();
  };
  for (std::uint32_t world = 0; world < 30; ++world) {
    REQUIRE(cycles_of(testing::random_landscape(world, 6, true)) == 0);
    cycles += cycles_of(testing::random_landscape(world, 6, false));
  }
  CHECK(cycles > 0);
}

TEST_CASE("a chain of a million profiles is gone through without deep recursion") {
  const FiniteGame ladder(std::vector<std::size_t>(20, 2), [](std::size_t, std::span<const std::uint8_t> choice) {
    double height = 0.0;
    for (const std::uint8_t up : choice) height += up;
    return height;
  });
  const auto found = reply_components(ladder, Reply::kBetter);
  CHECK(found.size.size() == 1048576);
  CHECK(found.cycles() == 0);
  CHECK(found.is_sink[1048575] == 1);
}

TEST_CASE("a negative tolerance is refused") {
  CHECK(testing::contains(testing::error_message([] { reply_components(testing::stag_hunt(), Reply::kBest, -1.0); }),
                          "tie_eps"));
}
