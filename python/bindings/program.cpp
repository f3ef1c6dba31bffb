#include <pybind11/stl.h>

#include "python/bindings/topics.hpp"
#include "sim/app/command.hpp"
#include "sim/io/text/scenario_library.hpp"

namespace splinternet::python {

namespace py = pybind11;

void bind_program(py::module_& module) {
  module.def("run_command", &run_command, py::arg("arguments"), py::call_guard<py::gil_scoped_release>(),
             "Run the program on its arguments (without its own name); returns the exit code.");
  module.def("add_library_folder", &add_library_folder, py::arg("folder"),
             "Look for shipped scenarios and their tables in this folder too.");
}

}  // namespace splinternet::python
