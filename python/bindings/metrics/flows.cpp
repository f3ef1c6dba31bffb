#include <pybind11/stl.h>

#include <optional>

#include "python/bindings/arrays.hpp"
#include "python/bindings/checks.hpp"
#include "python/bindings/topics.hpp"
#include "sim/metrics/flow_graph.hpp"
#include "sim/metrics/leiden.hpp"
#include "sim/metrics/mixing.hpp"
#include "sim/metrics/null_model.hpp"
#include "sim/metrics/partition.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;
namespace measures = splinternet::metrics;

using Matrix = Array<double>;
using Labels = Array<std::uint32_t>;
using Rivals = std::optional<Array<std::uint8_t>>;

/// Above it, rounding could let single moves of the search go round.
constexpr double kLargestResolution = 100.0;

measures::Diagonal diagonal_of(bool is_included) {
  return is_included ? measures::Diagonal::kIncluded : measures::Diagonal::kExcluded;
}

measures::MixingMatrix mixing_of(const Matrix& matrix, std::string_view name) {
  const std::size_t blocs = side_of(matrix, name);
  require_masses(matrix, name);
  const auto cells = elements(matrix);
  return {blocs, std::vector<double>(cells.begin(), cells.end())};
}

py::array_t<double> to_square(std::vector<double>&& cells, std::size_t side) {
  const auto extent = static_cast<py::ssize_t>(side);
  return to_array(std::move(cells), {extent, extent});
}

measures::BlocPairs pairs_of(std::size_t blocs, const Rivals& rival) {
  if (!rival) return measures::same_or_different(blocs);
  require_shape(*rival, "rival", {blocs, blocs});
  return measures::within_or_rival(blocs, elements(*rival));
}

py::array_t<double> mixing_matrix(const Matrix& flow, const Labels& bloc, std::size_t blocs, bool diagonal) {
  const std::size_t n = length_of(bloc, "bloc");
  require_shape(flow, "flow", {n, n});
  require_masses(flow, "flow");
  if (blocs > n) throw ScenarioError("blocs: there are more blocs than countries");
  require_below(bloc, "bloc", blocs);
  measures::MixingMatrix mixing;
  {
    const py::gil_scoped_release released;
    mixing = measures::mixing_matrix(elements(flow), elements(bloc), blocs, diagonal_of(diagonal));
  }
  return to_square(std::move(mixing.flow), blocs);
}

py::array_t<double> zero_diagonal_null(const Matrix& flow) {
  const std::size_t n = side_of(flow, "flow");
  require_masses(flow, "flow");
  std::vector<double> null;
  {
    const py::gil_scoped_release released;
    null = measures::zero_diagonal_null(elements(flow), n);
  }
  return to_square(std::move(null), n);
}

/// Flows as a matrix, or as edges where from and to are given.
measures::FlowGraph graph_of(const Matrix& flow, const std::optional<Labels>& from, const std::optional<Labels>& to,
                             std::size_t nodes, bool diagonal, const Labels& rank) {
  require_masses(flow, "flow");
  constexpr std::size_t kMostNodes = 10'000'000;
  if (nodes > kMostNodes) throw ScenarioError("nodes: at most 10000000");
  require_shape(rank, "rank", {nodes});
  std::vector<std::uint8_t> is_taken(nodes, 0);
  require_below(rank, "rank", nodes);
  for (const std::uint32_t place : elements(rank)) {
    if (is_taken[place]++ != 0) throw ScenarioError("rank: " + std::to_string(place) + " comes twice");
  }
  if (!from || !to) {
    require_shape(flow, "flow", {nodes, nodes});
    return measures::FlowGraph::from_matrix(elements(flow), nodes, diagonal_of(diagonal), elements(rank));
  }
  const std::size_t count = length_of(flow, "flow");
  require_shape(*from, "from", {count});
  require_shape(*to, "to", {count});
  require_below(*from, "from", nodes);
  require_below(*to, "to", nodes);
  std::vector<measures::FlowEdge> edges;
  edges.reserve(count);
  for (std::size_t edge = 0; edge < count; ++edge) {
    edges.push_back({elements(*from)[edge], elements(*to)[edge], elements(flow)[edge]});
  }
  return measures::FlowGraph::from_edges(edges, nodes, diagonal_of(diagonal), elements(rank));
}

py::dict best_partition(const Matrix& flow, const std::optional<Labels>& from, const std::optional<Labels>& to,
                        std::size_t nodes, bool diagonal, const Labels& rank, double resolution, std::uint64_t seed,
                        std::size_t random_starts, const std::optional<Labels>& reference) {
  require_range(resolution, "resolution", 0.0, kLargestResolution);
  if (random_starts > 0xffffU) throw ScenarioError("random_starts: there are at most 65535");
  constexpr std::size_t kMostVisits = std::size_t{1} << 28U, kAlwaysAllowed = 2;  // they cannot be interrupted
  if (random_starts > kAlwaysAllowed && random_starts > kMostVisits / (nodes / 2 + elements(flow).size() + 1)) {
    throw ScenarioError("random_starts: " + std::to_string(random_starts) +
                        " are too many for so many flows; take fewer");
  }
  if (reference) require_shape(*reference, "reference", {nodes});
  const measures::FlowGraph graph = graph_of(flow, from, to, nodes, diagonal, rank);
  measures::BestPartition best;
  {
    const py::gil_scoped_release released;
    best = measures::best_partition(graph,
                                    {.seed = seed,
                                     .purpose = Purpose::kPartitionOrder,
                                     .resolution = resolution,
                                     .random_starts = random_starts,
                                     .reference = reference ? elements(*reference) : std::span<const std::uint32_t>{}});
  }
  py::dict result;
  result["label"] = to_array(std::move(best.label));
  result["communities"] = best.communities;
  result["modularity"] = best.modularity;
  if (best.reference) {
    result["reference"] =
        py::make_tuple(best.reference->modularity, best.reference->agreement.normalized_mutual_information,
                       best.reference->agreement.variation_of_information);
  }
  return result;
}

double flow_modularity(const Matrix& flow, const Labels& label, double resolution, bool diagonal) {
  const std::size_t n = side_of(flow, "flow");
  require_shape(label, "label", {n});
  require_masses(flow, "flow");
  require_below(label, "label", n);
  require_range(resolution, "resolution", 0.0, kLargestResolution);
  const py::gil_scoped_release released;
  const auto graph = measures::FlowGraph::from_matrix(elements(flow), n, diagonal_of(diagonal));
  return measures::modularity(graph, elements(label), resolution);
}

py::tuple compare_partitions(const Labels& first, const Labels& second, const Matrix& weight) {
  const std::size_t n = length_of(first, "first");
  require_shape(second, "second", {n});
  require_shape(weight, "weight", {n});
  require_masses(weight, "weight");
  const auto agreement = measures::compare_partitions(elements(first), elements(second), elements(weight));
  return py::make_tuple(agreement.normalized_mutual_information, agreement.variation_of_information);
}

/// A measure of the bloc × bloc table alone.
void bind_of_mixing(py::module_& topic, const char* name, double (*measure)(const measures::MixingMatrix&)) {
  topic.def(
      name, [measure](const Matrix& mixing) { return measure(mixing_of(mixing, "mixing")); },
      py::arg("mixing").noconvert());
}

/// A measure of the table against that of a null or baseline.
void bind_against(py::module_& topic, const char* name,
                  double (*measure)(const measures::MixingMatrix&, const measures::MixingMatrix&)) {
  topic.def(
      name,
      [measure](const Matrix& mixing, const Matrix& null) {
        const auto current = mixing_of(mixing, "mixing");
        require_shape(null, "null", {current.blocs, current.blocs});
        return measure(current, mixing_of(null, "null"));
      },
      py::arg("mixing").noconvert(), py::arg("null").noconvert());
}

/// A measure of the table and of which pairs of blocs count.
void bind_of_pairs(py::module_& topic, const char* name,
                   double (*measure)(const measures::MixingMatrix&, const measures::BlocPairs&)) {
  topic.def(
      name,
      [measure](const Matrix& mixing, const Rivals& rival) {
        const auto current = mixing_of(mixing, "mixing");
        return measure(current, pairs_of(current.blocs, rival));
      },
      py::arg("mixing").noconvert(), py::arg("rival").noconvert());
}

double relative_cross_change(const Matrix& current, const Matrix& baseline, const Rivals& rival) {
  const auto now = mixing_of(current, "current");
  require_shape(baseline, "baseline", {now.blocs, now.blocs});
  return measures::relative_cross_change(now, mixing_of(baseline, "baseline"), pairs_of(now.blocs, rival));
}

double bilateral_index(const Matrix& mixing, std::size_t a, std::size_t b) {
  const auto current = mixing_of(mixing, "mixing");
  if (a >= current.blocs || b >= current.blocs) throw ScenarioError("bloc: there are not so many");
  return measures::bilateral_index(current, a, b);
}

void bind_mixing(py::module_& topic) {
  topic.def("mixing_matrix", &mixing_matrix, py::arg("flow").noconvert(), py::arg("bloc").noconvert(), py::arg("blocs"),
            py::arg("diagonal"));
  topic.def(
      "proportional_null",
      [](const Matrix& mixing) {
        const auto current = mixing_of(mixing, "mixing");
        return to_square(std::move(measures::proportional_null(current).flow), current.blocs);
      },
      py::arg("mixing").noconvert());
  topic.def(
      "undirected",
      [](const Matrix& mixing) {
        const auto current = mixing_of(mixing, "mixing");
        return to_square(std::move(measures::undirected(current).flow), current.blocs);
      },
      py::arg("mixing").noconvert());
  bind_of_mixing(topic, "modularity", &measures::modularity);
  bind_of_mixing(topic, "maximum_modularity", &measures::maximum_modularity);
  bind_of_mixing(topic, "maximum_modularity_against", &measures::maximum_modularity_against);
  bind_against(topic, "modularity_against", &measures::modularity);
  bind_of_pairs(topic, "cross_share", &measures::cross_share);
  bind_of_pairs(topic, "external_internal_index", &measures::external_internal_index);
  topic.def("relative_cross_change", &relative_cross_change, py::arg("current").noconvert(),
            py::arg("baseline").noconvert(), py::arg("rival").noconvert());
  topic.def("bilateral_index", &bilateral_index, py::arg("mixing").noconvert(), py::arg("a"), py::arg("b"));
}

}  // namespace

void bind_metrics(py::module_& module) {
  py::module_ topic = module.def_submodule("metrics", "Kernels of sim/metrics on plain arrays.");
  bind_mixing(topic);
  topic.def("zero_diagonal_null", &zero_diagonal_null, py::arg("flow").noconvert());
  topic.def("flow_modularity", &flow_modularity, py::arg("flow").noconvert(), py::arg("label").noconvert(),
            py::arg("resolution"), py::arg("diagonal"));
  topic.def("best_partition", &best_partition, py::arg("flow").noconvert(), py::arg("from_").noconvert(),
            py::arg("to").noconvert(), py::arg("nodes"), py::arg("diagonal"), py::arg("rank").noconvert(),
            py::arg("resolution"), py::arg("seed"), py::arg("random_starts"), py::arg("reference").noconvert());
  topic.def("compare_partitions", &compare_partitions, py::arg("first").noconvert(), py::arg("second").noconvert(),
            py::arg("weight").noconvert());
}

}  // namespace splinternet::python
