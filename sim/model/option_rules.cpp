#include "sim/model/option_rules.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/lane_sum.hpp"
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

/// The larger of x and 0, in a form that vectors take.
inline double positive_part(double x) {
  return 0.5 * (x + std::fabs(x));
}

/// r_ij before it is clipped is home + towards.
SPLINTERNET_VECTOR_CLONES void compare_both_sides(double home, const double* __restrict towards,
                                                  const double* __restrict open_by, const double* __restrict before,
                                                  std::size_t n, double* __restrict out) {
  for (std::size_t j = 0; j < n; ++j) {
    const double open = positive_part(1.0 - positive_part(home + towards[j]));  // 1 − clip(r_ij)
    out[j] = (1.0 - open * open_by[j]) - before[j];
  }
}

/// What R is made of where nothing is clipped, then and now.
struct SideColumns {
  double open_home;  // 1 − home
  const double *towards, *open_by;
  RestrictivenessNow now;

  [[nodiscard]] double change(std::size_t j) const {
    return (1.0 - (open_home - towards[j]) * open_by[j]) - (now.base + now.factor * now.column[j]);
  }
};

SPLINTERNET_VECTOR_CLONES void index_both_sides(const SideColumns& sides, const float* __restrict use, std::size_t n,
                                                float* __restrict out, Lanes& __restrict used) {
  const SideColumns of = sides;
  const std::size_t whole = n / used.size() * used.size();
  for (std::size_t first = 0; first < whole; first += used.size()) {
    for (std::size_t l = 0; l < used.size(); ++l) {
      const double change = of.change(first + l);
      out[first + l] = static_cast<float>(change);
      used[l] += static_cast<double>(use[first + l]) * change;
    }
  }
  for (std::size_t j = whole; j < n; ++j) {
    out[j] = static_cast<float>(of.change(j));
    used[j - whole] += static_cast<double>(use[j]) * of.change(j);
  }
}

}  // namespace

void OptionRules::Rules::compare(double home, std::span<const double> before, std::span<double> out) const {
  compare_both_sides(home, towards.data(), open_by.data(), before.data(), before.size(), out.data());
}

double OptionRules::Rules::index(std::size_t country, double home, const RestrictivenessNow& now,
                                 std::span<const float> use, std::span<float> out) const {
  const SideColumns sides{1.0 - home, towards.data(), open_by.data(), now};
  Lanes used{};
  index_both_sides(sides, use.data(), use.size(), out.data(), used);
  out[country] = 0.0F;
  return add_lanes(used) - static_cast<double>(use[country]) * sides.change(country);
}

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
