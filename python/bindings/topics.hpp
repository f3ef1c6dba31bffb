#pragma once

#include <pybind11/pybind11.h>

namespace splinternet::python {

/// Each topic has a file of its own name, which adds what it binds to the module. Kernels go to a submodule.
void bind_errors(pybind11::module_& module);
void bind_dataset(pybind11::module_& module);
void bind_program(pybind11::module_& module);
void bind_metrics(pybind11::module_& module);
void bind_country_metrics(pybind11::module_& module);
void bind_explain(pybind11::module_& module);

}  // namespace splinternet::python
