// Metrics of flows: the trade of the flagship (all pairs of countries) and random flows on its links (sparse).
// The counter Q is what other programs should find.
#include <benchmark/benchmark.h>

#include <ostream>
#include <string>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/core/rng.hpp"
#include "sim/graph/routing.hpp"
#include "sim/metrics/bootstrap.hpp"
#include "sim/metrics/leiden.hpp"
#include "sim/metrics/mixing.hpp"
#include "sim/metrics/null_model.hpp"
#include "sim/metrics/reach.hpp"
#include "sim/model/setting.hpp"
#include "tests/bench/flagship.hpp"
#include "tests/bench/peer_files.hpp"

namespace splinternet::bench {
namespace {

using metrics::Diagonal;
using metrics::FlowGraph;

constexpr std::size_t kBlocs = 3;
constexpr auto kPerSecond = benchmark::Counter::kIsIterationInvariantRate;

std::size_t country_count() {
  return flagship()->countries.count;
}

std::vector<std::uint32_t> blocs() {
  std::vector<std::uint32_t> bloc(country_count());
  for (std::uint32_t row = 0; row < bloc.size(); ++row) bloc[row] = row % kBlocs;
  return bloc;
}

/// Trade between countries over all sectors.
std::vector<double> trade() {
  const std::size_t n = country_count();
  const std::span<const double> by_sector = flagship()->trade->baseline.flow();
  std::vector<double> flow(n * n, 0.0);
  for (std::size_t cell = 0; cell < by_sector.size(); ++cell) flow[cell % (n * n)] += by_sector[cell];
  for (std::size_t row = 0; row < n; ++row) flow[row * n + row] = 0.0;
  return flow;
}

/// Uniform draws on both directions of each link.
std::vector<metrics::FlowEdge> sparse() {
  const Network network = flagship_network();
  const Draws draws(1, Purpose::kTest, 0, 0);
  std::vector<metrics::FlowEdge> edges;
  for (std::uint32_t link = 0; link < network.link_count(); ++link) {
    const auto [a, b] = network.ends(link);
    edges.push_back({a, b, draws.uniform(2 * link)});
    edges.push_back({b, a, draws.uniform(2 * link + 1)});
  }
  return edges;
}

std::vector<metrics::FlowEdge> edges_of(std::span<const double> flow) {
  const std::size_t n = country_count();
  std::vector<metrics::FlowEdge> edges;
  for (std::uint32_t cell = 0; cell < flow.size(); ++cell) {
    if (flow[cell] > 0.0) {
      edges.push_back({static_cast<std::uint32_t>(cell / n), static_cast<std::uint32_t>(cell % n), flow[cell]});
    }
  }
  return edges;
}

/// Columns from, to (nodes, from 0), flow; the blocs as node, bloc in a second file.
void write_input(std::span<const metrics::FlowEdge> edges, const std::string& name) {
  write_peer_text(name + ".csv", [&](std::ostream& file) {
    file << "from,to,flow\n";
    for (const metrics::FlowEdge& edge : edges) file << edge.from << ',' << edge.to << ',' << edge.flow << '\n';
  });
  write_peer_text(name + "_blocs.csv", [](std::ostream& file) {
    file << "node,bloc\n";
    const std::vector<std::uint32_t> bloc = blocs();
    for (std::size_t node = 0; node < bloc.size(); ++node) file << node << ',' << bloc[node] << '\n';
  });
}

void count(benchmark::State& state, std::size_t edges, double bytes) {
  state.counters["N"] = static_cast<double>(country_count());
  state.counters["edges"] = static_cast<double>(edges);
  state.counters["bytes"] = benchmark::Counter(bytes, kPerSecond);
}

void modularity_dense(benchmark::State& state) {
  const std::vector<double> flow = trade();
  const std::vector<metrics::FlowEdge> edges = edges_of(flow);
  write_input(edges, "trade");
  const std::vector<std::uint32_t> bloc = blocs();
  double q = 0.0;
  for ([[maybe_unused]] auto iteration : state) {
    q = metrics::modularity(metrics::mixing_matrix(flow, bloc, kBlocs, Diagonal::kExcluded));
    benchmark::DoNotOptimize(q);
  }
  count(state, edges.size(), 8.0 * static_cast<double>(flow.size()));
  state.counters["Q"] = q;
}

void modularity_sparse(benchmark::State& state) {
  const std::vector<metrics::FlowEdge> edges = sparse();
  write_input(edges, "sparse_flows");
  const auto graph = FlowGraph::from_edges(edges, country_count(), Diagonal::kExcluded);
  const std::vector<std::uint32_t> bloc = blocs();
  double q = 0.0;
  for ([[maybe_unused]] auto iteration : state) {
    q = metrics::modularity(graph, bloc);
    benchmark::DoNotOptimize(q);
  }
  // Each pair stands in the lists of both ends, with its number and its flow.
  count(state, edges.size(), 12.0 * static_cast<double>(edges.size()));
  state.counters["Q"] = q;
}

void best_division(benchmark::State& state, const FlowGraph& graph) {
  const parallel::ThreadLimit one_thread(1);
  metrics::BestPartition best;
  for ([[maybe_unused]] auto iteration : state) {
    best = metrics::best_partition(graph, {.seed = 1, .purpose = Purpose::kTest});
    benchmark::DoNotOptimize(best.modularity);
  }
  state.counters["N"] = static_cast<double>(graph.node_count());
  state.counters["communities"] = static_cast<double>(best.communities);
  state.counters["Q"] = best.modularity;
}

void best_division_dense(benchmark::State& state) {
  best_division(state, FlowGraph::from_matrix(trade(), country_count(), Diagonal::kExcluded));
}

void best_division_sparse(benchmark::State& state) {
  best_division(state, FlowGraph::from_edges(sparse(), country_count(), Diagonal::kExcluded));
}

void null_without_diagonal(benchmark::State& state) {
  const std::vector<double> flow = trade();
  for ([[maybe_unused]] auto iteration : state) {
    benchmark::DoNotOptimize(metrics::zero_diagonal_null(flow, country_count()).data());
  }
  count(state, flow.size(), 16.0 * static_cast<double>(flow.size()));
}

void efficiency(benchmark::State& state) {
  const Network network = flagship_network();
  const RoutingIndex index(network, AvoidSet{});
  const std::size_t n = network.node_count();
  RoutingQuery query(n);
  std::vector<std::uint32_t> distance;
  for (std::uint32_t source = 0; source < n; ++source) {
    query.run(index, source);
    distance.insert(distance.end(), query.distance().begin(), query.distance().end());
  }
  double value = 0.0;
  for ([[maybe_unused]] auto iteration : state) {
    value = metrics::global_efficiency(distance, n);
    benchmark::DoNotOptimize(value);
  }
  count(state, network.link_count(), 4.0 * static_cast<double>(distance.size()));
  state.counters["efficiency"] = value;
}

/// Interval of modularity over 100 resamples of the countries.
void bootstrap_of_modularity(benchmark::State& state) {
  const parallel::ThreadLimit one_thread(1);
  const std::vector<double> flow = trade();
  const std::vector<std::uint32_t> bloc = blocs();
  const metrics::Resampling resampling{.seed = 1, .purpose = Purpose::kTest, .replicates = 100};
  const auto q = [&](std::span<const double> weight) {
    return metrics::modularity(
        metrics::mixing_matrix(metrics::resample_flows(flow, weight), bloc, kBlocs, Diagonal::kExcluded));
  };
  for ([[maybe_unused]] auto iteration : state) {
    benchmark::DoNotOptimize(metrics::bootstrap(country_count(), resampling, 0.9, q).mean);
  }
  count(state, flow.size(), 3.0 * 8.0 * static_cast<double>(flow.size() * resampling.replicates));
}

const bool registered = [] {
  benchmark::RegisterBenchmark("modularity, dense", modularity_dense)->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("modularity, sparse", modularity_sparse)->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("best division, dense", best_division_dense)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("best division, sparse", best_division_sparse)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("zero-diagonal null", null_without_diagonal)->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("global efficiency", efficiency)->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("bootstrap of modularity", bootstrap_of_modularity)->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
}  // namespace splinternet::bench
