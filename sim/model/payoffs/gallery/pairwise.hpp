#pragma once

#include "sim/model/payoffs/gallery/level_term.hpp"

namespace splinternet {

/// Whom an actor stands together with (Axelrod & Bennett 1993): −σ_i·Σ_j s_j·p_ij·d_ij, with d_ij = 0 if i and j share
/// a framework, else 1; sizes s, propensities p from the table of pairs, σ_i = 1 or s_i.
const LevelTerm& pairwise_term();

}  // namespace splinternet
