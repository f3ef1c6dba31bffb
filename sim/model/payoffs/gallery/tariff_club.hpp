#pragma once

#include "sim/model/payoffs/gallery/level_term.hpp"

namespace splinternet {

/// A club whose members put a tariff on imports from non-members and none on their own (Nordhaus 2015): what all
/// tariffs do to an actor, linear and quadratic by pair, less the cost of membership.
const LevelTerm& tariff_club_term();

}  // namespace splinternet
