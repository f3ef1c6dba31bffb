// What countries do to decide at the size of the flagship, on one thread, when all of them revise in one step: every
// option of everybody who may decide by all terms, and the choice among them. The linear response has been taken
// before.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/core/check.hpp"
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

/// The flagship when countries are about to revise, all of them in this step.
World before_decisions() {
  Simulation simulation(flagship());
  for (int month = 0; month < kMonths; ++month) simulation.step();
  World world = simulation.world();
  ++world.step;
  apply_events(world);
  update_entry_into_force(world);
  apply_policy(world);
  take_response(world);
  ParameterValues& parameters = world.derived.parameters;
  parameters.set(parameters.find("countries.schedule"), static_cast<double>(Schedule::kSimultaneous));
  return world;
}

/// What the phase prices; needs record.decisions.
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
  SPLINTERNET_CHECK(options.size() > 0, "the flagship records no decisions");
  return options;
}

std::size_t moves_among(const World& world, const Options& options) {
  std::size_t moves = 0;
  for (std::size_t n = 0; n < options.size(); ++n) {
    if (options.target[n] != world.membership(options.country[n])) ++moves;
  }
  return moves;
}

/// The phase from the schedule to the last accession. Each time on a World just copied, which no cache holds.
void whole_phase(benchmark::State& state) {
  const parallel::ThreadLimit one_thread(1);
  const World world = before_decisions();
  StepReport report;
  for ([[maybe_unused]] auto iteration : state) {
    World fork = world;
    report.clear(world.frameworks());
    state.SetIterationTime(seconds_of([&] { revise_memberships(fork, {}, report); }));
  }
  state.counters["N"] = static_cast<double>(world.countries());
}

/// All terms of all options. Operations are those of market access alone, for each move and partner, as if all moves
/// looked at all partners: 6 for R, 2 for data access, 24 for real income. Bytes are the rows of a country that pricing
/// cannot do without, each read once: R, data use in single precision, and the packed series.
void prices(benchmark::State& state) {
  const parallel::ThreadLimit one_thread(1);
  const World world = before_decisions();
  PricedOptions priced;
  priced.options = options_of_phase(world);
  for ([[maybe_unused]] auto iteration : state) price(world, priced);
  std::vector<std::uint32_t> who = priced.options.country;
  who.erase(std::unique(who.begin(), who.end()), who.end());
  const auto moves = static_cast<double>(moves_among(world, priced.options)),
             n = static_cast<double>(world.countries());
  state.counters["N"] = n;
  state.counters["options"] = static_cast<double>(priced.options.size());
  state.counters["moves"] = moves;
  const auto per_second = benchmark::Counter::kIsIterationInvariantRate;
  state.counters["operations"] = benchmark::Counter(32.0 * n * moves, per_second);
  state.counters["bytes"] = benchmark::Counter((8.0 + 4.0 + 20.0) * n * static_cast<double>(who.size()), per_second);
}

enum class Terms { kMarketAccess, kOthers };

void some_terms(benchmark::State& state, Terms which) {
  const parallel::ThreadLimit one_thread(1);
  const World world = before_decisions();
  const Options options = options_of_phase(world);
  std::vector<double> out(options.size());
  for ([[maybe_unused]] auto iteration : state) {
    for (const PayoffTerm* term : active_terms(world.setting())) {
      if ((term->name() == "market_access") != (which == Terms::kMarketAccess)) continue;
      term->evaluate(world, options, 0, options.size(), out);
      benchmark::DoNotOptimize(out.data());
    }
  }
}

const bool registered = [] {
  benchmark::RegisterBenchmark("decisions of all countries: phase", whole_phase)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("decisions of all countries: prices", prices)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("decisions of all countries: market access", some_terms, Terms::kMarketAccess)
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("decisions of all countries: other terms", some_terms, Terms::kOthers)
      ->Unit(benchmark::kMillisecond);
  return true;
}();

}  // namespace
}  // namespace splinternet::bench
