// Crowds of a million actors with thresholds, on one thread: decisions of a step by the rule, by a loop written by hand
// over the same arrays, and the whole step. All non-members look at their peers in the first step after the initiators
// have joined; "evaluated" counts those alone, members who stay for good are skipped by the rule and by the loop alike.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/io/text/scenario_check.hpp"
#include "sim/io/text/scenario_file.hpp"
#include "sim/model/build_world.hpp"
#include "sim/model/choice/peer_rules.hpp"
#include "sim/model/world.hpp"

namespace splinternet::bench {
namespace {

constexpr std::size_t kActors = 1'000'000;
constexpr auto kPerSecond = benchmark::Counter::kIsIterationInvariantRate;

std::string crowd(const std::string& countries, const std::string& more) {
  return "[run]\nstart = 2020-01-01\nhorizon = 1000\n[world]\nactors = " + std::to_string(kActors) +
         "\n[framework.pact]\nopen_at_start = true\ninitiators = 10000\n[countries]\nchoice = \"threshold\"\n"
         "schedule = \"simultaneous\"\nwithdrawal = \"never\"\n" +
         countries + more;
}

/// Thresholds of a fifth of the peers on a Poisson graph (Watts 2002).
std::string watts(int mean_degree) {
  return crowd("threshold = 0.18\n",
               "[influence]\ngraph = \"poisson\"\nmean_degree = " + std::to_string(mean_degree) + "\n");
}

/// Normal thresholds, everybody sees everybody (Granovetter 1978).
std::string granovetter() {
  return crowd("", "[attribute.threshold]\nrule = \"normal\"\nmean = 0.25\nsd = 0.122\n");
}

std::shared_ptr<const Setting> setting_of(const std::string& text) {
  const Scenario scenario = parse_scenario(text, "crowd.toml", "");
  check_against_tables(scenario, WorldTables{});
  return make_setting(scenario, WorldTables{});
}

/// The decisions of a step as one would write them for this one model: who is no member yet counts the members among
/// its peers.
[[gnu::noinline]] std::size_t decide_by_hand(const std::uint8_t* member, const std::uint64_t* first,
                                             const std::uint32_t* peer, const std::uint32_t* needed, std::uint8_t* next,
                                             std::size_t actors) {
  std::size_t joined = 0;
  for (std::size_t i = 0; i < actors; ++i) {
    if (member[i] != 0) {
      next[i] = 1;
      continue;
    }
    std::uint32_t count = 0;
    for (std::uint64_t e = first[i]; e < first[i + 1]; ++e) count += member[peer[e]];
    next[i] = count >= needed[i] ? 1 : 0;
    joined += next[i];
  }
  return joined;
}

[[gnu::noinline]] std::size_t decide_complete_by_hand(const std::uint8_t* member, std::uint32_t members,
                                                      const std::uint32_t* needed, std::uint8_t* next,
                                                      std::size_t actors) {
  std::size_t joined = 0;
  for (std::size_t i = 0; i < actors; ++i) {
    const auto joins = static_cast<std::uint8_t>(members >= needed[i] ? 1 : 0);
    next[i] = member[i] | joins;
    joined += next[i];
  }
  return joined;
}

/// Actors who evaluate their peers, and what they read at least: their rows and thresholds, one byte of each peer.
void count(benchmark::State& state, const World& world) {
  const Setting& setting = world.setting();
  const double evaluated = static_cast<double>(kActors - world.derived.member_count[0]);
  const double peers = static_cast<double>(setting.influence->graph.peer.size());
  state.counters["N"] = static_cast<double>(kActors);
  state.counters["evaluated"] = benchmark::Counter(evaluated, kPerSecond);
  const double row = setting.influence->form == InfluenceForm::kSparse ? 8.0 : 0.0;
  state.counters["bytes"] =
      benchmark::Counter(static_cast<double>(kActors) * (2.0 + 4.0 + row) + 5.0 * peers, kPerSecond);
}

void by_rule(benchmark::State& state, const std::string& text) {
  const parallel::ThreadLimit one_thread(1);
  const World world(setting_of(text));
  const PeerRules rules(world);
  std::vector<std::uint8_t> target(kActors);
  for ([[maybe_unused]] auto iteration : state) {
    benchmark::DoNotOptimize(rules.decide(0, kActors, 1.0, target));
    benchmark::ClobberMemory();
  }
  count(state, world);
}

void by_hand(benchmark::State& state, const std::string& text) {
  const World world(setting_of(text));
  const Setting& setting = world.setting();
  const SparseGraph& graph = setting.influence->graph;
  const std::vector<std::uint32_t>& needed = setting.thresholds->number;
  std::vector<std::uint8_t> member(kActors), next(kActors);
  for (std::size_t i = 0; i < kActors; ++i) member[i] = world.members.level[i] != 0 ? 1 : 0;
  const bool complete = setting.influence->form == InfluenceForm::kComplete;
  for ([[maybe_unused]] auto iteration : state) {
    benchmark::DoNotOptimize(complete ? decide_complete_by_hand(member.data(), world.derived.member_count[0],
                                                                needed.data(), next.data(), kActors)
                                      : decide_by_hand(member.data(), graph.first.data(), graph.peer.data(),
                                                       needed.data(), next.data(), kActors));
    benchmark::ClobberMemory();
  }
  count(state, world);
}

/// The first ten steps from the start, so that few to many move: seconds of the decisions ("countries") and of all.
void whole_steps(benchmark::State& state, const std::string& text) {
  const parallel::ThreadLimit one_thread(1);
  const auto setting = setting_of(text);
  constexpr int kSteps = 10;
  double decisions = 0.0, all = 0.0;
  for ([[maybe_unused]] auto iteration : state) {
    state.PauseTiming();
    Simulation simulation(setting);
    state.ResumeTiming();
    for (int step = 0; step < kSteps; ++step) simulation.step();
    state.PauseTiming();
    for (std::size_t phase = 0; phase < phase_names().size(); ++phase) {
      all += simulation.phase_seconds()[phase];
      if (phase_names()[phase] == "countries") decisions += simulation.phase_seconds()[phase];
    }
    state.counters["members"] = static_cast<double>(simulation.world().derived.member_count[0]);
    state.ResumeTiming();
  }
  state.counters["steps"] = kSteps;
  state.counters["step/decisions"] = all / decisions;
}

/// All in random order, each on what those before it have left.
void sequential_step(benchmark::State& state, const std::string& text) {
  const auto setting = setting_of(text);
  for ([[maybe_unused]] auto iteration : state) {
    state.PauseTiming();
    auto simulation = std::make_unique<Simulation>(setting);
    state.ResumeTiming();
    simulation->step();
    state.PauseTiming();
    simulation.reset();
    state.ResumeTiming();
  }
  state.counters["evaluated"] = benchmark::Counter(static_cast<double>(kActors), kPerSecond);
}

std::string in_random_order(std::string text) {
  const std::string at_once = "\"simultaneous\"";
  return text.replace(text.find(at_once), at_once.size(), "\"random_sequential\"");
}

void add(const std::string& name, void (*line)(benchmark::State&, const std::string&), const std::string& text) {
  benchmark::RegisterBenchmark(("crowd of 10^6: " + name).c_str(), [line, text](benchmark::State& state) {
    line(state, text);
  })->Unit(benchmark::kMillisecond);
}

const bool registered = [] {
  for (const int degree : {4, 8}) {
    const std::string name = "Watts, degree " + std::to_string(degree);
    add(name + ", decisions", by_rule, watts(degree));
    add(name + ", by hand", by_hand, watts(degree));
    add(name + ", ten steps", whole_steps, watts(degree));
  }
  add("Watts, degree 4, one by one", sequential_step, in_random_order(watts(4)));
  add("Granovetter, decisions", by_rule, granovetter());
  add("Granovetter, by hand", by_hand, granovetter());
  add("Granovetter, ten steps", whole_steps, granovetter());
  return true;
}();

}  // namespace
}  // namespace splinternet::bench
