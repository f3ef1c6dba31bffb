#include "sim/graph/bgl_betweenness.hpp"

#include <algorithm>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace splinternet::bgl {

namespace {

struct ArcLength {
  std::uint64_t length = 0;
};
using DirectedGraph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, ArcLength,
                                                         boost::no_property, std::uint32_t>;
using Edge = boost::graph_traits<DirectedGraph>::edge_descriptor;

/// One arc to each neighbour, by its shortest link.
DirectedGraph simple_graph(const Network& network) {
  constexpr std::uint64_t kNoLink = ~std::uint64_t{0};
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  std::vector<ArcLength> lengths;
  std::vector<std::uint64_t> shortest(network.node_count(), kNoLink);
  std::vector<std::uint32_t> heads;
  for (std::uint32_t node = 0; node < network.node_count(); ++node) {
    heads.clear();
    for (const Arc& arc : network.arcs(node)) {
      if (shortest[arc.head] == kNoLink) heads.push_back(arc.head);
      shortest[arc.head] = std::min(shortest[arc.head], std::max<std::uint64_t>(arc.weight, 1));
    }
    std::sort(heads.begin(), heads.end());
    for (const std::uint32_t head : heads) {
      edges.emplace_back(node, head);
      lengths.push_back({shortest[head]});
      shortest[head] = kNoLink;
    }
  }
  return {boost::edges_are_sorted, edges.begin(), edges.end(), lengths.begin(),
          static_cast<std::uint32_t>(network.node_count())};
}

}  // namespace

std::vector<double> betweenness(const Network& network) {
  const std::size_t nodes = network.node_count();
  std::vector<double> centrality(nodes, 0.0);
  if (nodes == 0) return centrality;
  const DirectedGraph graph = simple_graph(network);
  const auto index = get(boost::vertex_index, graph);
  const auto map_of = [&](auto& column) { return boost::make_iterator_property_map(column.begin(), index); };
  std::vector<std::vector<Edge>> incoming(nodes);
  std::vector<std::uint64_t> distance(nodes);
  std::vector<double> dependency(nodes);
  std::vector<double> path_count(nodes);  // the number of equally short paths can pass any integer type
  boost::brandes_betweenness_centrality(graph, map_of(centrality), boost::dummy_property_map(), map_of(incoming),
                                        map_of(distance), map_of(dependency), map_of(path_count), index,
                                        get(&ArcLength::length, graph));
  for (double& value : centrality) value /= 2.0;  // each unordered pair was counted from both of its ends
  return centrality;
}

}  // namespace splinternet::bgl
