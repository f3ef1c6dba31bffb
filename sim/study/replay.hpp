#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/engine/labelled_dataset.hpp"

namespace splinternet {

/// What came of making every recorded choice again.
struct Replay {
  std::size_t decisions = 0;
  std::size_t answers = 0;
  std::vector<std::string> faults;  ///< a line for each thing that does not fit, in the order of the file
};

/// Makes every recorded choice again from the file alone. Of each decision: the draw from seed, step and country; its
/// rule as the scenario has it (unless there are shocks); each option's total as the left-to-right sum of its terms
/// (staying: all 0), to the last bit; offers only by who courted; the option taken from totals, rule and draw; and, if
/// memberships are recorded, that the first option is what the country was in and the chosen one what it was in after.
/// Of each answer of an organisation: its utility from the ballots by its rule, the draw, the answer. Throws DataError
/// if the arrays cannot be read as decisions.
Replay replay_decisions(const LabelledDataset& result);

}  // namespace splinternet
