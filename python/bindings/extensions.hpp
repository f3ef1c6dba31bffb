#pragma once

#include <pybind11/pybind11.h>

#include "sim/model/extensions.hpp"

namespace splinternet::python {

/// The rules that a caller hands over: an Extensions, or None for none at all.
inline Extensions extensions_from(const pybind11::object& rules) {
  return rules.is_none() ? Extensions{} : rules.cast<Extensions>();
}

}  // namespace splinternet::python
