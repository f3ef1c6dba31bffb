#include "sim/model/observe_flows.hpp"

#include "sim/metrics/mixing.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/row_sum.hpp"

namespace splinternet {
namespace {

using metrics::Diagonal;
using metrics::MixingMatrix;
using metrics::MixingSum;
using metrics::PairKind;

/// Fall of cross-bloc flows relative to those within blocs. Blocs of one country each have nothing within to compare
/// with (home flows do not count): then the fall of the cross-bloc flows alone.
double decoupling(const MixingMatrix& now, const MixingMatrix& before, const metrics::BlocPairs& pairs) {
  if (metrics::flow_of_kind(before, pairs, PairKind::kWithin) > 0.0) {
    return metrics::relative_cross_change(now, before, pairs);
  }
  const double cross = metrics::flow_of_kind(before, pairs, PairKind::kCross);
  return cross > 0.0 ? 1.0 - metrics::flow_of_kind(now, pairs, PairKind::kCross) / cross : 0.0;
}

/// Percent by which `now` lies above `before`; 0 where there was nothing.
double change_pp(double now, double before) {
  return before > 0.0 ? 100.0 * (now / before - 1.0) : 0.0;
}

/// What restrictiveness `rule` leaves of the demand of row o.
void data_row(std::size_t o, std::span<const double> share, std::span<const double> rule, std::span<double> row) {
  const std::size_t n = row.size();
  const double* demand = &share[o * n];
  const double* restrictiveness = &rule[o * n];
  for (std::size_t d = 0; d < n; ++d) row[d] = demand[d] * (1.0 - restrictiveness[d]);
}

/// Data delivered now, under the rules and over the paths of the moment.
void delivered_row(const World& world, std::size_t o, std::span<double> row) {
  const std::size_t n = world.countries();
  const DemandNow now = demand_now(world);
  data_row(o, now.share, world.derived.restrictiveness, row);
  const double* reach = &now.reach[o * n];
  for (std::size_t d = 0; d < n; ++d) row[d] *= reach[d];
}

/// Sales of country i over both sectors; `flow` is [sector][exporter][importer].
void trade_row(std::span<const double> flow, std::size_t i, std::span<double> row) {
  const std::size_t n = row.size();
  const double* goods = &flow[(kGoods * n + i) * n];
  const double* services = &flow[(kServices * n + i) * n];
  for (std::size_t j = 0; j < n; ++j) row[j] = goods[j] + services[j];
}

/// Flows by the blocs of the moment; fill(i, row) gives the rows.
template <class Fill>
MixingMatrix by_bloc(const Observations& seen, std::size_t blocs, const Fill& fill) {
  MixingSum sum(seen.bloc, blocs);
  std::vector<double> row(seen.bloc.size());
  for (std::size_t i = 0; i < row.size(); ++i) {
    fill(i, row);
    sum.add_row(i, row, Diagonal::kExcluded);
  }
  return sum.matrix();
}

MixingMatrix trade_by_bloc(std::span<const double> flow, const Observations& seen, std::size_t blocs) {
  return by_bloc(seen, blocs, [flow](std::size_t i, std::span<double> row) { trade_row(flow, i, row); });
}

/// Exports of country i in one sector.
double exports(std::span<const double> flow, std::size_t n, std::size_t sector, std::size_t i) {
  return row_sum_abroad(flow.subspan((sector * n + i) * n, n), i);
}

void remember_baseline_exports(std::span<const double> flow, std::size_t n, ObservationMemory& memory) {
  if (memory.baseline_exports_busd > 0.0) return;
  for (std::size_t i = 0; i < n; ++i) {
    const double services = exports(flow, n, kServices, i);
    memory.baseline_exports_busd += exports(flow, n, kGoods, i) + services;
    memory.baseline_digital_exports_busd += services;
  }
}

void observe_exports(const World& world, ObservationMemory& memory, Observations& seen) {
  const std::size_t n = world.countries();
  const std::span<const double> flow = world.trade_solver->equilibrium().flow;
  remember_baseline_exports(world.setting().trade->baseline.flow(), n, memory);
  double all = 0.0;
  double digital = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    seen.digital_exports_busd[i] = exports(flow, n, kServices, i);
    seen.exports_busd[i] = exports(flow, n, kGoods, i) + seen.digital_exports_busd[i];
    all += seen.exports_busd[i];
    digital += seen.digital_exports_busd[i];
  }
  seen.world_exports_pp = change_pp(all, memory.baseline_exports_busd);
  seen.world_digital_exports_pp = change_pp(digital, memory.baseline_digital_exports_busd);
}

}  // namespace

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
  pairs.kind[0] = PairKind::kNeither;
  return pairs;
}

std::vector<double> flow_matrix(const World& world, FlowKind kind) {
  const std::size_t n = world.countries();
  std::vector<double> flow(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::span<double> row = std::span(flow).subspan(i * n, n);
    if (kind == FlowKind::kData) {
      delivered_row(world, i, row);
    } else {
      trade_row(world.trade_solver->equilibrium().flow, i, row);
    }
  }
  return flow;
}

void observe_data_flows(const World& world, const metrics::BlocPairs& pairs, ObservationMemory& memory,
                        Observations& seen) {
  if (!world.setting().demand) return;
  if (memory.bloc != seen.bloc) {
    memory.baseline_data = by_bloc(seen, pairs.blocs, [&](std::size_t o, std::span<double> row) {
      data_row(o, world.setting().demand->share, world.derived.baseline_restrictiveness, row);
    });
  }
  const MixingMatrix mixing =
      by_bloc(seen, pairs.blocs, [&](std::size_t o, std::span<double> row) { delivered_row(world, o, row); });
  seen.decoupling_data = decoupling(mixing, memory.baseline_data, pairs);
  seen.decoupling_index_data = metrics::decoupling_index(mixing, pairs);
  seen.modularity_data = metrics::modularity(mixing);
  seen.assortativity_data = metrics::assortativity(mixing);
  seen.external_internal_data = metrics::external_internal_index(mixing, pairs);
  seen.data_between_blocs = mixing.flow;
}

void observe_trade_flows(const World& world, const metrics::BlocPairs& pairs, ObservationMemory& memory,
                         Observations& seen) {
  if (!world.trade_solver) return;
  if (memory.bloc != seen.bloc) {
    memory.baseline_trade = trade_by_bloc(world.setting().trade->baseline.flow(), seen, pairs.blocs);
  }
  const TradeEquilibrium& equilibrium = world.trade_solver->equilibrium();
  const MixingMatrix mixing = trade_by_bloc(equilibrium.flow, seen, pairs.blocs);
  seen.decoupling_trade = decoupling(mixing, memory.baseline_trade, pairs);
  seen.decoupling_index_trade = metrics::decoupling_index(mixing, pairs);
  seen.modularity_trade = metrics::modularity(mixing);
  seen.assortativity_trade = metrics::assortativity(mixing);
  seen.external_internal_trade = metrics::external_internal_index(mixing, pairs);
  seen.trade_between_blocs_busd = mixing.flow;
  observe_exports(world, memory, seen);
  seen.world_real_income_pp = 0.0;
  for (std::size_t i = 0; i < world.countries(); ++i) {
    seen.real_income_pp[i] = 100.0 * (equilibrium.real_income[i] - 1.0);
    seen.world_real_income_pp += world.setting().countries.gdp_share[i] * seen.real_income_pp[i];
  }
}

}  // namespace splinternet
