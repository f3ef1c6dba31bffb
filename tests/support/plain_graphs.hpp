#pragma once

#include <cstdint>
#include <vector>

#include "sim/graph/network.hpp"

/// Link graphs whose measures have closed forms.
namespace splinternet::testing {

/// Nodes, links and weights while a graph is put together.
struct PlainGraph {
  std::size_t nodes = 0;
  std::vector<LinkEnds> ends;
  std::vector<std::uint32_t> weights;

  void join(std::uint32_t a, std::uint32_t b, std::uint32_t weight = 1) {
    ends.push_back({a, b});
    weights.push_back(weight);
  }
  [[nodiscard]] Network network() const { return {nodes, ends, weights}; }
};

inline PlainGraph path_graph(std::uint32_t nodes) {
  PlainGraph graph{nodes, {}, {}};
  for (std::uint32_t node = 1; node < nodes; ++node) graph.join(node - 1, node);
  return graph;
}

inline PlainGraph cycle_graph(std::uint32_t nodes) {
  PlainGraph graph = path_graph(nodes);
  graph.join(nodes - 1, 0);
  return graph;
}

/// Node 0 in the middle.
inline PlainGraph star_graph(std::uint32_t nodes) {
  PlainGraph graph{nodes, {}, {}};
  for (std::uint32_t leaf = 1; leaf < nodes; ++leaf) graph.join(0, leaf);
  return graph;
}

inline PlainGraph complete_graph(std::uint32_t nodes) {
  PlainGraph graph{nodes, {}, {}};
  for (std::uint32_t a = 0; a < nodes; ++a) {
    for (std::uint32_t b = a + 1; b < nodes; ++b) graph.join(a, b);
  }
  return graph;
}

/// Two complete graphs on `half` nodes each, joined by a last link from node half − 1 to node half.
inline PlainGraph barbell_graph(std::uint32_t half) {
  PlainGraph graph{2 * half, {}, {}};
  for (const std::uint32_t first : {0U, half}) {
    for (std::uint32_t a = 0; a < half; ++a) {
      for (std::uint32_t b = a + 1; b < half; ++b) graph.join(first + a, first + b);
    }
  }
  graph.join(half - 1, half);
  return graph;
}

}  // namespace splinternet::testing
