#pragma once

#include "sim/model/payoffs/gallery/level_term.hpp"

namespace splinternet {

/// What a club costs a member (Buchanan 1965): an equal share of the fixed cost, which falls with its size, and
/// crowding, which rises with it: −(F_k/n_k + c_k·(n_k − 1)) for each framework k that it is in with n_k members.
const LevelTerm& club_good_term();

}  // namespace splinternet
