#include <pybind11/functional.h>
#include <pybind11/stl.h>

#include "python/bindings/arrays.hpp"
#include "python/bindings/checks.hpp"
#include "python/bindings/progress.hpp"
#include "python/bindings/topics.hpp"
#include "sim/coalition/birth_death.hpp"
#include "sim/coalition/cascade.hpp"
#include "sim/coalition/contagion.hpp"
#include "sim/coalition/fixed_points.hpp"
#include "sim/coalition/quantal_response.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;
namespace kernels = splinternet::coalition;

using Numbers = Array<double>;
using Rows = Array<std::uint64_t>;
using Actors = Array<std::uint32_t>;

/// Row i of `peer` runs from first[i] to first[i + 1].
SparseGraph graph_of(const Rows& first, const Actors& peer) {
  const std::size_t places = length_of(first, "first"), count = length_of(peer, "peer");
  if (places == 0 || places > std::numeric_limits<std::uint32_t>::max()) {
    throw ScenarioError("first: it has one more entry than there are actors, of whom there are below 2^32");
  }
  const auto starts = elements(first);
  for (std::size_t at = 0; at < places; ++at) {
    const std::uint64_t before = at == 0 ? 0 : starts[at - 1];
    if (starts[at] < before || starts[at] > count || (at == 0 && starts[0] != 0)) {
      throw ScenarioError(place_in("first", at) + ": starts of rows must rise from 0 to the number of peers");
    }
  }
  if (starts[places - 1] != count) throw ScenarioError("first: the last entry is not the number of peers");
  require_below(peer, "peer", places - 1);
  const auto peers = elements(peer);
  return {{starts.begin(), starts.end()}, {peers.begin(), peers.end()}, {}};
}

/// Only the number of peers matters, not who they are.
py::array_t<std::uint32_t> adopters_needed(const Actors& degree, const Numbers& threshold, bool is_strict) {
  const std::size_t n = length_of(degree, "degree");
  require_shape(threshold, "thresholds", {n});
  SparseGraph graph{{0}, {}, {}};
  for (const std::uint32_t peers : elements(degree)) graph.first.push_back(graph.first.back() + peers);
  return to_array(kernels::adopters_needed(
      graph, elements(threshold), is_strict ? kernels::Following::kAboveThreshold : kernels::Following::kAtThreshold));
}

py::array_t<std::uint32_t> spread(const Rows& first, const Actors& peer, const Actors& needed, const Actors& seeds) {
  const SparseGraph graph = graph_of(first, peer);
  require_shape(needed, "needed", {graph.nodes()});
  length_of(seeds, "seeds");
  kernels::Spread found;
  {
    const py::gil_scoped_release released;
    found = kernels::spread(graph, elements(needed), elements(seeds));
  }
  return to_array(std::move(found.round));
}

py::array_t<std::uint32_t> spread_among_all(const Actors& needed, const Actors& seeds) {
  if (length_of(needed, "needed") >= kernels::kNeverAdopts) throw ScenarioError("needed: there are too many actors");
  length_of(seeds, "seeds");
  kernels::Spread found;
  {
    const py::gil_scoped_release released;
    found = kernels::spread_among_all(elements(needed), elements(seeds));
  }
  return to_array(std::move(found.round));
}

std::string contagion_threshold(const Rows& first, const Actors& peer, const Actors& seeds) {
  const SparseGraph graph = graph_of(first, peer);
  length_of(seeds, "seeds");
  const py::gil_scoped_release released;
  return kernels::contagion_threshold(graph, elements(seeds)).text();
}

constexpr std::size_t kMostDegrees = 2048;

/// Degrees: probabilities of 0, 1, …; returns how many.
std::size_t require_degrees(const Numbers& degree) {
  const std::size_t count = length_of(degree, "degrees");
  if (count > kMostDegrees) throw ScenarioError("degrees: at most 2048");
  require_masses(degree, "degrees");
  double sum = 0.0;
  for (const double probability : elements(degree)) sum += probability;
  if (sum > 1.0 + 1e-9) throw ScenarioError("degrees: the probabilities sum to more than 1");
  return count;
}

void require_probabilities(const Numbers& table, std::string_view name) {
  const auto values = elements(table);
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (!(values[at] >= 0.0 && values[at] <= 1.0)) throw ScenarioError(place_in(name, at) + " is no probability");
  }
}

/// response[k, m]: who has k neighbours follows when m have adopted.
double cascade_size(const Numbers& degree, const Numbers& response, double seed) {
  const std::size_t count = require_degrees(degree);
  require_shape(response, "response", {count, count});
  require_probabilities(response, "response");
  InterruptCheck check;
  const py::gil_scoped_release released;
  const auto table = elements(response);
  return kernels::cascade_size(
      elements(degree), [&](std::size_t m, std::size_t k) { return table[k * count + m]; }, seed, check);
}

double cascade_condition(const Numbers& degree, const Numbers& follows_one) {
  require_shape(follows_one, "follows_one", {require_degrees(degree)});
  require_probabilities(follows_one, "follows_one");
  return kernels::cascade_condition(elements(degree), [&](std::size_t k) { return elements(follows_one)[k]; });
}

py::array_t<double> poisson_degrees(double mean, std::size_t most) {
  if (most > kMostDegrees) throw ScenarioError("most: at most 2048");
  return to_array(kernels::poisson_degrees(mean, most));
}

constexpr std::size_t kMostCells = std::size_t{1} << 20U;
constexpr std::size_t kMostCellsOfFold = std::size_t{1} << 14U;  // gone through some sixty times

void require_cells(std::size_t cells, std::size_t most) {
  if (cells > most) throw ScenarioError("cells: at most " + std::to_string(most));
}

void require_bounded(double value, std::string_view name) {
  if (!(std::fabs(value) <= 1e150)) throw ScenarioError(std::string(name) + ": it is not a number up to 1e150");
}

/// Maps are Python functions: called one after another; what they throw comes out.
using Map = std::function<double(double)>;
using MapOfTwo = std::function<double(double, double)>;

std::vector<double> fixed_points(const Map& map, double low, double high, std::size_t cells) {
  require_cells(cells, kMostCells);
  require_bounded(low, "low");
  require_bounded(high, "high");
  return kernels::fixed_points(map, low, high, cells);
}

std::pair<double, double> critical_point(const MapOfTwo& map, double low, double high, double level, double quiet,
                                         double loud, std::size_t cells) {
  require_cells(cells, kMostCellsOfFold);
  for (const double value : {low, high, level, quiet, loud}) require_bounded(value, "bounds, level and parameters");
  const auto found = kernels::critical_point(map, low, high, level, quiet, loud, cells);
  return {found.parameter, found.fixed_point};
}

std::vector<double> logit_shares(double precision, const Map& advantage, std::size_t cells) {
  require_cells(cells, kMostCells);
  return kernels::logit_shares(precision, advantage, cells);
}

/// up[k] from k to k + 1, down[k] from k + 1 to k.
py::array_t<double> birth_death_law(const Numbers& up, const Numbers& down) {
  const std::size_t most = length_of(up, "up");
  require_shape(down, "down", {most});
  return to_array(kernels::birth_death_law(
      most, [&](std::size_t k) { return elements(up)[k]; }, [&](std::size_t k) { return elements(down)[k - 1]; }));
}

std::pair<double, double> first_exit(const Numbers& up, const Numbers& down, std::size_t start) {
  const std::size_t inside = length_of(up, "up");
  require_shape(down, "down", {inside});
  if (start > inside + 1) throw ScenarioError("start: it is above the top");
  const auto found = kernels::first_exit(
      inside + 1, start, [&](std::size_t k) { return elements(up)[k - 1]; },
      [&](std::size_t k) { return elements(down)[k - 1]; });
  return {found.at_top, found.mean_time};
}

}  // namespace

void bind_coalition_crowds(py::module_& module) {
  py::module_ topic = module.def_submodule("coalition");
  topic.attr("NEVER") = kernels::kNeverAdopts;
  topic.def("adopters_needed", &adopters_needed, py::arg("degree").noconvert(), py::arg("thresholds").noconvert(),
            py::arg("is_strict"));
  topic.def("spread", &spread, py::arg("first").noconvert(), py::arg("peer").noconvert(), py::arg("needed").noconvert(),
            py::arg("seeds").noconvert());
  topic.def("spread_among_all", &spread_among_all, py::arg("needed").noconvert(), py::arg("seeds").noconvert());
  topic.def("contagion_threshold", &contagion_threshold, py::arg("first").noconvert(), py::arg("peer").noconvert(),
            py::arg("seeds").noconvert());
  topic.def("cascade_size", &cascade_size, py::arg("degrees").noconvert(), py::arg("response").noconvert(),
            py::arg("seed"));
  topic.def("cascade_condition", &cascade_condition, py::arg("degrees").noconvert(),
            py::arg("follows_one").noconvert());
  topic.def("poisson_degrees", &poisson_degrees, py::arg("mean"), py::arg("most"));
  topic.def("fixed_points", &fixed_points, py::arg("map").none(false), py::arg("low"), py::arg("high"),
            py::arg("cells"));
  topic.def("critical_point", &critical_point, py::arg("map").none(false), py::arg("low"), py::arg("high"),
            py::arg("level"), py::arg("quiet"), py::arg("loud"), py::arg("cells"));
  topic.def("logit_shares", &logit_shares, py::arg("precision"), py::arg("advantage").none(false), py::arg("cells"));
  topic.def("birth_death_law", &birth_death_law, py::arg("up").noconvert(), py::arg("down").noconvert());
  topic.def("first_exit", &first_exit, py::arg("up").noconvert(), py::arg("down").noconvert(), py::arg("start"));
}

}  // namespace splinternet::python
