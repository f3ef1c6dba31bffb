#include "sim/model/peer_revision.hpp"

#include <algorithm>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/model/choice/peer_rules.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/turns.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kGrain = 8192;  // countries that decide in one go

void apply(World& world, std::uint32_t country, FrameworkSet target, StepReport& report) {
  const FrameworkSet before = world.membership(country);
  if (target == before) return;
  const bool recorded = world.scenario().record.acts;
  for (std::uint32_t k = 0; k < world.frameworks(); ++k) {
    if (!contains(before & ~target, k)) continue;
    withdraw(world, country, k);
    if (recorded) report.acts.push_back({country, k, ActKind::kWithdraw});
  }
  for (std::uint32_t k = 0; k < world.frameworks(); ++k) {
    if (!contains(target & ~before, k)) continue;
    accede(world, country, k);
    if (recorded) report.acts.push_back({country, k, ActKind::kAccede});
  }
}

void revise_at_once(World& world, const PeerRules& rules, StepReport& report) {
  const std::size_t n = world.countries();
  const double probability = revision_probability(world);
  std::vector<std::uint8_t>& target = world.derived.target;
  target.resize(n);
  std::vector<std::uint8_t> moved((n + kGrain - 1) / kGrain, 0);
  parallel::for_each_range(n, kGrain, [&](std::size_t begin, std::size_t end) {
    moved[begin / kGrain] = rules.decide(begin, end, probability, target) ? 1 : 0;
  });
  std::vector<std::uint32_t> movers;
  for (std::size_t part = 0; part < moved.size(); ++part) {
    if (moved[part] == 0) continue;
    for (std::size_t i = part * kGrain; i < std::min(n, (part + 1) * kGrain); ++i) {
      if (target[i] != world.membership(i)) movers.push_back(static_cast<std::uint32_t>(i));
    }
  }
  const std::vector<std::uint32_t>& rank = world.setting().countries.rank;
  const auto by_code = [&](std::uint32_t a, std::uint32_t b) { return rank[a] < rank[b]; };
  if (!std::is_sorted(movers.begin(), movers.end(), by_code)) std::sort(movers.begin(), movers.end(), by_code);
  for (const std::uint32_t mover : movers) apply(world, mover, target[mover], report);
}

/// Those who may decide on something, in order of code.
std::vector<std::uint32_t> candidates(const World& world, const PeerRules& rules) {
  const std::vector<std::uint32_t>& rank = world.setting().countries.rank;
  std::vector<std::uint32_t> list;
  list.reserve(rank.size());
  for (std::uint32_t i = 0; i < rank.size(); ++i) {
    if (rules.may_revise(i)) list.push_back(i);
  }
  const auto by_code = [&](std::uint32_t a, std::uint32_t b) { return rank[a] < rank[b]; };
  if (!std::is_sorted(list.begin(), list.end(), by_code)) std::sort(list.begin(), list.end(), by_code);
  return list;
}

}  // namespace

void revise_by_peers(World& world, StepReport& report) {
  const PeerRules rules(world);
  if (!is_sequential(schedule_of(world))) return revise_at_once(world, rules, report);
  for (const Turn& turn : turns_of_step(world, candidates(world, rules))) {
    apply(world, turn.country, rules.target(turn.country, turn.number), report);
  }
}

}  // namespace splinternet
