#include "sim/metrics/inequality.hpp"

#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet::metrics {

namespace {

struct Sums {
  double weight = 0.0;
  double value = 0.0;  // weighted
};

// w·r·ln r with r = (value/weight)/mean, the contribution of one holder or group; 0 in the limit r → 0.
double contribution(double weight, double weighted_value, double mean) {
  if (weight <= 0.0 || weighted_value <= 0.0) return 0.0;
  const double ratio = weighted_value / weight / mean;
  return weight * ratio * math::log(ratio);
}

}  // namespace

Theil theil(std::span<const double> value, std::span<const double> weight, std::span<const std::uint32_t> group,
            std::size_t group_count) {
  SPLINTERNET_CHECK(value.size() == weight.size() && value.size() == group.size(), value.size(), weight.size(),
                    group.size());
  std::vector<Sums> sums(group_count);
  Sums world;
  for (std::size_t i = 0; i < value.size(); ++i) {
    SPLINTERNET_CHECK(group[i] < group_count, "group", group[i], "of", group_count);
    sums[group[i]].weight += weight[i];
    sums[group[i]].value += weight[i] * value[i];
    world.weight += weight[i];
    world.value += weight[i] * value[i];
  }
  Theil result;
  if (world.weight == 0.0 || world.value == 0.0) return result;
  const double mean = world.value / world.weight;
  std::vector<double> inside(group_count, 0.0);
  for (std::size_t i = 0; i < value.size(); ++i) {
    const double weighted = weight[i] * value[i];
    result.total += contribution(weight[i], weighted, mean);
    const Sums& own = sums[group[i]];
    if (own.value > 0.0) inside[group[i]] += contribution(weight[i], weighted, own.value / own.weight);
  }
  for (std::size_t g = 0; g < group_count; ++g) {
    result.between += contribution(sums[g].weight, sums[g].value, mean);
    // (population share)·(relative mean)·(Theil of the group): the weights of the group cancel once.
    if (sums[g].weight > 0.0) result.within += sums[g].value / sums[g].weight / mean * inside[g];
  }
  result.total /= world.weight;
  result.between /= world.weight;
  result.within /= world.weight;
  return result;
}

}  // namespace splinternet::metrics
