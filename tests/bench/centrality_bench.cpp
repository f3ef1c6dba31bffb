// Measures of the flagship's link graph, from the links to the numbers.
#include <benchmark/benchmark.h>

#include <vector>

#include "sim/graph/all_pairs.hpp"
#include "sim/graph/bgl_betweenness.hpp"
#include "sim/metrics/reach.hpp"
#include "tests/bench/flagship.hpp"
#include "tests/bench/peer_files.hpp"

namespace splinternet::bench {
namespace {

constexpr auto kPerSecond = benchmark::Counter::kIsIterationInvariantRate;

void count(benchmark::State& state, const Network& network) {
  state.counters["N"] = static_cast<double>(network.node_count());
  state.counters["edges"] = static_cast<double>(network.link_count());
}

void efficiency(benchmark::State& state) {
  const Network network = flagship_network();
  const RoutingIndex index(network, AvoidSet{});
  const std::size_t n = network.node_count();
  AllPairs solver(n);
  std::vector<std::uint32_t> distance(n * n);
  double value = 0.0;
  for ([[maybe_unused]] auto iteration : state) {
    solver.run(index, distance);
    value = metrics::global_efficiency(distance, n);
    benchmark::DoNotOptimize(value);
  }
  count(state, network);
  state.counters["efficiency"] = value;
  state.counters["operations"] = benchmark::Counter(static_cast<double>(solver.operations() + n * n), kPerSecond);
}

void betweenness(benchmark::State& state) {
  const Network network = flagship_network();
  std::vector<double> value;
  for ([[maybe_unused]] auto iteration : state) {
    value = bgl::betweenness(network);
    benchmark::DoNotOptimize(value.data());
  }
  write_peer_array("betweenness", value, {value.size()});
  count(state, network);
  // From every source each link is tried in both directions, and once more on the way back.
  state.counters["operations"] =
      benchmark::Counter(3.0 * static_cast<double>(network.node_count() * network.link_count()), kPerSecond);
}

const bool registered = [] {
  benchmark::RegisterBenchmark("efficiency from links", efficiency)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("betweenness", betweenness)->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
}  // namespace splinternet::bench
