#include "sim/model/option_conditions.hpp"

#include <algorithm>

#include "sim/core/math.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/policy.hpp"
#include "sim/model/trade_flows.hpp"

namespace splinternet {

OptionConditions::OptionConditions(const World& world)
    : world_(world), depth_(world.frameworks()), class_share_(world.derived.routing.classes.size()) {
  for (auto* column : {&towards_, &by_, &trust_, &log_latency_, &reach_}) column->resize(world.countries(), 0.0);
  for (auto* factors : {&ratio_, &export_now_, &export_then_, &import_now_, &import_then_}) {
    factors->resize(kTradeSectors * world.countries());
  }
}

/// How the option would change the country's paths: only its own traffic moves, by its own policy class. Partners to
/// whom all classes take equally long are left out: theirs mix to the same whatever the shares.
void OptionConditions::compare_paths(std::size_t country) {
  const std::size_t n = world_.countries(), i = country, classes = class_share_.size();
  const Derived& derived = world_.derived;
  for (const std::uint32_t j : rerouted_) log_latency_[j] = 0.0;
  rerouted_.clear();
  class_weights(world_, depth_, class_share_);
  if (std::equal(class_share_.begin(), class_share_.end(), &derived.class_share[i * classes])) return;
  for (std::size_t j = 0; j < n; ++j) {
    bool differs = false;
    for (std::size_t c = 1; c < classes; ++c) {
      differs = differs || derived.routing.latency(c)[i * n + j] != derived.routing.latency(0)[i * n + j];
    }
    if (j == i || !differs) continue;
    const PathMix mix = mix_paths(derived.routing, class_share_, i, j);
    // A pair without a path has the latency of the baseline as its own, so that it is the one to compare with.
    const double before = derived.reach[i * n + j] > 0.0 ? derived.latency_ms[i * n + j] + derived.latency_ms[j * n + i]
                                                         : baseline_latency_ms(derived.routing, i, j);
    const bool connected = mix.reach > 0.0 && derived.reach[j * n + i] > 0.0 && before > 0.0;
    rerouted_.push_back(static_cast<std::uint32_t>(j));
    reach_[j] = mix.reach;
    log_latency_[j] = connected ? math::log((mix.latency_ms + derived.latency_ms[j * n + i]) / before) : 0.0;
  }
}

/// Change of ln ψ with each partner.
void OptionConditions::compare_trust(std::size_t country) {
  const std::size_t n = world_.countries();
  const Derived& derived = world_.derived;
  std::fill(trust_.begin(), trust_.end(), 0.0);
  for (std::size_t k = 0; k < depth_.size(); ++k) {
    const double now = derived.depth[country * depth_.size() + k], then = depth_[k], worth = derived.strengths[k].trust;
    if (worth == 0.0 || now == then) continue;
    const double* partner = &derived.depth_by_framework[k * n];
    for (std::size_t j = 0; j < n; ++j) {
      trust_[j] += (std::min(then, partner[j]) - std::min(now, partner[j])) * worth;
    }
  }
}

/// Fills ln of the ratios; returns the change of data access but for reach.
double OptionConditions::compare_partners(std::size_t country) {
  const std::size_t n = world_.countries();
  const Derived& derived = world_.derived;
  restrictiveness_towards(world_, country, depth_, towards_);
  restrictiveness_by(world_, country, depth_, by_);
  towards_[country] = by_[country] = trust_[country] = 0.0;
  const double* before = &derived.restrictiveness[country * n];
  for (std::size_t j = 0; j < n; ++j) {
    by_[j] = pair_restrictiveness(derived.costs, towards_[j], by_[j]) - before[j];
    const LogCostFactors factors = log_cost_factors(derived.costs, {by_[j], log_latency_[j], trust_[j]});
    ratio_[j] = factors.goods;
    ratio_[n + j] = factors.services;
  }
  if (!world_.setting().demand) return 0.0;
  const double* use = &derived.served_use[country * n];
  double access = 0.0;
  for (std::size_t j = 0; j < n; ++j) access -= use[j] * by_[j];
  return access;
}

/// What paths that are kept or lost under the option add to data access. The country's own class filters what it uses
/// where the rows of demand are users; else what it sends, which is the others' access.
double OptionConditions::more_access(std::size_t country) const {
  const std::size_t n = world_.countries(), i = country;
  const DemandSetting& demand = *world_.setting().demand;
  if (demand.rows == DemandRows::kOrigins) return 0.0;
  double access = 0.0;
  for (const std::uint32_t j : rerouted_) {
    const double restrictiveness = world_.derived.restrictiveness[i * n + j] + by_[j];
    access += demand.use_share[j * n + i] * (reach_[j] - world_.derived.reach[i * n + j]) * (1.0 - restrictiveness);
  }
  return access;
}

/// B of the country's row and column, now and under the option.
void OptionConditions::apply_ratios(std::size_t country) {
  const std::size_t n = world_.countries();
  for (std::size_t s = 0; s < kTradeSectors; ++s) {
    const std::size_t row = (s * n + country) * n;
    std::copy_n(&world_.derived.cost_factor[row], n, &export_now_[s * n]);
    std::copy_n(&world_.derived.cost_factor_by_importer[row], n, &import_now_[s * n]);
  }
  for (std::size_t k = 0; k < ratio_.size(); ++k) {
    export_then_[k] = export_now_[k] * ratio_[k];
    import_then_[k] = import_now_[k] * ratio_[k];
  }
}

/// Services of pairs that gain or lose paths.
void OptionConditions::apply_reach(std::size_t country) {
  const std::size_t n = world_.countries(), i = country;
  const Derived& derived = world_.derived;
  for (const std::uint32_t j : rerouted_) {
    const double before = derived.reach[i * n + j];
    if (before > 0.0) {
      for (auto* then : {&export_then_, &import_then_}) (*then)[n + j] *= reach_[j] / before;
      continue;
    }
    // Services that begin again: no ratio leads there from none.
    const double regained = ratio_[n + j] * reach_[j] * derived.reach[j * n + i];
    export_then_[n + j] = math::exp(world_.policy.log_cost_factor[(n + i) * n + j]) * regained;
    import_then_[n + j] = math::exp(world_.policy.log_cost_factor[(n + j) * n + i]) * regained;
  }
}

OwnChange OptionConditions::change(std::size_t country, FrameworkSet target) {
  binding_depth(world_, country, target, Counting::kAsIfInForce, depth_);
  const bool routed = world_.setting().demand != nullptr;
  if (routed) compare_paths(country);
  compare_trust(country);
  double access = compare_partners(country);
  if (routed) access += more_access(country);
  math::exp(ratio_, ratio_);
  apply_ratios(country);
  if (routed) apply_reach(country);
  const double diffusion = world_.derived.parameters(parameters::kIdeaDiffusion);
  return {export_now_, export_then_, import_now_, import_then_, math::exp(diffusion * access)};
}

}  // namespace splinternet
