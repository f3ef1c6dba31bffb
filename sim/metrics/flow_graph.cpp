#include "sim/metrics/flow_graph.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/core/check.hpp"

namespace splinternet::metrics {

namespace {

void check_flow(double flow, std::size_t from, std::size_t to) {
  SPLINTERNET_CHECK(flow >= 0.0 && std::isfinite(flow), "flow", flow, "from", from, "to", to);
}

}  // namespace

FlowGraph::FlowGraph(std::size_t nodes, std::span<const std::uint32_t> rank)
    : row_(nodes), first_(nodes + 1, 0), out_(nodes, 0.0), in_(nodes, 0.0), loop_(nodes, 0.0) {
  std::iota(row_.begin(), row_.end(), 0U);
  if (rank.empty()) return;
  SPLINTERNET_CHECK(rank.size() == nodes, rank.size(), nodes);
  std::vector<std::uint8_t> taken(nodes, 0);
  for (std::size_t row = 0; row < nodes; ++row) {
    SPLINTERNET_CHECK(rank[row] < nodes && taken[rank[row]] == 0, "rank", rank[row], "of row", row);
    taken[rank[row]] = 1;
    row_[rank[row]] = static_cast<std::uint32_t>(row);
  }
}

void FlowGraph::add_to_strengths(std::size_t from, std::size_t to, double flow) {
  out_[from] += flow;
  in_[to] += flow;
  total_ += flow;
  if (from == to) loop_[from] += flow;
}

FlowGraph FlowGraph::from_matrix(std::span<const double> flow, std::size_t nodes, Diagonal diagonal,
                                 std::span<const std::uint32_t> rank) {
  SPLINTERNET_CHECK(flow.size() == nodes * nodes, "flows:", flow.size(), "nodes:", nodes);
  FlowGraph graph(nodes, rank);
  for (std::size_t node = 0; node < nodes; ++node) {
    const std::size_t row = graph.row_[node];
    for (std::size_t other = 0; other < nodes; ++other) {
      const std::size_t column = graph.row_[other];
      const double sent = flow[row * nodes + column];
      check_flow(sent, row, column);
      if (node != other || diagonal == Diagonal::kIncluded) graph.add_to_strengths(node, other, sent);
      const double both = sent + flow[column * nodes + row];
      if (node == other || both == 0.0) continue;
      graph.neighbour_.push_back(static_cast<std::uint32_t>(other));
      graph.exchanged_.push_back(both);
    }
    graph.first_[node + 1] = graph.neighbour_.size();
  }
  return graph;
}

FlowGraph FlowGraph::from_edges(std::span<const FlowEdge> edges, std::size_t nodes, Diagonal diagonal,
                                std::span<const std::uint32_t> rank) {
  FlowGraph graph(nodes, rank);
  std::vector<std::uint32_t> node_of(nodes);
  for (std::size_t node = 0; node < nodes; ++node) node_of[graph.row_[node]] = static_cast<std::uint32_t>(node);
  std::vector<FlowEdge> both;  // each edge seen from both ends
  both.reserve(2 * edges.size());
  for (const FlowEdge& edge : edges) {
    SPLINTERNET_CHECK(edge.from < nodes && edge.to < nodes, edge.from, edge.to, nodes);
    check_flow(edge.flow, edge.from, edge.to);
    const std::uint32_t from = node_of[edge.from];
    const std::uint32_t to = node_of[edge.to];
    if (from != to || diagonal == Diagonal::kIncluded) graph.add_to_strengths(from, to, edge.flow);
    if (from == to || edge.flow == 0.0) continue;
    both.push_back({from, to, edge.flow});
    both.push_back({to, from, edge.flow});
  }
  std::stable_sort(both.begin(), both.end(), [](const FlowEdge& a, const FlowEdge& b) {
    return a.from != b.from ? a.from < b.from : a.to < b.to;
  });
  for (std::size_t place = 0; place < both.size(); ++place) {
    const FlowEdge& edge = both[place];
    if (place > 0 && both[place - 1].from == edge.from && both[place - 1].to == edge.to) {
      graph.exchanged_.back() += edge.flow;
      continue;
    }
    graph.neighbour_.push_back(edge.to);
    graph.exchanged_.push_back(edge.flow);
    ++graph.first_[edge.from + 1];
  }
  std::partial_sum(graph.first_.begin(), graph.first_.end(), graph.first_.begin());
  return graph;
}

FlowGraph FlowGraph::merged(std::span<const std::uint32_t> group, std::size_t groups) const {
  SPLINTERNET_CHECK(group.size() == node_count(), group.size(), node_count());
  FlowGraph result(groups, {});
  result.total_ = total_;
  std::vector<std::vector<std::uint32_t>> members(groups);
  for (std::uint32_t node = 0; node < group.size(); ++node) {
    SPLINTERNET_CHECK(group[node] < groups, group[node], groups);
    members[group[node]].push_back(node);
    result.out_[group[node]] += out_[node];
    result.in_[group[node]] += in_[node];
    result.loop_[group[node]] += loop_[node];
  }
  std::vector<double> flow_to(groups, 0.0);
  std::vector<std::uint32_t> touched;
  for (std::size_t own = 0; own < groups; ++own) {
    touched.clear();
    for (const std::uint32_t node : members[own]) {
      for (std::size_t arc = first_[node]; arc < first_[node + 1]; ++arc) {
        const std::uint32_t other = group[neighbour_[arc]];
        if (flow_to[other] == 0.0) touched.push_back(other);
        flow_to[other] += exchanged_[arc];
      }
    }
    result.loop_[own] += 0.5 * flow_to[own];  // each pair inside was met from both its ends
    flow_to[own] = 0.0;
    std::sort(touched.begin(), touched.end());
    for (const std::uint32_t other : touched) {
      if (other == own) continue;
      result.neighbour_.push_back(other);
      result.exchanged_.push_back(flow_to[other]);
      flow_to[other] = 0.0;
    }
    result.first_[own + 1] = result.neighbour_.size();
  }
  return result;
}

double modularity(const FlowGraph& graph, std::span<const std::uint32_t> label, double resolution) {
  const std::size_t n = graph.node_count();
  SPLINTERNET_CHECK(label.size() == n, label.size(), n);
  if (graph.total() == 0.0) return 0.0;
  std::vector<double> within(n, 0.0);
  std::vector<double> out(n, 0.0);
  std::vector<double> in(n, 0.0);
  for (std::size_t node = 0; node < n; ++node) {
    const std::uint32_t own = label[node];
    SPLINTERNET_CHECK(own < n, "label", own, "of node", node);
    out[own] += graph.out_strength(node);
    in[own] += graph.in_strength(node);
    within[own] += graph.loop(node);
    const auto neighbours = graph.neighbours(node);
    const auto exchanged = graph.exchanged(node);
    for (std::size_t arc = 0; arc < neighbours.size(); ++arc) {
      if (neighbours[arc] > node && label[neighbours[arc]] == own) within[own] += exchanged[arc];
    }
  }
  double excess = 0.0;
  for (std::size_t c = 0; c < n; ++c) excess += within[c] - resolution * out[c] * in[c] / graph.total();
  return excess / graph.total();
}

}  // namespace splinternet::metrics
