#include <pybind11/stl.h>

#include "python/bindings/arrays.hpp"
#include "python/bindings/checks.hpp"
#include "python/bindings/topics.hpp"
#include "sim/metrics/alibi.hpp"
#include "sim/metrics/bootstrap.hpp"
#include "sim/metrics/concentration.hpp"
#include "sim/metrics/index.hpp"
#include "sim/metrics/inequality.hpp"
#include "sim/metrics/polarization.hpp"
#include "sim/metrics/reach.hpp"
#include "sim/metrics/spectral.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;
namespace measures = splinternet::metrics;

using Numbers = Array<double>;
using Labels = Array<std::uint32_t>;

constexpr std::size_t kMostOfPairs = 100'000, kMostOfTriples = 4096;

/// Distances: 0 or more, infinite without a path.
std::size_t side_of_lengths(const Numbers& distance, std::string_view name) {
  const std::size_t side = side_of(distance, name);
  const auto values = elements(distance);
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (!(values[at] >= 0.0)) throw ScenarioError(place_in(name, at) + " is not a number of at least 0");
  }
  return side;
}

void bind_of_masses(py::module_& topic, const char* name, double (*measure)(std::span<const double>)) {
  topic.def(
      name,
      [measure](const Numbers& mass) {
        length_of(mass, "mass");
        require_masses(mass, "mass");
        return measure(elements(mass));
      },
      py::arg("mass").noconvert());
}

double top_share(const Numbers& mass, std::size_t count) {
  length_of(mass, "mass");
  require_masses(mass, "mass");
  return measures::top_share(elements(mass), count);
}

double freeman_centralization(const Numbers& centrality, double star_centre) {
  length_of(centrality, "centrality");
  require_finite(centrality, "centrality");
  require_range(star_centre, "star_centre", 0.0, std::numeric_limits<double>::max());
  return measures::freeman_centralization(elements(centrality), star_centre);
}

py::tuple theil(const Numbers& value, const Numbers& weight, const Labels& group, std::size_t groups) {
  const std::size_t n = length_of(value, "value");
  require_shape(weight, "weight", {n});
  require_shape(group, "group", {n});
  require_masses(value, "value");
  require_masses(weight, "weight");
  if (groups > n) throw ScenarioError("groups: there are more groups than values");
  require_below(group, "group", groups);
  const auto found = measures::theil(elements(value), elements(weight), elements(group), groups);
  return py::make_tuple(found.total, found.between, found.within);
}

void check_polarization(const Numbers& mass, const Numbers& distance, double alpha) {
  const std::size_t n = length_of(mass, "mass");
  require_masses(mass, "mass");
  require_shape(distance, "distance", {n, n});
  require_masses(distance, "distance");
  require_range(alpha, "alpha", 0.0, 1.6);
}

double esteban_ray(const Numbers& mass, const Numbers& distance, double alpha, double scale) {
  check_polarization(mass, distance, alpha);
  return measures::esteban_ray(elements(mass), elements(distance), alpha, scale);
}

double relative_esteban_ray(const Numbers& mass, const Numbers& distance, double alpha, double maximal_distance) {
  check_polarization(mass, distance, alpha);
  require_range(maximal_distance, "maximal_distance", 0.0, std::numeric_limits<double>::max());
  return measures::relative_esteban_ray(elements(mass), elements(distance), alpha, maximal_distance);
}

py::tuple policy_distance(const Numbers& position, const Labels& bloc, const Numbers& weight) {
  const std::size_t n = length_of(position, "position");
  require_countries(n, kMostOfPairs);
  require_finite(position, "position");
  require_shape(bloc, "bloc", {n});
  require_shape(weight, "weight", {n});
  require_masses(weight, "weight");
  const auto found = measures::policy_distance(elements(position), elements(bloc), elements(weight));
  return py::make_tuple(found.within, found.across);
}

double weighted_index(const Numbers& components, const Numbers& weights) {
  const std::size_t n = length_of(components, "components");
  require_shape(weights, "weights", {n});
  for (std::size_t at = 0; at < n; ++at) {
    const double value = elements(components)[at];
    if (!(value >= 0.0 && value <= 1.0)) throw ScenarioError(place_in("components", at) + " is not between 0 and 1");
  }
  return measures::weighted_index(elements(components), elements(weights));
}

void bind_masses(py::module_& topic) {
  bind_of_masses(topic, "herfindahl", &measures::herfindahl);
  bind_of_masses(topic, "effective_number", &measures::effective_number);
  bind_of_masses(topic, "hill_number_1", &measures::hill_number_1);
  bind_of_masses(topic, "gini", &measures::gini);
  bind_of_masses(topic, "reynal_querol", &measures::reynal_querol);
  topic.def("top_share", &top_share, py::arg("mass").noconvert(), py::arg("count"));
  topic.def("freeman_centralization", &freeman_centralization, py::arg("centrality").noconvert(),
            py::arg("star_centre"));
  topic.def("theil", &theil, py::arg("value").noconvert(), py::arg("weight").noconvert(), py::arg("group").noconvert(),
            py::arg("groups"));
  topic.def("esteban_ray", &esteban_ray, py::arg("mass").noconvert(), py::arg("distance").noconvert(), py::arg("alpha"),
            py::arg("scale"));
  topic.def("relative_esteban_ray", &relative_esteban_ray, py::arg("mass").noconvert(), py::arg("distance").noconvert(),
            py::arg("alpha"), py::arg("maximal_distance"));
  topic.def("policy_distance", &policy_distance, py::arg("position").noconvert(), py::arg("bloc").noconvert(),
            py::arg("weight").noconvert());
  topic.def("weighted_index", &weighted_index, py::arg("components").noconvert(), py::arg("weights").noconvert());
}

double reach_loss_by_demand(const Numbers& demand, const Numbers& distance) {
  const std::size_t n = side_of_lengths(distance, "distance");
  require_shape(demand, "demand", {n, n});
  require_masses(demand, "demand");
  return measures::reach_loss_by_demand(elements(demand), elements(distance), n);
}

double reach_loss_by_pair(const Numbers& distance) {
  return measures::reach_loss_by_pair(elements(distance), side_of_lengths(distance, "distance"));
}

double global_efficiency(const Numbers& distance) {
  return measures::global_efficiency(elements(distance), side_of_lengths(distance, "distance"));
}

using StretchByDemand = double (*)(std::span<const double>, measures::PathLengths, measures::PathLengths, std::size_t);

void bind_stretch(py::module_& topic, const char* name, StretchByDemand measure) {
  topic.def(
      name,
      [measure](const Numbers& demand, const Numbers& distance, const Numbers& baseline) {
        const std::size_t n = side_of_lengths(distance, "distance");
        require_shape(demand, "demand", {n, n});
        require_shape(baseline, "baseline", {n, n});
        require_masses(demand, "demand");
        side_of_lengths(baseline, "baseline");
        return measure(elements(demand), elements(distance), elements(baseline), n);
      },
      py::arg("demand").noconvert(), py::arg("distance").noconvert(), py::arg("baseline").noconvert());
}

using OfTwoDistances = double (*)(measures::PathLengths, measures::PathLengths, std::size_t);

void bind_of_distances(py::module_& topic, const char* name, OfTwoDistances measure) {
  topic.def(
      name,
      [measure](const Numbers& distance, const Numbers& baseline) {
        const std::size_t n = side_of_lengths(distance, "distance");
        require_shape(baseline, "baseline", {n, n});
        side_of_lengths(baseline, "baseline");
        return measure(elements(distance), elements(baseline), n);
      },
      py::arg("distance").noconvert(), py::arg("baseline").noconvert());
}

double alibi_share(const Numbers& distance, const Array<std::uint8_t>& forbidden, double slack) {
  const std::size_t n = side_of_lengths(distance, "distance");
  require_shape(forbidden, "forbidden", {n});
  require_countries(n, kMostOfTriples);
  if (!(slack >= 0.0)) throw ScenarioError("slack: it must be at least 0");
  const py::gil_scoped_release released;
  return measures::alibi_share(elements(distance), elements(forbidden), slack);
}

measures::Laplacian laplacian_of(bool is_normalized) {
  return is_normalized ? measures::Laplacian::kNormalized : measures::Laplacian::kCombinatorial;
}

double algebraic_connectivity(const Numbers& capacity, bool normalized) {
  const std::size_t n = side_of(capacity, "capacity");
  require_countries(n, kMostOfTriples);
  require_masses(capacity, "capacity");
  const py::gil_scoped_release released;
  return measures::algebraic_connectivity(elements(capacity), n, laplacian_of(normalized));
}

std::vector<std::pair<std::vector<std::size_t>, double>> connectivity_by_component(const Numbers& capacity,
                                                                                   bool normalized) {
  const std::size_t n = side_of(capacity, "capacity");
  require_countries(n, kMostOfTriples);
  require_masses(capacity, "capacity");
  const py::gil_scoped_release released;
  std::vector<std::pair<std::vector<std::size_t>, double>> found;
  for (auto& part : measures::connectivity_by_component(elements(capacity), n, laplacian_of(normalized))) {
    found.emplace_back(std::move(part.nodes), part.lambda_2);
  }
  return found;
}

void bind_networks(py::module_& topic) {
  topic.def("reach_loss_by_demand", &reach_loss_by_demand, py::arg("demand").noconvert(),
            py::arg("distance").noconvert());
  topic.def("reach_loss_by_pair", &reach_loss_by_pair, py::arg("distance").noconvert());
  topic.def("global_efficiency", &global_efficiency, py::arg("distance").noconvert());
  bind_stretch(topic, "demand_weighted_stretch", &measures::demand_weighted_stretch);
  bind_stretch(topic, "mean_stretch", &measures::mean_stretch);
  bind_of_distances(topic, "largest_stretch", &measures::largest_stretch);
  bind_of_distances(topic, "efficiency_ratio", &measures::efficiency_ratio);
  topic.def("alibi_share", &alibi_share, py::arg("distance").noconvert(), py::arg("forbidden").noconvert(),
            py::arg("slack"));
  topic.def("algebraic_connectivity", &algebraic_connectivity, py::arg("capacity").noconvert(), py::arg("normalized"));
  topic.def("connectivity_by_component", &connectivity_by_component, py::arg("capacity").noconvert(),
            py::arg("normalized"));
}

py::array_t<double> node_multiplicities(const Labels& rank, std::uint64_t seed, std::size_t replicates) {
  const std::size_t n = length_of(rank, "rank");
  require_below(rank, "rank", n);
  constexpr std::size_t kMostDraws = std::size_t{1} << 26;
  if (n == 0 || replicates == 0 || replicates > kMostDraws / n) {
    throw ScenarioError("replicates: countries times replicates must be between 1 and " + std::to_string(kMostDraws));
  }
  std::vector<double> all;
  {
    const py::gil_scoped_release released;
    const measures::Resampling resampling{
        .seed = seed, .purpose = Purpose::kResample, .replicates = replicates, .rank = elements(rank)};
    all.reserve(n * replicates);
    for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
      const auto drawn = measures::node_multiplicities(n, resampling, replicate);
      all.insert(all.end(), drawn.begin(), drawn.end());
    }
  }
  return to_array(std::move(all), {static_cast<py::ssize_t>(replicates), static_cast<py::ssize_t>(n)});
}

py::array_t<double> resample_flows(const Numbers& flow, const Numbers& weight) {
  const std::size_t n = length_of(weight, "weight");
  require_shape(flow, "flow", {n, n});
  const auto side = static_cast<py::ssize_t>(n);
  return to_array(measures::resample_flows(elements(flow), elements(weight)), {side, side});
}

py::tuple percentile_interval(const Numbers& values, double level) {
  length_of(values, "values");
  if (!(level > 0.0 && level < 1.0)) throw ScenarioError("level: it must lie between 0 and 1");
  const auto interval = measures::percentile_interval(elements(values), level);
  return py::make_tuple(interval.low, interval.high, interval.mean, interval.standard_error, interval.undefined);
}

}  // namespace

void bind_country_metrics(py::module_& module) {
  py::module_ topic = module.def_submodule("metrics");
  bind_masses(topic);
  bind_networks(topic);
  topic.def("node_multiplicities", &node_multiplicities, py::arg("rank").noconvert(), py::arg("seed"),
            py::arg("replicates"));
  topic.def("resample_flows", &resample_flows, py::arg("flow").noconvert(), py::arg("weight").noconvert());
  topic.def("percentile_interval", &percentile_interval, py::arg("values").noconvert(), py::arg("level"));
}

}  // namespace splinternet::python
