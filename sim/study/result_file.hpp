#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/engine/labelled_dataset.hpp"
#include "sim/scenario/scenario.hpp"

namespace splinternet {

/// Reads the result file of a run. Throws DataError if it is damaged (naming the dataset), of another kind, or of a
/// format that this program does not read; FileError if the operating system refuses.
LabelledDataset read_result(const std::string& path);

/// The scenario from which the run was made, as the file tells it; its tables are not looked for. Throws DataError if
/// this program does not understand it.
Scenario scenario_of(const LabelledDataset& result);

/// The values of an array of the result. Throws DataError if it is missing or of another type.
template <class T>
const std::vector<T>& values_of(const LabelledDataset& result, std::string_view name) {
  const LabelledArray* array = result.find(name);
  if (array == nullptr) throw DataError("the result holds no array \"" + std::string(name) + "\"");
  const auto* values = std::get_if<std::vector<T>>(&array->values);
  if (values == nullptr) throw DataError("array \"" + std::string(name) + "\" of the result has an unexpected type");
  return *values;
}

/// The month in which a step begins, "2020-11"; step 1 begins with the run, step 0 stands for its start.
std::string month_of_step(const RunSpec& run, std::int32_t step);

}  // namespace splinternet
