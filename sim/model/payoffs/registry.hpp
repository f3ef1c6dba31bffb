#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/payoffs/term.hpp"

namespace splinternet {

/// All payoff terms: those of (M1) in its order, then the literature's.
std::span<const PayoffTerm* const> all_terms();

/// The term of that name, or nullptr.
const PayoffTerm* find_term(std::string_view name);

/// The terms that the scenario switches on, in its order, then those of the user, in theirs: the order of summation.
/// Throws InternalError for a name that the reader of the scenario should have refused.
std::vector<const PayoffTerm*> active_terms(const Setting& setting);

/// out[n] = value of row n under the term, for all options: in parallel, `grain` rows in one go, or all at once if the term
/// wants that. Nothing is asked without options.
void evaluate_all(const PayoffTerm& term, const World& world, const Options& options, std::size_t grain,
                  std::span<double> out);

/// Whether a term wants all rows at once, so that several Worlds may not be priced in parallel.
bool any_at_once(std::span<const PayoffTerm* const> terms);

}  // namespace splinternet
