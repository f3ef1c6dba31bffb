#include <cmath>
#include <string>
#include <utility>

#include "python/bindings/topics.hpp"
#include "python/bindings/trade/arguments.hpp"
#include "sim/core/math.hpp"
#include "sim/core/parallel.hpp"
#include "sim/trade/linear_response.hpp"
#include "sim/trade/solver.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;

constexpr std::size_t kMostSectors = 64, kMostCountries = 4096;  // of a linear response
constexpr double kInfinity = __builtin_inf();
constexpr double kLargestTolerance = 1e-3;
constexpr double kLogStep = 1e-4;  // of differences

Closure closure_of(const std::string& name) {
  if (name == "multiplicative") return Closure::kMultiplicative;
  if (name == "additive") return Closure::kAdditive;
  if (name == "balanced") return Closure::kBalanced;
  throw ScenarioError("deficits: \"" + name + "\" is none of multiplicative, additive, balanced");
}

/// A world of trade under changed conditions.
struct SolvedWorld {
  TradeBaseline baseline;
  std::vector<double> cost_factor;  // none: all 1
  std::vector<double> productivity;
  TradeEquilibrium equilibrium;
  std::vector<double> residuals;
};

SolvedWorld solve_world(const Array<double>& flows, const Array<double>& elasticity, const Labels& labels,
                        const OptionalArray& cost, const OptionalArray& trust, const OptionalArray& productivity,
                        const std::string& deficits, double supply_elasticity, double tolerance) {
  TradeFlows observed = trade_flows(flows, elasticity);
  ConditionChange change = condition_change(cost, trust, productivity, observed.sectors, observed.countries);
  const Closure closure = closure_of(deficits);
  require_tolerance(tolerance, kLargestTolerance);
  const py::gil_scoped_release release;
  TradeBaseline baseline(std::move(observed), labels);
  if (closure == Closure::kBalanced) baseline = balanced(baseline);
  std::vector<double> factor = cost_factor(change, baseline);
  TradeSolver solver(baseline, closure, {.supply_elasticity = supply_elasticity, .tolerance = tolerance});
  TradeEquilibrium equilibrium = solver.solve({factor, change.productivity});
  const auto residuals = solver.residuals();
  return {std::move(baseline),
          std::move(factor),
          std::move(change.productivity),
          std::move(equilibrium),
          {residuals.begin(), residuals.end()}};
}

py::dict arrays_of(const SolvedWorld& world) {
  const TradeShapes shapes(world.baseline.sectors(), world.baseline.countries());
  TradeEquilibrium found = world.equilibrium;
  const auto flow = world.baseline.flow();
  py::dict out;
  out["baseline"] = to_array(std::vector<double>(flow.begin(), flow.end()), shapes.pairs);
  out["wage_change"] = exponentials(std::move(found.ln_wage));
  out["price_change"] = to_array(std::move(found.price_index));
  out["real_income_change"] = to_array(std::move(found.real_income));
  out["real_wage_change"] = to_array(std::move(found.real_wage));
  out["output"] = to_array(std::move(found.output));
  out["expenditure"] = to_array(std::move(found.expenditure));
  out["sector_price_change"] = to_array(std::move(found.sector_price_index), shapes.table);
  out["home_share"] = to_array(std::move(found.home_share), shapes.table);
  out["import_share"] = to_array(std::move(found.share), shapes.pairs);
  out["trade"] = to_array(std::move(found.flow), shapes.pairs);
  out["residual"] = found.residual;
  out["iterations"] = found.iterations;
  out["newton_used"] = found.newton_used;
  out["acr_gap"] = found.acr_gap;
  out["residual_history"] = to_array(std::vector<double>(world.residuals));
  return out;
}

/// The conditions of a country that may change, one partner at a time.
enum class Condition { kExportCost, kImportCost, kExportTrust, kImportTrust };

Condition condition_of(const std::string& name) {
  if (name == "export_cost") return Condition::kExportCost;
  if (name == "import_cost") return Condition::kImportCost;
  if (name == "export_trust") return Condition::kExportTrust;
  if (name == "import_trust") return Condition::kImportTrust;
  throw ScenarioError("of: \"" + name + "\" is none of export_cost, import_cost, export_trust, import_trust");
}

/// τ̂ and ψ̂ of one country's trade with each partner, [sector][partner].
struct OwnConditions {
  std::vector<double> cost, trust;
};

/// How real income of a country answers to its own conditions, around a solved world.
class Response {
 public:
  explicit Response(const SolvedWorld& world)
      : baseline_(world.baseline),
        cost_factor_(world.cost_factor),
        response_(baseline_.countries(), baseline_.sectors()) {
    if (cost_factor_.empty()) cost_factor_.assign(baseline_.flow().size(), 1.0);
    response_.factorise(baseline_, world.productivity, world.equilibrium);
  }

  [[nodiscard]] std::size_t countries() const { return baseline_.countries(); }
  [[nodiscard]] std::size_t sectors() const { return baseline_.sectors(); }

  /// ln(Ŵ'_c/Ŵ_c).
  [[nodiscard]] double effect(std::size_t country, const OwnConditions& exports, const OwnConditions& imports,
                              double log_productivity) const {
    const std::size_t n = countries();
    const auto factor = [&](const OwnConditions& own) {
      return cost_factor(own.cost, own.trust, baseline_.elasticity(), n,
                         [&](std::size_t k) { return "with " + baseline_.name(k % n); });
    };
    std::vector<double> export_rise = factor(exports), import_rise = factor(imports);
    for (std::size_t k = 0; k < export_rise.size(); ++k) {
      const std::size_t s = k / n, j = k % n;
      export_rise[k] = j == country ? 0.0 : cost_factor_[(s * n + country) * n + j] * (export_rise[k] - 1.0);
      import_rise[k] = j == country ? 0.0 : cost_factor_[(s * n + j) * n + country] * (import_rise[k] - 1.0);
    }
    return response_.real_income_effect(country, {cost_factor_, export_rise, import_rise, log_productivity});
  }

  /// ∂ln W_c/∂ln(condition with each partner, in all sectors) as [c][partner], by central differences of effect(),
  /// which is exact to first order.
  [[nodiscard]] std::vector<double> derivatives(Condition condition) const {
    std::vector<double> slope(countries() * countries(), 0.0);
    parallel::for_each_range(countries(), 1, [&](std::size_t begin, std::size_t end) {
      for (std::size_t k = begin * countries(); k < end * countries(); ++k) {
        const std::size_t country = k / countries(), partner = k % countries();
        if (country != partner) slope[k] = derivative(condition, country, partner);
      }
    });
    return slope;
  }

 private:
  [[nodiscard]] double derivative(Condition condition, std::size_t country, std::size_t partner) const {
    const std::vector<double> same(sectors() * countries(), 1.0);
    std::vector<double> changed = same;
    const auto effect_at = [&](double log_change) {
      for (std::size_t s = 0; s < sectors(); ++s) changed[s * countries() + partner] = math::exp(log_change);
      switch (condition) {
        case Condition::kExportCost:
          return effect(country, {changed, same}, {same, same}, 0.0);
        case Condition::kImportCost:
          return effect(country, {same, same}, {changed, same}, 0.0);
        case Condition::kExportTrust:
          return effect(country, {same, changed}, {same, same}, 0.0);
        case Condition::kImportTrust:
          return effect(country, {same, same}, {same, changed}, 0.0);
      }
      return 0.0;
    };
    return (effect_at(kLogStep) - effect_at(-kLogStep)) / (2.0 * kLogStep);
  }

  TradeBaseline baseline_;
  std::vector<double> cost_factor_;
  LinearResponse response_;
};

Response respond(const SolvedWorld& world) {
  if (world.baseline.sectors() > kMostSectors || world.baseline.countries() > kMostCountries) {
    throw ScenarioError("flows: a linear response takes at most " + std::to_string(kMostSectors) + " sectors and " +
                        std::to_string(kMostCountries) + " countries");
  }
  const py::gil_scoped_release release;
  return Response(world);
}

double real_income(const Response& response, std::size_t country, const Array<double>& export_cost,
                   const Array<double>& export_trust, const Array<double>& import_cost,
                   const Array<double>& import_trust, double productivity) {
  if (country >= response.countries()) throw ScenarioError("country: there is no row " + std::to_string(country));
  if (!(productivity > 0.0 && productivity < kInfinity)) {
    throw ScenarioError("productivity_change must be positive and finite");
  }
  for (const auto* array : {&export_cost, &export_trust, &import_cost, &import_trust}) {
    require_shape(*array, "a change of conditions", {response.sectors(), response.countries()});
  }
  const OwnConditions exports{copy_of(export_cost), copy_of(export_trust)};
  const OwnConditions imports{copy_of(import_cost), copy_of(import_trust)};
  const py::gil_scoped_release release;
  return response.effect(country, exports, imports, math::log(productivity));
}

py::array_t<double> derivatives(const Response& response, const std::string& of) {
  const Condition condition = condition_of(of);
  std::vector<double> slope;
  {
    const py::gil_scoped_release release;
    slope = response.derivatives(condition);
  }
  const auto n = static_cast<py::ssize_t>(response.countries());
  return to_array(std::move(slope), {n, n});
}

void bind_response(py::module_& kernels) {
  py::class_<Response>(kernels, "LinearResponse", "How real income of a country answers to its own conditions.")
      .def("real_income", &real_income, py::arg("country"), py::arg("export_cost").noconvert(),
           py::arg("export_trust").noconvert(), py::arg("import_cost").noconvert(), py::arg("import_trust").noconvert(),
           py::arg("productivity"), "Change of the log of real income; conditions are [sector][partner].")
      .def("derivatives", &derivatives, py::arg("of"), "By country and partner, in all sectors at once.");
}

}  // namespace

void bind_trade(py::module_& module) {
  py::module_ kernels = module.def_submodule("trade", "Trade engines on plain arrays.");
  bind_response(kernels);
  py::class_<SolvedWorld>(kernels, "World", "Equilibrium of trade under changed conditions, by exact hat algebra.")
      .def(py::init(&solve_world), py::arg("flows").noconvert(), py::arg("elasticity").noconvert(), py::arg("labels"),
           py::arg("cost_change").noconvert(), py::arg("trust_change").noconvert(),
           py::arg("productivity_change").noconvert(), py::arg("deficits"), py::arg("supply_elasticity"),
           py::arg("tolerance"))
      .def("arrays", &arrays_of, "All that was found, [sector][exporter][importer].")
      .def("linear_response", &respond, "Slopes around this world.");
  bind_gravity(kernels);
  bind_input_output(kernels);
}

}  // namespace splinternet::python
