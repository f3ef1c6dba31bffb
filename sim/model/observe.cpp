#include "sim/model/observe.hpp"

#include <algorithm>
#include <limits>

#include "sim/metrics/concentration.hpp"
#include "sim/metrics/index.hpp"
#include "sim/metrics/mixing.hpp"
#include "sim/metrics/polarization.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/observe_firms.hpp"

namespace splinternet {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Blocs are rivals if their frameworks are incompatible; flows with the unaligned count on neither side.
metrics::BlocPairs rival_pairs(const World& world) {
  const std::size_t frameworks = world.frameworks();
  const std::size_t blocs = frameworks + 1;
  std::vector<std::uint8_t> rival(blocs * blocs, 0);
  for (std::size_t k = 0; k < frameworks; ++k) {
    for (std::size_t l = 0; l < frameworks; ++l) {
      rival[(k + 1) * blocs + l + 1] = world.setting().frameworks.incompatible[k * frameworks + l];
    }
  }
  metrics::BlocPairs pairs = metrics::within_or_rival(blocs, rival);
  pairs.kind[0] = metrics::PairKind::kNeither;
  return pairs;
}

void observe_members(const World& world, Observations& seen) {
  const CountrySetting& countries = world.setting().countries;
  const std::size_t frameworks = world.frameworks();
  double population = 0.0;
  double users = 0.0;
  for (std::size_t i = 0; i < countries.count; ++i) {
    population += countries.population_mn[i];
    users += countries.users_mn[i];
  }
  for (auto* series : {&seen.member_count, &seen.signed_count, &seen.gdp_share, &seen.population_share,
                       &seen.user_share, &seen.traffic_share}) {
    series->assign(frameworks, 0.0);
  }
  for (std::size_t i = 0; i < countries.count; ++i) {
    for (std::size_t k = 0; k < frameworks; ++k) {
      if (!contains(world.membership(i), k)) continue;
      seen.member_count[k] += 1.0;
      seen.signed_count[k] += contains(world.signed_membership(i), k) ? 1.0 : 0.0;
      seen.gdp_share[k] += countries.gdp_share[i];
      seen.population_share[k] += countries.population_mn[i] / population;
      seen.user_share[k] += countries.users_mn[i] / users;
    }
  }
}

void observe_polarization(const World& world, Observations& seen) {
  const std::size_t blocs = world.frameworks() + 1;
  std::vector<double> mass(blocs, 0.0);
  std::vector<double> position(blocs, 0.0);
  std::vector<double> distance(blocs * blocs);
  for (std::size_t i = 0; i < world.countries(); ++i) mass[seen.bloc[i]] += world.setting().countries.gdp_share[i];
  for (std::size_t k = 0; k + 1 < blocs; ++k) position[k + 1] = world.derived.parameters(parameters::kDirection, k);
  for (std::size_t a = 0; a < blocs; ++a) {
    for (std::size_t b = 0; b < blocs; ++b)
      distance[a * blocs + b] = std::max(position[a], position[b]) - std::min(position[a], position[b]);
  }
  const double alpha = world.derived.parameters(parameters::kPolarizationAlpha);
  seen.polarization = metrics::relative_esteban_ray(mass, distance, alpha, 2.0);
  seen.effective_blocs_gdp = metrics::effective_number(mass);
}

/// Fall of cross-bloc flows relative to those within blocs. Blocs of one country each have nothing within to compare
/// with (home flows do not count): then the fall of the cross-bloc flows alone.
double decoupling(const metrics::MixingMatrix& now, const metrics::MixingMatrix& before,
                  const metrics::BlocPairs& pairs) {
  using metrics::PairKind;
  if (metrics::flow_of_kind(before, pairs, PairKind::kWithin) > 0.0) {
    return metrics::relative_cross_change(now, before, pairs);
  }
  const double cross = metrics::flow_of_kind(before, pairs, PairKind::kCross);
  return cross > 0.0 ? 1.0 - metrics::flow_of_kind(now, pairs, PairKind::kCross) / cross : 0.0;
}

/// Data delivered: demand less what rules and missing paths keep back, and the same at the baseline.
void observe_data_flows(const World& world, const metrics::BlocPairs& pairs, Observations& seen) {
  const std::size_t n = world.countries();
  const Derived& derived = world.derived;
  const std::vector<double>& demand = world.setting().demand->share;
  std::vector<double> now(n * n);
  std::vector<double> before(n * n);
  for (std::size_t e = 0; e < now.size(); ++e) {
    now[e] = demand[e] * (1.0 - derived.restrictiveness[e]) * derived.reach[e];
    before[e] = demand[e] * (1.0 - derived.baseline_restrictiveness[e]);
  }
  const metrics::MixingMatrix mixing =
      metrics::mixing_matrix(now, seen.bloc, pairs.blocs, metrics::Diagonal::kExcluded);
  const metrics::MixingMatrix baseline =
      metrics::mixing_matrix(before, seen.bloc, pairs.blocs, metrics::Diagonal::kExcluded);
  seen.decoupling_data = decoupling(mixing, baseline, pairs);
  seen.modularity_data = metrics::modularity(mixing);
  seen.assortativity_data = metrics::assortativity(mixing);
  seen.external_internal_data = metrics::external_internal_index(mixing, pairs);
}

/// 1/d for global efficiency: 0 without a path; no distance between two countries counts as one tick, the resolution.
double closeness(std::uint32_t distance) {
  return distance == kUnreachable ? 0.0 : 1.0 / static_cast<double>(std::max(distance, 1U));
}

/// Reach, stretch and efficiency over the paths in use: means over the policy classes of each origin.
void observe_paths(const World& world, Observations& seen) {
  const std::size_t n = world.countries();
  const Derived& derived = world.derived;
  const std::size_t classes = derived.routing.classes.size();
  double demand = 0.0;
  double lost = 0.0;
  double length = 0.0;
  double baseline_length = 0.0;
  double efficiency = 0.0;
  double baseline_efficiency = 0.0;
  for (std::size_t o = 0; o < n; ++o) {
    for (std::size_t d = 0; d < n; ++d) {
      if (o == d) continue;
      const double flow = world.setting().demand->share[o * n + d];
      const std::uint32_t baseline = derived.routing.baseline_distance[o * n + d];
      demand += flow;
      lost += flow * (1.0 - derived.reach[o * n + d]);
      baseline_efficiency += closeness(baseline);
      for (std::size_t c = 0; c < classes; ++c) {
        const std::uint32_t distance = derived.routing.classes[c].distance[o * n + d];
        const double share = derived.class_share[o * classes + c];
        if (distance == kUnreachable || share == 0.0) continue;
        length += flow * share * static_cast<double>(distance);
        baseline_length += flow * share * static_cast<double>(baseline);
        efficiency += share * closeness(distance);
      }
    }
  }
  seen.reach_loss = demand > 0.0 ? lost / demand : 0.0;
  seen.stretch = baseline_length > 0.0 ? length / baseline_length : 1.0;
  seen.efficiency_ratio = baseline_efficiency > 0.0 ? efficiency / baseline_efficiency : 1.0;
}

void observe_traffic(const World& world, Observations& seen) {
  const std::size_t n = world.countries();
  const Derived& derived = world.derived;
  std::vector<double> mass(world.frameworks() + 1, 0.0);
  seen.latency_ms.assign(n, 0.0);
  for (std::size_t o = 0; o < n; ++o) {
    double traffic = 0.0;
    double served = 0.0;
    for (std::size_t d = 0; d < n; ++d) {
      const double flow = world.setting().demand->share[o * n + d];
      traffic += flow;
      if (o == d) continue;
      served += flow * derived.reach[o * n + d];
      seen.latency_ms[o] += flow * derived.reach[o * n + d] * derived.latency_ms[o * n + d];
    }
    seen.latency_ms[o] = served > 0.0 ? seen.latency_ms[o] / served : kNaN;
    mass[seen.bloc[o]] += traffic;
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      if (contains(world.membership(o), k)) seen.traffic_share[k] += traffic;
    }
  }
  seen.effective_blocs_traffic = metrics::effective_number(mass);
  seen.transit_share = derived.transit_share;
  seen.transit_herfindahl = metrics::herfindahl(derived.transit_share);
  seen.transit_top5_share = metrics::top_share(derived.transit_share, 5);
  seen.data_access = derived.data_access;
}

/// Percent by which `now` lies above `before`; 0 where there was nothing.
double change_pp(double now, double before) {
  return before > 0.0 ? 100.0 * (now / before - 1.0) : 0.0;
}

void observe_trade_flows(const World& world, const metrics::BlocPairs& pairs, Observations& seen) {
  const std::size_t n = world.countries();
  const TradeEquilibrium& equilibrium = world.trade_solver->equilibrium();
  const std::span<const double> baseline = world.setting().trade->baseline.flow();
  std::vector<double> now(n * n);
  std::vector<double> before(n * n);
  double exports[kTradeSectors] = {0.0, 0.0};
  double baseline_exports[kTradeSectors] = {0.0, 0.0};
  seen.exports_busd.assign(n, 0.0);
  seen.digital_exports_busd.assign(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j) continue;
      for (std::size_t s = 0; s < kTradeSectors; ++s) {
        const double flow = equilibrium.flow[(s * n + i) * n + j];
        now[i * n + j] += flow;
        before[i * n + j] += baseline[(s * n + i) * n + j];
        exports[s] += flow;
        baseline_exports[s] += baseline[(s * n + i) * n + j];
        seen.exports_busd[i] += flow;
        if (s == kServices) seen.digital_exports_busd[i] += flow;
      }
    }
  }
  const metrics::MixingMatrix mixing =
      metrics::mixing_matrix(now, seen.bloc, pairs.blocs, metrics::Diagonal::kExcluded);
  const metrics::MixingMatrix base =
      metrics::mixing_matrix(before, seen.bloc, pairs.blocs, metrics::Diagonal::kExcluded);
  seen.decoupling_trade = decoupling(mixing, base, pairs);
  seen.modularity_trade = metrics::modularity(mixing);
  seen.assortativity_trade = metrics::assortativity(mixing);
  seen.external_internal_trade = metrics::external_internal_index(mixing, pairs);
  seen.world_exports_pp = change_pp(exports[0] + exports[1], baseline_exports[0] + baseline_exports[1]);
  seen.world_digital_exports_pp = change_pp(exports[kServices], baseline_exports[kServices]);
  seen.real_income_pp.assign(n, 0.0);
  seen.world_real_income_pp = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    seen.real_income_pp[i] = 100.0 * (equilibrium.real_income[i] - 1.0);
    seen.world_real_income_pp += world.setting().countries.gdp_share[i] * seen.real_income_pp[i];
  }
}

/// Mean restrictiveness of a country's own treatment of others, and what is left of its untrusted equipment.
void observe_rules(const World& world, Observations& seen) {
  const std::size_t n = world.countries();
  seen.restrictiveness.assign(n, 0.0);
  seen.vendor_share.assign(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) seen.restrictiveness[i] += world.derived.own_restrictiveness[i * n + j];
    seen.restrictiveness[i] /= static_cast<double>(std::max<std::size_t>(1, n - 1));
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      seen.vendor_share[i] = std::max(seen.vendor_share[i], world.setting().frameworks.untrusted_share[k * n + i] *
                                                                world.members.vendor_base[world.at(i, k)]);
    }
  }
}

/// Weighted mean of the components that the scenario has; a section left out leaves its component out.
double splinternet_index(const World& world, const Observations& seen) {
  const ParameterValues& value = world.derived.parameters;
  std::vector<double> component{seen.polarization};
  std::vector<double> weight{value(parameters::kWeightPolarization)};
  if (world.setting().demand) {
    component.insert(component.end(), {metrics::clip_to_unit(seen.decoupling_data), seen.reach_loss});
    weight.insert(weight.end(), {value(parameters::kWeightDecouplingData), value(parameters::kWeightReachLoss)});
  }
  if (world.trade_solver) {
    component.push_back(metrics::clip_to_unit(seen.decoupling_trade));
    weight.push_back(value(parameters::kWeightDecouplingTrade));
  }
  return metrics::weighted_index(component, weight);
}

void clear_optional(const World& world, Observations& seen) {
  const std::size_t n = world.countries();
  if (!world.setting().demand) {
    for (double* one : {&seen.decoupling_data, &seen.modularity_data, &seen.assortativity_data,
                        &seen.external_internal_data, &seen.reach_loss, &seen.stretch, &seen.efficiency_ratio,
                        &seen.effective_blocs_traffic, &seen.transit_herfindahl, &seen.transit_top5_share}) {
      *one = kNaN;
    }
    for (auto* series : {&seen.transit_share, &seen.latency_ms, &seen.data_access}) series->assign(n, kNaN);
    seen.traffic_share.assign(world.frameworks(), kNaN);
  }
  if (!world.trade_solver) {
    for (double* one :
         {&seen.decoupling_trade, &seen.modularity_trade, &seen.assortativity_trade, &seen.external_internal_trade,
          &seen.world_real_income_pp, &seen.world_exports_pp, &seen.world_digital_exports_pp}) {
      *one = kNaN;
    }
    for (auto* series : {&seen.real_income_pp, &seen.exports_busd, &seen.digital_exports_busd}) series->assign(n, kNaN);
  }
}

}  // namespace

std::vector<std::uint32_t> bloc_labels(const World& world) {
  std::vector<std::uint32_t> label(world.countries(), 0);
  for (std::size_t i = 0; i < label.size(); ++i) {
    const FrameworkSet firm = world.signed_membership(i);
    const FrameworkSet set = firm != 0 ? firm : world.membership(i);
    for (std::size_t k = world.frameworks(); k-- > 0;) {
      if (contains(set, k)) label[i] = static_cast<std::uint32_t>(k + 1);
    }
  }
  return label;
}

void observe(World& world) {
  Observations& seen = world.derived.observed;
  seen.bloc = bloc_labels(world);
  const metrics::BlocPairs pairs = rival_pairs(world);
  observe_members(world, seen);
  observe_polarization(world, seen);
  observe_rules(world, seen);
  if (world.setting().demand) {
    observe_data_flows(world, pairs, seen);
    observe_paths(world, seen);
    observe_traffic(world, seen);
  }
  if (world.trade_solver) observe_trade_flows(world, pairs, seen);
  clear_optional(world, seen);
  observe_firms(world, seen);
  seen.splinternet_index = splinternet_index(world, seen);
}

}  // namespace splinternet
