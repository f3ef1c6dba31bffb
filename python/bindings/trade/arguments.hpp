#pragma once

#include <pybind11/stl.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "python/bindings/copies.hpp"
#include "sim/core/function_ref.hpp"
#include "sim/trade/hat_algebra.hpp"

/// What the bindings of the trade engines have in common.
namespace splinternet::python {

using Labels = std::vector<std::string>;
using OptionalArray = std::optional<Array<double>>;

/// S sectors and N countries as shapes of NumPy arrays.
struct TradeShapes {
  TradeShapes(std::size_t sectors, std::size_t countries)
      : pairs{static_cast<pybind11::ssize_t>(sectors), static_cast<pybind11::ssize_t>(countries),
              static_cast<pybind11::ssize_t>(countries)},
        table{pairs[0], pairs[1]} {}

  std::vector<pybind11::ssize_t> pairs;  ///< [sector][exporter][importer]
  std::vector<pybind11::ssize_t> table;  ///< [sector][country]
};

/// `flows` [sector][exporter][importer] and θ[sector]. Throws ScenarioError for another shape, and for elasticities out
/// of range.
TradeFlows trade_flows(const Array<double>& flows, const Array<double>& elasticity);

/// How trade costs and trust change, and productivity; empty: not at all.
struct ConditionChange {
  std::vector<double> cost;          ///< τ̂[sector][exporter][importer] > 0; infinite forbids the trade
  std::vector<double> trust;         ///< ψ̂ in the same shape ≥ 0
  std::vector<double> productivity;  ///< Â[country] > 0
};

/// Throws ScenarioError for another shape.
ConditionChange condition_change(const OptionalArray& cost, const OptionalArray& trust,
                                 const OptionalArray& productivity, std::size_t sectors, std::size_t countries);

/// B = ψ̂ τ̂^(−θ) for sectors of `cells` values each, empty if neither changes. Throws ScenarioError with the name of the
/// cell for a τ̂ that is not positive or a ψ̂ that is negative or not finite. Needs no interpreter.
std::vector<double> cost_factor(std::span<const double> cost, std::span<const double> trust,
                                std::span<const double> elasticity, std::size_t cells,
                                FunctionRef<std::string(std::size_t)> name);

/// The same for a whole world.
std::vector<double> cost_factor(const ConditionChange& change, const TradeBaseline& baseline);

/// Throws ScenarioError unless 0 < tolerance ≤ most.
void require_tolerance(double tolerance, double most);

/// e^x of logs.
pybind11::array_t<double> exponentials(std::vector<double> logs);

void bind_gravity(pybind11::module_& kernels);
void bind_input_output(pybind11::module_& kernels);

}  // namespace splinternet::python
