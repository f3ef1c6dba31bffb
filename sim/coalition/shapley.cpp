#include "sim/coalition/shapley.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

namespace {

std::vector<double> values_of_all(std::size_t players, FunctionRef<double(ActorSet)> value) {
  std::vector<double> values(std::size_t{1} << players);
  for (std::size_t set = 0; set < values.size(); ++set) {
    values[set] = value(static_cast<ActorSet>(set));
    if (std::isfinite(values[set])) continue;
    throw DataError("Shapley value: the value of the coalition " + text(static_cast<ActorSet>(set)) +
                    " is not a finite number");
  }
  return values;
}

// One over the number of coalitions of each size that leave one player out, times players.
std::vector<double> weights_by_size(std::size_t players) {
  std::vector<double> weight(players);
  double subsets = 1.0;
  for (std::size_t size = 0; size < players; ++size) {
    weight[size] = 1.0 / (static_cast<double>(players) * subsets);
    subsets *= static_cast<double>(players - 1 - size) / static_cast<double>(size + 1);
  }
  return weight;
}

// Mean and sum of squared deviations as values come in (Welford 1962).
struct RunningMoments {
  double mean = 0.0, squares = 0.0;

  void add(double value, double count) {
    const double off = value - mean;
    mean += off / count;
    squares += off * (value - mean);
  }
};

}  // namespace

std::vector<double> shapley_value(std::size_t players, FunctionRef<double(ActorSet)> value) {
  if (players > kMostActorsEnumerated) {
    throw DataError("Shapley value: " + std::to_string(players) + " players; all coalitions are gone through up to " +
                    std::to_string(kMostActorsEnumerated) + ", sample beyond");
  }
  const std::vector<double> values = values_of_all(players, value);
  const std::vector<double> weight = weights_by_size(players);
  std::vector<double> result(players), added(players);
  for (std::size_t player = 0; player < players; ++player) {
    std::fill(added.begin(), added.end(), 0.0);
    for (std::size_t index = 0; index < values.size(); ++index) {
      const auto set = static_cast<ActorSet>(index);
      if (!contains(set, player)) added[size_of(set)] += values[with(set, player)] - values[set];
    }
    for (std::size_t size = 0; size < players; ++size) result[player] += weight[size] * added[size];
  }
  return result;
}

std::vector<Estimate> sample_shapley_value(std::size_t players,
                                           FunctionRef<double(std::span<const std::uint8_t>)> value,
                                           const PowerSampling& sampling) {
  check_sampling(sampling, players);
  std::vector<RunningMoments> moments(players);
  std::vector<std::uint32_t> order(players);
  std::vector<std::uint8_t> is_member(players);
  const auto checked_value = [&] {
    const double worth = value(is_member);
    if (!std::isfinite(worth)) throw DataError("Shapley value: the value of a coalition is not a finite number");
    return worth;
  };
  for (std::uint32_t sample = 0; sample < sampling.samples; ++sample) {
    draw_order(sampling, sample, order);
    std::fill(is_member.begin(), is_member.end(), std::uint8_t{0});
    double before = checked_value();
    for (const std::uint32_t player : order) {
      is_member[player] = 1;
      const double after = checked_value();
      moments[player].add(after - before, static_cast<double>(sample) + 1.0);
      before = after;
    }
  }
  std::vector<Estimate> result;
  const double samples = sampling.samples;
  for (const RunningMoments& of : moments) {
    result.push_back({of.mean, std::sqrt(of.squares / (samples - 1.0) / samples)});
  }
  return result;
}

}  // namespace splinternet::coalition
