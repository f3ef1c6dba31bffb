#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/study/decision_log.hpp"

namespace splinternet {

/// The option that the recorded rule and draw take among options of these totals (pp): (M12) once more, from the file
/// alone. Throws DataError if the recorded draw is not in [0, 1) or the rule lacks its number.
std::size_t choose_again(const LoggedDecision& decision, std::span<const double> total);

/// The recorded totals of the options, pp.
std::vector<double> totals_of(const LoggedDecision& decision);

/// Totals of the options from the recorded terms, left to right, with one term left out. pp.
std::vector<double> totals_without(const LoggedDecision& decision, std::size_t term);

/// What the same draw takes when a term is left out.
struct Removal {
  std::size_t term = 0;
  std::size_t chosen = 0;
};

/// The single terms whose absence would have changed the choice, in order of summation.
std::vector<Removal> decisive_terms(const LoggedDecision& decision);

/// How much more an option would have to be worth (pp a year) for the same draw to take it, the other options being
/// as they are: the infimum of such sums, negative for the chosen one (what it has to spare). Logit: with weights
/// e^{U/T} laid end to end, B before the option and A after it, the smallest own weight E with B ≤ u(A+B+E) < B+E.
/// Best response: to lie above all others by more than a tie. ∞ if no sum does; −∞ if it is the only option.
double tipping_worth(const LoggedDecision& decision, std::size_t option);

/// How much more an option would have to be worth (pp a year) for a probability p in (0, 1) under the logit rule;
/// negative if it has a higher one. NaN under best response, −∞ if it is the only option.
double worth_for_probability(const LoggedDecision& decision, std::size_t option, double p);

/// The members without whose ballot the same draw would have made the organisation answer otherwise, by row of ballot.
/// A leader's ballot, the only one, cannot be left out.
std::vector<std::size_t> decisive_ballots(const LoggedAnswer& answer);

/// Whether an organisation accedes at this utility in pp, by its recorded draw: u < 1/(1 + e^{−U_o/T}).
bool answers_yes(const LoggedAnswer& answer, double utility);

}  // namespace splinternet
