#include "sim/engine/labelled_dataset.hpp"

#include "sim/core/check.hpp"

namespace splinternet {

const LabelledArray* LabelledDataset::find(std::string_view name) const {
  for (const LabelledArray& array : arrays) {
    if (array.name == name) return &array;
  }
  return nullptr;
}

std::string_view LabelledDataset::attribute(std::string_view name) const {
  for (const auto& [key, text] : attributes) {
    if (key == name) return text;
  }
  return "";
}

std::size_t LabelledDataset::size(std::string_view dim) const {
  for (const auto& [name, count] : dims) {
    if (name == dim) return count;
  }
  throw InternalError("dimension \"" + std::string(dim) + "\" was not declared");
}

std::size_t element_count(const ArrayValues& values) {
  return std::visit([](const auto& held) { return held.size(); }, values);
}

void check_shapes(const LabelledDataset& dataset) {
  for (const LabelledArray& array : dataset.arrays) {
    std::size_t expected = 1;
    for (const std::string& dim : array.dims) expected *= dataset.size(dim);
    SPLINTERNET_CHECK(element_count(array.values) == expected, array.name, element_count(array.values), expected);
  }
}

}  // namespace splinternet
