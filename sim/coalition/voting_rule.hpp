#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// What a group of actors can bring about and what holds it together: power in voting, stability of coalitions,
/// landscapes of alliances, equilibria. Knows actors by their place 0 … n−1 only.
namespace splinternet::coalition {

/// One condition of a voting rule [q; w]: met by coalitions whose members' weights sum to the quota or more. All
/// weights 1 make it a condition on the number of members. Shares of GDP or population: scale and round to integers.
struct WeightCondition {
  std::uint64_t quota = 0;
  std::vector<std::uint64_t> weight;  ///< one per voter, ≥ 0
};

/// A rule of one or more conditions, all of which a winning coalition meets (entry into force: a number of parties and
/// a share of the world).
using VotingRule = std::span<const WeightCondition>;

/// Number of voters. Throws DataError, naming condition and voter, if there is no condition or no voter, conditions
/// differ in voters, a quota is 0 (the empty coalition would meet it) or above the sum of the weights (no coalition
/// could), or this sum does not fit into 64 bits.
std::size_t voters_of(VotingRule rule);

/// The sums of weights of a coalition, one per condition, as voters enter and leave.
class Tally {
 public:
  /// Of the empty coalition. The rule must outlive the tally.
  explicit Tally(VotingRule rule) : rule_(rule), total_(rule.size(), 0) {}

  void clear();
  void add(std::size_t voter);
  [[nodiscard]] bool wins() const;
  /// Whether the coalition wins with the voter, who is in it or not, and loses without.
  [[nodiscard]] bool is_swing(std::size_t voter, bool is_member) const;

 private:
  VotingRule rule_;
  std::vector<std::uint64_t> total_;
};

}  // namespace splinternet::coalition
