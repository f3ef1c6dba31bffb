#include "sim/graph/bgl.hpp"

#include <algorithm>
#include <vector>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_network.hpp"

using namespace splinternet;

TEST_CASE("Boost.Graph distances equal per-destination subgraph Bellman-Ford on 200 random policies") {
  std::size_t unreachable = 0;
  for (std::uint32_t world = 0; world < 200; ++world) {
    const auto random = testing::random_network(world, 12);
    const Network network = random.network();
    std::vector<std::uint32_t> distance(random.nodes);
    for (std::uint32_t source = 0; source < random.nodes; ++source) {
      bgl::dijkstra(network, source, random.avoid, distance);
      REQUIRE(distance ==
              testing::subgraph_distances(random.nodes, random.plain, random.avoid.transit, random.avoid.link, source));
      unreachable += static_cast<std::size_t>(std::count(distance.begin(), distance.end(), kUnreachable));
    }
  }
  CHECK(unreachable > 0);
}

TEST_CASE("an empty avoid set forbids nothing, and wrong lengths are an internal error") {
  const std::vector<LinkEnds> links = {{0, 1}, {1, 2}};
  const std::vector<std::uint32_t> weights = {3, 4};
  const Network network(3, links, weights);
  std::vector<std::uint32_t> distance(3);
  bgl::dijkstra(network, 2, {}, distance);
  CHECK(distance == std::vector<std::uint32_t>{7, 4, 0});
  CHECK_THROWS_AS(bgl::dijkstra(network, 3, {}, distance), InternalError);
  CHECK_THROWS_AS(bgl::dijkstra(network, 0, AvoidSet{{1}, {}}, distance), InternalError);
  CHECK_THROWS_AS(bgl::dijkstra(network, 0, AvoidSet{{}, {1}}, distance), InternalError);
}

TEST_CASE("components are numbered by their lowest node") {
  const std::vector<LinkEnds> links = {{4, 1}, {3, 0}, {1, 4}};
  const std::vector<std::uint32_t> weights = {1, 1, 1};
  const auto components = bgl::connected_components(Network(5, links, weights));
  CHECK(components.count == 3);
  CHECK(components.label == std::vector<std::uint32_t>{0, 1, 2, 0, 1});
  CHECK(bgl::connected_components(Network(0, {}, {})).count == 0);
}

TEST_CASE("two nodes share a component exactly if a path joins them") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    const auto random = testing::random_network(world, 15);
    const auto components = bgl::connected_components(random.network());
    for (std::uint32_t from = 0; from < random.nodes; ++from) {
      const auto distance = testing::subgraph_distances(random.nodes, random.plain, {}, {}, from);
      for (std::uint32_t to = 0; to < random.nodes; ++to) {
        REQUIRE((components.label[from] == components.label[to]) == (distance[to] != testing::kNoDistance));
      }
    }
  }
}
