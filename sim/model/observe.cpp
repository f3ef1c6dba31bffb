#include "sim/model/observe.hpp"

#include <algorithm>

#include "sim/metrics/concentration.hpp"
#include "sim/metrics/index.hpp"
#include "sim/metrics/polarization.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/metrics_steps.hpp"
#include "sim/model/observe_divisions.hpp"
#include "sim/model/observe_firms.hpp"
#include "sim/model/observe_flows.hpp"
#include "sim/model/observe_network.hpp"
#include "sim/model/observe_paths.hpp"
#include "sim/model/row_sum.hpp"

namespace splinternet {
namespace {

void observe_members(const World& world, Observations& seen) {
  const CountrySetting& countries = world.setting().countries;
  const std::size_t frameworks = world.frameworks();
  double population = 0.0;
  double users = 0.0;
  for (std::size_t i = 0; i < countries.count; ++i) {
    population += countries.population_mn[i];
    users += countries.users_mn[i];
  }
  for (auto* series :
       {&seen.member_count, &seen.signed_count, &seen.gdp_share, &seen.population_share, &seen.user_share}) {
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

/// Mean restrictiveness of a country's own treatment of others, and what is left of its untrusted equipment.
void observe_rules(const World& world, Observations& seen) {
  const std::size_t n = world.countries();
  seen.restrictiveness.assign(n, 0.0);
  seen.vendor_share.assign(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    seen.restrictiveness[i] = row_sum(std::span(world.derived.own_restrictiveness).subspan(i * n, n)) /
                              static_cast<double>(std::max<std::size_t>(1, n - 1));
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

/// Room for every series of countries and frameworks; NaN until something is seen.
void make_room(const World& world, Observations& seen) {
  for (auto* series : {&seen.real_income_pp, &seen.exports_busd, &seen.digital_exports_busd, &seen.transit_share,
                       &seen.latency_ms, &seen.data_access, &seen.data_abroad_share}) {
    series->assign(world.countries(), kNotObserved);
  }
  const std::size_t blocs = world.frameworks() + 1;
  seen.data_between_blocs.assign(blocs * blocs, kNotObserved);
  seen.trade_between_blocs_busd.assign(blocs * blocs, kNotObserved);
  seen.traffic_share.assign(world.frameworks(), kNotObserved);
}

/// A world without a map has members, and sizes in the place of GDP: one pass at most, none if all are alike.
void observe_actors(const World& world, Observations& seen) {
  const std::size_t frameworks = world.frameworks();
  const std::vector<double>& share = world.setting().countries.gdp_share;
  for (auto* series : {&seen.member_count, &seen.signed_count, &seen.member_size_share}) {
    series->assign(frameworks, 0.0);
  }
  for (std::size_t k = 0; k < frameworks; ++k) {
    seen.member_count[k] = world.derived.member_count[k];
    seen.signed_count[k] = world.derived.signed_count[k];
    if (world.setting().actors->equal_sizes) {
      seen.member_size_share[k] = seen.member_count[k] / static_cast<double>(world.countries());
      continue;
    }
    for (std::size_t i = 0; i < world.countries(); ++i) {
      seen.member_size_share[k] += world.members.level[world.at(i, k)] != 0 ? share[i] : 0.0;
    }
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
  if (!world.setting().has_map()) return observe_actors(world, seen);
  ObservationMemory& memory = world.derived.memory;
  if (seen.bloc.empty()) make_room(world, seen);
  seen.bloc = bloc_labels(world);
  const metrics::BlocPairs pairs = rival_pairs(world);
  observe_members(world, seen);
  observe_polarization(world, seen);
  observe_rules(world, seen);
  observe_paths(world, memory, seen);
  observe_data_flows(world, pairs, memory, seen);
  observe_trade_flows(world, pairs, memory, seen);
  memory.bloc = seen.bloc;
  observe_firms(world, seen);
  if (is_metrics_step(world.scenario(), world.step)) {
    observe_network(world, memory.network, seen.network);
    observe_divisions(world, seen.division);
  }
  seen.splinternet_index = splinternet_index(world, seen);
}

}  // namespace splinternet
