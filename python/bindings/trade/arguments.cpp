#include "python/bindings/trade/arguments.hpp"

#include <sstream>
#include <utility>

#include "sim/core/math.hpp"

namespace splinternet::python {
namespace {

constexpr double kInfinity = __builtin_inf();
// Beyond these a power of a ratio says nothing in double precision.
constexpr double kLeastElasticity = 1e-3;
constexpr double kMostElasticity = 1e3;
constexpr double kLeastFlow = 1e-140, kMostFlow = 1e140;  // shares are quotients of sums of them

[[noreturn]] void refuse(const std::string& what, const std::string& cell, double value, const char* needed) {
  std::ostringstream text;
  text << what << ' ' << cell << " is " << value << "; " << needed;
  throw ScenarioError(text.str());
}

}  // namespace

TradeFlows trade_flows(const Array<double>& flows, const Array<double>& elasticity) {
  const std::size_t sectors = length(flows, "flows", 3, 0), n = length(flows, "flows", 3, 1);
  require_shape(flows, "flows", {sectors, n, n});
  require_shape(elasticity, "elasticity", {sectors});
  for (std::size_t s = 0; s < sectors; ++s) {
    const double theta = elasticity.data()[s];
    if (theta >= kLeastElasticity && theta <= kMostElasticity) continue;
    refuse("elasticity", "of sector " + std::to_string(s), theta, "it must be between 0.001 and 1000");
  }
  for (std::size_t k = 0; k < sectors * n * n; ++k) {
    const double flow = flows.data()[k];
    if (!(flow > 0.0 && flow < kLeastFlow) && !(flow > kMostFlow && flow < kInfinity)) continue;
    const std::string pair = std::to_string(k / n % n) + ", " + std::to_string(k % n);
    refuse("flows", "[" + std::to_string(k / (n * n)) + ", " + pair + "]", flow,
           "it must be 0 or between 1e-140 and 1e140; take another unit");
  }
  return {n, sectors, copy_of(flows), copy_of(elasticity)};
}

ConditionChange condition_change(const OptionalArray& cost, const OptionalArray& trust,
                                 const OptionalArray& productivity, std::size_t sectors, std::size_t countries) {
  return {copy_of(cost, "cost_change", {sectors, countries, countries}),
          copy_of(trust, "trust_change", {sectors, countries, countries}),
          copy_of(productivity, "productivity_change", {countries})};
}

std::vector<double> cost_factor(std::span<const double> cost, std::span<const double> trust,
                                std::span<const double> elasticity, std::size_t cells,
                                FunctionRef<std::string(std::size_t)> name) {
  std::vector<double> factor(trust.begin(), trust.end());
  for (std::size_t k = 0; k < factor.size(); ++k) {
    if (factor[k] >= 0.0 && factor[k] < kInfinity) continue;
    refuse("trust_change", name(k), factor[k], "it must be finite and not negative");
  }
  if (cost.empty()) return factor;
  if (factor.empty()) factor.assign(cost.size(), 1.0);
  for (std::size_t k = 0; k < factor.size(); ++k) {
    if (!(cost[k] > 0.0)) refuse("cost_change", name(k), cost[k], "it must be positive (infinite forbids the trade)");
    if (cost[k] == kInfinity) {
      factor[k] = 0.0;
    } else if (cost[k] != 1.0) {
      factor[k] *= math::exp(-elasticity[k / cells] * math::log(cost[k]));
    }
  }
  return factor;
}

std::vector<double> cost_factor(const ConditionChange& change, const TradeBaseline& baseline) {
  const std::size_t n = baseline.countries();
  return cost_factor(change.cost, change.trust, baseline.elasticity(), n * n, [&](std::size_t k) {
    return "from " + baseline.name(k / n % n) + " to " + baseline.name(k % n) + " in sector " +
           std::to_string(k / n / n);
  });
}

void require_tolerance(double tolerance, double most) {
  if (tolerance > 0.0 && tolerance <= most) return;
  std::ostringstream text;
  text << "tolerance is " << tolerance << "; it must be positive and at most " << most;
  throw ScenarioError(text.str());
}

pybind11::array_t<double> exponentials(std::vector<double> logs) {
  math::exp(logs, logs);
  return to_array(std::move(logs));
}

}  // namespace splinternet::python
