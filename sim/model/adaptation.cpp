#include "sim/model/adaptation.hpp"

#include <algorithm>

#include "sim/model/firms.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/membership.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet {
namespace {

void deepen(World& world) {
  const ParameterValues& value = world.derived.parameters;
  const double years = world.scenario().run.step_months / 12.0;
  const double pace = years / value(parameters::kReplacementYears);
  const double rise = (1.0 - value(parameters::kDepthOnSigning)) * pace;
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (world.frameworks_state.in_force[k] == 0) continue;
    const double path = value(kProvisionStrength[static_cast<std::size_t>(Provision::kCleanPath)], k);
    for (std::size_t i = 0; i < world.countries(); ++i) {
      const std::size_t row = world.at(i, k);
      if (!contains(world.signed_membership(i), k)) continue;
      world.members.depth[row] = std::min(1.0, world.members.depth[row] + rise);
      world.members.vendor_base[row] = std::max(0.0, world.members.vendor_base[row] - path * pace);
    }
  }
}

void recover_credibility(World& world) {
  const double rate = world.per_step(world.derived.parameters(parameters::kCredibilityRecovery));
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    double& now = world.frameworks_state.credibility[k];
    now += rate * (world.derived.parameters(parameters::kCredibility, k) - now);
  }
}

}  // namespace

void adapt(World& world) {
  if (world.setting().has_map()) deepen(world);
  recover_credibility(world);
  if (world.setting().firms) reallocate_markets(world);
}

}  // namespace splinternet
