#include <utility>

#include "python/bindings/trade/arguments.hpp"
#include "sim/trade/input_output.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;

// So that what is left of conditions cannot break the identity of real wages, which every solve checks.
constexpr double kLargestTolerance = 1e-10;
constexpr double kLeastValueAdded = 1e-3;

/// A world with inputs and tariffs under changed conditions.
struct InputOutputWorld {
  InputOutputBaseline baseline;
  InputOutputEquilibrium equilibrium;
};

struct Technology {
  std::vector<double> value_added, input_share, tariff;
};

Technology technology_of(const Array<double>& value_added, const Array<double>& input_share,
                         const OptionalArray& tariff, std::size_t sectors, std::size_t countries) {
  require_shape(value_added, "value_added", {sectors, countries});
  require_shape(input_share, "input_share", {countries, sectors, sectors});
  for (const double share : elements(value_added)) {
    if (!(share >= kLeastValueAdded)) throw ScenarioError("value_added: every sector needs a share of 0.001 or more");
  }
  return {copy_of(value_added), copy_of(input_share), copy_of(tariff, "tariffs", {sectors, countries, countries})};
}

InputOutputWorld solve_world(const Array<double>& flows, const Array<double>& elasticity, const Labels& labels,
                             const Array<double>& value_added, const Array<double>& input_share,
                             const OptionalArray& tariff, const OptionalArray& new_tariff, const OptionalArray& cost,
                             const OptionalArray& trust, const OptionalArray& productivity,
                             const OptionalArray& deficit, double tolerance) {
  TradeFlows observed = trade_flows(flows, elasticity);
  const std::size_t n = observed.countries, sectors = observed.sectors;
  Technology technology = technology_of(value_added, input_share, tariff, sectors, n);
  const ConditionChange change = condition_change(cost, trust, productivity, sectors, n);
  const std::vector<double> tariffs = copy_of(new_tariff, "new_tariffs", {sectors, n, n});
  const std::vector<double> deficits = copy_of(deficit, "deficits", {n});
  require_tolerance(tolerance, kLargestTolerance);
  const py::gil_scoped_release release;
  InputOutputSolver solver(InputOutputBaseline({std::move(observed), std::move(technology.tariff),
                                                std::move(technology.value_added), std::move(technology.input_share)},
                                               labels),
                           {.tolerance = tolerance, .plain = 2000});
  const std::vector<double> factor = cost_factor(change, solver.baseline().trade());
  InputOutputEquilibrium equilibrium = solver.solve({factor, change.productivity, tariffs, deficits});
  return {solver.baseline(), std::move(equilibrium)};
}

template <class Values>
py::array_t<double> copied(const Values& values) {
  return to_array(std::vector<double>(values.begin(), values.end()));
}

py::dict solve(const Array<double>& flows, const Array<double>& elasticity, const Labels& labels,
               const Array<double>& value_added, const Array<double>& input_share, const OptionalArray& tariff,
               const OptionalArray& new_tariff, const OptionalArray& cost, const OptionalArray& trust,
               const OptionalArray& productivity, const OptionalArray& deficit, double tolerance) {
  InputOutputWorld world = solve_world(flows, elasticity, labels, value_added, input_share, tariff, new_tariff, cost,
                                       trust, productivity, deficit, tolerance);
  const TradeShapes shapes(world.baseline.sectors(), world.baseline.countries());
  InputOutputEquilibrium& found = world.equilibrium;
  py::dict out;
  out["baseline_deficit"] = copied(world.baseline.deficit());
  out["baseline_final_demand"] = copied(world.baseline.final_demand());
  out["wage_change"] = exponentials(std::move(found.ln_wage));
  out["sector_price_change"] = to_array(std::move(found.sector_price), shapes.table);
  out["price_change"] = to_array(std::move(found.consumer_price));
  out["real_wage_change"] = to_array(std::move(found.real_wage));
  out["real_income_change"] = to_array(std::move(found.real_income));
  out["final_demand"] = to_array(std::move(found.final_demand));
  out["tariff_revenue"] = to_array(std::move(found.tariff_revenue));
  out["expenditure"] = to_array(std::move(found.expenditure), shapes.table);
  out["sales"] = to_array(std::move(found.sales), shapes.table);
  out["import_share"] = to_array(std::move(found.share), shapes.pairs);
  out["trade"] = to_array(std::move(found.flow), shapes.pairs);
  out["residual"] = found.residual;
  out["evaluations"] = found.evaluations;
  out["acr_gap"] = found.acr_gap;
  return out;
}

}  // namespace

void bind_input_output(py::module_& kernels) {
  kernels.def("caliendo_parro", &solve, py::arg("flows").noconvert(), py::arg("elasticity").noconvert(),
              py::arg("labels"), py::arg("value_added").noconvert(), py::arg("input_share").noconvert(),
              py::arg("tariffs").noconvert(), py::arg("new_tariffs").noconvert(), py::arg("cost_change").noconvert(),
              py::arg("trust_change").noconvert(), py::arg("productivity_change").noconvert(),
              py::arg("deficits").noconvert(), py::arg("tolerance"),
              "Equilibrium of trade with inputs and tariffs; arrays are [sector][exporter][importer].");
}

}  // namespace splinternet::python
