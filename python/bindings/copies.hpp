#pragma once

#include <optional>
#include <vector>

#include "python/bindings/arrays.hpp"

/// Kernels work on copies of what they are given, so that they can do it without the interpreter's lock while other
/// threads may write to the arrays.
namespace splinternet::python {

template <class T>
std::vector<T> copy_of(const Array<T>& array) {
  const auto values = elements(array);
  return {values.begin(), values.end()};
}

/// A copy of an array of the given shape; none is an empty one.
template <class T>
std::vector<T> copy_of(const std::optional<Array<T>>& array, std::string_view name,
                       const std::vector<std::size_t>& shape) {
  if (!array) return {};
  require_shape(*array, name, shape);
  return copy_of(*array);
}

/// The length of an axis; refuses an array of another number of dimensions.
template <class T>
std::size_t length(const Array<T>& array, std::string_view name, pybind11::ssize_t dimensions, pybind11::ssize_t axis) {
  if (array.ndim() != dimensions) {
    throw ScenarioError(std::string(name) + ": it has " + std::to_string(array.ndim()) + " dimensions, not " +
                        std::to_string(dimensions));
  }
  return static_cast<std::size_t>(array.shape(axis));
}

}  // namespace splinternet::python
