#include "sim/graph/bgl_biconnected.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/property_map/property_map.hpp>
#include <iterator>
#include <map>
#include <utility>

namespace splinternet::bgl {

namespace {

struct PairOfNodes {
  std::size_t block = 0;
};
using SimpleGraph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, PairOfNodes>;
using Edge = boost::graph_traits<SimpleGraph>::edge_descriptor;

}  // namespace

Biconnectivity biconnectivity(const Network& network) {
  Biconnectivity result;
  result.articulation.assign(network.node_count(), 0);
  result.bridge.assign(network.link_count(), 0);
  // One edge per pair of nodes: the library takes a parallel edge for the way back.
  SimpleGraph graph(network.node_count());
  std::map<std::pair<std::uint32_t, std::uint32_t>, Edge> edge_of_pair;
  std::vector<Edge> edge_of_link;
  for (std::size_t link = 0; link < network.link_count(); ++link) {
    const LinkEnds ends = network.ends(link);
    const auto [place, is_new] = edge_of_pair.try_emplace(std::minmax(ends.a, ends.b));
    if (is_new) place->second = boost::add_edge(ends.a, ends.b, graph).first;
    edge_of_link.push_back(place->second);
  }
  std::vector<std::size_t> articulation;
  const std::size_t blocks =
      boost::biconnected_components(graph, get(&PairOfNodes::block, graph), std::back_inserter(articulation)).first;
  for (const std::size_t node : articulation) result.articulation[node] = 1;
  std::vector<std::size_t> links_in(blocks, 0);
  for (const Edge& edge : edge_of_link) ++links_in[graph[edge].block];
  constexpr std::uint32_t kUnnumbered = 0xffffffffU;
  std::vector<std::uint32_t> number(blocks, kUnnumbered);
  for (std::size_t link = 0; link < edge_of_link.size(); ++link) {
    const std::size_t block = graph[edge_of_link[link]].block;
    if (number[block] == kUnnumbered) number[block] = static_cast<std::uint32_t>(result.count++);
    result.block.push_back(number[block]);
    result.bridge[link] = links_in[block] == 1 ? 1 : 0;
  }
  return result;
}

}  // namespace splinternet::bgl
