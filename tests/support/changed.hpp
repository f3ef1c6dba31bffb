#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "sim/engine/labelled_dataset.hpp"

namespace splinternet::testing {

/// Puts a value into an array of a result.
template <class T>
void set(LabelledDataset& data, std::string_view name, std::size_t n, T value) {
  for (LabelledArray& array : data.arrays) {
    if (array.name == name) std::get<std::vector<T>>(array.values).at(n) = std::move(value);
  }
}

}  // namespace splinternet::testing
