#include "sim/study/analyse.hpp"

#include <pybind11/stl.h>

#include <functional>

#include "python/bindings/progress.hpp"
#include "python/bindings/simulation/extensions.hpp"
#include "python/bindings/simulation/scenario.hpp"
#include "python/bindings/threads.hpp"
#include "python/bindings/topics.hpp"
#include "sim/core/parallel.hpp"
#include "sim/study/analyse_file.hpp"
#include "sim/study/analysis_csv.hpp"
#include "sim/study/analysis_text.hpp"
#include "sim/study/state_analysis.hpp"
#include "sim/study/state_analysis_csv.hpp"
#include "sim/study/state_analysis_text.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;

/// What the program prints of an analysis, and the table that it writes.
using TextAndTable = std::pair<std::string, std::string>;

TextAndTable analyse_result(const LabelledDataset& result, const std::string& name, const AnalysisRequest& request,
                            const Progress& progress) {
  const Analysis analysis = analyse(result, name, request, progress);
  std::string text;
  for (const std::string& note : analysis.notes) text += "note: " + note + "\n";
  return {text + analysis_text(analysis), analysis_csv(analysis)};
}

TextAndTable analyse_scenario(const LoadedScenario& loaded, const Extensions& extensions, const Progress& progress) {
  const AnalysisFile& file = loaded.file();
  if (!file.analyses.empty() || !file.is_runnable) {
    if (!extensions.empty()) {
      throw ScenarioError(loaded.document().name +
                          ": what it asks to be analysed follows from the file alone; leave payoffs and firm_rule out");
    }
    FileAnalysis found = analyse_file(file);
    return {std::move(found.text), std::move(found.csv)};
  }
  const World start(loaded.make_setting(extensions));
  const StateAnalysis found = analyse_states(start, [&progress](std::size_t done, std::size_t states) {
    return progress(static_cast<int>(done), static_cast<int>(states));  // no more than coalition::kMostStates
  });
  const std::string head = introduction(file);
  return {head + (head.empty() ? "" : "\n") + state_analysis_text(start, found), state_analysis_csv(start, found)};
}

/// Calls f(progress) without the GIL.
template <class F>
TextAndTable released(int threads, py::object callback, F&& f) {
  const int count = checked_threads(threads);
  PythonProgress progress(std::move(callback));
  const py::gil_scoped_release release;
  const parallel::ThreadLimit limit(count);
  return f(Progress(std::ref(progress)));
}

}  // namespace

void bind_analyse(py::module_& module) {
  module.def(
      "analyse_result",
      [](const LabelledDataset& result, const std::string& name, std::optional<std::int32_t> step,
         const std::string& pivotal, const std::string& tables, const py::object& extensions, int threads,
         py::object progress) {
        const AnalysisRequest request{tables, step, pivotal, extensions_from(extensions)};
        return released(threads, std::move(progress),
                        [&](const Progress& told) { return analyse_result(result, name, request, told); });
      },
      py::arg("result"), py::arg("name"), py::arg("step"), py::arg("pivotal"), py::arg("tables"), py::arg("extensions"),
      py::arg("threads"), py::arg("progress"), "Coalitions of a result: text and table.");
  module.def(
      "analyse_scenario",
      [](const LoadedScenario& loaded, const py::object& rules, int threads, py::object progress) {
        const Extensions extensions = extensions_from(rules);
        return released(threads, std::move(progress),
                        [&](const Progress& told) { return analyse_scenario(loaded, extensions, told); });
      },
      py::arg("scenario"), py::arg("extensions"), py::arg("threads"), py::arg("progress"),
      "What a scenario asks to be analysed, else all its states: text and table.");
}

}  // namespace splinternet::python
