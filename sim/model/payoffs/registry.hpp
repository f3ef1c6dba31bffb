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

/// The terms that the scenario switches on, in its order: the order of summation. Throws InternalError for a name that
/// the reader of the scenario should have refused.
std::vector<const PayoffTerm*> active_terms(const Scenario& scenario);

}  // namespace splinternet
