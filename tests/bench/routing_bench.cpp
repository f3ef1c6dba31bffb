// All-pairs shortest paths on the links of the flagship, against Boost.Graph in the same run. Both build their graph
// once, outside the clock.
#include <benchmark/benchmark.h>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/property_map/property_map.hpp>
#include <chrono>
#include <utility>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/graph/routing.hpp"
#include "tests/bench/flagship.hpp"

namespace splinternet::bench {
namespace {

using Matrix = std::vector<std::uint32_t>;  // [source][target], 0.1 µs

struct Weight {
  std::uint32_t value = 0;
};
using BoostGraph =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Weight, boost::no_property, std::uint32_t>;

BoostGraph boost_graph(const Network& network) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  std::vector<Weight> weights;
  for (std::uint32_t node = 0; node < network.node_count(); ++node) {
    for (const Arc& arc : network.arcs(node)) {
      edges.emplace_back(node, arc.head);
      weights.push_back({arc.weight});
    }
  }
  return {boost::edges_are_sorted, edges.begin(), edges.end(), weights.begin(),
          static_cast<std::uint32_t>(network.node_count())};
}

void solve_here(const RoutingIndex& index, RoutingQuery& query, Matrix& distance) {
  const std::size_t n = index.node_count();
  for (std::size_t source = 0; source < n; ++source) {
    query.run(index, static_cast<std::uint32_t>(source));
    std::copy(query.distance().begin(), query.distance().end(),
              distance.begin() + static_cast<std::ptrdiff_t>(source * n));
  }
}

void solve_by_boost(const BoostGraph& graph, Matrix& distance) {
  const std::size_t n = num_vertices(graph);
  const auto index = get(boost::vertex_index, graph);
  for (std::size_t source = 0; source < n; ++source) {
    const auto row = distance.begin() + static_cast<std::ptrdiff_t>(source * n);
    boost::dijkstra_shortest_paths(graph, static_cast<std::uint32_t>(source),
                                   boost::weight_map(get(&Weight::value, graph))
                                       .distance_map(boost::make_iterator_property_map(row, index))
                                       .vertex_index_map(index)
                                       .distance_inf(kUnreachable));
  }
}

double seconds_of(auto&& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The time is ours; Boost.Graph's is a column beside it, measured in turn with ours.
void all_pairs(benchmark::State& state) {
  const Network network = flagship_network();
  const RoutingIndex index(network, AvoidSet{});
  const BoostGraph graph = boost_graph(network);
  RoutingQuery query(network.node_count());
  Matrix ours(network.node_count() * network.node_count());
  Matrix theirs(ours.size());
  double here = 0.0;
  double boost = 0.0;
  for ([[maybe_unused]] auto iteration : state) {
    const double seconds = seconds_of([&] { solve_here(index, query, ours); });
    state.SetIterationTime(seconds);
    here += seconds;
    boost += seconds_of([&] { solve_by_boost(graph, theirs); });
  }
  SPLINTERNET_CHECK(ours == theirs, "distances differ from Boost.Graph's");
  state.counters["N"] = static_cast<double>(network.node_count());
  state.counters["links"] = static_cast<double>(network.link_count());
  state.counters["boost_ms"] = 1000.0 * boost / static_cast<double>(state.iterations());
  state.counters["times_faster"] = boost / here;
}

const bool registered = [] {
  benchmark::RegisterBenchmark("all-pairs routing", all_pairs)->UseManualTime()->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
}  // namespace splinternet::bench
