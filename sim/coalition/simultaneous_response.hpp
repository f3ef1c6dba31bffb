#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/coalition/landscape.hpp"
#include "sim/coalition/own_moves.hpp"

namespace splinternet::coalition {

/// Where all starts end when all actors move at once.
struct ResponseCycle {
  std::size_t period = 0;  ///< 1: a state that stays
  std::size_t cycles = 0;  ///< different cycles of this length
  std::size_t starts = 0;  ///< labelled starts that end in one of them
};

/// All Kⁿ labelled starts when every actor moves at once to the alliance that is best while the others stay (Axelrod &
/// Bennett's landscape without their order of moves): who is within tie_eps of the best stays, else it goes to the best
/// with the lowest number; an empty alliance may be founded. By rising period. `frozen` actors (1 per actor, empty =
/// none) never move. Propensities need not be symmetric; with symmetric ones periods are 1 or 2 (Goles & Olivos 1980,
/// K = 2). Throws DataError if K is 0 or there are more than kMostStates starts.
std::vector<ResponseCycle> simultaneous_response(const Landscape& landscape, std::size_t alliances,
                                                 double tie_eps = 1e-9, std::span<const std::uint8_t> frozen = {});

/// The same for any game, from all its profiles: every actor makes at once the change that gains most while the others
/// stay; who gains no more than tie_eps stays, else of options within tie_eps of the best the first is taken.
std::vector<ResponseCycle> simultaneous_response(const OwnMoves& moves, double tie_eps = 1e-9);

}  // namespace splinternet::coalition
