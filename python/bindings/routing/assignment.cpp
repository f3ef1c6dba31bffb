#include "sim/graph/assignment.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "python/bindings/copies.hpp"
#include "python/bindings/progress.hpp"
#include "python/bindings/routing/kernels.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;

using Nodes = Array<std::uint32_t>;
using Flags = Array<std::uint8_t>;

/// An assignment with the network that it runs on.
struct AssignedTraffic {
  CongestedNetwork network;
  Assignment found;
};

/// Rows of the numbers of links.
enum LinkNumber : std::size_t { kFreeTime, kCapacity, kB, kPower, kFixedCost, kLinkNumbers };

CongestedNetwork network_of(std::size_t node_count, const Nodes& tail, const Nodes& head,
                            const Array<double>& numbers) {
  const std::size_t count = length(tail, "tail", 1, 0);
  require_size(node_count, kMostNodes, "nodes");
  require_size(count, kMostLinks, "links");
  require_shape(head, "head", {count});
  require_shape(numbers, "link numbers", {kLinkNumbers, count});
  const auto number = [&](LinkNumber row, std::size_t link) { return numbers.data()[row * count + link]; };
  std::vector<CongestedLink> links;
  links.reserve(count);
  for (std::size_t k = 0; k < count; ++k) {
    links.push_back({tail.data()[k], head.data()[k], number(kFreeTime, k), number(kCapacity, k), number(kB, k),
                     number(kPower, k), number(kFixedCost, k)});
  }
  return {node_count, std::move(links)};
}

/// Row `index` of a table.
template <class T>
std::vector<T> row_of(const Array<T>& table, std::size_t index, std::size_t size) {
  const T* row = table.data() + index * size;
  return {row, row + size};
}

TrafficDemand demand_of(const CongestedNetwork& network, const Flags& forbidden_nodes, const Flags& forbidden_links,
                        const Array<double>& demand) {
  const std::size_t classes = length(demand, "demand", 3, 0), zones = length(demand, "demand", 3, 1);
  require_shape(demand, "demand", {classes, zones, zones});
  require_shape(forbidden_nodes, "forbidden nodes", {classes, network.node_count()});
  require_shape(forbidden_links, "forbidden links", {classes, network.link_count()});
  TrafficDemand traffic{zones, {}};
  for (std::size_t k = 0; k < classes; ++k) {
    traffic.classes.push_back(
        {{row_of(forbidden_nodes, k, network.node_count()), row_of(forbidden_links, k, network.link_count())},
         row_of(demand, k, zones * zones)});
  }
  return traffic;
}

AssignmentOptions options_of(const std::string& method, const std::string& objective, double gap, int most_iterations,
                             const std::string& if_not_converged) {
  constexpr int kMostIterations = 1'000'000;
  if (most_iterations > kMostIterations) throw ScenarioError("max_iterations: at most 1000000");
  AssignmentOptions options;
  options.stop = {gap, most_iterations, {}};
  const auto choose = [](const std::string& name, const char* argument, auto first, auto first_value, auto second,
                         auto second_value) {
    if (name == first) return first_value;
    if (name == second) return second_value;
    throw ScenarioError(std::string(argument) + ": \"" + name + "\" is none of " + first + ", " + second);
  };
  options.method = choose(method, "method", "frank_wolfe", AssignmentMethod::kBiconjugateFrankWolfe,
                          "gradient_projection", AssignmentMethod::kGradientProjection);
  options.principle = choose(objective, "objective", "user", RoutingPrinciple::kUserEquilibrium, "system",
                             RoutingPrinciple::kSystemOptimum);
  options.if_not_converged =
      choose(if_not_converged, "if_not_converged", "raise", IfNotConverged::kThrow, "return", IfNotConverged::kReturn);
  return options;
}

void require_same_links(const CongestedNetwork& network, const AssignedTraffic& start) {
  bool same = network.node_count() == start.network.node_count() && network.link_count() == start.network.link_count();
  for (std::size_t k = 0; same && k < network.link_count(); ++k) {
    const CongestedLink &now = network.links()[k], &before = start.network.links()[k];
    same = now.tail == before.tail && now.head == before.head;
  }
  if (!same) throw ScenarioError("start: an assignment on the same links is needed");
}

AssignedTraffic assign(std::size_t node_count, const Nodes& tail, const Nodes& head, const Array<double>& numbers,
                       const Flags& forbidden_nodes, const Flags& forbidden_links, const Array<double>& demand,
                       const std::string& method, const std::string& objective, double gap, int most_iterations,
                       const std::string& if_not_converged, const AssignedTraffic* start) {
  CongestedNetwork network = network_of(node_count, tail, head, numbers);
  const TrafficDemand traffic = demand_of(network, forbidden_nodes, forbidden_links, demand);
  AssignmentOptions options = options_of(method, objective, gap, most_iterations, if_not_converged);
  InterruptCheck check;
  options.stop.between_iterations = std::ref(check);
  if (start != nullptr) require_same_links(network, *start);
  const py::gil_scoped_release release;
  Assignment found = assign_traffic(network, traffic, options, start != nullptr ? &start->found : nullptr);
  return {std::move(network), std::move(found)};
}

/// Travel time of each link, without fixed cost.
std::vector<double> times_of(const AssignedTraffic& traffic) {
  const LinkCosts costs(traffic.network, RoutingPrinciple::kUserEquilibrium);
  std::vector<double> times(costs.link_count());
  for (std::size_t link = 0; link < times.size(); ++link) {
    times[link] = costs.cost(link, traffic.found.flow[link]) - traffic.network.links()[link].fixed_cost;
  }
  return times;
}

py::dict arrays_of(const AssignedTraffic& traffic) {
  Assignment found = traffic.found;
  const auto classes = static_cast<py::ssize_t>(found.demand.classes.size());
  py::dict out;
  out["class_flow"] = to_array(std::move(found.class_flow), {classes, static_cast<py::ssize_t>(found.flow.size())});
  out["flow"] = to_array(std::move(found.flow));
  out["cost"] = to_array(std::move(found.cost));
  out["time"] = to_array(times_of(traffic));
  out["objective"] = found.objective;
  out["total_time"] = found.total_time;
  out["total_cost"] = found.total_cost;
  out["unserved"] = to_array(std::move(found.unserved));
  out["gap_history"] = to_array(std::move(found.gaps));
  out["converged"] = found.converged;
  out["path_class"] = to_array(std::move(found.paths.travel_class));
  out["path_origin"] = to_array(std::move(found.paths.origin));
  out["path_destination"] = to_array(std::move(found.paths.destination));
  out["path_flow"] = to_array(std::move(found.paths.flow));
  out["path_first_link"] = to_array(std::move(found.paths.first_link));
  out["path_links"] = to_array(std::move(found.paths.links));
  return out;
}

}  // namespace

void bind_assignment(py::module_& kernels) {
  py::class_<AssignedTraffic>(kernels, "Assignment", "User equilibrium or system optimum of traffic with policies.")
      .def(py::init(&assign), py::arg("node_count"), py::arg("tail").noconvert(), py::arg("head").noconvert(),
           py::arg("numbers").noconvert(), py::arg("forbidden_nodes").noconvert(),
           py::arg("forbidden_links").noconvert(), py::arg("demand").noconvert(), py::arg("method"),
           py::arg("objective"), py::arg("gap"), py::arg("most_iterations"), py::arg("if_not_converged"),
           py::arg("start") = py::none())
      .def("arrays", &arrays_of, "All that was found.");
}

}  // namespace splinternet::python
