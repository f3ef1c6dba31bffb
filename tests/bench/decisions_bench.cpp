// What countries do to decide at the size of the flagship, on one thread: all options of all who may decide, by all
// terms, and the choice among them. The linear response has been taken before.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/events.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "sim/model/policy.hpp"
#include "sim/model/schedule.hpp"
#include "sim/model/trade_response.hpp"
#include "tests/bench/flagship.hpp"
#include "tests/bench/seconds.hpp"

namespace splinternet::bench {
namespace {

constexpr int kMonths = 12;  // both frameworks are open and have members

void set(World& world, std::string_view path, double value) {
  world.derived.parameters.set(world.derived.parameters.find(path), value);
}

/// The flagship when countries are about to revise, all of them in this step.
World before_decisions() {
  Simulation simulation(flagship());
  for (int month = 0; month < kMonths; ++month) simulation.step();
  World world = simulation.world();
  ++world.step;
  apply_events(world);
  update_entry_into_force(world);
  apply_policy(world);
  set(world, "countries.schedule", static_cast<double>(Schedule::kSimultaneous));
  take_response(world);
  return world;
}

/// The options that the phase prices, and the time that one term takes for them.
Options options_of_phase(const World& world) {
  World fork = world;
  StepReport report;
  report.clear(world.frameworks());
  revise_memberships(fork, {}, report);
  Options options;
  for (const Decision& decision : report.decisions) {
    for (std::size_t n = 0; n < decision.row_count; ++n) {
      options.add(decision.country, report.option_target[decision.first_row + n]);
    }
  }
  return options;
}

void phase(benchmark::State& state) {
  const parallel::ThreadLimit one_thread(1);
  const World world = before_decisions();
  StepReport report;
  for ([[maybe_unused]] auto iteration : state) {
    World fork = world;
    report.clear(world.frameworks());
    state.SetIterationTime(seconds_of([&] { revise_memberships(fork, {}, report); }));
  }
}

void pricing(benchmark::State& state) {
  const parallel::ThreadLimit one_thread(1);
  const World world = before_decisions();
  PricedOptions priced;
  priced.options = options_of_phase(world);
  for ([[maybe_unused]] auto iteration : state) price(world, priced);
  std::size_t moves = 0;
  for (std::size_t n = 0; n < priced.options.size(); ++n) {
    if (priced.options.target[n] != world.membership(priced.options.country[n])) ++moves;
  }
  state.counters["rows"] = static_cast<double>(priced.options.size());
  state.counters["moves"] = static_cast<double>(moves);
}

void one_term(benchmark::State& state, std::size_t t) {
  const parallel::ThreadLimit one_thread(1);
  const World world = before_decisions();
  const Options options = options_of_phase(world);
  std::vector<double> out(options.size());
  const PayoffTerm& term = *active_terms(world.scenario())[t];
  for ([[maybe_unused]] auto iteration : state) {
    for (std::size_t begin = 0; begin < out.size(); begin += 64) {
      term.evaluate(world, options, begin, std::min(begin + 64, out.size()), out);
    }
  }
}

const bool registered = [] {
  benchmark::RegisterBenchmark("decisions of a step", phase)->UseManualTime()->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("decisions of a step: prices", pricing)->Unit(benchmark::kMillisecond);
  std::size_t t = 0;
  for (const PayoffTerm* term : active_terms(flagship()->scenario)) {
    benchmark::RegisterBenchmark(("decisions of a step: " + std::string(term->name())).c_str(),
                                 [t](benchmark::State& state) { one_term(state, t); })->Unit(benchmark::kMillisecond);
    ++t;
  }
  return true;
}();

}  // namespace
}  // namespace splinternet::bench
