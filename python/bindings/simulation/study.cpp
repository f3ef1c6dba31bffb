#include <pybind11/stl.h>

#include "python/bindings/progress.hpp"
#include "python/bindings/simulation/extensions.hpp"
#include "python/bindings/simulation/scenario.hpp"
#include "python/bindings/threads.hpp"
#include "python/bindings/topics.hpp"
#include "sim/core/parallel.hpp"
#include "sim/io/hdf5/atomic_file.hpp"
#include "sim/io/hdf5/file_bytes.hpp"
#include "sim/study/output_path.hpp"
#include "sim/study/run.hpp"
#include "sim/study/verify.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;

struct FinishedRun {
  std::shared_ptr<LabelledDataset> dataset;
  std::vector<double> phase_seconds;
};

/// Runs to the horizon as the program does, and writes the same file if `out` is not "".
FinishedRun run(const LoadedScenario& scenario, const py::object& rules, int threads, const std::string& out,
                py::object callback) {
  const Extensions extensions = extensions_from(rules);
  PythonProgress progress(std::move(callback));
  const py::gil_scoped_release released;
  const parallel::ThreadLimit limit(checked_threads(threads));
  if (!out.empty()) check_writable(out, "out=");
  RunResult result =
      run_to_end(scenario.make_setting(extensions), [&](int done, int horizon) { return progress(done, horizon); });
  if (!out.empty()) {
    const ParentFolders folders(out);
    write_atomically(out, to_hdf5(result.dataset));
  }
  return {std::make_shared<LabelledDataset>(std::move(result.dataset)), std::move(result.phase_seconds)};
}

Verification verify(const LabelledDataset& result, const std::string& name, const std::string& tables,
                    const py::object& rules, int threads, py::object callback) {
  const Extensions extensions = extensions_from(rules);
  PythonProgress progress(std::move(callback));
  const py::gil_scoped_release released;
  const parallel::ThreadLimit limit(checked_threads(threads));
  return verify_result(
      result, name, tables, [&](int done, int horizon) { return progress(done, horizon); }, extensions);
}

std::vector<std::string> names_of_phases() {
  return {phase_names().begin(), phase_names().end()};
}

}  // namespace

void bind_study(py::module_& module) {
  py::class_<FinishedRun>(module, "FinishedRun", "A run at its horizon.")
      .def_readonly("dataset", &FinishedRun::dataset)
      .def_readonly("phase_seconds", &FinishedRun::phase_seconds);
  module.def("run", &run, py::arg("scenario"), py::arg("extensions"), py::arg("threads"), py::arg("out"),
             py::arg("callback"));
  py::class_<Verification>(module, "Verification", "What a replay of a result found.")
      .def_readonly("notes", &Verification::notes)
      .def_readonly("differences", &Verification::differences)
      .def_readonly("steps", &Verification::steps)
      .def_readonly("arrays", &Verification::arrays);
  module.def("verify", &verify, py::arg("result"), py::arg("name"), py::arg("tables"), py::arg("extensions"),
             py::arg("threads"), py::arg("callback"));
  module.def("phase_names", &names_of_phases);
}

}  // namespace splinternet::python
