#pragma once

#include <pybind11/pybind11.h>

namespace splinternet::python {

/// Each adds what it binds to the module. Kernels go to a submodule.
void bind_errors(pybind11::module_& module);
void bind_dataset(pybind11::module_& module);
void bind_program(pybind11::module_& module);
void bind_study(pybind11::module_& module);
void bind_simulation(pybind11::module_& module);
void bind_world(pybind11::module_& module);
void bind_scenario(pybind11::module_& module);
void bind_metrics(pybind11::module_& module);
void bind_country_metrics(pybind11::module_& module);
void bind_coalition_crowds(pybind11::module_& module);
void bind_coalition_scenario(pybind11::module_& module);
void bind_coalition_models(pybind11::module_& module);
void bind_coalition_power(pybind11::module_& module);
void bind_coalition_games(pybind11::module_& module);
void bind_coalition_landscape(pybind11::module_& module);
void bind_explain(pybind11::module_& module);
void bind_trade(pybind11::module_& module);
void bind_routing(pybind11::module_& module);
void bind_analyse(pybind11::module_& module);
void bind_custom(pybind11::module_& module);

/// Makes the classes of the module and its submodules final and unchangeable, so that each of their objects holds what
/// the functions bound to it take for granted: none comes without its maker, and none changes its class. To be called
/// last.
void seal_classes(const pybind11::module_& module);

}  // namespace splinternet::python
