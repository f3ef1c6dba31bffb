#pragma once

#include <string>

#include "sim/study/state_analysis.hpp"

namespace splinternet {

/// What the states of a scenario tell, for a reader: how many there are, those of rest and what leads there, whether
/// there is a potential, what happens if all move at once, stable coalitions, what would tip whom.
std::string state_analysis_text(const World& start, const StateAnalysis& found);

}  // namespace splinternet
