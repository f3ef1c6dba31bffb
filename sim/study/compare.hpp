#pragma once

#include <string>
#include <vector>

#include "sim/engine/labelled_dataset.hpp"
#include "sim/scenario/scenario.hpp"

namespace splinternet {

/// Where a stored result departs from a recomputed one, a line each, empty if they agree bit for bit (any NaN equals
/// any NaN). First the first step whose state digest differs, with the parts of the state that do; then for each array
/// its first difference by step, labels and both values, earliest step first; then arrays that only one of them has,
/// and attributes. Which code wrote the file may differ.
std::vector<std::string> differences(const LabelledDataset& stored, const LabelledDataset& recomputed,
                                     const RunSpec& run);

}  // namespace splinternet
