#include "sim/coalition/voting_power.hpp"

#include <algorithm>
#include <string>

#include "sim/core/check.hpp"
#include "sim/core/function_ref.hpp"

namespace splinternet::coalition {

namespace {

constexpr std::size_t kMostCells = std::size_t{1} << 24;

// Sums of weights, condition by condition, that a group may have without those outside it falling below a quota: from 0
// to the slack of each condition. Cells in row-major order, the last condition fastest.
class SlackBox {
 public:
  SlackBox(VotingRule rule, std::size_t voters) {
    for (const WeightCondition& condition : rule) {
      std::uint64_t slack = 0;
      for (const std::uint64_t weight : condition.weight) slack += weight;
      slack -= condition.quota;
      if (slack >= kMostCells || (slack + 1) * cells_ > kMostCells / (voters + 1)) {
        throw DataError("power: the weights above the quotas are too fine to count coalitions one by one (more than " +
                        std::to_string(kMostCells) + " cells); use a coarser unit of weight or sample");
      }
      extent_.push_back(static_cast<std::size_t>(slack + 1));
      cells_ *= extent_.back();
    }
  }

  [[nodiscard]] std::size_t cells() const { return cells_; }

  // Calls body(target, source, length) for runs of cells of the box that lie in it still when moved up by `shift`:
  // source … source + length − 1 move to target … target + length − 1.
  void for_each_run(std::span<const std::uint64_t> shift,
                    FunctionRef<void(std::size_t, std::size_t, std::size_t)> body) const {
    for (std::size_t axis = 0; axis < extent_.size(); ++axis) {
      if (shift[axis] >= extent_[axis]) return;
    }
    const std::size_t last = extent_.size() - 1;
    std::vector<std::size_t> first(shift.size());
    std::transform(shift.begin(), shift.end(), first.begin(),
                   [](std::uint64_t weight) { return static_cast<std::size_t>(weight); });
    std::vector<std::size_t> at = first;
    while (true) {
      std::size_t target = 0, source = 0;
      for (std::size_t axis = 0; axis <= last; ++axis) {
        target = target * extent_[axis] + at[axis];
        source = source * extent_[axis] + (at[axis] - first[axis]);
      }
      body(target, source, extent_[last] - first[last]);
      std::size_t axis = last;
      for (; axis > 0 && ++at[axis - 1] == extent_[axis - 1]; --axis) at[axis - 1] = first[axis - 1];
      if (axis == 0) return;
    }
  }

 private:
  std::size_t cells_ = 1;
  std::vector<std::size_t> extent_;
};

std::vector<std::uint64_t> weights_of(VotingRule rule, std::size_t voter) {
  std::vector<std::uint64_t> weights;
  weights.reserve(rule.size());
  for (const WeightCondition& condition : rule) weights.push_back(condition.weight[voter]);
  return weights;
}

// Number of groups by size and cell whose absence leaves a winning coalition behind.
std::vector<std::uint64_t> groups_that_may_leave(VotingRule rule, std::size_t voters, const SlackBox& box) {
  std::vector<std::uint64_t> count((voters + 1) * box.cells(), 0);
  count[0] = 1;
  for (std::size_t voter = 0; voter < voters; ++voter) {
    const std::vector<std::uint64_t> weights = weights_of(rule, voter);
    for (std::size_t size = voter + 1; size-- > 0;) {
      const std::uint64_t* const without = &count[size * box.cells()];
      std::uint64_t* const with = &count[(size + 1) * box.cells()];
      box.for_each_run(weights, [&](std::size_t target, std::size_t source, std::size_t length) {
        for (std::size_t cell = 0; cell < length; ++cell) with[target + cell] += without[source + cell];
      });
    }
  }
  return count;
}

// Takes one voter out of the counts (size by size, c₋ᵢ[s](x) = c[s](x) − c₋ᵢ[s−1](x − wᵢ)) and counts the swings. A
// group of s others that leaves the rest winning, the voter included, is a swing unless the voter may leave as well.
void count_swings_of(std::span<const std::uint64_t> weights, std::span<const std::uint64_t> count, const SlackBox& box,
                     std::span<std::uint64_t> swings) {
  const std::size_t others = swings.size() - 1;
  std::vector<std::uint64_t> smaller(box.cells(), 0), layer(box.cells());
  for (std::size_t size = 0; size <= others; ++size) {
    const auto whole = count.subspan(size * box.cells(), box.cells());
    std::copy(whole.begin(), whole.end(), layer.begin());
    box.for_each_run(weights, [&](std::size_t target, std::size_t source, std::size_t length) {
      for (std::size_t cell = 0; cell < length; ++cell) layer[target + cell] -= smaller[source + cell];
    });
    std::uint64_t wins_with = 0, wins_without = 0;
    for (const std::uint64_t groups : layer) wins_with += groups;
    box.for_each_run(weights, [&](std::size_t, std::size_t source, std::size_t length) {
      for (std::size_t cell = 0; cell < length; ++cell) wins_without += layer[source + cell];
    });
    swings[others - size] = wins_with - wins_without;
    smaller.swap(layer);
  }
}

std::uint64_t losing_coalitions(const SwingCounts& swings) {
  const std::uint64_t all_modulo = swings.voters == 64 ? 0 : std::uint64_t{1} << swings.voters;
  return all_modulo - swings.winning;  // 2ⁿ leaves 64 bits at n = 64, the difference does not
}

Uint128 all_swings(const SwingCounts& swings) {
  Uint128 sum = 0;
  for (std::size_t voter = 0; voter < swings.voters; ++voter) sum += swings.of(voter);
  return sum;
}

// Orders in which the voter comes after a losing coalition that it makes win.
Uint128 pivotal_orders(const SwingCounts& swings, std::size_t voter) {
  const std::size_t n = swings.voters;
  Uint128 orders = 0;
  for (std::size_t size = 0; size < n; ++size) {
    const Uint128 around = checked_product(factorial(size), factorial(n - 1 - size));
    orders = checked_sum(orders, checked_product(around, swings.by_size[voter * n + size]));
  }
  return orders;
}

double shapley_shubik_index(const SwingCounts& swings, std::size_t voter) {
  const std::size_t n = swings.voters;
  double index = 0.0, subsets = 1.0;  // C(n−1, size)
  for (std::size_t size = 0; size < n; ++size) {
    index += static_cast<double>(swings.by_size[voter * n + size]) / (static_cast<double>(n) * subsets);
    subsets *= static_cast<double>(n - 1 - size) / static_cast<double>(size + 1);
  }
  return index;
}

}  // namespace

std::uint64_t SwingCounts::of(std::size_t voter) const {
  SPLINTERNET_CHECK(voter < voters, voter, voters);
  std::uint64_t sum = 0;
  for (std::size_t size = 0; size < voters; ++size) sum += by_size[voter * voters + size];
  return sum;
}

SwingCounts count_swings(VotingRule rule) {
  SwingCounts swings;
  const std::size_t n = swings.voters = voters_of(rule);
  if (n > kMostVotersCounted) {
    throw DataError("power: " + std::to_string(n) + " voters; coalitions are counted up to " +
                    std::to_string(kMostVotersCounted) + ", sample beyond");
  }
  const SlackBox box(rule, n);
  const std::vector<std::uint64_t> count = groups_that_may_leave(rule, n, box);
  for (const std::uint64_t groups : count) swings.winning += groups;
  swings.by_size.resize(n * n);
  for (std::size_t voter = 0; voter < n; ++voter) {
    count_swings_of(weights_of(rule, voter), count, box, std::span(swings.by_size).subspan(voter * n, n));
  }
  return swings;
}

PowerIndices<double> power_indices(const SwingCounts& swings) {
  PowerIndices<double> power;
  const auto winning = static_cast<double>(swings.winning);
  const auto losing = static_cast<double>(losing_coalitions(swings));
  const double coalitions = static_cast<double>(Uint128{1} << swings.voters);
  const auto total = static_cast<double>(all_swings(swings));
  for (std::size_t voter = 0; voter < swings.voters; ++voter) {
    const auto own = static_cast<double>(swings.of(voter));
    power.shapley_shubik.push_back(shapley_shubik_index(swings, voter));
    power.banzhaf.push_back(own / total);
    power.banzhaf_absolute.push_back(2.0 * own / coalitions);
    power.to_prevent.push_back(own / winning);
    power.to_initiate.push_back(own / losing);
  }
  power.to_act = winning / coalitions;
  return power;
}

PowerIndices<Fraction> power_fractions(const SwingCounts& swings) {
  const std::size_t n = swings.voters;
  if (n > kLargestFactorial) {
    throw DataError("power: fractions are exact up to " + std::to_string(kLargestFactorial) + " voters, not " +
                    std::to_string(n) + "; take the indices as decimals");
  }
  PowerIndices<Fraction> power;
  for (std::size_t voter = 0; voter < n; ++voter) {
    const std::uint64_t own = swings.of(voter);
    power.shapley_shubik.emplace_back(pivotal_orders(swings, voter), factorial(n));
    power.banzhaf.emplace_back(own, all_swings(swings));
    power.banzhaf_absolute.emplace_back(own, Uint128{1} << (n - 1));
    power.to_prevent.emplace_back(own, swings.winning);
    power.to_initiate.emplace_back(own, losing_coalitions(swings));
  }
  power.to_act = Fraction(swings.winning, Uint128{1} << n);
  return power;
}

}  // namespace splinternet::coalition
