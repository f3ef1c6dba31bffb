#include "sim/model/payoffs/gallery/situation.hpp"

#include "sim/model/framework_parameters.hpp"

namespace splinternet {

Gate::Gate(const World& world) : world_(world) {
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (world.derived.parameters(parameters::kGated, k) != 0.0) gated_ |= bit(k);
  }
  if (gated_ == 0) return;
  signatories_.assign(world.frameworks(), 0);
  for (std::size_t i = 0; i < world.countries(); ++i) {
    const FrameworkSet set = world.signed_membership(i);
    for (std::size_t k = 0; k < world.frameworks(); ++k) signatories_[k] += contains(set, k) ? 1 : 0;
  }
}

FrameworkSet Gate::counted(std::size_t actor, FrameworkSet set) const {
  FrameworkSet counted = ~FrameworkSet{0};
  if (gated_ == 0) return counted;
  for (std::size_t k = 0; k < world_.frameworks(); ++k) {
    if (contains(gated_, k) && !in_force(actor, set, k)) counted &= ~bit(k);
  }
  return counted;
}

bool Gate::in_force(std::size_t actor, FrameworkSet set, std::size_t framework) const {
  const auto signs = [&](std::size_t i) {
    const bool has_signed = contains(world_.signed_membership(i), framework);
    if (i != actor) return has_signed;
    return contains(set, framework) && (has_signed || !contains(world_.membership(i), framework));
  };
  if (world_.frameworks_state.status[framework] == static_cast<std::uint8_t>(FrameworkStatus::kNotYet)) return false;
  const std::uint32_t others = signatories_[framework] - (contains(world_.signed_membership(actor), framework) ? 1 : 0);
  const double count = others + (signs(actor) ? 1.0 : 0.0);
  if (count < world_.derived.parameters(parameters::kForceMembers, framework)) return false;
  const double quota = world_.derived.parameters(parameters::kForceGdpShare, framework);
  if (quota <= 0.0) return true;
  // Added up in the order of update_entry_into_force, so that a quota met to the last bit is met there and here.
  double share = 0.0;
  for (std::size_t i = 0; i < world_.countries(); ++i) {
    if (signs(i)) share += world_.setting().countries.gdp_share[i];
  }
  return share >= quota;
}

}  // namespace splinternet
