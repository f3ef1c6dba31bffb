// All-pairs shortest distances against Boost.Graph in the same run: the links of the flagship and random networks of
// mean degree 4.4. Both build their graph once, outside the clock.
#include <benchmark/benchmark.h>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/property_map/property_map.hpp>
#include <boost/version.hpp>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/core/rng.hpp"
#include "sim/graph/all_pairs.hpp"
#include "sim/graph/routed_demand.hpp"
#include "tests/bench/flagship.hpp"
#include "tests/bench/peer_files.hpp"
#include "tests/bench/seconds.hpp"

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

constexpr double kMeanDegree = 4.4;  // that of the links between countries

/// A random tree, so that all are connected, and random links besides, each of up to 20 ms.
Network random_network(std::uint32_t nodes) {
  const Draws draws(1, Purpose::kTest, 0, nodes);
  std::vector<LinkEnds> ends;
  std::vector<std::uint32_t> weights;
  const auto link_count = static_cast<std::uint32_t>(kMeanDegree * nodes / 2.0);
  for (std::uint32_t link = 0; link < link_count; ++link) {
    const bool in_tree = link + 1 < nodes;
    const std::uint32_t a = in_tree ? link + 1 : draws.below(nodes, 3 * link);
    const std::uint32_t b =
        in_tree ? draws.below(a, 3 * link + 1) : (a + 1 + draws.below(nodes - 1, 3 * link + 1)) % nodes;
    ends.push_back({a, b});
    weights.push_back(1 + draws.below(200000, 3 * link + 2));
  }
  return Network(nodes, ends, weights);
}

/// Columns a, b (nodes, from 0) and weight (0.1 µs); every node has a link.
void write_edge_list(const Network& network, const std::string& name) {
  write_peer_text(name + ".csv", [&](std::ostream& file) {
    file << "a,b,weight\n";
    for (std::size_t link = 0; link < network.link_count(); ++link) {
      file << network.ends(link).a << ',' << network.ends(link).b << ',' << network.weight(link) << '\n';
    }
  });
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

/// The time is ours; Boost.Graph's is a column beside it, measured in turn with ours. `bytes` are those of the rows
/// read and written, in whatever cache they lie; `operations` are additions with a minimum.
void all_pairs(benchmark::State& state, const Network& network, const std::string& file) {
  const RoutingIndex index(network, AvoidSet{});
  const BoostGraph graph = boost_graph(network);
  const std::size_t n = network.node_count();
  AllPairs solver(n);
  Matrix ours(n * n);
  Matrix theirs(n * n);
  double here = 0.0;
  double boost = 0.0;
  for ([[maybe_unused]] auto iteration : state) {
    const double seconds = seconds_of([&] { solver.run(index, ours); });
    state.SetIterationTime(seconds);
    here += seconds;
    boost += seconds_of([&] { solve_by_boost(graph, theirs); });
  }
  SPLINTERNET_CHECK(ours == theirs, "distances differ from Boost.Graph's");
  write_peer_array(file + "_distances", ours, {n, n});
  // Each operation reads one value; besides, every distance is written into the matrix, mirrored and copied out.
  const auto operations = static_cast<double>(solver.operations());
  const double bytes = 4.0 * (operations + 5.0 * static_cast<double>(n * n) / 2.0);
  const auto per_second = benchmark::Counter::kIsIterationInvariantRate;
  state.counters["N"] = static_cast<double>(n);
  state.counters["edges"] = static_cast<double>(network.link_count());
  state.SetLabel(BOOST_LIB_VERSION);
  state.counters["boost_ms"] = 1000.0 * boost / static_cast<double>(state.iterations());
  state.counters["times_faster"] = boost / here;
  state.counters["operations"] = benchmark::Counter(operations, per_second);
  state.counters["bytes"] = benchmark::Counter(bytes, per_second);
}

/// Distances, trees and what every node and link carries, for every origin: one policy class of the model.
void routed_demand(benchmark::State& state, const Network& network) {
  const parallel::ThreadLimit one_thread(1);
  const RoutingIndex index(network, AvoidSet{});
  const std::vector<double> demand(network.node_count() * network.node_count(), 1.0);
  for ([[maybe_unused]] auto iteration : state) {
    benchmark::DoNotOptimize(route_demand(index, demand).lost.data());
  }
  state.counters["N"] = static_cast<double>(network.node_count());
  state.counters["edges"] = static_cast<double>(network.link_count());
}

void add(const std::string& name, const std::string& file, Network (*network)()) {
  const auto time_both = [file, network](benchmark::State& state) {
    const Network built = network();
    write_edge_list(built, file);
    all_pairs(state, built, file);
  };
  const auto time_demand = [network](benchmark::State& state) { routed_demand(state, network()); };
  benchmark::RegisterBenchmark(("all-pairs routing, " + name).c_str(), time_both)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark(("routed demand, " + name).c_str(), time_demand)->Unit(benchmark::kMillisecond);
}

const bool registered = [] {
  add("flagship", "flagship", flagship_network);
  add("random 512", "random_512", [] { return random_network(512); });
  add("random 2048", "random_2048", [] { return random_network(2048); });
  return true;
}();

}  // namespace
}  // namespace splinternet::bench
