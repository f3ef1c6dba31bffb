#include <string>
#include <utility>

#include "python/bindings/trade/arguments.hpp"
#include "sim/core/math.hpp"
#include "sim/trade/gravity.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;

constexpr double kInfinity = __builtin_inf();

/// What a matrix of trade costs holds.
enum class CostForm {
  kCost,     ///< t_ij > 0, infinite where there is no trade
  kLogCost,  ///< ln t_ij
  kEase,     ///< t_ij^(−θ) ≥ 0
};

CostForm form_of(const std::string& name) {
  if (name == "cost") return CostForm::kCost;
  if (name == "log_cost") return CostForm::kLogCost;
  if (name == "ease") return CostForm::kEase;
  throw ScenarioError("form: \"" + name + "\" is none of cost, log_cost, ease");
}

/// T = t^(−θ). What is no cost becomes no ease of trade, which Gravity refuses by name.
std::vector<double> ease_of(std::vector<double> values, CostForm form, double elasticity) {
  if (form == CostForm::kEase) return values;
  for (double& value : values) {
    const bool is_cost = form == CostForm::kLogCost || value > 0.0;
    const double log_cost = form == CostForm::kLogCost || !is_cost ? value : math::log(value);
    value = !is_cost ? -1.0 : log_cost == kInfinity ? 0.0 : math::exp(-elasticity * log_cost);
  }
  return values;
}

/// Gravity with the form in which its costs come.
struct GravityWorld {
  Gravity gravity;
  std::size_t countries;
  double elasticity;
  CostForm form;
};

GravityWorld make_world(const Array<double>& costs, const Array<double>& output, const Array<double>& expenditure,
                        double elasticity, const std::string& form, std::size_t reference, const Labels& labels) {
  const std::size_t n = length(output, "output", 1, 0);
  require_shape(costs, "costs", {n, n});
  require_shape(expenditure, "expenditure", {n});
  GravityData data{elasticity, copy_of(output), copy_of(expenditure), reference, labels};
  std::vector<double> values = copy_of(costs);
  const CostForm kind = form_of(form);
  const py::gil_scoped_release release;
  const std::vector<double> ease = ease_of(std::move(values), kind, elasticity);
  return {Gravity(std::move(data), ease), n, elasticity, kind};
}

void write(GravityFlows&& flows, std::size_t countries, py::dict& out) {
  const auto n = static_cast<py::ssize_t>(countries);
  out["outward_resistance"] = to_array(std::move(flows.outward));
  out["inward_resistance"] = to_array(std::move(flows.inward));
  out["trade"] = to_array(std::move(flows.flow), {n, n});
  out["residual"] = flows.residual;
  out["evaluations"] = flows.evaluations;
}

py::dict baseline(const GravityWorld& world) {
  py::dict out;
  write(GravityFlows(world.gravity.baseline()), world.countries, out);
  return out;
}

std::vector<double> new_ease(const GravityWorld& world, const Array<double>& costs) {
  require_shape(costs, "costs", {world.countries, world.countries});
  return ease_of(copy_of(costs), world.form, world.elasticity);
}

py::dict conditional(const GravityWorld& world, const Array<double>& costs) {
  const std::vector<double> ease = new_ease(world, costs);
  GravityFlows flows;
  {
    const py::gil_scoped_release release;
    flows = world.gravity.conditional(ease);
  }
  py::dict out;
  write(std::move(flows), world.countries, out);
  return out;
}

py::dict full_endowment(const GravityWorld& world, const Array<double>& costs) {
  const std::vector<double> ease = new_ease(world, costs);
  GravityEquilibrium found;
  {
    const py::gil_scoped_release release;
    found = world.gravity.full_endowment(ease);
  }
  py::dict out;
  write(std::move(found.trade), world.countries, out);
  out["price_change"] = to_array(std::move(found.price));
  out["output"] = to_array(std::move(found.output));
  out["expenditure"] = to_array(std::move(found.expenditure));
  out["real_income_change"] = to_array(std::move(found.real_income));
  return out;
}

}  // namespace

void bind_gravity(py::module_& kernels) {
  py::class_<GravityWorld>(kernels, "Gravity", "Structural gravity with multilateral resistances.")
      .def(py::init(&make_world), py::arg("costs").noconvert(), py::arg("output").noconvert(),
           py::arg("expenditure").noconvert(), py::arg("elasticity"), py::arg("form"), py::arg("reference"),
           py::arg("labels"))
      .def("baseline", &baseline)
      .def("conditional", &conditional, py::arg("costs").noconvert(), "Output and expenditure stay.")
      .def("full_endowment", &full_endowment, py::arg("costs").noconvert(), "Prices of endowments clear the markets.");
}

}  // namespace splinternet::python
