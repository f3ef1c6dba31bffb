#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/coalition/voting_rule.hpp"
#include "sim/core/rng.hpp"

/// Voting rules of the literature, and random ones.
namespace splinternet::testing {

using Rule = std::vector<coalition::WeightCondition>;

/// United Nations Security Council since 1965: five permanent members with a veto, nine votes of fifteen.
inline Rule security_council() {
  return {{39, {7, 7, 7, 7, 7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}}};
}

/// European Economic Community 1958: Germany, France, Italy; Belgium, Netherlands; Luxembourg.
inline Rule economic_community() {
  return {{12, {4, 4, 4, 2, 2, 1}}};
}

/// Votes of the 27 members under the Treaty of Nice, largest first; the test on weights only.
inline Rule treaty_of_nice() {
  return {{255, {29, 29, 29, 29, 27, 27, 14, 13, 12, 12, 12, 12, 12, 10, 10, 10, 7, 7, 7, 7, 7, 4, 4, 4, 4, 4, 3}}};
}

/// Up to `most` voters, one to three conditions, weights 0 to 9, quotas anywhere from 1 to the sum.
inline Rule random_rule(std::uint32_t world, std::uint32_t most) {
  const Draws draws(7, Purpose::kTest, world, 0);
  std::uint32_t next = 0;
  const std::uint32_t voters = 1 + draws.below(most, next++);
  Rule rule(1 + draws.below(3, next++));
  for (coalition::WeightCondition& condition : rule) {
    std::uint32_t total = 0;
    while (total == 0) {
      condition.weight.clear();
      for (std::uint32_t voter = 0; voter < voters; ++voter) condition.weight.push_back(draws.below(10, next++));
      for (const std::uint64_t weight : condition.weight) total += static_cast<std::uint32_t>(weight);
    }
    condition.quota = 1 + draws.below(total, next++);
  }
  return rule;
}

/// Whether the members, bit i for voter i, meet every condition.
inline bool passes(const Rule& rule, std::uint32_t members) {
  for (const coalition::WeightCondition& condition : rule) {
    std::uint64_t sum = 0;
    for (std::size_t voter = 0; voter < condition.weight.size(); ++voter) {
      if ((members >> voter & 1U) != 0) sum += condition.weight[voter];
    }
    if (sum < condition.quota) return false;
  }
  return true;
}

}  // namespace splinternet::testing
