#pragma once

#include <pybind11/pybind11.h>

#include "sim/model/extensions.hpp"

namespace splinternet::python {

/// The rules that a caller hands over: an Extensions, or None for none at all. Throws TypeError for anything else.
inline Extensions extensions_from(const pybind11::object& rules) {
  if (rules.is_none()) return {};
  if (!pybind11::isinstance<Extensions>(rules)) throw pybind11::type_error("extensions: Extensions or None is needed");
  return rules.cast<Extensions>();
}

}  // namespace splinternet::python
