#include "sim/model/generated_graph.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/influence.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

using Edges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// Rows of peers in order of number, each pair both ways and once.
SparseGraph undirected(std::size_t nodes, const Edges& edges) {
  SparseGraph graph;
  graph.first.assign(nodes + 1, 0);
  for (const auto& [a, b] : edges) {
    ++graph.first[a + 1];
    ++graph.first[b + 1];
  }
  for (std::size_t i = 1; i <= nodes; ++i) graph.first[i] += graph.first[i - 1];
  std::vector<std::uint64_t> next(graph.first.begin(), graph.first.end() - 1);
  std::vector<std::uint32_t> peer(graph.first.back());
  for (const auto& [a, b] : edges) {
    peer[next[a]++] = b;
    peer[next[b]++] = a;
  }
  // Rows shrink in place: a pair that came twice stays once.
  std::uint64_t end = 0;
  for (std::size_t i = 0; i < nodes; ++i) {
    const auto begin = peer.begin() + static_cast<std::ptrdiff_t>(graph.first[i]);
    const auto stop = peer.begin() + static_cast<std::ptrdiff_t>(graph.first[i + 1]);
    std::sort(begin, stop);
    graph.first[i] = end;
    for (auto at = begin; at != stop; ++at) {
      if (at == begin || *at != *(at - 1)) graph.peer.push_back(*at);
    }
    end = graph.peer.size();
  }
  graph.first[nodes] = end;
  return graph;
}

[[noreturn]] void refuse_size(const Scenario& scenario, const std::string& what, const std::string& allowed) {
  const std::string path = "influence.graph";
  refuse({place_of(scenario, path), path, what, allowed, "change the number of actors or the graph"});
}

Edges ring(const Scenario& scenario, std::size_t nodes) {
  const auto degree = static_cast<std::size_t>(scenario.parameters(parameters::kInfluenceDegree));
  if (degree % 2 != 0 || degree >= nodes) {
    refuse_size(scenario, "a ring of " + std::to_string(nodes) + " actors has no degree " + std::to_string(degree),
                "an even influence.degree below the number of actors");
  }
  Edges edges;
  for (std::size_t i = 0; i < nodes; ++i) {
    for (std::size_t d = 1; d <= degree / 2; ++d) edges.emplace_back(i, (i + d) % nodes);
  }
  return edges;
}

/// A torus: neighbours one step away along one axis, or along any (`diagonals`).
Edges torus(const Scenario& scenario, std::size_t nodes, bool diagonals) {
  const auto dimensions = static_cast<std::size_t>(scenario.parameters(parameters::kInfluenceDimensions));
  std::size_t side = 2, product = 0, steps = 1;
  while (product < nodes) {
    product = 1;
    ++side;
    for (std::size_t d = 0; d < dimensions; ++d) product *= side;
  }
  for (std::size_t d = 0; d < dimensions; ++d) steps *= 3;
  if (product != nodes) {
    refuse_size(scenario,
                std::to_string(nodes) + " actors fill no torus of " + std::to_string(dimensions) + " equal sides",
                "a whole number of at least 3 to the power of influence.dimensions");
  }
  Edges edges;
  for (std::size_t i = 0; i < nodes; ++i) {
    // A step is a number in base 3: −1, 0 or 1 along each axis. The later half mirrors the earlier one.
    for (std::size_t step = steps / 2 + 1; step < steps; ++step) {
      std::size_t other = 0, rest = i, code = step, stride = 1, axes = 0;
      for (std::size_t d = 0; d < dimensions; ++d, rest /= side, code /= 3, stride *= side) {
        other += (rest + side + code % 3 - 1) % side * stride;
        axes += code % 3 == 1 ? 0 : 1;
      }
      if (diagonals || axes == 1) edges.emplace_back(i, other);
    }
  }
  return edges;
}

/// The root has `degree` branches, every other node one less above the leaves.
Edges regular_tree(const Scenario& scenario, std::size_t nodes) {
  const auto degree = static_cast<std::size_t>(scenario.parameters(parameters::kInfluenceDegree));
  if (degree < 2) refuse_size(scenario, "a tree of degree 1 has no branches", "influence.degree of at least 2");
  Edges edges;
  std::size_t parent = 0, children = 0;
  for (std::size_t i = 1; i < nodes; ++i) {
    if (children == (parent == 0 ? degree : degree - 1)) {
      ++parent;
      children = 0;
    }
    edges.emplace_back(parent, i);
    ++children;
  }
  return edges;
}

/// Half the mean degree times the nodes in pairs, each of two nodes by lot; pairs of one node with itself drop out.
Edges poisson(const Scenario& scenario, std::size_t nodes) {
  const double mean = scenario.parameters(parameters::kInfluenceMeanDegree);
  const auto pairs = static_cast<std::uint32_t>(std::llround(mean * static_cast<double>(nodes) / 2.0));
  Edges edges;
  edges.reserve(pairs);
  for (std::uint32_t e = 0; e < pairs; ++e) {
    const Draws draws(scenario.run.seed, Purpose::kInfluencePeer, 0, e);
    const std::uint32_t a = draws.below(static_cast<std::uint32_t>(nodes), 0);
    const std::uint32_t b = draws.below(static_cast<std::uint32_t>(nodes), 1);
    if (a != b) edges.emplace_back(a, b);
  }
  return edges;
}

}  // namespace

SparseGraph generated_graph(ActorGraph graph, const Scenario& scenario, const CountrySetting& actors) {
  switch (graph) {
    case ActorGraph::kRing:
      return undirected(actors.count, ring(scenario, actors.count));
    case ActorGraph::kGrid:
      return undirected(actors.count, torus(scenario, actors.count, false));
    case ActorGraph::kMooreGrid:
      return undirected(actors.count, torus(scenario, actors.count, true));
    case ActorGraph::kRegularTree:
      return undirected(actors.count, regular_tree(scenario, actors.count));
    case ActorGraph::kPoisson:
      return undirected(actors.count, poisson(scenario, actors.count));
    case ActorGraph::kComplete:
    case ActorGraph::kTable:
      break;
  }
  SPLINTERNET_CHECK(false);
  return {};
}

}  // namespace splinternet
