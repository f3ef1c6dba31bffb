#include "sim/graph/bgl_minimum_cut.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/edmonds_karp_max_flow.hpp>
#include <boost/property_map/property_map.hpp>
#include <cmath>
#include <string>

#include "sim/core/check.hpp"

namespace splinternet::bgl {

namespace {

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
struct FlowArc {
  double capacity = 0.0;
  double residual = 0.0;
  Traits::edge_descriptor reverse;
};
using FlowGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, FlowArc>;

constexpr std::size_t kSourceVertex = 0;
constexpr std::size_t kSinkVertex = 1;

void check_capacities(std::span<const double> capacity) {
  for (std::size_t link = 0; link < capacity.size(); ++link) {
    if (std::isfinite(capacity[link]) && capacity[link] >= 0.0) continue;
    throw DataError("link " + std::to_string(link) + ": its capacity, " + std::to_string(capacity[link]) +
                    ", must be a number of at least 0");
  }
}

/// Sources and sinks become vertices 0 and 1: the same as arcs without limit to a super source, and no sum can
/// overflow.
std::vector<std::size_t> contracted_vertices(std::span<const Terminal> terminal) {
  std::vector<std::size_t> vertex(terminal.size());
  std::size_t next = kSinkVertex + 1;
  for (std::size_t node = 0; node < terminal.size(); ++node) {
    vertex[node] = terminal[node] == Terminal::kSource ? kSourceVertex
                   : terminal[node] == Terminal::kSink ? kSinkVertex
                                                       : next++;
  }
  return vertex;
}

/// Both directions of a link are each other's reverse: what flows one way frees the other.
void join(FlowGraph& graph, std::size_t a, std::size_t b, double capacity) {
  const Traits::edge_descriptor there = boost::add_edge(a, b, graph).first;
  const Traits::edge_descriptor back = boost::add_edge(b, a, graph).first;
  graph[there] = {capacity, capacity, back};
  graph[back] = {capacity, capacity, there};
}

}  // namespace

MinimumCut minimum_cut(const Network& network, std::span<const double> capacity, std::span<const Terminal> terminal) {
  SPLINTERNET_CHECK(capacity.size() == network.link_count(), capacity.size(), network.link_count());
  SPLINTERNET_CHECK(terminal.size() == network.node_count(), terminal.size(), network.node_count());
  check_capacities(capacity);
  const std::vector<std::size_t> vertex = contracted_vertices(terminal);
  FlowGraph graph(network.node_count() + 2);
  for (std::size_t link = 0; link < network.link_count(); ++link) {
    const std::size_t a = vertex[network.ends(link).a];
    const std::size_t b = vertex[network.ends(link).b];
    if (a != b && capacity[link] > 0.0) join(graph, a, b, capacity[link]);
  }
  std::vector<boost::default_color_type> color(boost::num_vertices(graph));
  std::vector<Traits::edge_descriptor> predecessor(boost::num_vertices(graph));
  boost::edmonds_karp_max_flow(graph, kSourceVertex, kSinkVertex, get(&FlowArc::capacity, graph),
                               get(&FlowArc::residual, graph), get(&FlowArc::reverse, graph), color.data(),
                               predecessor.data());
  // The last search found no way to the sink: what it reached is the source side.
  MinimumCut cut;
  cut.source_side.resize(network.node_count());
  for (std::size_t node = 0; node < cut.source_side.size(); ++node) {
    cut.source_side[node] = color[vertex[node]] == boost::white_color ? 0 : 1;
  }
  for (std::uint32_t link = 0; link < network.link_count(); ++link) {
    const LinkEnds ends = network.ends(link);
    if (cut.source_side[ends.a] == cut.source_side[ends.b] || capacity[link] == 0.0) continue;
    cut.links.push_back(link);
    cut.value += capacity[link];
  }
  return cut;
}

}  // namespace splinternet::bgl
