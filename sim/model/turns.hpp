#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kEntriesPerStep =
    integer("countries.entries_per_step", "1", 1, {1, 1e7}, {1, 1000}, "who enters in a step under on_entry", "[D]");
inline constexpr Parameter kEntryOrder =
    option("countries.entry_order", "random|code", "order in which countries enter under on_entry", "[D]");

inline constexpr const Parameter* kTurnRows[] = {&kEntriesPerStep, &kEntryOrder};

}  // namespace parameters

/// Who revises in a step, in the order of the words of `countries.schedule`.
enum class Schedule {
  kCourted,
  kPoisson,
  kRandomSequential,
  kSimultaneous,
  kAsyncUniform,
  kFixedOrder,
  kSimultaneousWithProb,
  kOnEntry,
};

/// The schedule in force.
Schedule schedule_of(const World& world);

/// Whether those who revise do so one after another, each on the World that the others have left.
bool is_sequential(Schedule schedule);

/// One revision of a sequential schedule: whose, and how many it has had in this step before.
struct Turn {
  std::uint32_t country = 0;
  std::uint32_t number = 0;
};

/// The revisions of a step under a sequential schedule. `candidates` are those who may decide, in order of code; only
/// they have turns. `random_sequential`: each once, in the order of a draw of each. `fixed_order`: each once, by code.
/// `async_uniform`: the clock of each rings at the times of a Poisson process of its own, and who rings has a turn,
/// until there were as many as asked for: each turn goes to any of them with the same probability (Gillespie 1976, J.
/// Comput. Phys. 22:403), and another country has turns of its own without shifting anybody's. `on_entry`: countries
/// enter in an order that is drawn once (or by code), so many a step from the first one on, and have one turn then
/// (Arthur 1989, Econ. J. 99:116). O(N log N) at most.
std::vector<Turn> turns_of_step(const World& world, std::span<const std::uint32_t> candidates);

/// Probability with which each country revises on its own under a schedule in which all decide at once; 1 under
/// `simultaneous`.
double revision_probability(const World& world);

/// The draw that this probability is compared with.
double revision_draw(const World& world, std::size_t country);

}  // namespace splinternet
