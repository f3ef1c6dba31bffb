#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/coalition/fraction.hpp"
#include "sim/coalition/voting_rule.hpp"

namespace splinternet::coalition {

/// How often each voter turns a losing coalition into a winning one, and how many coalitions win.
struct SwingCounts {
  std::size_t voters = 0;
  /// voters × voters, row-major: [i·n + s] counts the coalitions of s voters without i that lose, and win with i.
  std::vector<std::uint64_t> by_size;
  std::uint64_t winning = 0;  ///< of the 2ⁿ coalitions

  /// Swings of one voter over coalitions of every size.
  [[nodiscard]] std::uint64_t of(std::size_t voter) const;
};

/// Most voters that count_swings takes: above it counts leave 64 bits.
inline constexpr std::size_t kMostVotersCounted = 64;

/// Exact counts by generating functions (Mann & Shapley 1962; Brams & Affuso 1976): the number of coalitions by size
/// and slack Σw − q of each condition, from which each voter is taken out again by division. Time and memory ∝
/// n·Π(slack + 1), time once more ∝ n. Throws DataError for a rule that voters_of refuses, more than
/// kMostVotersCounted voters or a table of more than 2²⁴ cells; sample_power takes those.
SwingCounts count_swings(VotingRule rule);

/// Indices of power, per voter. Sources: Felsenthal & Machover (1998), The Measurement of Voting Power.
template <class Number>
struct PowerIndices {
  std::vector<Number> shapley_shubik;    ///< share of all orders in which the voter is pivotal; sums to 1
  std::vector<Number> banzhaf;           ///< share of all swings (normalised Penrose–Banzhaf); sums to 1
  std::vector<Number> banzhaf_absolute;  ///< probability of a swing when the others vote by coin
  std::vector<Number> to_prevent;        ///< Coleman (1971): swings over winning coalitions
  std::vector<Number> to_initiate;       ///< Coleman (1971): swings over losing coalitions
  Number to_act{};                       ///< Coleman (1971): share of coalitions that win
};

/// All indices as doubles, within 1e-14.
PowerIndices<double> power_indices(const SwingCounts& swings);

/// All indices as exact fractions. Throws DataError beyond kLargestFactorial voters, whose orders 128 bits cannot
/// count.
PowerIndices<Fraction> power_fractions(const SwingCounts& swings);

}  // namespace splinternet::coalition
