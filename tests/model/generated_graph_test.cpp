#include "sim/model/generated_graph.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "tests/support/actor_worlds.hpp"
#include "tests/support/catch.hpp"

namespace splinternet::testing {
namespace {

SparseGraph graph_of(std::size_t actors, const std::string& graph, const std::string& key = "", double value = 0) {
  Scenario scenario = pact_scenario(actors);
  choose(scenario, "influence.graph", graph);
  if (!key.empty()) set(scenario, "influence." + key, value);
  return make_setting(scenario, {})->influence->graph;
}

std::vector<std::uint32_t> row(const SparseGraph& graph, std::size_t node) {
  const auto peers = graph.peers(node);
  return {peers.begin(), peers.end()};
}

bool is_symmetric(const SparseGraph& graph) {
  for (std::uint32_t i = 0; i < graph.nodes(); ++i) {
    for (const std::uint32_t j : graph.peers(i)) {
      if (!std::ranges::binary_search(graph.peers(j), i)) return false;
    }
  }
  return true;
}

TEST_CASE("a ring looks at its neighbours on either side") {
  CHECK(row(graph_of(6, "ring"), 0) == std::vector<std::uint32_t>{1, 5});
  CHECK(row(graph_of(7, "ring", "degree", 4), 3) == std::vector<std::uint32_t>{1, 2, 4, 5});
}

TEST_CASE("a torus has 2m neighbours, 3^m - 1 with diagonals") {
  const SparseGraph grid = graph_of(16, "grid");
  CHECK(row(grid, 0) == std::vector<std::uint32_t>{1, 3, 4, 12});
  const SparseGraph cube = graph_of(27, "grid", "dimensions", 3);
  const SparseGraph moore = graph_of(25, "moore_grid");
  for (std::size_t i = 0; i < 25; ++i) {
    CHECK(cube.degree(i) == 6);
    CHECK(moore.degree(i) == 8);
  }
  CHECK(is_symmetric(cube));
  CHECK(is_symmetric(moore));
}

TEST_CASE("a regular tree has its degree everywhere but at the leaves") {
  const SparseGraph tree = graph_of(1 + 3 + 6 + 12, "regular_tree", "degree", 3);
  for (std::size_t i = 0; i < 10; ++i) CHECK(tree.degree(i) == 3);
  for (std::size_t i = 10; i < 22; ++i) CHECK(tree.degree(i) == 1);
  CHECK(is_symmetric(tree));
}

TEST_CASE("a poisson graph is symmetric, without loops, and its degrees have the mean and variance of their law") {
  const std::size_t n = 40'000;
  const SparseGraph graph = graph_of(n, "poisson", "mean_degree", 5);
  CHECK(is_symmetric(graph));
  double mean = 0.0, square = 0.0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const auto degree = static_cast<double>(graph.degree(i));
    mean += degree / static_cast<double>(n);
    square += degree * degree / static_cast<double>(n);
    CHECK_FALSE(std::ranges::binary_search(graph.peers(i), i));
  }
  // Standard errors: sqrt(5/n) = .011 of the mean, about sqrt(2·25/n) = .035 of the variance.
  CHECK(std::fabs(mean - 5.0) < 0.05);
  CHECK(std::fabs(square - mean * mean - 5.0) < 0.15);
}

TEST_CASE("sizes that no such graph has are refused") {
  CHECK_THROWS_AS(graph_of(10, "grid"), ScenarioError);
  CHECK_THROWS_AS(graph_of(4, "grid"), ScenarioError);
  CHECK_THROWS_AS(graph_of(10, "ring", "degree", 3), ScenarioError);
  CHECK_THROWS_AS(graph_of(10, "ring", "degree", 10), ScenarioError);
  CHECK_THROWS_AS(graph_of(10, "regular_tree", "degree", 1), ScenarioError);
}

}  // namespace
}  // namespace splinternet::testing
