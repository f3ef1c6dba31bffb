#include "sim/model/choice/peer_rules.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/influence.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/options.hpp"
#include "sim/model/turns.hpp"

namespace splinternet {
namespace {

Draws draws_of(const World& world, Purpose purpose, std::size_t country, std::uint16_t kind = 0) {
  return {world.scenario().run.seed, purpose, static_cast<std::uint32_t>(world.step),
          world.setting().countries.key[country], kind};
}

bool is_in_order(const std::vector<std::uint32_t>& rank) {
  return std::is_sorted(rank.begin(), rank.end());
}

}  // namespace

PeerRules::PeerRules(const World& world)
    : world_(world),
      influence_(*world.setting().influence),
      thresholds_(world.setting().thresholds.get()),
      rule_(choice_rule_of(world)),
      may_withdraw_(splinternet::may_withdraw(world)),
      one_column_(rule_ == ChoiceRule::kThreshold && world.frameworks() == 1 && thresholds_->share.empty() &&
                  influence_.form != InfluenceForm::kDense),
      rivals_(world.frameworks(), 0) {
  const FrameworkSetting& frameworks = world.setting().frameworks;
  for (std::size_t k = 0; k < frameworks.count; ++k) {
    const bool open = world.frameworks_state.status[k] == static_cast<std::uint8_t>(FrameworkStatus::kOpen);
    if (open) open_to_decisions_ |= bit(k);
    if (open && world.derived.parameters.choice(parameters::kAdmission, k) == 0) open_ |= bit(k);
    for (std::size_t l = 0; l < frameworks.count; ++l) {
      if (frameworks.incompatible[k * frameworks.count + l] != 0) rivals_[k] |= bit(l);
    }
  }
  const std::vector<std::uint32_t>& rank = world.setting().countries.rank;
  if (rule_ != ChoiceRule::kImitate || is_in_order(rank)) return;
  by_code_.resize(rank.size());
  for (std::uint32_t row = 0; row < rank.size(); ++row) by_code_[rank[row]] = row;
}

bool PeerRules::may_revise(std::size_t country) const {
  const std::vector<std::uint8_t>& eligible = world_.setting().frameworks.eligible;
  for (std::size_t k = 0; k < world_.frameworks(); ++k) {
    if (contains(open_to_decisions_, k) && eligible[k * world_.countries() + country] != 0) return true;
  }
  return false;
}

std::uint32_t PeerRules::members_among_peers(std::size_t country, std::size_t framework) const {
  const std::size_t n = world_.countries(), stride = world_.frameworks();
  const std::uint8_t* level = world_.members.level.data() + framework;
  std::uint32_t count = 0;
  switch (influence_.form) {
    case InfluenceForm::kComplete:
      return world_.derived.member_count[framework] - (level[country * stride] != 0 ? 1U : 0U);
    case InfluenceForm::kSparse:
      for (const std::uint32_t peer : influence_.graph.peers(country)) count += level[peer * stride] != 0 ? 1U : 0U;
      return count;
    case InfluenceForm::kDense:
      for (std::size_t j = 0; j < n; ++j) {
        count += influence_.weight[country * n + j] > 0.0 && level[j * stride] != 0 ? 1U : 0U;
      }
      return count;
  }
  SPLINTERNET_CHECK(false);
  return 0;
}

bool PeerRules::reaches(std::size_t country, std::size_t framework) const {
  if (thresholds_->share.empty()) return members_among_peers(country, framework) >= thresholds_->number[country];
  const double share = peer_share(world_, country, framework), threshold = thresholds_->share[country];
  return thresholds_->above ? share > threshold : share >= threshold;
}

/// Whether a framework that is open to all can be added to what one has; listings lapse.
bool PeerRules::joins(FrameworkSet now, std::size_t framework) const {
  return contains(open_, framework) && !contains(now, framework) && (now & rivals_[framework]) == 0;
}

FrameworkSet PeerRules::by_threshold(std::size_t country, FrameworkSet now) const {
  const std::vector<std::uint8_t>& eligible = world_.setting().frameworks.eligible;
  FrameworkSet target = now;
  FrameworkSet wanted = 0;
  for (std::size_t k = 0; k < world_.frameworks(); ++k) {
    if (eligible[k * world_.countries() + country] == 0) continue;
    const bool is_in = contains(now, k);
    if (is_in && !may_withdraw_) continue;
    const bool reached = reaches(country, k);
    if (is_in && !reached) target &= ~bit(k);
    if (!is_in && reached) wanted |= bit(k);
  }
  // What one leaves makes room for what one wants.
  for (std::size_t k = 0; k < world_.frameworks(); ++k) {
    if (contains(wanted, k) && joins(target, k)) target |= bit(k);
  }
  return target;
}

std::uint32_t PeerRules::drawn_peer(std::size_t country, std::uint32_t turn) const {
  const Draws draws = draws_of(world_, Purpose::kImitatedPeer, country);
  const auto n = static_cast<std::uint32_t>(world_.countries());
  const auto row = [this](std::uint32_t rank) { return by_code_.empty() ? rank : by_code_[rank]; };
  if (influence_.form == InfluenceForm::kComplete) {
    if (n < 2) return kNoCountry;
    const std::uint32_t rank = draws.below(n - 1, turn);
    return row(rank < world_.setting().countries.rank[country] ? rank : rank + 1);
  }
  if (influence_.form == InfluenceForm::kSparse && influence_.graph.weight.empty()) {
    const std::span<const std::uint32_t> peers = influence_.graph.peers(country);
    return peers.empty() ? kNoCountry : peers[draws.below(static_cast<std::uint32_t>(peers.size()), turn)];
  }
  // Weights laid end to end; the last of them for what rounding leaves.
  const double uniform = draws.uniform(turn);
  std::uint32_t found = kNoCountry;
  double below = 0.0;
  const auto falls_on = [&](std::uint32_t peer, double weight) {
    if (weight <= 0.0) return false;
    found = peer;
    below += weight;
    return uniform < below;
  };
  if (influence_.form == InfluenceForm::kDense) {
    for (std::uint32_t rank = 0; rank < n; ++rank) {
      if (falls_on(row(rank), influence_.weight[country * n + row(rank)])) break;
    }
    return found;
  }
  const std::span<const std::uint32_t> peers = influence_.graph.peers(country);
  for (std::size_t e = 0; e < peers.size(); ++e) {
    if (falls_on(peers[e], influence_.graph.weight[influence_.graph.first[country] + e])) break;
  }
  return found;
}

FrameworkSet PeerRules::by_imitation(std::size_t country, FrameworkSet now, std::uint32_t turn) const {
  const std::uint32_t peer = drawn_peer(country, turn);
  if (peer == kNoCountry) return now;
  const FrameworkSet theirs = world_.membership(peer);
  FrameworkSet may_join = 0, may_leave = 0;
  for (std::size_t k = 0; k < world_.frameworks(); ++k) {
    if (world_.setting().frameworks.eligible[k * world_.countries() + country] == 0) continue;
    may_join |= bit(k) & open_;
    if (may_withdraw_) may_leave |= bit(k);
  }
  const FrameworkSet target = (now & ~(may_leave & ~theirs)) | (theirs & may_join);
  return is_admissible(world_.setting(), target) ? target : now;
}

FrameworkSet PeerRules::by_table(std::size_t country, FrameworkSet now, std::uint32_t turn) const {
  const FrameworkSetting& frameworks = world_.setting().frameworks;
  FrameworkSet target = now;
  for (std::size_t k = 0; k < frameworks.count; ++k) {
    if (frameworks.eligible[k * world_.countries() + country] == 0) continue;
    const bool is_in = contains(now, k);
    if (is_in ? !may_withdraw_ : !joins(target, k)) continue;
    const Adoption monthly = adoption_at(world_.scenario().policy_table, peer_share(world_, country, k));
    const double probability = world_.per_step(is_in ? monthly.withdraw : monthly.accede);
    if (probability <= 0.0) continue;
    const auto kind = static_cast<std::uint16_t>(frameworks.key[k] & 0xffffU);
    const bool moves = draws_of(world_, Purpose::kCountryChoice, country, kind).uniform(turn) < probability;
    if (moves) target = is_in ? target & ~bit(k) : target | bit(k);
  }
  return target;
}

FrameworkSet PeerRules::target(std::size_t country, std::uint32_t turn) const {
  const FrameworkSet now = world_.membership(country);
  switch (rule_) {
    case ChoiceRule::kThreshold:
      return by_threshold(country, now);
    case ChoiceRule::kImitate:
      return by_imitation(country, now, turn);
    case ChoiceRule::kPolicyTable:
      return by_table(country, now, turn);
    default:
      break;
  }
  SPLINTERNET_CHECK(false);
  return now;
}

bool PeerRules::decide_complete(std::size_t begin, std::size_t end, std::span<std::uint8_t> target) const {
  const std::uint8_t* level = world_.members.level.data();
  const std::uint8_t* eligible = world_.setting().frameworks.eligible.data();
  const std::uint32_t* number = thresholds_->number.data();
  const std::uint32_t members = world_.derived.member_count[0];
  const std::uint8_t joins = contains(open_, 0) ? 1 : 0, leaves = may_withdraw_ ? 1 : 0;
  std::uint8_t moved = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const auto now = static_cast<std::uint8_t>(level[i] != 0 ? 1 : 0);
    const auto reached = static_cast<std::uint8_t>(members - now >= number[i] ? 1 : 0);
    const std::uint8_t may = eligible[i] & (now != 0 ? leaves : joins);
    const auto change = static_cast<std::uint8_t>(may & (now ^ reached));
    target[i] = now ^ change;
    moved |= change;
  }
  return moved != 0;
}

bool PeerRules::decide_sparse(std::size_t begin, std::size_t end, std::span<std::uint8_t> target) const {
  const std::uint8_t* level = world_.members.level.data();
  const std::uint8_t* eligible = world_.setting().frameworks.eligible.data();
  const std::uint32_t* number = thresholds_->number.data();
  const std::uint64_t* first = influence_.graph.first.data();
  const std::uint32_t* peer = influence_.graph.peer.data();
  const bool joins = contains(open_, 0);
  std::uint8_t moved = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const bool now = level[i] != 0;
    target[i] = now ? 1 : 0;
    if (eligible[i] == 0 || !(now ? may_withdraw_ : joins)) continue;
    std::uint32_t count = 0;
    for (std::uint64_t e = first[i]; e < first[i + 1]; ++e) count += level[peer[e]] != 0 ? 1U : 0U;
    const bool then = count >= number[i];
    target[i] = then ? 1 : 0;
    moved |= static_cast<std::uint8_t>(then != now ? 1 : 0);
  }
  return moved != 0;
}

bool PeerRules::decide(std::size_t begin, std::size_t end, double probability, std::span<std::uint8_t> target) const {
  if (one_column_ && probability >= 1.0) {
    return influence_.form == InfluenceForm::kComplete ? decide_complete(begin, end, target)
                                                       : decide_sparse(begin, end, target);
  }
  bool moved = false;
  for (std::size_t i = begin; i < end; ++i) {
    const FrameworkSet now = world_.membership(i);
    const bool revises = may_revise(i) && (probability >= 1.0 || revision_draw(world_, i) < probability);
    const FrameworkSet then = revises ? this->target(i, 0) : now;
    target[i] = static_cast<std::uint8_t>(then);
    moved = moved || then != now;
  }
  return moved;
}

}  // namespace splinternet
