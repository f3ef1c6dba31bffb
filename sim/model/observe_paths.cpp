#include "sim/model/observe_paths.hpp"

#include <algorithm>

#include "sim/core/vector_clones.hpp"
#include "sim/metrics/concentration.hpp"
#include "sim/model/data_flows.hpp"
#include "sim/model/row_sum.hpp"

namespace splinternet {
namespace {

constexpr double kTicksPerMs = 10000.0;  // of 0.1 µs

/// 1/latency for global efficiency; no time between two countries counts as one tick, the resolution.
double closeness(double latency_ms) {
  return 1.0 / std::max(latency_ms, 1.0 / kTicksPerMs);
}

/// What the paths of one origin carry, per destination; nothing at its own place.
struct OriginRow {
  explicit OriginRow(std::size_t n) : lost(n), lost_pairs(n), served(n), length(n), baseline_length(n), efficiency(n) {}

  void clear_own(std::size_t origin) {
    for (auto* column : {&lost, &lost_pairs, &served, &length, &baseline_length, &efficiency}) (*column)[origin] = 0.0;
  }

  std::vector<double> lost;             ///< demand without a path
  std::vector<double> lost_pairs;       ///< share of the pair's traffic without a path
  std::vector<double> served;           ///< demand with a path
  std::vector<double> length;           ///< Σ demand · ms
  std::vector<double> baseline_length;  ///< of the same demand on the baseline's paths
  std::vector<double> efficiency;       ///< 1/ms
};

/// What is known of the pairs of one origin, per destination.
struct OriginPairs {
  const double *demand, *reach, *latency, *reach_of_demand, *latency_of_demand, *baseline;
};

/// Pointers that share nothing, so that the loop vectorises.
SPLINTERNET_VECTOR_CLONES void fill_columns(const OriginPairs& pairs, std::size_t n, double* __restrict lost,
                                            double* __restrict lost_pairs, double* __restrict served,
                                            double* __restrict length, double* __restrict baseline_length,
                                            double* __restrict efficiency) {
  const auto [demand, reach, latency, reach_of_demand, latency_of_demand, baseline] = pairs;
  for (std::size_t d = 0; d < n; ++d) {
    const double arrives = demand[d] * reach_of_demand[d];
    lost[d] = demand[d] * (1.0 - reach_of_demand[d]);
    lost_pairs[d] = 1.0 - reach[d];
    served[d] = arrives;
    length[d] = arrives * latency_of_demand[d];
    baseline_length[d] = arrives * baseline[d];
    efficiency[d] = reach[d] * closeness(latency[d]);
  }
}

void fill(const World& world, const ObservationMemory& memory, std::size_t origin, OriginRow& row) {
  const std::size_t begin = origin * world.countries();
  const DemandNow now = demand_now(world);
  const OriginPairs pairs{&now.share[begin], &world.derived.reach[begin], &world.derived.latency_ms[begin],
                          &now.reach[begin], &now.latency_ms[begin],      &memory.baseline_latency_ms[begin]};
  fill_columns(pairs, world.countries(), row.lost.data(), row.lost_pairs.data(), row.served.data(), row.length.data(),
               row.baseline_length.data(), row.efficiency.data());
  row.clear_own(origin);
}

void remember_baseline(const World& world, ObservationMemory& memory) {
  if (!memory.baseline_latency_ms.empty()) return;
  const std::size_t n = world.countries();
  memory.baseline_latency_ms.assign(n * n, 0.0);
  memory.demand_of_origin.assign(n, 0.0);
  std::vector<double> efficiency(n);
  for (std::size_t o = 0; o < n; ++o) {
    for (std::size_t d = 0; d < n; ++d) {
      const double demand = world.setting().demand->share[o * n + d];
      const std::uint32_t ticks = world.derived.routing.baseline_latency()[o * n + d];
      memory.demand_of_origin[o] += demand;
      memory.demand_abroad += o == d ? 0.0 : demand;
      const bool counts = o != d && ticks != kUnreachable;
      if (counts) memory.baseline_latency_ms[o * n + d] = static_cast<double>(ticks) / kTicksPerMs;
      efficiency[d] = counts ? closeness(memory.baseline_latency_ms[o * n + d]) : 0.0;
    }
    memory.baseline_efficiency += row_sum(efficiency);
  }
}

/// Demand between countries now, as a share of the world's: the baseline's, unless hosts have been left.
double demand_abroad(const World& world, const ObservationMemory& memory) {
  if (world.derived.demand.empty()) return memory.demand_abroad;
  const std::size_t n = world.countries();
  double abroad = 0.0;
  for (std::size_t o = 0; o < n; ++o) abroad += row_sum_abroad(demand_now(world).share.subspan(o * n, n), o);
  return abroad;
}

void observe_transit(const World& world, const ObservationMemory& memory, Observations& seen) {
  seen.transit_share = world.derived.transit_share;
  seen.transit_herfindahl = metrics::herfindahl(seen.transit_share);
  seen.transit_top5_share = metrics::top_share(seen.transit_share, 5);
  seen.transit_gini = metrics::gini(seen.transit_share);
  // In a star the centre carries no more than all demand abroad.
  const double abroad = demand_abroad(world, memory);
  seen.transit_centralization = abroad > 0.0 ? metrics::freeman_centralization(seen.transit_share, abroad) : 0.0;
}

void observe_traffic(const World& world, const ObservationMemory& memory, Observations& seen) {
  std::vector<double> mass(world.frameworks() + 1, 0.0);
  seen.traffic_share.assign(world.frameworks(), 0.0);
  const std::size_t n = world.countries();
  for (std::size_t o = 0; o < n; ++o) {
    const std::span<const double> row = demand_now(world).share.subspan(o * n, n);
    seen.data_abroad_share[o] =
        memory.demand_of_origin[o] > 0.0 ? row_sum_abroad(row, o) / memory.demand_of_origin[o] : 0.0;
    mass[seen.bloc[o]] += memory.demand_of_origin[o];
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      if (contains(world.membership(o), k)) seen.traffic_share[k] += memory.demand_of_origin[o];
    }
  }
  seen.effective_blocs_traffic = metrics::effective_number(mass);
}

}  // namespace

void observe_paths(const World& world, ObservationMemory& memory, Observations& seen) {
  if (!world.setting().demand) return;
  remember_baseline(world, memory);
  const std::size_t n = world.countries();
  OriginRow row(n);
  double lost = 0.0;
  double lost_pairs = 0.0;
  double length = 0.0;
  double baseline_length = 0.0;
  double efficiency = 0.0;
  for (std::size_t o = 0; o < n; ++o) {
    fill(world, memory, o, row);
    const double served = row_sum(row.served);
    const double own_length = row_sum(row.length);
    seen.latency_ms[o] = served > 0.0 ? own_length / served : kNotObserved;
    lost += row_sum(row.lost);
    lost_pairs += row_sum(row.lost_pairs);
    length += own_length;
    baseline_length += row_sum(row.baseline_length);
    efficiency += row_sum(row.efficiency);
  }
  const double pairs = static_cast<double>(n) * (static_cast<double>(n) - 1.0);
  const double abroad = demand_abroad(world, memory);
  seen.reach_loss = abroad > 0.0 ? lost / abroad : 0.0;
  seen.reach_loss_pairs = pairs > 0.0 ? lost_pairs / pairs : 0.0;
  seen.stretch = baseline_length > 0.0 ? length / baseline_length : 1.0;
  seen.efficiency_ratio = memory.baseline_efficiency > 0.0 ? efficiency / memory.baseline_efficiency : 1.0;
  observe_transit(world, memory, seen);
  observe_traffic(world, memory, seen);
  seen.data_access = world.derived.data_access;
}

}  // namespace splinternet
