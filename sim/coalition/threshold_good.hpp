#pragma once

#include <cstddef>
#include <vector>

namespace splinternet::coalition {

/// Symmetric mixed equilibria of a public good that needs `needed` of `actors` contributions, each at the share
/// `cost` = c/V of its value to everybody, without refund (Palfrey & Rosenthal 1984): the probabilities p in (0, 1),
/// rising, at which contributing pays exactly, C(N−1, M−1)·p^(M−1)·(1−p)^(N−M) = c/V. None, one (the two meet, or M is
/// 1 or N) or two. needed = 1 is the volunteer's dilemma (Diekmann 1985), p = 1 − (c/V)^(1/(N−1)). Within a few ulp of
/// p. Throws DataError unless 1 ≤ needed ≤ actors, actors ≥ 2 and 0 < cost < 1.
std::vector<double> threshold_good_equilibria(std::size_t actors, std::size_t needed, double cost);

}  // namespace splinternet::coalition
