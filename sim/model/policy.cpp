#include "sim/model/policy.hpp"

#include <algorithm>

#include "sim/core/parallel.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/trade_flows.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet {
namespace {

double strength(const World& world, Provision provision, std::size_t framework) {
  return world.derived.parameters(kProvisionStrength[static_cast<std::size_t>(provision)], framework);
}

double mean_strength(const World& world, std::size_t first, std::size_t count, std::size_t framework) {
  double sum = 0.0;
  for (std::size_t p = first; p < first + count; ++p) sum += world.derived.parameters(kProvisionStrength[p], framework);
  return sum / static_cast<double>(count);
}

PolicyCosts policy_costs(const ParameterValues& value) {
  const double goods = value(parameters::kElasticityGoods);
  const double services = value(parameters::kElasticityServices);
  return {-goods * value(parameters::kDataCostGoods), -services * value(parameters::kDataCostServices),
          -goods * value(parameters::kLatencyCostGoods), -services * value(parameters::kLatencyCostServices),
          value.choice(parameters::kPairRule) == 1};
}

std::span<const double> depth_of(const World& world, std::size_t country) {
  return std::span(world.derived.depth).subspan(country * world.frameworks(), world.frameworks());
}

}  // namespace

std::vector<BindingStrengths> binding_strengths(const World& world) {
  const ParameterValues& value = world.derived.parameters;
  std::vector<BindingStrengths> all(world.frameworks());
  for (std::size_t k = 0; k < all.size(); ++k) {
    all[k].exclusion = value(parameters::kMemberRestrictiveness, k) * mean_strength(world, 0, kExclusionCount, k);
    all[k].recognition = value(parameters::kRecognition) * strength(world, Provision::kMutualRecognition, k);
    all[k].local_law = value(parameters::kLocalLawCost) * strength(world, Provision::kLocalLaw, k);
    all[k].shield = strength(world, Provision::kEvidenceBased, k);
    all[k].trust = value(parameters::kTrust) * world.frameworks_state.credibility[k] *
                   mean_strength(world, kExclusionCount, kConductCount, k);
    all[k].link_filter =
        std::max(strength(world, Provision::kCleanCarrier, k), strength(world, Provision::kCleanCable, k));
  }
  return all;
}

double own_restrictiveness(const World& world, std::size_t i, std::span<const double> depth_i, std::size_t j,
                           std::span<const double> depth_j) {
  const FrameworkSetting& frameworks = world.setting().frameworks;
  const std::size_t countries = world.countries();
  double exclusions = 0.0;
  double exempt = 1.0;
  double own = world.setting().countries.home_restrictiveness[i] + world.derived.effects.restrictiveness_shift[i];
  if (!world.derived.effects.pair_rule_shift.empty()) own += world.derived.effects.pair_rule_shift[i * countries + j];
  for (std::size_t k = 0; k < depth_i.size(); ++k) {
    if (depth_i[k] == 0.0) continue;
    const BindingStrengths& strengths = world.derived.strengths[k];
    if (frameworks.untrusted_home[k * countries + j] != 0) exclusions += depth_i[k] * strengths.exclusion;
    if (depth_j[k] > 0.0) {
      const double shared = std::min(depth_i[k], depth_j[k]);
      own -= shared * strengths.recognition;
      exempt *= 1.0 - shared * strengths.shield;
    } else {
      own += depth_i[k] * strengths.local_law;
    }
  }
  return std::clamp(own + exclusions * exempt, 0.0, 1.0);
}

double pair_restrictiveness(const World& world, double r_ij, double r_ji) {
  if (world.derived.costs.pair_maximum) return std::max(r_ij, r_ji);
  return 1.0 - (1.0 - r_ij) * (1.0 - r_ji);
}

double log_trust(const World& world, std::span<const double> depth_i, std::span<const double> depth_j) {
  double sum = 0.0;
  for (std::size_t k = 0; k < depth_i.size(); ++k) {
    sum += std::min(depth_i[k], depth_j[k]) * world.derived.strengths[k].trust;
  }
  return sum;
}

void apply_policy(World& world) {
  const std::size_t n = world.countries();
  const std::size_t frameworks = world.frameworks();
  Derived& derived = world.derived;
  derived.strengths = binding_strengths(world);
  derived.costs = policy_costs(derived.parameters);
  derived.depth.resize(n * frameworks);
  derived.own_restrictiveness.resize(n * n);
  derived.restrictiveness.resize(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    binding_depth(world, i, world.membership(i), Counting::kInForceOnly,
                  std::span(derived.depth).subspan(i * frameworks, frameworks));
  }
  parallel::for_each_range(n, 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        const bool abroad = i != j;
        derived.own_restrictiveness[i * n + j] =
            abroad ? own_restrictiveness(world, i, depth_of(world, i), j, depth_of(world, j)) : 0.0;
      }
    }
  });
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double r_ij = derived.own_restrictiveness[i * n + j];
      const double r_ji = derived.own_restrictiveness[j * n + i];
      derived.restrictiveness[i * n + j] = pair_restrictiveness(world, r_ij, r_ji);
    }
  }
}

}  // namespace splinternet
