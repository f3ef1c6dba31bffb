#include "sim/coalition/sampled_power.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/rng.hpp"

namespace splinternet::coalition {

namespace {

// Kinds of draws of one purpose.
constexpr std::uint16_t kOrderKind = 0;
constexpr std::uint16_t kCoalitionKind = 1;

constexpr std::size_t kSamplesPerTask = 1024;

std::uint32_t key_of(const PowerSampling& sampling, std::size_t player) {
  return sampling.key.empty() ? static_cast<std::uint32_t>(player) : sampling.key[player];
}

// Whole numbers only, so that the order of adding does not matter.
struct SampleCounts {
  explicit SampleCounts(std::size_t n) : pivots(n, 0), swings(n, 0), swings_of_winning(n, 0), swings_by_total(n, 0) {}

  void add(const SampleCounts& other) {
    for (std::size_t i = 0; i < pivots.size(); ++i) {
      pivots[i] += other.pivots[i];
      swings[i] += other.swings[i];
      swings_of_winning[i] += other.swings_of_winning[i];
      swings_by_total[i] += other.swings_by_total[i];
    }
    winning += other.winning;
    total += other.total;
    total_squared += other.total_squared;
  }

  std::vector<std::uint64_t> pivots, swings;
  std::vector<std::uint64_t> swings_of_winning;  // in coalitions drawn that win
  std::vector<std::uint64_t> swings_by_total;    // weighted with the number of voters that swing
  std::uint64_t winning = 0, total = 0, total_squared = 0;
};

class Sampler {
 public:
  Sampler(VotingRule rule, const PowerSampling& sampling, std::size_t n)
      : sampling_(sampling), tally_(rule), order_(n), is_member_(n), swings_(n) {}

  void count_order(std::uint32_t sample, SampleCounts& counts) {
    draw_order(sampling_, sample, order_);
    tally_.clear();
    for (const std::uint32_t voter : order_) {
      tally_.add(voter);
      if (!tally_.wins()) continue;
      ++counts.pivots[voter];
      return;
    }
  }

  void count_coalition(std::uint32_t sample, SampleCounts& counts) {
    draw_coalition(sample);
    const bool wins = tally_.wins();
    std::uint64_t total = 0;
    for (std::size_t voter = 0; voter < swings_.size(); ++voter) {
      swings_[voter] = tally_.is_swing(voter, is_member_[voter] != 0) ? 1 : 0;
      total += swings_[voter];
    }
    for (std::size_t voter = 0; voter < swings_.size(); ++voter) {
      counts.swings[voter] += swings_[voter];
      counts.swings_of_winning[voter] += wins ? swings_[voter] : 0;
      counts.swings_by_total[voter] += swings_[voter] * total;
    }
    counts.winning += wins ? 1 : 0;
    counts.total += total;
    counts.total_squared += total * total;
  }

 private:
  void draw_coalition(std::uint32_t sample) {
    tally_.clear();
    for (std::size_t voter = 0; voter < is_member_.size(); ++voter) {
      const Draws draws(sampling_.seed, Purpose::kPowerSample, sample, key_of(sampling_, voter), kCoalitionKind);
      is_member_[voter] = static_cast<std::uint8_t>(draws.bits() & 1U);
      if (is_member_[voter] != 0) tally_.add(voter);
    }
  }

  const PowerSampling& sampling_;
  Tally tally_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint8_t> is_member_;
  std::vector<std::uint64_t> swings_;
};

SampleCounts count_samples(VotingRule rule, const PowerSampling& sampling, std::size_t n) {
  const std::size_t tasks = (sampling.samples + kSamplesPerTask - 1) / kSamplesPerTask;
  std::vector<SampleCounts> parts(tasks, SampleCounts(n));
  parallel::for_each_range(tasks, 1, [&](std::size_t begin, std::size_t end) {
    Sampler sampler(rule, sampling, n);
    for (std::size_t task = begin; task < end; ++task) {
      const std::size_t last = std::min<std::size_t>(sampling.samples, (task + 1) * kSamplesPerTask);
      for (std::size_t sample = task * kSamplesPerTask; sample < last; ++sample) {
        sampler.count_order(static_cast<std::uint32_t>(sample), parts[task]);
        sampler.count_coalition(static_cast<std::uint32_t>(sample), parts[task]);
      }
    }
  });
  SampleCounts all(n);
  for (const SampleCounts& part : parts) all.add(part);
  return all;
}

Estimate share(double mean, double samples) {
  return {mean, std::sqrt(mean * (1.0 - mean) / samples)};
}

// Means per sample of two quantities and of their products.
struct Moments {
  double top, bottom, top_squared, product, bottom_squared;
};

Estimate ratio(const Moments& mean, double samples) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  if (mean.bottom == 0.0) return {kNone, kNone};
  const double value = mean.top / mean.bottom;
  const double variance = mean.top_squared - 2.0 * value * mean.product + value * value * mean.bottom_squared;
  return {value, std::sqrt(std::max(0.0, variance) / samples) / mean.bottom};
}

}  // namespace

void draw_order(const PowerSampling& sampling, std::uint32_t sample, std::span<std::uint32_t> order) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> drawn(order.size());
  for (std::size_t player = 0; player < order.size(); ++player) {
    const Draws draws(sampling.seed, Purpose::kPowerSample, sample, key_of(sampling, player), kOrderKind);
    drawn[player] = {draws.bits(), static_cast<std::uint32_t>(player)};
  }
  std::sort(drawn.begin(), drawn.end());
  std::transform(drawn.begin(), drawn.end(), order.begin(), [](const auto& place) { return place.second; });
}

void check_sampling(const PowerSampling& sampling, std::size_t players) {
  if (sampling.samples < 2) throw DataError("power: an error bar takes at least two samples");
  SPLINTERNET_CHECK(sampling.key.empty() || sampling.key.size() == players, sampling.key.size(), players);
  std::vector<std::uint32_t> keys(sampling.key.begin(), sampling.key.end());
  std::sort(keys.begin(), keys.end());
  const auto twin = std::adjacent_find(keys.begin(), keys.end());
  if (twin != keys.end()) throw DataError("power: two players have the key " + std::to_string(*twin));
}

PowerIndices<Estimate> sample_power(VotingRule rule, const PowerSampling& sampling) {
  const std::size_t n = voters_of(rule);
  check_sampling(sampling, n);
  const SampleCounts counts = count_samples(rule, sampling, n);
  const double samples = sampling.samples;
  const auto mean = [&](std::uint64_t sum) { return static_cast<double>(sum) / samples; };
  const double wins = mean(counts.winning), loses = mean(sampling.samples - counts.winning);
  PowerIndices<Estimate> power;
  for (std::size_t voter = 0; voter < n; ++voter) {
    const double swing = mean(counts.swings[voter]);
    const double swing_wins = mean(counts.swings_of_winning[voter]);
    power.shapley_shubik.push_back(share(mean(counts.pivots[voter]), samples));
    power.banzhaf_absolute.push_back(share(swing, samples));
    power.banzhaf.push_back(ratio(
        {swing, mean(counts.total), swing, mean(counts.swings_by_total[voter]), mean(counts.total_squared)}, samples));
    // A swing is a winning coalition with the voter and a losing one without: half a coalition of each.
    power.to_prevent.push_back(ratio({swing / 2, wins, swing / 4, swing_wins / 2, wins}, samples));
    power.to_initiate.push_back(ratio({swing / 2, loses, swing / 4, (swing - swing_wins) / 2, loses}, samples));
  }
  power.to_act = share(wins, samples);
  return power;
}

}  // namespace splinternet::coalition
