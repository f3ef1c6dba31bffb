#include "sim/model/policy.hpp"

#include <algorithm>
#include <array>

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

/// What one country makes of the data of some others, or some others of those of one, in columns: vectors need no
/// branches.
struct Rules {
  static constexpr std::size_t kSize = 64;
  using Column = std::array<double, kSize>;
  Column own, exclusions, exempt;

  void begin() {
    own.fill(0.0);
    exclusions.fill(0.0);
    exempt.fill(1.0);
  }
  /// `depth(j)` of the one who makes the rules, `other(j)` of the one whose data they are.
  template <class Depth, class Other>
  void add(const BindingStrengths& strengths, std::size_t size, const Depth& depth, const Other& other) {
    const double recognition = strengths.recognition, local_law = strengths.local_law, shield = strengths.shield;
    for (std::size_t j = 0; j < size; ++j) {
      const double mine = depth(j), theirs = other(j), shared = theirs < mine ? theirs : mine;
      const double outside = theirs > 0.0 ? 0.0 : 1.0;
      own[j] = own[j] - shared * recognition + outside * (mine * local_law);
      exempt[j] *= 1.0 - shared * shield;
    }
  }
  void write(std::span<double> out) const {
    for (std::size_t j = 0; j < out.size(); ++j) out[j] = own[j] + exclusions[j] * exempt[j];
  }
};

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

void rules_towards(const World& world, std::span<const double> depth, std::span<double> out) {
  const std::size_t n = world.countries();
  Rules rules;
  for (std::size_t begin = 0; begin < n; begin += Rules::kSize) {
    const std::size_t size = std::min(Rules::kSize, n - begin);
    rules.begin();
    for (std::size_t k = 0; k < depth.size(); ++k) {
      if (depth[k] == 0.0) continue;
      const BindingStrengths& strengths = world.derived.strengths[k];
      const double* others = &world.derived.depth_by_framework[k * n + begin];
      const double mine = depth[k];
      rules.add(
          strengths, size, [mine](std::size_t) { return mine; }, [others](std::size_t j) { return others[j]; });
      const std::uint8_t* untrusted = &world.setting().frameworks.untrusted_home[k * n + begin];
      for (std::size_t j = 0; j < size && strengths.exclusion > 0.0; ++j) {
        if (untrusted[j] != 0) rules.exclusions[j] += mine * strengths.exclusion;
      }
    }
    rules.write(out.subspan(begin, size));
  }
}

void rules_by(const World& world, std::span<const double> depth, FrameworkSet untrusted, std::span<double> out) {
  const std::size_t n = world.countries();
  Rules rules;
  for (std::size_t begin = 0; begin < n; begin += Rules::kSize) {
    const std::size_t size = std::min(Rules::kSize, n - begin);
    rules.begin();
    for (std::size_t k = 0; k < depth.size(); ++k) {
      const BindingStrengths& strengths = world.derived.strengths[k];
      const double* makers = &world.derived.depth_by_framework[k * n + begin];
      const double theirs = depth[k];
      rules.add(
          strengths, size, [makers](std::size_t j) { return makers[j]; }, [theirs](std::size_t) { return theirs; });
      if (!contains(untrusted, k)) continue;
      for (std::size_t j = 0; j < size; ++j) rules.exclusions[j] += makers[j] * strengths.exclusion;
    }
    rules.write(out.subspan(begin, size));
  }
}

double home_rules(const World& world, std::size_t i) {
  return world.setting().countries.home_restrictiveness[i] + world.derived.effects.restrictiveness_shift[i];
}

void restrictiveness_towards(const World& world, std::size_t i, std::span<const double> depth_i,
                             std::span<double> out) {
  const std::vector<double>& shift = world.derived.effects.pair_rule_shift;
  const double home = home_rules(world, i);
  rules_towards(world, depth_i, out);
  for (double& r : out) r = home + r;
  for (std::size_t j = 0; j < out.size() && !shift.empty(); ++j) out[j] += shift[i * out.size() + j];
  for (double& r : out) r = std::clamp(r, 0.0, 1.0);
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
  derived.depth_by_framework.resize(frameworks * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < frameworks; ++k) {
      derived.depth_by_framework[k * n + i] = derived.depth[i * frameworks + k];
    }
  }
  parallel::for_each_range(n, 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      restrictiveness_towards(world, i, depth_of(world, i), std::span(derived.own_restrictiveness).subspan(i * n, n));
      derived.own_restrictiveness[i * n + i] = 0.0;
    }
  });
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double r_ij = derived.own_restrictiveness[i * n + j];
      const double r_ji = derived.own_restrictiveness[j * n + i];
      derived.restrictiveness[i * n + j] = pair_restrictiveness(derived.costs, r_ij, r_ji);
    }
  }
}

}  // namespace splinternet
