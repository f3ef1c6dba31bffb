#pragma once

#include <cstddef>
#include <span>

#include "sim/model/choice/best_response.hpp"

namespace splinternet {

/// Whether an option is worth more than staying (option 0) by more than `tie_eps` pp: a better reply.
bool is_better_reply(std::span<const double> utility, std::size_t option, double tie_eps);

/// One of the better replies, each with the same probability by the uniform draw, in the order of the options (random
/// better-response dynamics; Friedman & Mezzetti 2001, Games Econ. Behav. 37:67). If there is none, options within
/// `tie_eps` of staying tie with it: kStay stays, kLowest moves to the first of them, kRandom draws one, staying
/// included. One at a time in a potential game, and with ties that stay, such replies end (Monderer & Shapley 1996).
std::size_t choose_better_response(std::span<const double> utility, double tie_eps, OnTie on_tie, double uniform);

}  // namespace splinternet
