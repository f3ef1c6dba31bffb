#include "python/bindings/custom/term.hpp"

#include <pybind11/stl.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "python/bindings/arrays.hpp"
#include "sim/core/check.hpp"
#include "sim/engine/decision_recorder.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;

constexpr double kTolerance = 1e-9;  // a row alone may be summed in another order
constexpr const char* kSignature =
    "(int64, int64, int64, int64*, bool*, bool*, float64*, uint8*, float64*) -> int64";

/// The address in what numba.cfunc made; nothing else may come in as one.
CompiledPayoff address_of(const py::object& compiled) {
  const py::object kind = py::module_::import("numba.core.ccallback").attr("CFunc");
  if (!py::type::of(compiled).is(kind) || std::string(py::str(compiled.attr("_sig"))) != kSignature) {
    throw ScenarioError(std::string("compiled: a function made by numba.cfunc is needed, of signature ") + kSignature);
  }
  return reinterpret_cast<CompiledPayoff>(compiled.attr("address").cast<std::uintptr_t>());
}

std::string number(double value) {
  return py::str(py::float_(value));
}

}  // namespace

/// Options in the form in which rules get them.
struct CustomTerm::Rows {
  std::vector<std::int64_t> country;
  std::unique_ptr<bool[]> target, current;  // [option][framework]
  std::vector<double> offer_busd;
  std::vector<FrameworkSet> target_set, current_set;
  std::size_t frameworks = 0;

  [[nodiscard]] std::size_t size() const { return country.size(); }

  Rows(const World& world, const Options& options, std::size_t begin, std::size_t end)
      : target(new bool[(end - begin) * world.frameworks()]),
        current(new bool[(end - begin) * world.frameworks()]),
        frameworks(world.frameworks()) {
    for (std::size_t n = begin; n < end; ++n) {
      const FrameworkSet now = world.membership(options.country[n]);
      for (std::size_t k = 0; k < frameworks; ++k) {
        target[(n - begin) * frameworks + k] = contains(options.target[n], k);
        current[(n - begin) * frameworks + k] = contains(now, k);
      }
      country.push_back(options.country[n]);
      offer_busd.push_back(options.offer_busd[n]);
      target_set.push_back(options.target[n]);
      current_set.push_back(now);
    }
  }

  /// "BRA, that would be in gids".
  [[nodiscard]] std::string words(const World& world, std::size_t n) const {
    const std::string code = world.setting().countries.code[static_cast<std::size_t>(country[n])];
    const std::string names = framework_names(world.setting(), target_set[n]);
    return code + (names.empty() ? " as a member of nothing" : " as a member of " + names);
  }
};

CustomTerm::CustomTerm(RuleSource source, py::object function, const py::object& compiled, int check_every)
    : source_(std::move(source)), rule_("payoff", source_.name, check_every), function_(hold(std::move(function))) {
  if (PyCallable_Check(function_.get()) == 0) throw ScenarioError(rule_.title() + ": its function cannot be called");
  if (compiled.is_none()) return;
  compiled_ = address_of(compiled);
  compiled_owner_ = hold(compiled);
}

void CustomTerm::evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                          std::span<double> out) const {
  if (begin == end) return;
  const CustomRule::Timer timer(rule_);
  const Rows rows(world, options, begin, end);
  const std::span<double> values = out.subspan(begin, end - begin);
  ask(world, rows, values);
  check_values(world, rows, values);
  if (!rule_.is_check_due(world)) return;
  check_pure(world, rows, values);
  check_alone(world, rows, values);
}

/// False if the compiled function failed; it cannot say why.
bool CustomTerm::ask_compiled(const World& world, const Rows& rows, std::span<double> out) const {
  const auto size = static_cast<std::int64_t>(rows.size());
  return compiled_(size, static_cast<std::int64_t>(world.countries()), static_cast<std::int64_t>(rows.frameworks),
                   rows.country.data(), rows.target.get(), rows.current.get(), rows.offer_busd.data(),
                   world.members.level.data(), out.data()) == size;
}

void CustomTerm::ask(const World& world, const Rows& rows, std::span<double> out) const {
  if (compiled_ != nullptr && ask_compiled(world, rows, out)) return;
  const py::gil_scoped_acquire gil;
  const auto count = static_cast<py::ssize_t>(rows.size());
  const std::vector<py::ssize_t> sets = {count, static_cast<py::ssize_t>(rows.frameworks)};
  py::list arguments;
  arguments.append(read_only(py::array_t<std::int64_t>(count, rows.country.data())));
  arguments.append(read_only(py::array_t<bool>(sets, rows.current.get())));
  arguments.append(read_only(py::array_t<bool>(sets, rows.target.get())));
  arguments.append(read_only(py::array_t<double>(count, rows.offer_busd.data())));
  const py::object returned = rule_.call(function_, world, std::move(arguments));
  rule_.copy(world, returned, {rows.size()}, "one value for each option", out);
}

void CustomTerm::check_values(const World& world, const Rows& rows, std::span<const double> out) const {
  for (std::size_t n = 0; n < out.size(); ++n) {
    const bool finite = std::fabs(out[n]) <= std::numeric_limits<double>::max();
    const bool stays = rows.target_set[n] == rows.current_set[n];
    if (finite && (!stays || out[n] == 0.0)) continue;
    const py::gil_scoped_acquire gil;
    if (finite) {
      rule_.refuse(world, "it gave " + number(out[n]) + " for " + rows.words(world, n) +
                              ", which is what it is now: payoffs are differences against staying, so return 0 where "
                              "options.target equals options.current");
    }
    rule_.refuse(world, "it gave " + number(out[n]) + " for " + rows.words(world, n) +
                            ": finite numbers are needed; fill what is missing");
  }
}

void CustomTerm::check_pure(const World& world, const Rows& rows, std::span<const double> out) const {
  std::vector<double> again(out.size());
  ask(world, rows, again);
  for (std::size_t n = 0; n < out.size(); ++n) {
    if (std::memcmp(&again[n], &out[n], sizeof(double)) == 0) continue;
    const py::gil_scoped_acquire gil;
    rule_.refuse(world, "asked twice about " + rows.words(world, n) + " it gave " + number(out[n]) + ", then " +
                            number(again[n]) +
                            ": a payoff has to follow from its arguments alone, without a memory or draws of its own");
  }
}

void CustomTerm::check_alone(const World& world, const Rows& rows, std::span<const double> out) const {
  std::size_t n = rows.size() - 1;
  while (n > 0 && rows.target_set[n] == rows.current_set[n]) --n;
  if (rows.size() == 1) return;
  Options one;
  one.add(static_cast<std::size_t>(rows.country[n]), rows.target_set[n], rows.offer_busd[n]);
  double alone = 0.0;
  ask(world, Rows(world, one, 0, 1), {&alone, 1});
  if (std::fabs(alone - out[n]) <= kTolerance * (1.0 + std::fabs(out[n]))) return;
  const py::gil_scoped_acquire gil;
  rule_.refuse(world, "it gave " + number(out[n]) + " for " + rows.words(world, n) + " among " +
                          std::to_string(rows.size()) + " options, but " + number(alone) +
                          " for it alone: each option has to stand for itself, whatever else is asked");
}

void bind_custom_term(py::module_& module) {
  py::class_<CustomTerm, std::shared_ptr<CustomTerm>>(module, "CustomTerm", "A payoff term written in Python.")
      .def(py::init([](std::string name, std::string unit, std::string sha256, py::object function,
                       const py::object& compiled, int check_every) {
             return std::make_shared<CustomTerm>(RuleSource{std::move(name), std::move(unit), std::move(sha256)},
                                                 std::move(function), compiled, check_every);
           }),
           py::arg("name"), py::arg("unit"), py::arg("sha256"), py::arg("function"), py::arg("compiled") = py::none(),
           py::arg("check_every") = 0)
      .def_property_readonly("seconds", [](const CustomTerm& term) { return term.rule().seconds(); });
}

}  // namespace splinternet::python
