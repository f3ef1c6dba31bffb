#pragma once

#include <span>

#include "sim/model/countries.hpp"
#include "sim/model/schedule.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// Adds what a country may choose from in its revision: staying first, then accessions or swaps, then withdrawals;
/// frameworks in order of their rows. It may accede where it is courted, or on its own where admission is open and no
/// refusal stands; it may withdraw on its own. `missions` tell what is offered.
void add_options(const World& world, const Revision& revision, std::span<const Mission> missions, Options& options);

}  // namespace splinternet
