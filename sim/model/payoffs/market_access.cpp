#include "sim/model/payoffs/market_access.hpp"

#include <algorithm>

#include "sim/core/math.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/policy.hpp"
#include "sim/model/trade_flows.hpp"
#include "sim/trade/own_effect.hpp"

namespace splinternet {
namespace {

/// Room for one option, used again for the next.
struct Buffers {
  Buffers(std::size_t n, std::size_t frameworks, std::size_t classes)
      : depth(frameworks), class_share(classes), ratio(kTradeSectors * n), log_latency(n), reach(n) {}
  std::vector<double> depth;        // [framework] under the option
  std::vector<double> class_share;  // [policy class]
  std::vector<double> ratio;        // [sector][partner] new B / current B, both directions alike
  std::vector<double> log_latency;  // [partner] change
  std::vector<double> reach;        // [partner] new over current share of traffic with a path
};

/// How the option would change the country's paths: only its own traffic moves, by its own policy class.
void compare_paths(const World& world, std::size_t i, Buffers& buffers) {
  const std::size_t n = world.countries();
  const Derived& derived = world.derived;
  class_weights(world, buffers.depth, buffers.class_share);
  for (std::size_t j = 0; j < n; ++j) {
    const PathMix mix = mix_paths(derived.routing, buffers.class_share, i, j);
    const double before = derived.latency_ms[i * n + j] + derived.latency_ms[j * n + i];
    const bool connected = j != i && mix.reach > 0.0 && derived.reach[i * n + j] > 0.0 && before > 0.0;
    buffers.reach[j] = j == i || derived.reach[i * n + j] == 0.0 ? 1.0 : mix.reach / derived.reach[i * n + j];
    buffers.log_latency[j] = connected ? (mix.latency_ms + derived.latency_ms[j * n + i]) / before : 1.0;
  }
  math::log(buffers.log_latency, buffers.log_latency);
}

/// 100·ln Ŵ_i of moving to `target`, others fixed, trade fully phased in (M2).
double effect_pp(const World& world, std::size_t i, FrameworkSet target, Buffers& buffers) {
  const std::size_t n = world.countries();
  const std::size_t frameworks = world.frameworks();
  const Derived& derived = world.derived;
  const bool routed = world.setting().demand != nullptr;
  binding_depth(world, i, target, Counting::kAsIfInForce, buffers.depth);
  const std::span<const double> now = std::span(derived.depth).subspan(i * frameworks, frameworks);
  if (routed) compare_paths(world, i, buffers);
  double access_change = 0.0;
  for (std::size_t j = 0; j < n; ++j) {
    const std::span<const double> partner = std::span(derived.depth).subspan(j * frameworks, frameworks);
    if (i == j) {
      buffers.ratio[j] = buffers.ratio[n + j] = 0.0;
      continue;
    }
    const double pair = pair_restrictiveness(world, own_restrictiveness(world, i, buffers.depth, j, partner),
                                             own_restrictiveness(world, j, partner, i, buffers.depth));
    const double change = pair - derived.restrictiveness[i * n + j];
    const LogCostFactors factors =
        log_cost_factors(world, {change, routed ? buffers.log_latency[j] : 0.0,
                                 log_trust(world, buffers.depth, partner) - log_trust(world, now, partner)});
    buffers.ratio[j] = factors.goods;
    buffers.ratio[n + j] = factors.services;
    if (routed) access_change -= world.setting().demand->use_share[j * n + i] * change * derived.reach[j * n + i];
  }
  math::exp(buffers.ratio, buffers.ratio);
  for (std::size_t j = 0; j < n && routed; ++j) buffers.ratio[n + j] *= buffers.reach[j];
  const double productivity = math::exp(derived.parameters(parameters::kIdeaDiffusion) * access_change);
  return 100.0 * own_real_income_effect(world.trade_solver->baseline(), world.trade_solver->equilibrium(), i,
                                        {buffers.ratio, buffers.ratio, productivity});
}

class MarketAccess final : public PayoffTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "market_access"; }
  [[nodiscard]] std::string_view symbol() const override { return "E"; }
  [[nodiscard]] std::string_view meaning() const override { return "real income through trade and data access"; }
  [[nodiscard]] ParameterRows parameters() const override { return {}; }

  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override {
    if (!world.trade_solver) {
      std::fill(out.begin() + static_cast<long>(begin), out.begin() + static_cast<long>(end), 0.0);
      return;
    }
    Buffers buffers(world.countries(), world.frameworks(), world.derived.routing.classes.size());
    for (std::size_t n = begin; n < end; ++n) {
      const std::size_t i = options.country[n];
      out[n] = options.target[n] == world.membership(i) ? 0.0 : effect_pp(world, i, options.target[n], buffers);
    }
  }
};

}  // namespace

const PayoffTerm& market_access_term() {
  static const MarketAccess term;
  return term;
}

}  // namespace splinternet
