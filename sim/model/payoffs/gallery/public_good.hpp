#pragma once

#include "sim/model/payoffs/gallery/level_term.hpp"

namespace splinternet {

/// A public good that the members of a framework provide for their sum of payoffs and all others for themselves
/// (Barrett 1994; Li & Rus 2019): the payoff of the equilibrium of contributions.
const LevelTerm& public_good_term();

}  // namespace splinternet
