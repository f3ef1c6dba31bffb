#include "sim/metrics/flow_graph.hpp"

#include <limits>
#include <vector>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/eight_node_case.hpp"
#include "tests/support/near.hpp"
#include "tests/support/random_flows.hpp"

using namespace splinternet;
using namespace splinternet::metrics;
using splinternet::testing::near;
using splinternet::testing::random_flows;
using splinternet::testing::reordered;
using splinternet::testing::shuffled;
namespace eight = splinternet::testing::eight_node;

namespace {

using Labels = std::vector<std::uint32_t>;

std::vector<FlowEdge> edges_of(std::span<const double> flow, std::size_t n) {
  std::vector<FlowEdge> edges;
  for (std::uint32_t from = 0; from < n; ++from) {
    for (std::uint32_t to = 0; to < n; ++to) {
      if (flow[from * n + to] > 0.0) edges.push_back({from, to, flow[from * n + to]});
    }
  }
  return edges;
}

void require_equal(const FlowGraph& a, const FlowGraph& b) {
  REQUIRE(a.node_count() == b.node_count());
  REQUIRE(a.total() == near(b.total()));
  for (std::size_t node = 0; node < a.node_count(); ++node) {
    REQUIRE(a.out_strength(node) == near(b.out_strength(node)));
    REQUIRE(a.in_strength(node) == near(b.in_strength(node)));
    REQUIRE(a.loop(node) == near(b.loop(node)));
    REQUIRE(Labels(a.neighbours(node).begin(), a.neighbours(node).end()) ==
            Labels(b.neighbours(node).begin(), b.neighbours(node).end()));
    for (std::size_t arc = 0; arc < a.neighbours(node).size(); ++arc) {
      REQUIRE(a.exchanged(node)[arc] == near(b.exchanged(node)[arc]));
    }
  }
}

}  // namespace

TEST_CASE("a flow graph holds strengths, loops and what each pair exchanges") {
  const std::vector<double> flow = {5, 1, 0, 2, 7, 0, 0, 0, 3};
  const auto with = FlowGraph::from_matrix(flow, 3, Diagonal::kIncluded);
  CHECK(with.total() == 18.0);
  CHECK(with.out_strength(0) == 6.0);
  CHECK(with.in_strength(0) == 7.0);
  CHECK(with.loop(2) == 3.0);
  CHECK(with.neighbours(2).empty());
  REQUIRE(with.neighbours(0).size() == 1);
  CHECK(with.neighbours(0)[0] == 1);
  CHECK(with.exchanged(0)[0] == 3.0);
  const auto without = FlowGraph::from_matrix(flow, 3, Diagonal::kExcluded);
  CHECK(without.total() == 3.0);
  CHECK(without.loop(2) == 0.0);
  CHECK(without.out_strength(1) == 2.0);
}

TEST_CASE("edges give the graph of their matrix; those of one pair are added up, in any order") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    const auto random = random_flows(world);
    const std::size_t n = random.nodes();
    for (const Diagonal diagonal : {Diagonal::kIncluded, Diagonal::kExcluded}) {
      const auto dense = FlowGraph::from_matrix(random.flow, n, diagonal);
      auto edges = edges_of(random.flow, n);
      require_equal(FlowGraph::from_edges(edges, n, diagonal), dense);
      std::vector<FlowEdge> halves;
      for (std::size_t place = edges.size(); place-- > 0;) {
        const FlowEdge& edge = edges[place];
        halves.push_back({edge.from, edge.to, 0.25 * edge.flow});
        halves.insert(halves.begin(), {edge.from, edge.to, 0.75 * edge.flow});
      }
      require_equal(FlowGraph::from_edges(halves, n, diagonal), dense);
    }
  }
}

TEST_CASE("nodes stand in order of rank, so reordering the rows leaves the graph as it is") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    const auto random = random_flows(world);
    const std::size_t n = random.nodes();
    // Row r of the reordered matrix is row order[r] of the first, which is its rank.
    const auto order = shuffled(n, world);
    const auto moved = reordered(random.flow, order);
    const auto plain = FlowGraph::from_matrix(random.flow, n, Diagonal::kIncluded);
    require_equal(FlowGraph::from_matrix(moved, n, Diagonal::kIncluded, order), plain);
    require_equal(FlowGraph::from_edges(edges_of(moved, n), n, Diagonal::kIncluded, order), plain);
    const auto graph = FlowGraph::from_matrix(moved, n, Diagonal::kIncluded, order);
    for (std::size_t node = 0; node < n; ++node) REQUIRE(order[graph.rows()[node]] == node);
  }
}

TEST_CASE("modularity of a graph is that of its mixing matrix") {
  const auto directed = FlowGraph::from_matrix(eight::kFlow, eight::kNodes, Diagonal::kExcluded);
  CHECK(modularity(directed, eight::kBloc) == near(0.2889693677380414));
  for (std::uint32_t world = 0; world < 100; ++world) {
    const auto random = random_flows(world, 20);
    for (const Diagonal diagonal : {Diagonal::kIncluded, Diagonal::kExcluded}) {
      const auto graph = FlowGraph::from_matrix(random.flow, random.nodes(), diagonal);
      if (random.blocs > random.nodes()) continue;
      REQUIRE(modularity(graph, random.bloc) ==
              near(modularity(mixing_matrix(random.flow, random.bloc, random.blocs, diagonal)), 1e-12, 1e-13));
      // One block holds all flows: Q = 1 − γ.
      REQUIRE(modularity(graph, Labels(random.nodes(), 0), 0.25) == near(graph.total() > 0.0 ? 0.75 : 0.0));
    }
  }
}

TEST_CASE("merging the groups of a graph keeps the modularity of what they form") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    const auto random = random_flows(world, 20);
    const auto graph = FlowGraph::from_matrix(random.flow, random.nodes(), Diagonal::kIncluded);
    const auto merged = graph.merged(random.bloc, random.blocs);
    Labels each;
    for (std::uint32_t bloc = 0; bloc < random.blocs; ++bloc) each.push_back(bloc);
    if (random.blocs > random.nodes()) continue;
    REQUIRE(merged.total() == graph.total());
    REQUIRE(modularity(merged, each) == near(modularity(graph, random.bloc), 1e-12, 1e-13));
    REQUIRE(modularity(merged, Labels(random.blocs, 0), 0.5) ==
            near(modularity(graph, Labels(random.nodes(), 0), 0.5)));
  }
}

TEST_CASE("a graph without nodes or flows has modularity 0") {
  CHECK(modularity(FlowGraph::from_matrix({}, 0, Diagonal::kIncluded), {}) == 0.0);
  CHECK(modularity(FlowGraph::from_edges({}, 3, Diagonal::kIncluded), Labels{0, 1, 0}) == 0.0);
}

TEST_CASE("flow graphs refuse impossible input as internal errors") {
  const std::vector<double> flow(4, 1.0);
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(FlowGraph::from_matrix(flow, 3, Diagonal::kIncluded), InternalError);
  CHECK_THROWS_AS(FlowGraph::from_matrix(flow, 2, Diagonal::kIncluded, Labels{0, 0}), InternalError);
  CHECK_THROWS_AS(FlowGraph::from_matrix(flow, 2, Diagonal::kIncluded, Labels{0, 2}), InternalError);
  CHECK_THROWS_AS(FlowGraph::from_matrix(flow, 2, Diagonal::kIncluded, Labels{0}), InternalError);
  CHECK_THROWS_AS(FlowGraph::from_matrix(std::vector<double>{0, -1, 0, 0}, 2, Diagonal::kIncluded), InternalError);
  CHECK_THROWS_AS(FlowGraph::from_edges(std::vector<FlowEdge>{{0, 2, 1.0}}, 2, Diagonal::kIncluded), InternalError);
  CHECK_THROWS_AS(FlowGraph::from_edges(std::vector<FlowEdge>{{0, 1, infinity}}, 2, Diagonal::kIncluded),
                  InternalError);
  const auto graph = FlowGraph::from_matrix(flow, 2, Diagonal::kIncluded);
  CHECK_THROWS_AS(graph.merged(Labels{0}, 1), InternalError);
  CHECK_THROWS_AS(graph.merged(Labels{0, 1}, 1), InternalError);
  CHECK_THROWS_AS(modularity(graph, Labels{0}), InternalError);
  CHECK_THROWS_AS(modularity(graph, Labels{0, 2}), InternalError);
}
