#pragma once

#include "sim/model/payoffs/gallery/level_term.hpp"

namespace splinternet {

/// A payoff for each state of one framework, as a table gives it.
const LevelTerm& table_term();

}  // namespace splinternet
