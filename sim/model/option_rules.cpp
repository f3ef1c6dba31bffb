#include "sim/model/option_rules.hpp"

#include <algorithm>

#include "sim/core/vector_clones.hpp"
#include "sim/model/policy.hpp"

namespace splinternet {
namespace {

/// Where trust comes from one framework, worth so much at full depth.
struct TrustChange {
  double now, then, worth;
};

/// Trust goes by the smaller of the two depths.
SPLINTERNET_VECTOR_CLONES void add_trust(const double* __restrict partner, const TrustChange& change, std::size_t n,
                                         double* __restrict out) {
  const double now = change.now, then = change.then, worth = change.worth;
  for (std::size_t j = 0; j < n; ++j) {
    const double depth = partner[j];
    out[j] += ((depth < then ? depth : then) - (depth < now ? depth : now)) * worth;
  }
}

}  // namespace

OptionRules::OptionRules(const World& world)
    : world_(world),
      home_(world.countries()),
      untrusted_(world.countries(), 0),
      now_(world.frameworks(), 0.0),
      then_(world.frameworks(), 0.0) {
  const std::size_t n = world.countries();
  for (std::size_t i = 0; i < n; ++i) home_[i] = home_rules(world, i);
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (world.derived.strengths[k].trust != 0.0) trusting_ |= bit(k);
    const std::uint8_t* untrusted = &world.setting().frameworks.untrusted_home[k * n];
    for (std::size_t i = 0; i < n; ++i) untrusted_[i] |= untrusted[i] != 0 ? bit(k) : 0;
  }
  rules_.reserve(kKept);
  trust_.reserve(kKept);
}

const OptionRules::Rules& OptionRules::rules(std::size_t country, std::span<const double> depth) {
  for (const Rules& rules : rules_) {
    if (rules.untrusted == untrusted_[country] && std::equal(depth.begin(), depth.end(), rules.then.begin())) {
      return rules;
    }
  }
  if (rules_.size() < kKept) rules_.emplace_back();
  Rules& rules = rules_[next_rules_];
  next_rules_ = (next_rules_ + 1) % kKept;
  rules.then.assign(depth.begin(), depth.end());
  rules.untrusted = untrusted_[country];
  fill(rules);
  return rules;
}

const OptionRules::Trust& OptionRules::trust(std::size_t country, std::span<const double> depth) {
  for (std::size_t k = 0; k < depth.size(); ++k) {
    if (!contains(trusting_, k)) continue;
    now_[k] = world_.derived.depth[country * depth.size() + k];
    then_[k] = depth[k];
  }
  for (const Trust& trust : trust_) {
    if (trust.now == now_ && trust.then == then_) return trust;
  }
  if (trust_.size() < kKept) trust_.emplace_back();
  Trust& trust = trust_[next_trust_];
  next_trust_ = (next_trust_ + 1) % kKept;
  trust.now = now_;
  trust.then = then_;
  fill(trust);
  return trust;
}

void OptionRules::fill(Rules& rules) const {
  rules.towards.resize(world_.countries());
  rules.by.resize(world_.countries());
  rules_towards(world_, rules.then, rules.towards);
  const auto [least, most] = std::minmax_element(rules.towards.begin(), rules.towards.end());
  rules.least = *least;
  rules.most = *most;
  rules_by(world_, rules.then, rules.untrusted, rules.by);
  rules.open_by.resize(rules.by.size());
  for (std::size_t j = 0; j < rules.by.size(); ++j) {
    rules.by[j] = home_[j] + rules.by[j];
    rules.open_by[j] = 1.0 - std::clamp(rules.by[j], 0.0, 1.0);
  }
}

void OptionRules::fill(Trust& trust) const {
  const std::size_t n = world_.countries();
  trust.change.assign(n, 0.0);
  for (std::size_t k = 0; k < trust.now.size(); ++k) {
    const double now = trust.now[k], then = trust.then[k];
    if (now == then) continue;
    add_trust(&world_.derived.depth_by_framework[k * n], {now, then, world_.derived.strengths[k].trust}, n,
              trust.change.data());
  }
  trust.single.assign(trust.change.begin(), trust.change.end());
  trust.single.resize(series_entries(n), 0.0F);
}

}  // namespace splinternet
