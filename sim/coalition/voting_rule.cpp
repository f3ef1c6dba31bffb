#include "sim/coalition/voting_rule.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

namespace {

std::uint64_t total_weight(const WeightCondition& condition, const std::string& place) {
  std::uint64_t total = 0;
  for (std::size_t voter = 0; voter < condition.weight.size(); ++voter) {
    if (condition.weight[voter] > std::numeric_limits<std::uint64_t>::max() - total) {
      throw DataError(place + "the weights up to voter " + std::to_string(voter) +
                      " sum to more than 64 bits hold; use a coarser unit");
    }
    total += condition.weight[voter];
  }
  return total;
}

void check_condition(const WeightCondition& condition, std::size_t voters, const std::string& place) {
  if (condition.weight.size() != voters) {
    throw DataError(place + std::to_string(condition.weight.size()) + " weights, but the first condition has " +
                    std::to_string(voters));
  }
  const std::uint64_t total = total_weight(condition, place);
  if (condition.quota == 0) throw DataError(place + "the quota is 0, which nobody's consent meets; leave it out");
  if (condition.quota > total) {
    throw DataError(place + "the quota " + std::to_string(condition.quota) + " is above the sum of all weights, " +
                    std::to_string(total) + ": no coalition could meet it");
  }
}

}  // namespace

std::size_t voters_of(VotingRule rule) {
  if (rule.empty()) throw DataError("voting rule: no condition");
  const std::size_t voters = rule[0].weight.size();
  if (voters == 0) throw DataError("voting rule: no voter");
  for (std::size_t index = 0; index < rule.size(); ++index) {
    check_condition(rule[index], voters, "voting rule: condition " + std::to_string(index) + ": ");
  }
  return voters;
}

void Tally::clear() {
  std::fill(total_.begin(), total_.end(), 0);
}

void Tally::add(std::size_t voter) {
  for (std::size_t index = 0; index < rule_.size(); ++index) total_[index] += rule_[index].weight[voter];
}

bool Tally::wins() const {
  for (std::size_t index = 0; index < rule_.size(); ++index) {
    if (total_[index] < rule_[index].quota) return false;
  }
  return true;
}

bool Tally::is_swing(std::size_t voter, bool is_member) const {
  bool wins_without = true;
  for (std::size_t index = 0; index < rule_.size(); ++index) {
    const std::uint64_t weight = rule_[index].weight[voter];
    const std::uint64_t without = is_member ? total_[index] - weight : total_[index];
    if (without + weight < rule_[index].quota) return false;
    wins_without = wins_without && without >= rule_[index].quota;
  }
  return !wins_without;
}

}  // namespace splinternet::coalition
