#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sim/study/state_game.hpp"

namespace splinternet {

/// The frameworks of a set by id, with `joint` between them; "outside" if it is empty.
std::string set_words(const World& start, FrameworkSet set, std::string_view joint);

/// A state in words: the members of each framework by code, committed ones included, e.g. "gids: AAA BBB; clean: CCC";
/// "nobody" without any.
std::string state_words(const World& start, const StateGame& game, std::size_t state);

}  // namespace splinternet
