#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "sim/coalition/finite_game.hpp"
#include "sim/core/function_ref.hpp"

namespace splinternet::coalition {

/// Probabilities of the options of all actors in turn: actor 0's options, then actor 1's, …
using MixedProfile = std::vector<double>;

/// How to look for an equilibrium.
struct ResponseSearch {
  std::size_t continuation_steps = 20;   ///< precision is raised from 0 in so many equal steps
  double tolerance = 1e-13;              ///< largest difference between a probability and the response to it
  std::size_t most_iterations = 200000;  ///< per step
  /// Where to start, at the full precision and without continuation; empty = the branch that leads from even mixing at
  /// precision 0 (McKelvey & Palfrey's principal branch as far as it does not turn back).
  std::span<const double> start = {};
  /// Called each time before expected payoffs are worked out, if there is any: what it throws comes out.
  std::function<void()> between_responses = {};
};

/// A logit quantal response equilibrium (McKelvey & Palfrey 1995, Games and Economic Behavior 10: 6): everybody chooses
/// option a with probability ∝ exp(λ·expected payoff of a), given how the others choose.
struct QuantalResponse {
  MixedProfile probability;
  double residual = 0.0;       ///< largest difference from the response to it
  std::size_t iterations = 0;  ///< over all steps
};

/// By a damped fixed point, the step towards the response shortened while the residual grows, with steps of Newton's
/// method where they do better. `expected` fills in the expected payoff of every option of every actor given a mixed
/// profile, and given one whose probabilities are off by 1e-7. Throws DataError if λ is negative or not
/// finite, an expected payoff is not finite, or the start is not a mixed profile; SolverError, with the residual, if it
/// does not settle.
QuantalResponse quantal_response(std::span<const std::size_t> options, double precision,
                                 FunctionRef<void(std::span<const double>, std::span<double>)> expected,
                                 const ResponseSearch& search = {});

/// The same for a game given as a table.
QuantalResponse quantal_response(const FiniteGame& game, double precision, const ResponseSearch& search = {});

/// Expected payoff of each option of each actor while the others mix, in the order of MixedProfile.
std::vector<double> expected_payoffs(const FiniteGame& game, std::span<const double> probability);

/// All symmetric equilibria of a large crowd between two options: shares p with p = 1/(1 + e^(−λ·advantage(p))),
/// rising; advantage(p) is the payoff of the first option less that of the second when the share p takes the first.
/// Searched as fixed_points does; throws as that does and if λ is negative or not finite.
std::vector<double> logit_shares(double precision, FunctionRef<double(double)> advantage, std::size_t cells = 2048);

}  // namespace splinternet::coalition
