#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/choice/choice_rule.hpp"
#include "tests/support/catch.hpp"

/// What every rule of choice promises, and a game to play it in.
namespace splinternet::testing {

inline constexpr OnTie kTieRules[] = {OnTie::kStay, OnTie::kLowest, OnTie::kRandom};

/// Pure, in range, staying when alone, the same whatever is added to all utilities (eighths: sums are exact), and with
/// distinct utilities the order of the alternatives matters through the draw alone: some draw takes the same one.
inline void check_choice_contract(const ChoiceSetting& setting) {
  constexpr int kGrid = 64;
  for (std::uint32_t world = 0; world < 200; ++world) {
    const Draws draws(13, Purpose::kTest, 1, world);
    std::vector<double> utility(1 + world % 6);
    for (std::uint32_t n = 1; n < utility.size(); ++n) utility[n] = draws.below(8, n) / 8.0 - 0.5;
    const double uniform = draws.uniform(100);
    const std::vector<double> before = utility;
    const std::size_t chosen = choose_option(setting, utility, uniform);
    CHECK(chosen < utility.size());
    CHECK(choose_option(setting, utility, uniform) == chosen);
    CHECK(utility == before);
    if (utility.size() == 1) CHECK(chosen == 0);
    for (double& value : utility) value += 4.0;
    CHECK(choose_option(setting, utility, uniform) == chosen);
    for (std::uint32_t n = 1; n < utility.size(); ++n) utility[n] = 4.0 + (n % 2 == 0 ? 0.5 : -0.5) * n;
    std::vector<double> reversed = utility;
    std::reverse(reversed.begin() + 1, reversed.end());
    std::vector<double> taken;
    std::vector<double> taken_reversed;
    for (int u = 0; u < kGrid; ++u) {
      taken.push_back(utility[choose_option(setting, utility, (u + 0.5) / kGrid)]);
      taken_reversed.push_back(reversed[choose_option(setting, reversed, (u + 0.5) / kGrid)]);
    }
    const auto distinct = [](std::vector<double> values) {
      std::sort(values.begin(), values.end());
      values.erase(std::unique(values.begin(), values.end()), values.end());
      return values;
    };
    CHECK(distinct(taken) == distinct(taken_reversed));
  }
}

/// How a game of alliances ended.
struct AlliancesEnd {
  bool settled = false;                ///< nobody moved in a whole round
  bool is_equilibrium = false;         ///< nobody could gain
  std::size_t moves_without_gain = 0;  ///< moves to what was worth no more than staying
};

/// Eight actors with symmetric propensities to be with each other, each in one of three alliances: a potential game
/// (Axelrod & Bennett 1993). They revise one after another from a random start, at most 1000 rounds; propensities are
/// small integers, so that ties abound.
inline AlliancesEnd play_alliances(const ChoiceSetting& setting, std::uint32_t game) {
  constexpr std::uint32_t kActors = 8;
  const Draws draws(17, Purpose::kTest, 2, game);
  std::vector<std::uint32_t> place(kActors);
  for (std::uint32_t i = 0; i < kActors; ++i) place[i] = draws.below(3, 1000 + i);
  const auto worth = [&](std::uint32_t i, std::uint32_t alliance) {
    double sum = 0.0;
    for (std::uint32_t j = 0; j < kActors; ++j) {
      if (j != i && place[j] == alliance) sum += draws.below(5, std::min(i, j) * kActors + std::max(i, j)) - 2.0;
    }
    return sum;
  };
  AlliancesEnd end;
  std::uint32_t turn = 0;
  for (int round = 0; round < 1000 && !end.settled; ++round) {
    end.settled = end.is_equilibrium = true;
    for (std::uint32_t i = 0; i < kActors; ++i) {
      const std::uint32_t options[] = {place[i], (place[i] + 1) % 3, (place[i] + 2) % 3};
      std::vector<double> utility;
      for (const std::uint32_t option : options) utility.push_back(worth(i, option) - worth(i, place[i]));
      const std::size_t chosen = choose_option(setting, utility, draws.uniform(2000 + turn++));
      if (*std::max_element(utility.begin(), utility.end()) > 0.0) end.is_equilibrium = false;
      if (chosen == 0) continue;
      end.settled = false;
      if (utility[chosen] <= 0.0) ++end.moves_without_gain;
      place[i] = options[chosen];
    }
  }
  return end;
}

}  // namespace splinternet::testing
