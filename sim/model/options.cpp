#include "sim/model/options.hpp"

namespace splinternet {
namespace {

bool is_refused(const World& world, std::size_t country, std::size_t framework) {
  return world.step <= world.members.refused_until[world.at(country, framework)];
}

double offer_to(std::span<const Mission> missions, std::size_t country, std::size_t framework) {
  for (const Mission& mission : missions) {
    if (mission.country == country && mission.framework == framework) return mission.offer_busd;
  }
  return 0.0;
}

}  // namespace

FrameworkSet add_options(const World& world, const Revision& revision, std::span<const Mission> missions,
                         Admission& admission, Options& options) {
  const std::size_t i = revision.country;
  const FrameworkSet now = world.membership(i);
  FrameworkSet refused_by = 0;
  options.add(i, now);
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    const bool courted = contains(revision.courted_by, k);
    if (!courted && (!revision.on_its_own || is_refused(world, i, k))) continue;
    if (contains(world.signed_membership(i), k) || !may_decide_on(world, i, k)) continue;
    const FrameworkSet target = accession_or_swap(world, i, k);
    if (target == now) continue;
    if (admission.admits(k, revision.country, courted ? Approach::kCourted : Approach::kOnItsOwn)) {
      options.add(i, target, courted ? offer_to(missions, i, k) : 0.0);
    } else if (needs_consent(world.derived.parameters, k)) {
      refused_by |= bit(k);
    }
  }
  if (now == 0 || !revision.on_its_own || !may_withdraw(world)) return refused_by;
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (contains(now, k)) options.add(i, now & ~bit(k));
  }
  return refused_by;
}

}  // namespace splinternet
