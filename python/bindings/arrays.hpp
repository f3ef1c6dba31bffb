#pragma once

#include <pybind11/numpy.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/check.hpp"

namespace splinternet::python {

/// Arrays as the bindings take them: of exactly this type, rows one after another. The package's `_arrays` makes them so
/// with messages in the user's words; here they are only checked, so that no call can read beyond an array.
template <class T>
using Array = pybind11::array_t<T, pybind11::array::c_style>;

/// The elements of an array.
template <class T>
std::span<const T> elements(const Array<T>& array) {
  return {array.data(), static_cast<std::size_t>(array.size())};
}

/// Refuses an array whose shape is not `shape`.
template <class T>
void require_shape(const Array<T>& array, std::string_view name, const std::vector<std::size_t>& shape) {
  const auto text = [](const auto& sizes) {
    std::string list;
    for (const auto size : sizes) list += (list.empty() ? "" : ", ") + std::to_string(size);
    return "(" + list + ")";
  };
  std::vector<std::size_t> found;
  for (pybind11::ssize_t axis = 0; axis < array.ndim(); ++axis) {
    found.push_back(static_cast<std::size_t>(array.shape(axis)));
  }
  if (found != shape) {
    throw ScenarioError(std::string(name) + ": the shape is " + text(found) + ", not " + text(shape));
  }
}

/// A NumPy array that takes over the values, without a copy.
template <class T>
pybind11::array_t<T> to_array(std::vector<T>&& values, std::vector<pybind11::ssize_t> shape) {
  auto owned = std::make_unique<std::vector<T>>(std::move(values));
  const T* data = owned->data();
  const pybind11::capsule owner(owned.release(), [](void* held) { delete static_cast<std::vector<T>*>(held); });
  return pybind11::array_t<T>(std::move(shape), data, owner);
}

template <class T>
pybind11::array_t<T> to_array(std::vector<T>&& values) {
  const auto size = static_cast<pybind11::ssize_t>(values.size());
  return to_array(std::move(values), {size});
}

}  // namespace splinternet::python
