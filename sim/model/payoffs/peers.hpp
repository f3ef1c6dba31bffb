#pragma once

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// What those a country looks at have done so far (M4): β_N·g(Σ_j ω_ij·1[k ∈ M_j]), at the memberships of the moment.
const PayoffTerm& peers_term();

/// β_N·g(share): what it is worth in pp to be in if this share of the peers is (M4).
double worth_of_peers(const World& world, double share);

}  // namespace splinternet
