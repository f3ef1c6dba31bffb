#include <pybind11/stl.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "python/bindings/copies.hpp"
#include "python/bindings/routing/kernels.hpp"
#include "python/bindings/topics.hpp"
#include "sim/graph/all_pairs.hpp"
#include "sim/graph/cheapest_paths.hpp"
#include "sim/io/text/tntp.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;

constexpr std::size_t kMostCells = std::size_t{1} << 28;  // of an array of results
constexpr std::size_t kFewSources = 16;                   // of so many nodes one: fewer are searched one by one
constexpr double kInfinity = __builtin_inf();

using Nodes = Array<std::uint32_t>;
using Flags = Array<std::uint8_t>;

/// Directed links of constant cost, with what may not be used.
struct Links {
  CongestedNetwork network;
  std::vector<double> cost;
  AvoidSet avoid;

  [[nodiscard]] ArcsInto arcs() const {
    ArcsInto result(network, avoid);
    result.set_costs(cost);
    return result;
  }
};

/// The network of any number per link as free time; throws DataError naming the link that makes no sense.
CongestedNetwork network_of(std::size_t node_count, const Nodes& tail, const Nodes& head, const Array<double>& time) {
  const std::size_t count = length(tail, "tail", 1, 0);
  require_size(node_count, kMostNodes, "nodes");
  require_size(count, kMostLinks, "links");
  require_shape(head, "head", {count});
  require_shape(time, "weight", {count});
  std::vector<CongestedLink> links(count);
  for (std::size_t k = 0; k < count; ++k) {
    links[k].tail = tail.data()[k];
    links[k].head = head.data()[k];
    links[k].free_time = time.data()[k];
    links[k].b = 0.0;
  }
  return {node_count, std::move(links)};
}

AvoidSet avoid_of(const Flags& nodes, const Flags& links, std::size_t node_count, std::size_t link_count) {
  require_shape(nodes, "forbidden nodes", {node_count});
  require_shape(links, "forbidden links", {link_count});
  return {copy_of(nodes), copy_of(links)};
}

Links links_of(std::size_t node_count, const Nodes& tail, const Nodes& head, const Array<double>& cost,
               const Flags& forbidden_nodes, const Flags& forbidden_links) {
  CongestedNetwork network = network_of(node_count, tail, head, cost);
  AvoidSet avoid = avoid_of(forbidden_nodes, forbidden_links, node_count, network.link_count());
  return {std::move(network), copy_of(cost), std::move(avoid)};
}

std::vector<std::uint32_t> sources_of(const Nodes& sources, std::size_t node_count) {
  length(sources, "sources", 1, 0);
  std::vector<std::uint32_t> from = copy_of(sources);
  for (const std::uint32_t source : from) {
    if (source >= node_count) throw ScenarioError("sources: there is no node " + std::to_string(source));
  }
  require_size(from.size() * node_count, kMostCells, "pairs of source and node");
  return from;
}

py::tuple find_paths(std::size_t node_count, const Nodes& tail, const Nodes& head, const Array<double>& cost,
                     const Flags& forbidden_nodes, const Flags& forbidden_links, const Nodes& sources) {
  const Links links = links_of(node_count, tail, head, cost, forbidden_nodes, forbidden_links);
  const std::vector<std::uint32_t> from = sources_of(sources, node_count);
  CheapestPaths paths;
  {
    const py::gil_scoped_release release;
    paths = cheapest_paths(links.arcs(), from);
  }
  const std::vector<py::ssize_t> shape{static_cast<py::ssize_t>(from.size()), static_cast<py::ssize_t>(node_count)};
  return py::make_tuple(to_array(std::move(paths.cost), shape), to_array(std::move(paths.predecessor), shape),
                        to_array(std::move(paths.predecessor_link), shape));
}

/// As find_paths, distances only, for links that lead both ways and weigh whole numbers: by elimination of nodes.
py::array_t<double> find_whole_distances(std::size_t node_count, const Nodes& a, const Nodes& b, const Nodes& weight,
                                         const Flags& forbidden_nodes, const Flags& forbidden_links,
                                         const Nodes& sources) {
  const std::size_t count = length(a, "tail", 1, 0);
  require_size(node_count, kMostNodes, "nodes");
  require_size(count, kMostLinks, "links");
  require_shape(b, "head", {count});
  require_shape(weight, "weight", {count});
  const std::vector<std::uint32_t> from = sources_of(sources, node_count), weights = copy_of(weight);
  if (from.size() * kFewSources >= node_count) require_size(node_count * node_count, kMostCells, "pairs of nodes");
  std::vector<LinkEnds> ends(count);
  for (std::size_t k = 0; k < count; ++k) ends[k] = {a.data()[k], b.data()[k]};
  const AvoidSet avoid = avoid_of(forbidden_nodes, forbidden_links, node_count, count);
  std::vector<double> distance;
  {
    const py::gil_scoped_release release;
    const std::vector<std::uint32_t> found =
        shortest_distances(RoutingIndex(Network(node_count, ends, weights), avoid), from);
    distance.assign(found.begin(), found.end());
    std::replace(distance.begin(), distance.end(), static_cast<double>(kUnreachable), kInfinity);
  }
  return to_array(std::move(distance), {static_cast<py::ssize_t>(from.size()), static_cast<py::ssize_t>(node_count)});
}

PathSplit split_of(const std::string& name) {
  if (name == "single") return PathSplit::kSingle;
  if (name == "equal") return PathSplit::kEqualCost;
  throw ScenarioError("split: \"" + name + "\" is none of single, equal");
}

void require_demand(std::span<const double> demand) {
  const auto bad = std::find_if_not(demand.begin(), demand.end(), [](double d) { return d >= 0.0 && d < kInfinity; });
  if (bad == demand.end()) return;
  throw ScenarioError("demand: cell " + std::to_string(bad - demand.begin()) + " must be finite and not negative");
}

py::dict send_demand(std::size_t node_count, const Nodes& tail, const Nodes& head, const Array<double>& cost,
                     const Flags& forbidden_nodes, const Flags& forbidden_links, const Array<double>& demand,
                     const std::string& split) {
  const Links links = links_of(node_count, tail, head, cost, forbidden_nodes, forbidden_links);
  const std::size_t zones = length(demand, "demand", 2, 0);
  require_shape(demand, "demand", {zones, zones});
  if (zones > node_count) throw ScenarioError("demand: more zones than nodes");
  const std::vector<double> wanted = copy_of(demand);
  require_demand(wanted);
  const PathSplit kind = split_of(split);
  PathLoads loads;
  {
    const py::gil_scoped_release release;
    loads = load_paths(links.arcs(), links.network.link_count(), zones, wanted, kind);
  }
  py::dict out;
  out["link_flow"] = to_array(std::move(loads.link));
  out["transit"] = to_array(std::move(loads.transit));
  out["lost"] = to_array(std::move(loads.lost));
  out["total_cost"] = loads.cost;
  return out;
}

/// What a TNTP file holds, as arrays.
py::dict read_network(const std::string& path, double toll_weight, double length_weight) {
  std::unique_ptr<TntpNetwork> read;
  {
    const py::gil_scoped_release release;
    read = std::make_unique<TntpNetwork>(read_tntp_network(path, {toll_weight, length_weight}));
  }
  const auto links = read->network.links();
  const auto column = [&](auto member) {
    using Value = std::remove_cvref_t<decltype(links[0].*member)>;
    std::vector<Value> values;
    for (const CongestedLink& link : links) values.push_back(link.*member);
    return to_array(std::move(values));
  };
  py::dict out;
  out["node_count"] = read->network.node_count();
  out["zone_count"] = read->zone_count;
  out["tail"] = column(&CongestedLink::tail);
  out["head"] = column(&CongestedLink::head);
  out["free_time"] = column(&CongestedLink::free_time);
  out["capacity"] = column(&CongestedLink::capacity);
  out["b"] = column(&CongestedLink::b);
  out["power"] = column(&CongestedLink::power);
  out["fixed_cost"] = column(&CongestedLink::fixed_cost);
  out["no_transit"] = to_array(std::move(read->avoid.transit));
  return out;
}

py::array_t<double> read_trips(const std::string& path, std::size_t zone_count) {
  require_size(zone_count, std::size_t{1} << 15, "zones");
  std::vector<double> trips;
  {
    const py::gil_scoped_release release;
    trips = read_tntp_trips(path, zone_count);
  }
  const auto zones = static_cast<py::ssize_t>(zone_count);
  return to_array(std::move(trips), {zones, zones});
}

}  // namespace

void require_size(std::size_t size, std::size_t most, const char* what) {
  if (size <= most) return;
  throw ScenarioError(std::to_string(size) + " " + what + "; at most " + std::to_string(most) + " can be handled");
}

void bind_routing(py::module_& module) {
  py::module_ kernels = module.def_submodule("routing", "Paths and traffic on plain arrays.");
  kernels.def("cheapest_paths", &find_paths, py::arg("node_count"), py::arg("tail").noconvert(),
              py::arg("head").noconvert(), py::arg("cost").noconvert(), py::arg("forbidden_nodes").noconvert(),
              py::arg("forbidden_links").noconvert(), py::arg("sources").noconvert(),
              "Costs, predecessors and the links into nodes, [source][node]; 2³² − 1 stands for none.");
  kernels.def("whole_distances", &find_whole_distances, py::arg("node_count"), py::arg("tail").noconvert(),
              py::arg("head").noconvert(), py::arg("weight").noconvert(), py::arg("forbidden_nodes").noconvert(),
              py::arg("forbidden_links").noconvert(), py::arg("sources").noconvert(),
              "Distances along links that lead both ways and weigh whole numbers, [source][node].");
  kernels.def("load_paths", &send_demand, py::arg("node_count"), py::arg("tail").noconvert(),
              py::arg("head").noconvert(), py::arg("cost").noconvert(), py::arg("forbidden_nodes").noconvert(),
              py::arg("forbidden_links").noconvert(), py::arg("demand").noconvert(), py::arg("split"),
              "What the cheapest paths carry of the demand between the first nodes.");
  kernels.def("read_tntp_network", &read_network, py::arg("path"), py::arg("toll_weight"), py::arg("length_weight"));
  kernels.def("read_tntp_trips", &read_trips, py::arg("path"), py::arg("zone_count"));
  bind_assignment(kernels);
}

}  // namespace splinternet::python
