#include "sim/model/membership.hpp"

#include "sim/core/check.hpp"
#include "sim/model/framework_parameters.hpp"

namespace splinternet {

namespace {

bool is_signed(const World& world, std::size_t row) {
  return world.members.level[row] == static_cast<std::uint8_t>(MembershipLevel::kSigned);
}

/// Share of world GDP, or of the sizes of actors, that has signed.
double signed_share(const World& world, std::size_t framework) {
  double share = 0.0;
  for (std::size_t i = 0; i < world.countries(); ++i) {
    if (is_signed(world, world.at(i, framework))) share += world.setting().countries.gdp_share[i];
  }
  return share;
}

}  // namespace

bool is_admissible(const Setting& setting, FrameworkSet set) {
  const std::size_t count = setting.frameworks.count;
  for (std::size_t k = 0; k < count; ++k) {
    for (std::size_t l = 0; l < k; ++l) {
      if (contains(set, k) && contains(set, l) && setting.frameworks.incompatible[k * count + l] != 0) return false;
    }
  }
  return true;
}

FrameworkSet after_accession(const World& world, std::size_t country, std::size_t framework) {
  const FrameworkSetting& frameworks = world.setting().frameworks;
  FrameworkSet set = world.membership(country) | bit(framework);
  for (std::size_t l = 0; l < frameworks.count; ++l) {
    const bool listed =
        world.members.level[world.at(country, l)] == static_cast<std::uint8_t>(MembershipLevel::kListed);
    if (l != framework && listed && frameworks.incompatible[framework * frameworks.count + l] != 0) set &= ~bit(l);
  }
  return set;
}

void count_members(World& world) {
  world.derived.member_count.assign(world.frameworks(), 0);
  world.derived.signed_count.assign(world.frameworks(), 0);
  for (std::size_t row = 0; row < world.members.level.size(); ++row) {
    if (world.members.level[row] != 0) ++world.derived.member_count[row % world.frameworks()];
    if (is_signed(world, row)) ++world.derived.signed_count[row % world.frameworks()];
  }
}

void accede(World& world, std::size_t country, std::size_t framework) {
  const FrameworkSet after = after_accession(world, country, framework);
  SPLINTERNET_CHECK(is_admissible(world.setting(), after), world.setting().countries.code[country], framework);
  for (std::size_t l = 0; l < world.frameworks(); ++l) {
    if (contains(world.membership(country), l) && !contains(after, l)) withdraw(world, country, l);
  }
  const std::size_t row = world.at(country, framework);
  if (world.members.level[row] == 0) ++world.derived.member_count[framework];
  if (!is_signed(world, row)) ++world.derived.signed_count[framework];
  world.members.level[row] = static_cast<std::uint8_t>(MembershipLevel::kSigned);
  world.members.signed_step[row] = world.step;
  if (!world.setting().has_map()) return;
  const double d0 = world.derived.parameters(parameters::kDepthOnSigning);
  world.members.depth[row] = std::max(world.members.depth[row], d0);
}

void withdraw(World& world, std::size_t country, std::size_t framework) {
  const std::size_t row = world.at(country, framework);
  if (world.members.level[row] != 0) --world.derived.member_count[framework];
  if (is_signed(world, row)) --world.derived.signed_count[framework];
  world.members.level[row] = static_cast<std::uint8_t>(MembershipLevel::kNone);
  if (!world.setting().has_map()) return;
  world.members.depth[row] = 0.0;
  world.members.side_payment_busd[row] = 0.0;
}

void open_framework(World& world, std::size_t framework) {
  world.frameworks_state.status[framework] = static_cast<std::uint8_t>(FrameworkStatus::kOpen);
  world.frameworks_state.courting[framework] = 1;
  for (const std::uint32_t sponsor : world.setting().frameworks.sponsors[framework]) accede(world, sponsor, framework);
}

void binding_depth(const World& world, std::size_t country, FrameworkSet set, Counting counting,
                   std::span<double> depth) {
  binding_depth(world, country, set, counting, world.derived.parameters(parameters::kDepthOnSigning), depth);
}

void binding_depth(const World& world, std::size_t country, FrameworkSet set, Counting counting,
                   double depth_on_signing, std::span<double> depth) {
  const FrameworkSet now = world.membership(country);
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    const bool binds = counting == Counting::kAsIfInForce ? !contains(now, k) || world.frameworks_state.in_force[k] != 0
                                                          : world.frameworks_state.in_force[k] != 0;
    if (!contains(set, k) || !binds) {
      depth[k] = 0.0;
    } else {
      depth[k] = contains(now, k) ? world.members.depth[world.at(country, k)] : depth_on_signing;
    }
  }
}

void update_entry_into_force(World& world) {
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    const double share_needed = world.derived.parameters(parameters::kForceGdpShare, k);
    const bool opened = world.frameworks_state.status[k] != static_cast<std::uint8_t>(FrameworkStatus::kNotYet);
    const bool enough = world.derived.signed_count[k] >= world.derived.parameters(parameters::kForceMembers, k) &&
                        (share_needed == 0.0 || signed_share(world, k) >= share_needed);
    world.frameworks_state.in_force[k] = opened && enough ? 1 : 0;
  }
}

}  // namespace splinternet
