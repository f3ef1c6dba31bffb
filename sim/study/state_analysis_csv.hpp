#pragma once

#include <string>

#include "sim/study/state_analysis.hpp"

namespace splinternet {

/// What the states of a scenario tell, in full precision for other programs: tables one after another as csv_text
/// writes them. The column `analysis` names the table: rest_states, tipping (what would move each actor out of each
/// state of rest), at_once, coalition_sizes, stable_coalitions, shapley_value, gibbs_law (mean members),
/// quantal_response, and states (all of them if there are no more than 4096). A state has the same number in all
/// tables.
std::string state_analysis_csv(const World& start, const StateAnalysis& found);

}  // namespace splinternet
