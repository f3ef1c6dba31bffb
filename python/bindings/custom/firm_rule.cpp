#include "python/bindings/custom/firm_rule.hpp"

#include <pybind11/stl.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "python/bindings/arrays.hpp"
#include "sim/core/check.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;

std::string firm_name(const World& world, std::size_t firm) {
  const FirmSetting& firms = *world.setting().firms;
  return firm < firms.named ? firms.name[firm] : "firm " + std::to_string(firm - firms.named + 1);
}

}  // namespace

struct CustomFirmRule::Question {
  const World& world;
  std::span<const std::uint32_t> firms;
  std::span<const std::uint8_t> stances;
  std::span<const double> value;  // (M14)
};

CustomFirmRule::CustomFirmRule(RuleSource source, py::object function, int check_every)
    : source_(std::move(source)), rule_("firm_rule", source_.name, check_every), function_(hold(std::move(function))) {
  if (PyCallable_Check(function_.get()) == 0) throw ScenarioError(rule_.title() + ": its function cannot be called");
}

void CustomFirmRule::ask(const Question& question, std::span<double> out) const {
  const auto firms = static_cast<py::ssize_t>(question.firms.size());
  const auto stances = static_cast<py::ssize_t>(question.stances.size());
  const std::vector<std::int64_t> rows(question.firms.begin(), question.firms.end());
  py::list arguments;
  arguments.append(read_only(py::array_t<std::int64_t>(firms, rows.data())));
  arguments.append(read_only(py::array_t<std::uint8_t>(stances, question.stances.data())));
  arguments.append(read_only(py::array_t<double>(std::vector<py::ssize_t>{firms, stances}, question.value.data())));
  const py::object returned = rule_.call(function_, question.world, std::move(arguments));
  rule_.copy(question.world, returned, {question.firms.size(), question.stances.size()},
             "one value for each firm and stance", out);
}

void CustomFirmRule::value(const World& world, std::span<const std::uint32_t> firms,
                           std::span<const std::uint8_t> stances, std::span<double> value) const {
  const CustomRule::Timer timer(rule_);
  const py::gil_scoped_acquire gil;
  const std::vector<double> built_in(value.begin(), value.end());
  const Question question{world, firms, stances, built_in};
  ask(question, value);
  const auto words = [&](std::size_t n) {
    return firm_name(world, firms[n / stances.size()]) + " in stance " + std::to_string(stances[n % stances.size()]);
  };
  const auto number = [](double shown) { return std::string(py::str(py::float_(shown))); };
  for (std::size_t n = 0; n < value.size(); ++n) {
    if (std::fabs(value[n]) <= std::numeric_limits<double>::max()) continue;
    rule_.refuse(world, "it gave " + number(value[n]) + " for " + words(n) +
                            ": finite numbers are needed; fill what is missing");
  }
  if (!rule_.is_check_due(world)) return;
  std::vector<double> again(value.size());
  ask(question, again);
  for (std::size_t n = 0; n < value.size(); ++n) {
    if (std::memcmp(&again[n], &value[n], sizeof(double)) == 0) continue;
    rule_.refuse(world, "asked twice about " + words(n) + " it gave " + number(value[n]) + ", then " +
                            number(again[n]) +
                            ": a rule has to follow from its arguments alone, without a memory or draws of its own");
  }
}

void bind_custom_firm_rule(py::module_& module) {
  py::class_<CustomFirmRule, std::shared_ptr<CustomFirmRule>>(module, "CustomFirmRule",
                                                              "A valuation of stances of firms written in Python.")
      .def(py::init([](std::string name, std::string unit, std::string sha256, py::object function, int check_every) {
             return std::make_shared<CustomFirmRule>(RuleSource{std::move(name), std::move(unit), std::move(sha256)},
                                                     std::move(function), check_every);
           }),
           py::arg("name"), py::arg("unit"), py::arg("sha256"), py::arg("function"), py::arg("check_every") = 0)
      .def_property_readonly("seconds", [](const CustomFirmRule& rule) { return rule.rule().seconds(); });
}

}  // namespace splinternet::python
