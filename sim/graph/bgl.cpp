#include "sim/graph/bgl.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/property_map/property_map.hpp>
#include <utility>

#include "sim/core/check.hpp"

namespace splinternet::bgl {

namespace {

struct ArcData {
  std::uint32_t link = 0;
  std::uint32_t weight = 0;
};
using DirectedGraph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, ArcData,
                                                         boost::no_property, std::uint32_t>;
using Edge = boost::graph_traits<DirectedGraph>::edge_descriptor;

// Keeps the arcs that a path from `source` may use: the rule of absorbing nodes as an edge filter.
struct Usable {
  const DirectedGraph* graph = nullptr;
  const AvoidSet* avoid = nullptr;
  std::uint32_t source = 0;

  bool operator()(const Edge& edge) const {
    const std::uint32_t tail = boost::source(edge, *graph);
    const std::uint32_t link = (*graph)[edge].link;
    const bool absorbs = !avoid->transit.empty() && avoid->transit[tail] != 0 && tail != source;
    const bool forbidden = !avoid->link.empty() && avoid->link[link] != 0;
    return !absorbs && !forbidden;
  }
};

DirectedGraph directed_graph(const Network& network) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  std::vector<ArcData> data;
  edges.reserve(2 * network.link_count());
  data.reserve(2 * network.link_count());
  for (std::uint32_t node = 0; node < network.node_count(); ++node) {
    for (const Arc& arc : network.arcs(node)) {
      edges.emplace_back(node, arc.head);
      data.push_back({arc.link, arc.weight});
    }
  }
  return {boost::edges_are_sorted, edges.begin(), edges.end(), data.begin(),
          static_cast<std::uint32_t>(network.node_count())};
}

}  // namespace

void dijkstra(const Network& network, std::uint32_t source, const AvoidSet& avoid, std::span<std::uint32_t> distance) {
  const std::size_t nodes = network.node_count();
  SPLINTERNET_CHECK(distance.size() == nodes && source < nodes, distance.size(), nodes, source);
  SPLINTERNET_CHECK(avoid.transit.empty() || avoid.transit.size() == nodes, avoid.transit.size(), nodes);
  SPLINTERNET_CHECK(avoid.link.empty() || avoid.link.size() == network.link_count(), avoid.link.size());
  const DirectedGraph graph = directed_graph(network);
  const boost::filtered_graph<DirectedGraph, Usable> usable(graph, Usable{&graph, &avoid, source});
  const auto index = get(boost::vertex_index, graph);
  boost::dijkstra_shortest_paths(usable, source,
                                 boost::weight_map(get(&ArcData::weight, graph))
                                     .distance_map(boost::make_iterator_property_map(distance.begin(), index))
                                     .vertex_index_map(index)
                                     .distance_inf(kUnreachable));
}

Components connected_components(const Network& network) {
  boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS> graph(network.node_count());
  for (std::size_t link = 0; link < network.link_count(); ++link) {
    boost::add_edge(network.ends(link).a, network.ends(link).b, graph);
  }
  Components components;
  components.label.resize(network.node_count());
  components.count = boost::connected_components(
      graph, boost::make_iterator_property_map(components.label.begin(), get(boost::vertex_index, graph)));
  return components;
}

}  // namespace splinternet::bgl
