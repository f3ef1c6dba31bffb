#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet {

/// Phase 1: fires the events that are due, in order of (date, id), lets expired ones end, and rebuilds what they do to
/// the world (Derived::effects, Derived::parameters). An event takes effect in the step that holds the
/// beginning of the month nearest to its date (the second half of a month counts for the next). Returns the rows of the
/// events that fired.
std::vector<std::size_t> apply_events(World& world);

/// Rebuilds effects and parameters from the events in force; also needed once at the start and after a checkpoint.
void rebuild_effects(World& world);

/// Whether the event has fired and its effect has not ended.
bool is_in_force(const World& world, std::size_t event);

/// Rows of the countries that a list of a scenario names, each once, in order of their codes: ISO-3 codes, "all", or
/// "members:<framework>".
std::vector<std::uint32_t> named_countries(const World& world, std::span<const std::string> names);

}  // namespace splinternet
