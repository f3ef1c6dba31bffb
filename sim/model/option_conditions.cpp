#include "sim/model/option_conditions.hpp"

#include "sim/core/math.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/policy.hpp"
#include "sim/model/trade_flows.hpp"

namespace splinternet {

OptionConditions::OptionConditions(const World& world)
    : world_(world),
      depth_(world.frameworks()),
      class_share_(world.derived.routing.classes.size()),
      ratio_(kTradeSectors * world.countries()),
      log_latency_(world.countries(), 0.0),
      reach_(world.countries(), 1.0) {
  for (auto* factors : {&export_now_, &export_then_, &import_now_, &import_then_}) factors->resize(ratio_.size());
}

/// How the option would change the country's paths: only its own traffic moves, by its own policy class.
void OptionConditions::compare_paths(std::size_t country) {
  const std::size_t n = world_.countries(), i = country;
  const Derived& derived = world_.derived;
  class_weights(world_, depth_, class_share_);
  for (std::size_t j = 0; j < n; ++j) {
    const PathMix mix = mix_paths(derived.routing, class_share_, i, j);
    // A pair without a path has the latency of the baseline as its own, so that it is the one to compare with.
    const double before = derived.reach[i * n + j] > 0.0
                              ? derived.latency_ms[i * n + j] + derived.latency_ms[j * n + i]
                              : baseline_latency_ms(derived.routing, i, j);
    const bool connected = j != i && mix.reach > 0.0 && derived.reach[j * n + i] > 0.0 && before > 0.0;
    reach_[j] = mix.reach;
    log_latency_[j] = connected ? (mix.latency_ms + derived.latency_ms[j * n + i]) / before : 1.0;
  }
  math::log(log_latency_, log_latency_);
}

/// Fills ln of the ratios; returns the change of data access.
double OptionConditions::compare_partners(std::size_t country) {
  const std::size_t n = world_.countries(), frameworks = world_.frameworks(), i = country;
  const Derived& derived = world_.derived;
  const DemandSetting* demand = world_.setting().demand.get();
  const std::span<const double> now = std::span(derived.depth).subspan(i * frameworks, frameworks);
  double access_change = 0.0;
  for (std::size_t j = 0; j < n; ++j) {
    const std::span<const double> partner = std::span(derived.depth).subspan(j * frameworks, frameworks);
    if (i == j) {
      ratio_[j] = ratio_[n + j] = 0.0;
      continue;
    }
    const double pair = pair_restrictiveness(world_, own_restrictiveness(world_, i, depth_, j, partner),
                                             own_restrictiveness(world_, j, partner, i, depth_));
    const double change = pair - derived.restrictiveness[i * n + j];
    const LogCostFactors factors =
        log_cost_factors(world_, {change, log_latency_[j],
                                  log_trust(world_, depth_, partner) - log_trust(world_, now, partner)});
    ratio_[j] = factors.goods;
    ratio_[n + j] = factors.services;
    if (demand == nullptr) continue;
    // The country's own class filters what it uses where the rows of demand are users, else what it sends.
    const double reach = derived.reach[demand->place_of_use(j, i, n)];
    const double more_reach = demand->rows == DemandRows::kUsers ? reach_[j] - reach : 0.0;
    access_change += demand->use_share[j * n + i] * (more_reach * (1.0 - pair) - change * reach);
  }
  return access_change;
}

/// B of the country's row and column, now and under the option.
void OptionConditions::apply_ratios(std::size_t country) {
  const std::size_t n = world_.countries(), i = country;
  const Derived& derived = world_.derived;
  for (std::size_t s = 0; s < kTradeSectors; ++s) {
    const std::vector<double>& factor = derived.cost_factor;
    for (std::size_t j = 0; j < n; ++j) {
      export_now_[s * n + j] = factor[(s * n + i) * n + j];
      import_now_[s * n + j] = factor[(s * n + j) * n + i];
      export_then_[s * n + j] = export_now_[s * n + j] * ratio_[s * n + j];
      import_then_[s * n + j] = import_now_[s * n + j] * ratio_[s * n + j];
    }
  }
  if (!world_.setting().demand) return;
  for (std::size_t j = 0; j < n; ++j) {
    const double before = derived.reach[i * n + j];
    if (j == i || reach_[j] == before) continue;
    if (before > 0.0) {
      for (auto* then : {&export_then_, &import_then_}) (*then)[n + j] *= reach_[j] / before;
    } else {
      // Services that began again: no ratio leads there from none.
      const double regained = ratio_[n + j] * reach_[j] * derived.reach[j * n + i];
      export_then_[n + j] = math::exp(world_.policy.log_cost_factor[(n + i) * n + j]) * regained;
      import_then_[n + j] = math::exp(world_.policy.log_cost_factor[(n + j) * n + i]) * regained;
    }
  }
}

OwnChange OptionConditions::change(std::size_t country, FrameworkSet target) {
  binding_depth(world_, country, target, Counting::kAsIfInForce, depth_);
  if (world_.setting().demand) compare_paths(country);
  const double access_change = compare_partners(country);
  math::exp(ratio_, ratio_);
  apply_ratios(country);
  const double diffusion = world_.derived.parameters(parameters::kIdeaDiffusion);
  return {export_now_, export_then_, import_now_, import_then_, math::exp(diffusion * access_change)};
}

}  // namespace splinternet
