#include "sim/metrics/spectral.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/eight_node_case.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::metrics;
using splinternet::testing::near;
namespace eight = splinternet::testing::eight_node;

namespace {

constexpr double kPi = 3.14159265358979323846;

struct Graph {
  explicit Graph(std::size_t nodes) : n(nodes), capacity(nodes * nodes, 0.0) {}

  void join(std::size_t a, std::size_t b, double c = 1.0) {
    capacity[a * n + b] += c;
    capacity[b * n + a] += c;
  }
  [[nodiscard]] double lambda_2(Laplacian laplacian = Laplacian::kCombinatorial) const {
    return algebraic_connectivity(capacity, n, laplacian);
  }

  std::size_t n;
  std::vector<double> capacity;
};

Graph complete(std::size_t n) {
  Graph graph(n);
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < a; ++b) graph.join(a, b);
  }
  return graph;
}

Graph path(std::size_t n) {
  Graph graph(n);
  for (std::size_t a = 1; a < n; ++a) graph.join(a - 1, a);
  return graph;
}

}  // namespace

TEST_CASE("eigenvalues of a matrix with known spectrum are found, repeated and zero ones included") {
  for (std::uint32_t world = 0; world < 60; ++world) {
    const Draws draws(19, Purpose::kTest, 0, world);
    const std::uint32_t n = 1 + draws.below(30, 0);
    std::vector<double> spectrum;
    for (std::uint32_t i = 0; i < n; ++i) spectrum.push_back(static_cast<double>(draws.below(7, i + 1)) - 2.0);
    std::sort(spectrum.begin(), spectrum.end());
    // A = Q·diag(spectrum)·Q with the reflection Q = I − 2vvᵀ/|v|².
    std::vector<double> v;
    double squares = 0.0;
    for (std::uint32_t i = 0; i < n; ++i) {
      v.push_back(draws.normal(i + 100));
      squares += v[i] * v[i];
    }
    const auto q = [&](std::size_t i, std::size_t j) { return (i == j ? 1.0 : 0.0) - 2.0 * v[i] * v[j] / squares; };
    std::vector<double> matrix(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k < n; ++k) matrix[i * n + j] += q(i, k) * spectrum[k] * q(k, j);
      }
    }
    const auto found = symmetric_eigenvalues(matrix, n);
    REQUIRE(found.size() == n);
    for (std::size_t i = 0; i < n; ++i) REQUIRE(std::fabs(found[i] - spectrum[i]) < 1e-12);
  }
}

TEST_CASE("trivial matrices: empty, one by one, diagonal, and only the lower triangle counts") {
  CHECK(symmetric_eigenvalues({}, 0).empty());
  CHECK(symmetric_eigenvalues(std::vector<double>{-3.0}, 1) == std::vector<double>{-3.0});
  CHECK(symmetric_eigenvalues(std::vector<double>{5, 0, 0, 0, -1, 0, 0, 0, 2}, 3) == std::vector<double>{-1, 2, 5});
  const auto pair = symmetric_eigenvalues(std::vector<double>{2, 99, 1, 2}, 2);
  CHECK(pair[0] == near(1.0));
  CHECK(pair[1] == near(3.0));
}

TEST_CASE("the eight-node case has its published algebraic connectivity, plain and normalised") {
  Graph graph(eight::kNodes);
  for (const auto& link : eight::kLinks) graph.join(link.a, link.b, link.capacity);
  CHECK(graph.lambda_2() == near(12.071529735430122));
  CHECK(graph.lambda_2(Laplacian::kNormalized) == near(0.2106323998819078));
}

TEST_CASE("algebraic connectivity has its closed forms") {
  for (const std::size_t n : {2U, 3U, 7U, 20U}) {
    const auto nodes = static_cast<double>(n);
    CHECK(complete(n).lambda_2() == near(nodes));
    CHECK(complete(n).lambda_2(Laplacian::kNormalized) == near(nodes / (nodes - 1.0)));
    CHECK(path(n).lambda_2() == near(2.0 * (1.0 - math::cos(kPi / nodes))));
  }
  Graph star(6);
  for (std::size_t leaf = 1; leaf < 6; ++leaf) star.join(0, leaf);
  CHECK(star.lambda_2() == near(1.0));
  Graph barbell(10);  // two complete graphs on five nodes, joined by one link
  for (std::size_t a = 0; a < 5; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      barbell.join(a, b);
      barbell.join(a + 5, b + 5);
    }
  }
  barbell.join(4, 5);
  CHECK(barbell.lambda_2() == near(0.2984378812835765));
}

TEST_CASE("capacity scales the plain value and not the normalised one; direction does not matter") {
  Graph graph = path(7);
  graph.join(0, 3, 2.5);
  Graph larger = graph;
  for (double& c : larger.capacity) c *= 1000.0;
  CHECK(larger.lambda_2() == near(1000.0 * graph.lambda_2()));
  CHECK(larger.lambda_2(Laplacian::kNormalized) == near(graph.lambda_2(Laplacian::kNormalized)));
  Graph one_way = graph;
  for (std::size_t i = 0; i < 7; ++i) {
    one_way.capacity[i * 7 + i] = 4.0;  // domestic capacity joins nothing
    for (std::size_t j = 0; j < 7; ++j) {
      if (i == j) continue;
      one_way.capacity[i * 7 + j] = i > j ? 2.0 * graph.capacity[i * 7 + j] : 0.0;
    }
  }
  CHECK(one_way.lambda_2() == near(graph.lambda_2()));
}

TEST_CASE("a split network has algebraic connectivity exactly 0, its components their own") {
  Graph graph(8);
  for (std::size_t a : {0U, 2U, 5U}) {
    for (std::size_t b : {0U, 2U, 5U}) {
      if (a < b) graph.join(a, b, 3.0);
    }
  }
  graph.join(1, 7, 2.0);
  graph.join(7, 4, 2.0);
  CHECK(graph.lambda_2() == 0.0);
  const auto parts = connectivity_by_component(graph.capacity, 8, Laplacian::kCombinatorial);
  REQUIRE(parts.size() == 4);
  CHECK(parts[0].nodes == std::vector<std::size_t>{0, 2, 5});
  CHECK(parts[0].lambda_2 == near(9.0));
  CHECK(parts[1].nodes == std::vector<std::size_t>{1, 4, 7});
  CHECK(parts[1].lambda_2 == near(2.0));
  CHECK(parts[2].nodes == std::vector<std::size_t>{3});
  CHECK(parts[2].lambda_2 == 0.0);
  CHECK(parts[3].nodes == std::vector<std::size_t>{6});
}

TEST_CASE("a connected graph of equal parts falls apart as its bridge thins") {
  double before = 10.0;
  for (const double bridge : {1.0, 0.1, 0.01, 0.0}) {
    Graph graph(6);
    for (const std::size_t first : {0U, 3U}) {
      graph.join(first, first + 1);
      graph.join(first, first + 2);
      graph.join(first + 1, first + 2);
    }
    graph.join(2, 3, bridge);
    CHECK(graph.lambda_2() < before);
    before = graph.lambda_2();
  }
  CHECK(before == 0.0);
}

TEST_CASE("relabelling the nodes of a capacity graph does not change the value") {
  Graph graph(9);
  Graph reversed(9);
  const Draws draws(21, Purpose::kTest, 0, 0);
  for (std::uint32_t link = 0; link < 20; ++link) {
    const std::size_t a = draws.below(9, 3 * link);
    const std::size_t b = (a + 1 + draws.below(8, 3 * link + 1)) % 9;
    const double c = draws.uniform(3 * link + 2);
    graph.join(a, b, c);
    reversed.join(8 - a, 8 - b, c);
  }
  REQUIRE(graph.lambda_2() > 0.0);
  CHECK(reversed.lambda_2() == near(graph.lambda_2()));
}

TEST_CASE("fewer than two nodes have no connectivity, wrong sizes are internal errors, NaN a solver error") {
  CHECK(algebraic_connectivity({}, 0, Laplacian::kCombinatorial) == 0.0);
  CHECK(algebraic_connectivity(std::vector<double>{3.0}, 1, Laplacian::kNormalized) == 0.0);
  CHECK_THROWS_AS(symmetric_eigenvalues(std::vector<double>(3, 1.0), 2), InternalError);
  CHECK_THROWS_AS(algebraic_connectivity(std::vector<double>(3, 1.0), 2, Laplacian::kCombinatorial), InternalError);
  CHECK_THROWS_AS(connectivity_by_component(std::vector<double>(3, 1.0), 2, Laplacian::kNormalized), InternalError);
  const double nan = std::nan("");
  CHECK_THROWS_AS(symmetric_eigenvalues(std::vector<double>{1, nan, nan, 1}, 2), SolverError);
}
