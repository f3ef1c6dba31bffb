#pragma once

#include <pybind11/pybind11.h>

#include <cstddef>

/// What the bindings of routing have in common.
namespace splinternet::python {

inline constexpr std::size_t kMostNodes = 10'000'000;
inline constexpr std::size_t kMostLinks = 100'000'000;

/// Throws ScenarioError if there are more than can be handled.
void require_size(std::size_t size, std::size_t most, const char* what);

/// Adds traffic assignment to the submodule of routing.
void bind_assignment(pybind11::module_& kernels);

}  // namespace splinternet::python
