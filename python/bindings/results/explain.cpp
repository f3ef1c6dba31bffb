#include "sim/study/explain.hpp"

#include <pybind11/stl.h>

#include "python/bindings/topics.hpp"
#include "sim/core/nearest_name.hpp"
#include "sim/study/parting.hpp"

namespace splinternet::python {

namespace py = pybind11;

void bind_explain(py::module_& module) {
  using Released = py::call_guard<py::gil_scoped_release>;
  module.def("explain", &explain, py::arg("result"), py::arg("country"), py::arg("step"), Released(),
             "Why a country signed or stayed out, in words.");
  module.def(
      "explain_parting",
      [](const LabelledDataset& first, const LabelledDataset& second, const std::optional<std::string>& country) {
        return explain_parting(first, second, country);
      },
      py::arg("first"), py::arg("second"), py::arg("country"), Released(), "Where two runs part, in words.");
  module.def(
      "did_you_mean",
      [](const std::string& name, const std::vector<std::string>& candidates) { return did_you_mean(name, candidates); },
      py::arg("name"), py::arg("candidates"), "The end of a message: the nearest candidate, if any is near.");
}

}  // namespace splinternet::python
