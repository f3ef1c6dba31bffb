#include "python/bindings/simulation/scenario.hpp"

#include <pybind11/stl.h>

#include <filesystem>

#include "python/bindings/methods.hpp"
#include "python/bindings/topics.hpp"
#include "sim/core/check.hpp"
#include "sim/io/hdf5/atomic_file.hpp"
#include "sim/io/text/scenario_check.hpp"
#include "sim/io/text/scenario_library.hpp"
#include "sim/io/text/world_tables_file.hpp"
#include "sim/model/actors.hpp"
#include "sim/model/build_world.hpp"
#include "sim/study/output_path.hpp"

namespace splinternet::python {

LoadedScenario::LoadedScenario(ScenarioDocument document)
    : document_(std::move(document)), file_(analysis_file_of(document_)) {
  if (!file_.is_runnable) return;
  scenario_ = std::make_shared<const Scenario>(scenario_of(document_));
  check_tables_exist(*scenario_);
}

std::shared_ptr<LoadedScenario> LoadedScenario::load(const std::string& name_or_path) {
  std::shared_ptr<LoadedScenario> loaded(new LoadedScenario(read_scenario_document(find_scenario(name_or_path))));
  loaded->read_tables(nullptr);
  return loaded;
}

std::shared_ptr<LoadedScenario> LoadedScenario::parse(const std::string& text, const std::string& name,
                                                      const std::string& folder) {
  std::shared_ptr<LoadedScenario> loaded(new LoadedScenario(parse_scenario_document(text, name, folder)));
  loaded->read_tables(nullptr);
  return loaded;
}

std::shared_ptr<LoadedScenario> LoadedScenario::with(std::span<const Override> overrides) const {
  ScenarioDocument document = document_;
  lay_over(document, overrides);
  std::shared_ptr<LoadedScenario> loaded(new LoadedScenario(std::move(document)));
  loaded->read_tables(this);
  return loaded;
}

void LoadedScenario::read_tables(const LoadedScenario* like) {
  if (scenario_ == nullptr) return;
  const WorldSpec& world = scenario_->world;
  if (like != nullptr && like->scenario_ != nullptr) {
    const WorldSpec& other = like->scenario_->world;
    const bool same =
        world.tables_path == other.tables_path && world.impute == other.impute && world.actors == other.actors;
    if (same) tables_ = like->tables_;
  }
  if (tables_ == nullptr) tables_ = std::make_shared<const WorldTables>(read_world_tables(world));
  check_against_tables(*scenario_, *tables_);
}

const Scenario& LoadedScenario::scenario() const {
  if (scenario_ == nullptr) static_cast<void>(scenario_of(document_));  // throws: it tells what to do instead
  SPLINTERNET_CHECK(scenario_ != nullptr, document_.name);
  return *scenario_;
}

const WorldTables& LoadedScenario::tables() const {
  static_cast<void>(scenario());
  return *tables_;
}

std::shared_ptr<const Setting> LoadedScenario::make_setting(const Extensions& extensions) const {
  return splinternet::make_setting(scenario(), tables(), extensions);
}

namespace {

namespace py = pybind11;

std::vector<std::string> codes(const LoadedScenario& loaded) {
  const std::size_t actors = loaded.scenario().world.actors;
  return actors > 0 ? actors_as_countries(loaded.scenario(), loaded.tables()).code : loaded.tables().countries.code;
}

py::object number_of(const Parameter& row, double value) {
  switch (row.kind) {
    case ParameterKind::kFlag:
      return py::bool_(value != 0.0);
    case ParameterKind::kInteger:
      return py::int_(static_cast<long long>(value));
    case ParameterKind::kOption:
      return py::str(to_text(row, value));
    case ParameterKind::kReal:
      break;
  }
  return py::float_(value);
}

/// Path, value, unit, default, lowest, highest, meaning, source, words, whether it is read once, value as a number.
py::list parameters(const LoadedScenario& loaded) {
  const ParameterValues& values = loaded.scenario().parameters;
  py::list list;
  for (std::size_t n = 0; n < values.size(); ++n) {
    const Parameter& row = values.row(n);
    list.append(py::make_tuple(values.path(n), number_of(row, values.value(n)), row.unit, number_of(row, row.value),
                               row.lower, row.upper, row.meaning, row.source,
                               row.kind == ParameterKind::kOption ? option_words(row) : std::vector<std::string>{},
                               row.at_set_up_only, values.value(n)));
  }
  return list;
}

/// The text from which an equal scenario can be made, and the folder in which its tables are to be looked for then.
std::pair<std::string, std::string> written(const LoadedScenario& loaded) {
  const ScenarioDocument& document = loaded.document();
  std::string folder = document.folder;
  if (const TomlValue* world = document.table.find("world"); world != nullptr) {
    const TomlValue* tables = world->find("tables");
    // Of a file that the scenario extends: tables are relative to the file that names them.
    const bool from_base =
        tables != nullptr && tables->place.line > 0 && tables->place.file != document.table.place.file;
    if (from_base) folder = std::filesystem::path(tables->place.file).parent_path().string();
  }
  return {to_toml(document.table), folder};
}

std::shared_ptr<LoadedScenario> with_values(
    const LoadedScenario& loaded, const std::vector<std::tuple<std::string, std::string, std::string>>& values) {
  std::vector<Override> overrides;
  for (const auto& [key, value, place] : values) overrides.push_back({key, value, place});
  return loaded.with(overrides);
}

py::list frameworks(const LoadedScenario& loaded) {
  py::list list;
  for (const FrameworkSpec& spec : loaded.scenario().frameworks) list.append(py::make_tuple(spec.id, spec.name));
  return list;
}

std::vector<std::string> ids_of_events(const LoadedScenario& loaded) {
  std::vector<std::string> ids;
  for (const EventSpec& event : loaded.scenario().events) ids.push_back(event.id);
  return ids;
}

void write_text(const std::string& text, const std::string& path) {
  check_writable(path, "path=");
  const ParentFolders folders(path);
  write_atomically(path, std::as_bytes(std::span(text.data(), text.size())));
}

py::list shipped() {
  py::list list;
  for (const ScenarioEntry& entry : list_scenarios()) {
    list.append(py::make_tuple(entry.name, entry.title, entry.question, entry.commands));
  }
  return list;
}

}  // namespace

void bind_scenario(py::module_& module) {
  using Released = py::call_guard<py::gil_scoped_release>;
  py::class_<LoadedScenario, std::shared_ptr<LoadedScenario>>(module, "LoadedScenario",
                                                              "A scenario that was read and checked to the end.")
      .def("with_values", &with_values, py::arg("values"), Released(),
           "Another one with values laid over it: keys, values in TOML, and what stands for each in messages.")
      .def_property_readonly("name", [](const LoadedScenario& loaded) { return loaded.document().name; })
      .def_property_readonly("file", [](const LoadedScenario& loaded) { return loaded.document().file; })
      .def_property_readonly("title", [](const LoadedScenario& loaded) { return loaded.file().title; })
      .def_property_readonly("question", [](const LoadedScenario& loaded) { return loaded.file().question; })
      .def_property_readonly("lesson", [](const LoadedScenario& loaded) { return loaded.file().lesson; })
      .def_property_readonly("is_runnable", method(&LoadedScenario::is_runnable))
      .def_property_readonly("resolved", [](const LoadedScenario& loaded) { return loaded.scenario().resolved; })
      .def_property_readonly("tables_path",
                             [](const LoadedScenario& loaded) { return loaded.scenario().world.tables_path; })
      .def_property_readonly("start",
                             [](const LoadedScenario& loaded) { return to_string(loaded.scenario().run.start); })
      .def_property_readonly("horizon", [](const LoadedScenario& loaded) { return loaded.scenario().run.horizon; })
      .def_property_readonly("step_months",
                             [](const LoadedScenario& loaded) { return loaded.scenario().run.step_months; })
      .def_property_readonly("seed", [](const LoadedScenario& loaded) { return loaded.scenario().run.seed; })
      .def_property_readonly("written", &written)
      .def_property_readonly("events", &ids_of_events)
      .def("codes", &codes)
      .def("frameworks", &frameworks)
      .def("parameters", &parameters);
  module.def("load_scenario", &LoadedScenario::load, py::arg("name_or_path"), Released());
  module.def("parse_scenario", &LoadedScenario::parse, py::arg("text"), py::arg("name"), py::arg("folder"), Released());
  module.def("write_text", &write_text, py::arg("text"), py::arg("path"), Released(),
             "Write a file; either the whole text is there afterwards or what was before.");
  module.def("shipped_scenarios", &shipped, "Name, title, question and commands of each shipped scenario.");
}

}  // namespace splinternet::python
