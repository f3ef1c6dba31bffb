#include "sim/graph/bgl_biconnected.hpp"

#include <algorithm>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/eight_node_case.hpp"
#include "tests/support/plain_graphs.hpp"
#include "tests/support/random_network.hpp"

using namespace splinternet;
using bgl::biconnectivity;
using Marks = std::vector<std::uint8_t>;
namespace eight = splinternet::testing::eight_node;

TEST_CASE("every inner node of a path is an articulation and every link a bridge; a cycle and K_n have neither") {
  const auto path = biconnectivity(testing::path_graph(5).network());
  CHECK(path.count == 4);
  CHECK(path.articulation == Marks{0, 1, 1, 1, 0});
  CHECK(path.bridge == Marks{1, 1, 1, 1});
  for (const auto& graph : {testing::cycle_graph(5), testing::complete_graph(5)}) {
    const auto whole = biconnectivity(graph.network());
    CHECK(whole.count == 1);
    CHECK(whole.articulation == Marks(5, 0));
    CHECK(whole.bridge == Marks(graph.ends.size(), 0));
  }
  CHECK(biconnectivity(testing::star_graph(4).network()).articulation == Marks{1, 0, 0, 0});
}

TEST_CASE("a barbell has three blocks, two articulations and one bridge") {
  const auto barbell = biconnectivity(testing::barbell_graph(4).network());
  CHECK(barbell.count == 3);
  CHECK(barbell.articulation == Marks{0, 0, 0, 1, 1, 0, 0, 0});
  CHECK(std::count(barbell.bridge.begin(), barbell.bridge.end(), 1) == 1);
  CHECK(barbell.bridge.back() == 1);
  CHECK(barbell.block.front() == 0);
  CHECK(barbell.block.back() == 2);
}

TEST_CASE("the eight-node case hangs on nobody") {
  testing::PlainGraph graph{eight::kNodes, {}, {}};
  for (const auto& link : eight::kLinks) graph.join(link.a, link.b, link.length);
  const auto found = biconnectivity(graph.network());
  CHECK(found.count == 1);
  CHECK(found.articulation == Marks(eight::kNodes, 0));
}

TEST_CASE("parallel links are one block and no bridge") {
  testing::PlainGraph graph = testing::path_graph(3);
  graph.join(1, 0);
  const auto found = biconnectivity(graph.network());
  CHECK(found.bridge == Marks{0, 1, 0});
  CHECK(found.block == std::vector<std::uint32_t>{0, 1, 0});
  CHECK(found.articulation == Marks{0, 1, 0});
}

TEST_CASE("on 150 random networks articulations and bridges are what parts others when removed") {
  std::size_t articulations = 0;
  std::size_t bridges = 0;
  for (std::uint32_t world = 0; world < 150; ++world) {
    const auto random = testing::random_network(world, 12);
    const auto found = biconnectivity(random.network());
    INFO("world " << world);
    const auto pairs_connected = [&](const Marks& no_transit, const Marks& no_link, std::uint32_t without) {
      std::size_t pairs = 0;
      for (std::uint32_t from = 0; from < random.nodes; ++from) {
        if (from == without) continue;
        const auto distance = testing::subgraph_distances(random.nodes, random.plain, no_transit, no_link, from);
        for (std::uint32_t to = 0; to < random.nodes; ++to) {
          pairs += to != without && distance[to] != testing::kNoDistance ? 1U : 0U;
        }
      }
      return pairs;
    };
    for (std::uint32_t node = 0; node < random.nodes; ++node) {
      Marks without(random.nodes, 0);
      without[node] = 1;
      REQUIRE((found.articulation[node] == 1) == (pairs_connected(without, {}, node) < pairs_connected({}, {}, node)));
      articulations += found.articulation[node];
    }
    const auto nobody = static_cast<std::uint32_t>(random.nodes);
    for (std::size_t link = 0; link < random.ends.size(); ++link) {
      Marks without(random.ends.size(), 0);
      without[link] = 1;
      REQUIRE((found.bridge[link] == 1) == (pairs_connected({}, without, nobody) < pairs_connected({}, {}, nobody)));
      bridges += found.bridge[link];
    }
  }
  CHECK(articulations > 50);
  CHECK(bridges > 50);
}

TEST_CASE("a network without links has no blocks") {
  const auto found = biconnectivity(Network(3, {}, {}));
  CHECK(found.count == 0);
  CHECK(found.block.empty());
  CHECK(found.articulation == Marks(3, 0));
  CHECK(biconnectivity(Network(0, {}, {})).articulation.empty());
}
