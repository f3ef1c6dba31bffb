// Traffic assignment from nothing to a relative gap of 1e-5, on one thread.
#include <benchmark/benchmark.h>

#include <string>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/graph/all_or_nothing.hpp"
#include "sim/graph/assignment.hpp"
#include "tests/bench/assignment_cases.hpp"
#include "tests/bench/seconds.hpp"

namespace splinternet::bench {
namespace {

constexpr double kGap = 1e-5;
constexpr int kLoads = 20;

/// Seconds of one search and load at the costs of the result, once the trees are known.
double seconds_of_load(const testing::TrafficCase& traffic, const Assignment& result) {
  AllOrNothing loader(traffic.network, traffic.demand);
  loader.load(result.cost);
  return seconds_of([&] {
           for (int load = 0; load < kLoads; ++load) loader.load(result.cost);
         }) /
         kLoads;
}

void assignment(benchmark::State& state, const testing::TrafficCase& traffic, AssignmentMethod method) {
  const parallel::ThreadLimit one_thread(1);
  AssignmentOptions options;
  options.method = method;
  options.stop.gap = kGap;
  Assignment result;
  double seconds = 0.0;
  for ([[maybe_unused]] auto iteration : state) {
    const double taken = seconds_of([&] { result = assign_traffic(traffic.network, traffic.demand, options); });
    state.SetIterationTime(taken);
    seconds += taken;
  }
  SPLINTERNET_CHECK(result.gap() <= kGap, result.gap());
  const double run = seconds / static_cast<double>(state.iterations());
  state.counters["zones"] = static_cast<double>(traffic.demand.zone_count);
  state.counters["links"] = static_cast<double>(traffic.network.link_count());
  state.counters["iterations"] = result.iterations();
  state.counters["objective"] = result.objective;
  // From every zone each search tries every link; before each iteration and after the last.
  const double searches = static_cast<double>(traffic.demand.zone_count) * (result.iterations() + 1);
  state.counters["operations"] = benchmark::Counter(searches * static_cast<double>(traffic.network.link_count()),
                                                    benchmark::Counter::kIsIterationInvariantRate);
  // At unchanged costs, hence from below.
  state.counters["load_share"] = (result.iterations() + 1) * seconds_of_load(traffic, result) / run;
}

void add(const std::string& name, const std::string& file, testing::TrafficCase (*make)(), AssignmentMethod method) {
  const auto time = [file, make, method](benchmark::State& state) {
    const testing::TrafficCase traffic = make();
    write_tntp(file, traffic);
    assignment(state, traffic, method);
  };
  benchmark::RegisterBenchmark(name.c_str(), time)->UseManualTime()->Unit(benchmark::kMillisecond);
}

const bool registered = [] {
  struct Case {
    const char* name;
    const char* file;
    testing::TrafficCase (*make)();
  };
  for (const Case& one : {Case{"Sioux Falls", "sioux_falls", testing::sioux_falls_case},
                          Case{"flagship", "flagship", flagship_traffic}}) {
    const std::string name = one.name;
    add("Frank-Wolfe to 1e-5, " + name, one.file, one.make, AssignmentMethod::kBiconjugateFrankWolfe);
    add("gradient projection to 1e-5, " + name, one.file, one.make, AssignmentMethod::kGradientProjection);
  }
  return true;
}();

}  // namespace
}  // namespace splinternet::bench
