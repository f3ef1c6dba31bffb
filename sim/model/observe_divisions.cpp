#include "sim/model/observe_divisions.hpp"

#include "sim/metrics/null_model.hpp"
#include "sim/metrics/polarization.hpp"

namespace splinternet {
namespace {

struct AgainstNull {
  double modularity;
  double decoupling;
};

/// Blocs against flows between countries that only their strengths shape.
AgainstNull against_zero_diagonal(const World& world, FlowKind kind, const metrics::BlocPairs& pairs) {
  const std::vector<double> flow = flow_matrix(world, kind);
  const std::vector<std::uint32_t>& bloc = world.derived.observed.bloc;
  const metrics::Diagonal abroad = metrics::Diagonal::kExcluded;
  const auto mixing = metrics::mixing_matrix(flow, bloc, pairs.blocs, abroad);
  const auto null = metrics::mixing_matrix(metrics::zero_diagonal_null(flow, bloc.size()), bloc, pairs.blocs, abroad);
  return {metrics::modularity(mixing, null), metrics::relative_cross_change(mixing, null, pairs)};
}

}  // namespace

void observe_divisions(const World& world, DivisionObservations& seen) {
  const metrics::BlocPairs pairs = rival_pairs(world);
  if (world.setting().demand) {
    const AgainstNull data = against_zero_diagonal(world, FlowKind::kData, pairs);
    seen.modularity_zero_diagonal_data = data.modularity;
    seen.decoupling_zero_diagonal_data = data.decoupling;
  }
  if (world.trade_solver) {
    const AgainstNull trade = against_zero_diagonal(world, FlowKind::kTrade, pairs);
    seen.modularity_zero_diagonal_trade = trade.modularity;
    seen.decoupling_zero_diagonal_trade = trade.decoupling;
  }
  const std::vector<std::uint32_t>& bloc = world.derived.observed.bloc;
  std::vector<double> is_aligned(bloc.size());
  for (std::size_t i = 0; i < bloc.size(); ++i) is_aligned[i] = bloc[i] == 0 ? 0.0 : 1.0;
  const auto ideal = metrics::policy_distance(world.setting().countries.ideal_point_sd, bloc, is_aligned);
  seen.ideal_point_distance_within = ideal.within;
  seen.ideal_point_distance_across = ideal.across;
  const auto rules = metrics::policy_distance(world.derived.observed.restrictiveness, bloc, is_aligned);
  seen.restrictiveness_distance_within = rules.within;
  seen.restrictiveness_distance_across = rules.across;
}

metrics::BestPartition best_division(const World& world, FlowKind kind) {
  const std::vector<double> flow = flow_matrix(world, kind);
  const auto graph = metrics::FlowGraph::from_matrix(flow, world.countries(), metrics::Diagonal::kExcluded,
                                                     world.setting().countries.rank);
  // No random starts: single countries in order of code, one block and the blocs, so that no draw is spent.
  metrics::PartitionSearch search{world.scenario().run.seed, Purpose::kPartitionOrder};
  search.random_starts = 0;
  search.reference = world.derived.observed.bloc;
  return metrics::best_partition(graph, search);
}

}  // namespace splinternet
