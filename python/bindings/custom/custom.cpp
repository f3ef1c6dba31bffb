#include "python/bindings/custom/custom.hpp"

#include <pybind11/stl.h>

#include <algorithm>

#include "python/bindings/custom/firm_rule.hpp"
#include "python/bindings/custom/term.hpp"
#include "python/bindings/simulation/world.hpp"
#include "python/bindings/topics.hpp"
#include "sim/core/check.hpp"
#include "sim/model/extensions.hpp"

namespace splinternet::python {

namespace py = pybind11;

HeldObject hold(py::object object) {
  return {object.release().ptr(), [](PyObject* held) {
            if (Py_IsInitialized() == 0) return;
            const py::gil_scoped_acquire gil;
            Py_XDECREF(held);
          }};
}

const World& CustomWorld::world() const {
  if (world_ != nullptr) return *world_;
  throw ScenarioError("the world that a payoff or a firm rule is given can be looked at during the call alone: keep copies "
                      "of what is needed longer");
}

void CustomRule::refuse(const World& world, const std::string& what) const {
  throw ScenarioError(title_ + ", step " + std::to_string(world.step) + ": " + what);
}

py::object CustomRule::call(const HeldObject& function, const World& world, py::list arguments) const {
  const auto view = std::make_shared<CustomWorld>(world);
  const CustomWorld::End end(*view);
  arguments.insert(0, py::cast(view));
  try {
    return borrowed(function)(*py::tuple(arguments));
  } catch (py::error_already_set& error) {
    const std::string note = "Raised by the " + title_ + " in step " + std::to_string(world.step) +
                             ". What a rule is given is read-only.";
    error.value().attr("add_note")(note);
    throw;
  }
}

namespace {

std::string shape_text(const std::vector<std::size_t>& shape) {
  std::string text;
  for (const std::size_t size : shape) text += (text.empty() ? "" : ", ") + std::to_string(size);
  return "(" + text + (shape.size() == 1 ? ",)" : ")");
}

}  // namespace

void CustomRule::copy(const World& world, const py::object& returned, const std::vector<std::size_t>& shape,
                      const std::string& meaning, std::span<double> out) const {
  const std::string needed = "a NumPy array of float64 of shape " + shape_text(shape) + " is needed: " + meaning;
  // Not of a subclass: masks and the like would be lost.
  if (!py::type::of(returned).is(py::type::of(py::array()))) {
    refuse(world, "it returned " + std::string(py::str(py::type::of(returned).attr("__name__"))) + ", but " + needed);
  }
  const auto array = py::reinterpret_borrow<py::array>(returned);
  if (!py::isinstance<py::array_t<double>>(returned)) {
    refuse(world, "it returned an array of " + std::string(py::str(array.dtype())) + ", but " + needed);
  }
  const bool fits = array.ndim() == static_cast<py::ssize_t>(shape.size()) &&
                    std::equal(shape.begin(), shape.end(), array.shape(),
                               [](std::size_t a, py::ssize_t b) { return static_cast<py::ssize_t>(a) == b; });
  if (!fits) {
    const std::vector<std::size_t> found(array.shape(), array.shape() + array.ndim());
    refuse(world, "it returned an array of shape " + shape_text(found) + ", but " + needed);
  }
  const py::array_t<double, py::array::c_style | py::array::forcecast> rows(array);
  std::copy_n(rows.data(), out.size(), out.begin());
}

bool CustomRule::is_check_due(const World& world) const {
  const std::int32_t last = checked_step_.load();
  const bool due = last < 0 || world.step < last || (check_every_ > 0 && world.step - last >= check_every_);
  if (due) checked_step_.store(world.step);
  return due;
}

CustomRule::Timer::~Timer() {
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start_;
  rule_.seconds_.fetch_add(passed.count());
}

namespace {

/// For one access: what happened in the step is not yet known while rules are asked.
template <class Look>
auto look_at(const CustomWorld& custom, const Look& look) {
  const World& world = custom.world();
  StepReport report;
  report.clear(world.frameworks());
  return look(WorldView(world, report, nullptr));
}

Extensions extensions_of(const std::vector<std::shared_ptr<CustomTerm>>& terms,
                         const std::shared_ptr<CustomFirmRule>& firms) {
  Extensions extensions;
  for (const std::shared_ptr<CustomTerm>& term : terms) {
    if (term == nullptr) throw ScenarioError("payoffs: None is no payoff");
    extensions.terms.push_back({term->source(), term});
  }
  if (firms != nullptr) extensions.firms = Extensions::Firms{firms->source(), firms};
  return extensions;
}

}  // namespace

void bind_custom(py::module_& module) {
  py::class_<CustomWorld, std::shared_ptr<CustomWorld>>(module, "CustomWorld",
                                                        "The arrays of a world while a rule is asked, read-only copies.")
      .def_property_readonly("step", [](const CustomWorld& custom) { return custom.world().step; })
      .def_property_readonly(
          "rows", [](const CustomWorld& custom) { return look_at(custom, [](const auto& view) { return view.rows(); }); })
      .def(
          "array",
          [](const CustomWorld& custom, const std::string& name) {
            return look_at(custom, [&](const auto& view) { return view.array(name); });
          },
          py::arg("name"))
      .def(
          "labels",
          [](const CustomWorld& custom, const std::string& dim) {
            return look_at(custom, [&](const auto& view) { return view.labels(dim); });
          },
          py::arg("dim"));
  bind_custom_term(module);
  bind_custom_firm_rule(module);
  py::class_<Extensions>(module, "Extensions", "Rules of a user that a run follows beside those of the scenario.")
      .def(py::init(&extensions_of), py::arg("terms") = std::vector<std::shared_ptr<CustomTerm>>{},
           py::arg("firms") = std::shared_ptr<CustomFirmRule>{})
      .def_property_readonly("text", &extensions_text, "As the attribute custom_rules of a file tells them.");
}

}  // namespace splinternet::python
