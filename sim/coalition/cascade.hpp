#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/core/function_ref.hpp"

namespace splinternet::coalition {

/// Poisson probabilities of 0 … most − 1, not rescaled: the degrees of a large random graph of mean degree `mean` ≥ 0.
/// Throws DataError if the mean is negative or not finite.
std::vector<double> poisson_degrees(double mean, std::size_t most);

/// Σ k(k−1)·ρ_k·p_k / z of a random graph with degree probabilities p_k and mean degree z, ρ_k the probability that an
/// actor of degree k follows a single neighbour: above 1 one actor can set off a cascade through the whole crowd (Watts
/// 2002, PNAS 99: 5766, eq. 5). 0 if nobody has neighbours. Throws DataError for a probability that is negative or not
/// finite.
double cascade_condition(std::span<const double> degree, FunctionRef<double(std::size_t)> follows_one);

/// Final share of adopters in a large random graph when a share `seed` adopts at random and an actor of degree k with m
/// adopting neighbours follows with probability response(m, k), never to return; mean field of Gleeson & Cahalane
/// (2007, Physical Review E 75: 056103, eqs 1, 2): q ← seed + (1 − seed)·Σ k·p_k/z·Σ_m B(m; k−1, q)·response(m, k) from
/// q = seed. Exact in the limit of many actors. Throws DataError for a seed outside [0, 1] or a probability that is
/// negative or not finite, SolverError if 10⁶ rounds, or 2³¹ terms of the sums over m in all of them, do not settle it
/// to 10⁻¹⁴ (at the very edge of a cascade). `between_rounds` is called between rounds: what it throws comes out.
double cascade_size(
    std::span<const double> degree, FunctionRef<double(std::size_t, std::size_t)> response, double seed,
    FunctionRef<void()> between_rounds = [] {});

}  // namespace splinternet::coalition
