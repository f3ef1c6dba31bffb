#include "sim/study/framework_power.hpp"

#include <algorithm>
#include <cmath>

#include "sim/model/data_flows.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/study/framework_stability.hpp"

namespace splinternet {
namespace {

using coalition::Estimate;
using coalition::PowerIndices;
using coalition::WeightCondition;

constexpr double kFinestUnit = 1e-9;  // of GDP when sampling: nothing is counted, so it may be fine
constexpr double kCells = 4194304.0;  // more would take minutes
constexpr double kUnits[] = {1e-6, 1e-5, 1e-4};

std::uint64_t in_units(double share, double unit) {
  return static_cast<std::uint64_t>(std::floor(share / unit + 0.5));
}

std::uint64_t total(const WeightCondition& condition) {
  std::uint64_t sum = 0;
  for (const std::uint64_t weight : condition.weight) sum += weight;
  return sum;
}

/// Conditions that ask for something. Rounding may not make the rule unmet: all signatories meet it.
std::vector<WeightCondition> conditions(const World& world, const EntryPower& power, double unit) {
  std::vector<WeightCondition> rule;
  if (power.quota_members > 0.0) {
    rule.push_back(
        {static_cast<std::uint64_t>(power.quota_members), std::vector<std::uint64_t>(power.voters.size(), 1)});
  }
  if (power.quota_gdp_share > 0.0) {
    WeightCondition gdp;
    for (const std::uint32_t i : power.voters) {
      gdp.weight.push_back(in_units(world.setting().countries.gdp_share[i], unit));
    }
    gdp.quota = std::max<std::uint64_t>(1, std::min(in_units(power.quota_gdp_share, unit), total(gdp)));
    rule.push_back(std::move(gdp));
  }
  return rule;
}

/// Size of the table that counts coalitions by size and slack.
double cells(const std::vector<WeightCondition>& rule, std::size_t voters) {
  double product = static_cast<double>(voters + 1);
  for (const WeightCondition& condition : rule) {
    product *= static_cast<double>(total(condition) - condition.quota) + 1.0;
  }
  return product;
}

std::vector<Estimate> exact(const std::vector<double>& values) {
  std::vector<Estimate> estimates;
  for (const double value : values) estimates.push_back({value, 0.0});
  return estimates;
}

PowerIndices<Estimate> exact(const PowerIndices<double>& indices) {
  return {exact(indices.shapley_shubik), exact(indices.banzhaf),     exact(indices.banzhaf_absolute),
          exact(indices.to_prevent),     exact(indices.to_initiate), {indices.to_act, 0.0}};
}

/// Counts in the finest unit that is cheap; false if none is.
bool count(const World& world, EntryPower& power) {
  if (power.voters.size() > coalition::kMostVotersCounted) return false;
  for (const double unit : kUnits) {
    const std::vector<WeightCondition> rule = conditions(world, power, unit);
    if (rule.back().quota > total(rule.back())) continue;  // in so coarse a unit nobody has any GDP
    if (cells(rule, power.voters.size()) > kCells) continue;
    power.game = EntryGame::kCounted;
    power.unit = power.quota_gdp_share > 0.0 ? unit : 0.0;
    power.indices = exact(coalition::power_indices(coalition::count_swings(rule)));
    return true;
  }
  return false;
}

void sample(const World& world, EntryPower& power) {
  std::vector<std::uint32_t> keys;
  for (const std::uint32_t i : power.voters) keys.push_back(world.setting().countries.key[i]);
  coalition::PowerSampling sampling;
  sampling.seed = world.scenario().run.seed;
  sampling.key = keys;
  power.game = EntryGame::kSampled;
  power.unit = power.quota_gdp_share > 0.0 ? kFinestUnit : 0.0;
  power.indices = coalition::sample_power(conditions(world, power, kFinestUnit), sampling);
}

}  // namespace

EntryPower entry_power(const World& world, std::size_t framework) {
  EntryPower power;
  power.quota_members = world.derived.parameters(parameters::kForceMembers, framework);
  power.quota_gdp_share = world.derived.parameters(parameters::kForceGdpShare, framework);
  for (const std::uint32_t i : countries_by_code(world)) {
    if (!contains(world.signed_membership(i), framework)) continue;
    power.voters.push_back(i);
    power.gdp_share += world.setting().countries.gdp_share[i];
  }
  if (power.quota_members <= 0.0 && power.quota_gdp_share <= 0.0) return power;
  const bool met =
      static_cast<double>(power.voters.size()) >= power.quota_members && power.gdp_share >= power.quota_gdp_share;
  if (!met) {
    power.game = EntryGame::kUnmet;
  } else if (!count(world, power)) {
    sample(world, power);
  }
  return power;
}

std::vector<TrafficValue> traffic_values(const World& world, std::size_t framework) {
  std::vector<TrafficValue> values;
  if (!world.setting().demand) return values;
  for (const std::uint32_t i : countries_by_code(world)) {
    if (contains(world.membership(i), framework)) values.push_back({i, 0.0});
  }
  const std::span<const double> share = demand_now(world).share;
  const std::size_t n = world.countries();
  for (TrafficValue& one : values) {
    for (const TrafficValue& other : values) {
      if (other.country == one.country) continue;
      one.value += 0.5 * (share[one.country * n + other.country] + share[other.country * n + one.country]);
    }
  }
  return values;
}

}  // namespace splinternet
