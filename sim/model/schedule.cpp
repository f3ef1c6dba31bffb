#include "sim/model/schedule.hpp"

#include <algorithm>

namespace splinternet {
namespace {

using Revisions = std::vector<Revision>;

/// Keeps those who come on their own, each with its probability, and under `courted` those who are courted. Under the
/// other schedules nobody comes at the sponsors' bidding, but who happens to revise weighs their offers.
void keep_drawn(const World& world, Revisions& list) {
  const double probability = revision_probability(world);
  const bool bidding_brings = schedule_of(world) == Schedule::kCourted;
  for (Revision& revision : list) {
    revision.on_its_own = revision_draw(world, revision.country) < probability;
  }
  std::erase_if(list, [&](const Revision& revision) {
    return !revision.on_its_own && !(bidding_brings && revision.courted_by != 0);
  });
}

Revisions one_by_one(const World& world, const Revisions& list) {
  std::vector<std::uint32_t> candidates;
  std::vector<FrameworkSet> courted_by(world.countries(), 0);
  for (const Revision& revision : list) {
    candidates.push_back(revision.country);
    courted_by[revision.country] = revision.courted_by;
  }
  Revisions ordered;
  for (const Turn& turn : turns_of_step(world, candidates)) {
    ordered.push_back({turn.country, turn.number == 0 ? courted_by[turn.country] : 0, true, turn.number});
  }
  return ordered;
}

}  // namespace

Revisions all_revisions(const World& world, std::span<const Mission> missions, std::span<const std::uint8_t> answered) {
  const CountrySetting& countries = world.setting().countries;
  std::vector<FrameworkSet> courted_by(countries.count, 0);
  for (const Mission& mission : missions) {
    if (mission.country != kNoCountry) courted_by[mission.country] |= bit(mission.framework);
  }
  Revisions list;
  for (std::size_t i = 0; i < countries.count; ++i) {
    bool may = false;
    for (std::size_t k = 0; k < world.frameworks() && !may; ++k) may = may_decide_on(world, i, k);
    if (may && answered[i] == 0) list.push_back({static_cast<std::uint32_t>(i), courted_by[i], true});
  }
  const auto by_code = [&](const Revision& a, const Revision& b) {
    return countries.rank[a.country] < countries.rank[b.country];
  };
  if (!std::is_sorted(list.begin(), list.end(), by_code)) std::sort(list.begin(), list.end(), by_code);
  return list;
}

RevisionPlan scheduled_revisions(const World& world, std::span<const Mission> missions,
                                 std::span<const std::uint8_t> answered) {
  RevisionPlan plan;
  plan.revisions = all_revisions(world, missions, answered);
  const Schedule schedule = schedule_of(world);
  if (is_sequential(schedule)) {
    plan.batching = Batching::kOneByOne;
    plan.revisions = one_by_one(world, plan.revisions);
  } else if (schedule != Schedule::kSimultaneous) {
    keep_drawn(world, plan.revisions);
  }
  return plan;
}

}  // namespace splinternet
