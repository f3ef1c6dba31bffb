#include "python/bindings/simulation/world.hpp"

#include <pybind11/stl.h>

#include <stdexcept>

#include "python/bindings/arrays.hpp"
#include "python/bindings/methods.hpp"
#include "python/bindings/simulation/world_arrays.hpp"
#include "python/bindings/topics.hpp"
#include "sim/core/nearest_name.hpp"
#include "sim/core/split_words.hpp"
#include "sim/engine/outputs.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;

constexpr std::string_view kAttribute = "attribute.";

WorldMemory state_memory(const World& world, std::string_view name) {
  WorldMemory found;
  world.visit([&](const char* part, const auto& values) {
    if (name == part) found = std::span(values.data(), values.size());
  });
  return found;
}

struct Extent {
  std::vector<py::ssize_t> shape;
  std::size_t size = 1;  ///< product of the shape
};

/// What the named dimensions make together; `length` tells how long each is in the world.
Extent extent_of(const World& world, std::string_view dims, std::size_t (*length)(const World&, std::string_view)) {
  Extent extent;
  for (const std::string_view dim : split_words(dims)) {
    const std::size_t places = length(world, dim);
    extent.shape.push_back(static_cast<py::ssize_t>(places));
    extent.size *= places;
  }
  return extent;
}

/// Sizes of the dimensions; a part that this world does without (no trade, no map) has no elements at all.
std::vector<py::ssize_t> shape_of(const World& world, const WorldArray& row, std::size_t size) {
  Extent extent = extent_of(world, row.dims, world_dimension);
  if (size == 0 && extent.size != 0) {
    extent.shape.front() = 0;
    extent.size = 0;
  }
  SPLINTERNET_CHECK(extent.size == size, row.name, extent.size, size);
  return std::move(extent.shape);
}

/// Read-only; shares the memory if somebody owns it.
template <class T>
py::array array_over(std::span<const T> values, std::vector<py::ssize_t> shape, std::shared_ptr<const void> owner) {
  py::array array;
  if (owner == nullptr || values.empty()) {
    array = py::array_t<T>(std::move(shape), values.data());
  } else {
    using Owner = std::shared_ptr<const void>;
    const py::capsule keeper(new Owner(std::move(owner)), [](void* held) { delete static_cast<Owner*>(held); });
    array = py::array_t<T>(std::move(shape), values.data(), keeper);
  }
  array.attr("setflags")(py::arg("write") = false);
  return array;
}

/// A row of the output table as it would be recorded now; always a copy.
py::object output_now(const World& world, const StepReport& report, const OutputRow& row) {
  Extent extent = extent_of(world, row.dims, dimension_size);
  std::vector<double> values(extent.size);
  row.get(world, report, values);
  if (extent.shape.empty()) return py::float_(values.front());
  py::array array = to_array(std::move(values), std::move(extent.shape));
  array.attr("setflags")(py::arg("write") = false);
  return array;
}

const std::vector<double>* attribute_column(const World& world, std::string_view name) {
  if (world.setting().has_map() || !name.starts_with(kAttribute)) return nullptr;
  return world.setting().actors->find(name.substr(kAttribute.size()));
}

/// Whether this world has the row.
bool has(const World& world, const OutputRow& row) {
  return is_possible(world.setting(), row) && (row.dims != "link" || world.setting().links != nullptr);
}

WorldMemory memory_of(const World& world, const WorldArray& row) {
  return row.memory == nullptr ? state_memory(world, row.name) : row.memory(world);
}

bool has(const World& world, const WorldArray& row) {
  return !std::holds_alternative<std::monostate>(memory_of(world, row));
}

std::vector<std::string> all_names(const World& world) {
  std::vector<std::string> names;
  for (const WorldArray& row : world_arrays()) {
    if (has(world, row)) names.emplace_back(row.name);
  }
  if (!world.setting().has_map()) {
    for (const std::string& name : world.setting().actors->attribute) names.push_back(std::string(kAttribute) + name);
  }
  for (const OutputRow& row : output_table()) {
    if (has(world, row)) names.emplace_back(row.name);
  }
  return names;
}

std::vector<std::string> names_of_firms(const FirmSetting* firms) {
  if (firms == nullptr) return {};
  std::vector<std::string> names = firms->name;
  for (std::size_t n = names.size(); n < firms->count; ++n) names.push_back("firm " + std::to_string(n + 1));
  return names;
}

template <class List, class Label>
std::vector<std::string> labels_of(const List& list, const Label& label) {
  std::vector<std::string> labels;
  for (const auto& item : list) labels.emplace_back(label(item));
  return labels;
}

}  // namespace

void WorldView::require_rest() const {
  if (is_stepping_ == nullptr || !*is_stepping_) return;
  throw std::runtime_error("the simulation is at work in another call: look at its world when that has ended");
}

py::list WorldView::rows() const {
  require_rest();
  py::list list;
  for (const WorldArray& row : world_arrays()) {
    if (has(*world_, row)) list.append(py::make_tuple(row.name, row.kind, row.dims, row.units, row.meaning));
  }
  if (!world_->setting().has_map()) {
    for (const std::string& name : world_->setting().actors->attribute) {
      list.append(py::make_tuple(std::string(kAttribute) + name, "setting", "country", "1", "attribute of the actor"));
    }
  }
  for (const OutputRow& row : output_table()) {
    if (has(*world_, row)) list.append(py::make_tuple(row.name, "output", row.dims, row.units, row.long_name));
  }
  return list;
}

py::object WorldView::array(const std::string& name) const {
  require_rest();
  const World& world = *world_;
  if (const WorldArray* row = find_world_array(name); row != nullptr && has(world, *row)) {
    return std::visit(
        [&](const auto& values) -> py::object {
          if constexpr (std::is_same_v<std::decay_t<decltype(values)>, std::monostate>) {
            return py::none();
          } else {
            return array_over(values, shape_of(world, *row, values.size()), owner_);
          }
        },
        memory_of(world, *row));
  }
  if (const std::vector<double>* column = attribute_column(world, name); column != nullptr) {
    return array_over(std::span<const double>(*column), {static_cast<py::ssize_t>(column->size())}, owner_);
  }
  if (const OutputRow* row = find_output(name); row != nullptr && has(world, *row)) {
    return output_now(world, *report_, *row);
  }
  throw ScenarioError("this world has no array \"" + name + "\"; world.arrays() lists those that it has." +
                      did_you_mean(name, all_names(world)));
}

std::vector<std::string> WorldView::labels(std::string_view dim) const {
  const Setting& setting = world_->setting();
  for (const std::string_view countries : {"country", "partner", "exporter", "importer", "origin", "destination"}) {
    if (dim == countries) return setting.countries.code;
  }
  if (dim == "country_name") return setting.countries.name;
  if (dim == "framework" || dim == "other_framework") return setting.frameworks.id;
  if (dim == "firm") return names_of_firms(setting.firms.get());
  if (dim == "sector") return {"goods", "services"};
  if (dim == "firm_sector") return {kFirmSectorNames.begin(), kFirmSectorNames.end()};
  if (dim == "event") return labels_of(setting.scenario.events, [](const auto& event) { return event.id; });
  if (dim == "organisation") return labels_of(setting.organisations, [](const auto& body) { return body.id; });
  if (dim == "provision") {
    return labels_of(kProvisionStrength, [](const Parameter& row) { return row.path.substr(row.path.rfind('.') + 1); });
  }
  if (dim != "target") return {};
  std::vector<std::string> targets = setting.countries.code;
  for (const OrganisationSetting& body : setting.organisations) targets.push_back(body.id);
  return targets;
}

void bind_world(py::module_& module) {
  py::class_<WorldView>(module, "WorldView", "The arrays of a world, read-only.")
      .def_property_readonly("step", [](const WorldView& view) { return view.world().step; })
      .def_property_readonly("rows", method(&WorldView::rows))
      .def("array", &WorldView::array, py::arg("name"))
      .def("labels", &WorldView::labels, py::arg("dim"));
}

}  // namespace splinternet::python
