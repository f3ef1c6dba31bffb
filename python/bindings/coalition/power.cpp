#include <pybind11/stl.h>

#include "python/bindings/arrays.hpp"
#include "python/bindings/checks.hpp"
#include "python/bindings/topics.hpp"
#include "sim/coalition/sampled_power.hpp"
#include "sim/coalition/voting_power.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;
namespace kernels = splinternet::coalition;

using Whole = Array<std::uint64_t>;

/// Weights: conditions × voters.
std::vector<kernels::WeightCondition> rule_of(const Whole& quota, const Whole& weight) {
  const std::size_t conditions = length_of(quota, "quota");
  const auto voters = weight.ndim() == 2 ? static_cast<std::size_t>(weight.shape(1)) : 0;
  require_shape(weight, "weights", {conditions, voters});
  std::vector<kernels::WeightCondition> rule;
  for (std::size_t at = 0; at < conditions; ++at) {
    const auto row = elements(weight).subspan(at * voters, voters);
    rule.push_back({elements(quota)[at], {row.begin(), row.end()}});
  }
  return rule;
}

/// Indices by name; `each` turns the numbers of all voters, `one` a single number, into what Python sees.
template <class Number, class Each, class One>
py::dict as_dict(const kernels::PowerIndices<Number>& power, const Each& each, const One& one) {
  py::dict result;
  result["shapley_shubik"] = each(power.shapley_shubik);
  result["banzhaf"] = each(power.banzhaf);
  result["banzhaf_absolute"] = each(power.banzhaf_absolute);
  result["to_prevent"] = each(power.to_prevent);
  result["to_initiate"] = each(power.to_initiate);
  result["to_act"] = one(power.to_act);
  return result;
}

/// Exact: fractions as text up to 34 voters, doubles up to 64.
py::dict count_power(const Whole& quota, const Whole& weight) {
  const auto rule = rule_of(quota, weight);
  kernels::SwingCounts swings;
  {
    const py::gil_scoped_release released;
    swings = kernels::count_swings(rule);
  }
  if (swings.voters > kernels::kLargestFactorial) {
    return as_dict(
        kernels::power_indices(swings), [](const std::vector<double>& values) { return values; },
        [](double value) { return value; });
  }
  const auto text = [](const kernels::Fraction& value) { return value.text(); };
  const auto texts = [&](const std::vector<kernels::Fraction>& values) {
    std::vector<std::string> all;
    for (const kernels::Fraction& value : values) all.push_back(text(value));
    return all;
  };
  return as_dict(kernels::power_fractions(swings), texts, text);
}

/// Pairs of value and standard error.
py::dict sample_power(const Whole& quota, const Whole& weight, std::uint32_t samples, std::uint64_t seed) {
  const auto rule = rule_of(quota, weight);
  constexpr std::uint64_t kMostCounts = std::uint64_t{1} << 24U;
  constexpr std::uint64_t kMostSamples = 10000000, kMostWeighed = std::uint64_t{1} << 31U;  // without interruption
  const std::uint64_t voters = kernels::voters_of(rule);
  if (samples > kMostSamples || (samples / 1024U + 1U) * voters > kMostCounts ||
      samples * voters * rule.size() > kMostWeighed) {
    throw ScenarioError("samples: there are too many for so many voters; take fewer");
  }
  kernels::PowerIndices<kernels::Estimate> power;
  {
    const py::gil_scoped_release released;
    power = kernels::sample_power(rule, {.seed = seed, .samples = samples, .key = {}});
  }
  using Pair = std::pair<double, double>;
  const auto pair = [](const kernels::Estimate& value) { return Pair{value.value, value.standard_error}; };
  const auto pairs = [&](const std::vector<kernels::Estimate>& values) {
    std::vector<Pair> all;
    for (const kernels::Estimate& value : values) all.push_back(pair(value));
    return all;
  };
  return as_dict(power, pairs, pair);
}

}  // namespace

void bind_coalition_power(py::module_& module) {
  py::module_ topic = module.def_submodule("coalition");
  topic.def("count_power", &count_power, py::arg("quota").noconvert(), py::arg("weights").noconvert());
  topic.def("sample_power", &sample_power, py::arg("quota").noconvert(), py::arg("weights").noconvert(),
            py::arg("samples"), py::arg("seed"));
}

}  // namespace splinternet::python
