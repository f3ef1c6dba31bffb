#include "sim/graph/avoidability.hpp"

#include <vector>

#include "sim/core/check.hpp"
#include "sim/graph/bgl_biconnected.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/eight_node_case.hpp"
#include "tests/support/near.hpp"
#include "tests/support/plain_graphs.hpp"
#include "tests/support/random_network.hpp"

using namespace splinternet;
using splinternet::testing::near;
using Marks = std::vector<std::uint8_t>;
namespace eight = splinternet::testing::eight_node;

namespace {

double by_enumeration(const testing::RandomNetwork& random, const Marks& source, const Marks& destination) {
  double pairs = 0.0;
  double served = 0.0;
  for (std::uint32_t s = 0; s < random.nodes; ++s) {
    if (source[s] == 0) continue;
    const auto distance =
        testing::subgraph_distances(random.nodes, random.plain, random.avoid.transit, random.avoid.link, s);
    for (std::uint32_t d = 0; d < random.nodes; ++d) {
      if (d == s || destination[d] == 0) continue;
      pairs += 1.0;
      served += distance[d] != testing::kNoDistance ? 1.0 : 0.0;
    }
  }
  return pairs > 0.0 ? served / pairs : 1.0;
}

}  // namespace

TEST_CASE("in the eight-node case three of fifteen pairs out of bloc B have no path that avoids bloc A") {
  testing::PlainGraph graph{eight::kNodes, {}, {}};
  for (const auto& link : eight::kLinks) graph.join(link.a, link.b, link.length);
  const auto forbidden = eight::forbidden_transit(eight::Policy::kAvoidRival, 3);
  const AvoidSet avoid{{forbidden.begin(), forbidden.end()}, {}};
  const Marks from_b = {0, 0, 0, 1, 1, 1, 0, 0};
  const Marks to_others = {1, 1, 1, 0, 0, 0, 1, 1};
  CHECK(avoidability(graph.network(), avoid, from_b, to_others) == 12.0 / 15.0);
  CHECK(avoidability(graph.network(), avoid, from_b, from_b) == 1.0);
  CHECK(transit_avoidability(graph.network()) == std::vector<double>(eight::kNodes, 1.0));
}

TEST_CASE("avoidability of 200 random networks equals that by enumeration, endpoints exempt") {
  std::size_t partial = 0;
  for (std::uint32_t world = 0; world < 200; ++world) {
    const auto random = testing::random_network(world, 12);
    const Draws draws(33, Purpose::kTest, 0, world);
    Marks source;
    Marks destination;
    for (std::uint32_t node = 0; node < random.nodes; ++node) {
      source.push_back(draws.below(2, 2 * node) == 0 ? 0 : 1);
      destination.push_back(draws.below(3, 2 * node + 1) == 0 ? 0 : 1);
    }
    const double share = avoidability(random.network(), random.avoid, source, destination);
    REQUIRE(share == by_enumeration(random, source, destination));
    partial += share > 0.0 && share < 1.0 ? 1 : 0;
  }
  CHECK(partial > 50);
}

TEST_CASE("a node is unavoidable for some pair exactly if it is an articulation") {
  for (std::uint32_t world = 0; world < 150; ++world) {
    const auto random = testing::random_network(world, 14);
    const Network network = random.network();
    const auto share = transit_avoidability(network);
    const auto articulation = bgl::biconnectivity(network).articulation;
    for (std::uint32_t node = 0; node < random.nodes; ++node) {
      Marks others(random.nodes, 1);
      others[node] = 0;
      AvoidSet without;
      without.transit.assign(random.nodes, 0);
      without.transit[node] = 1;
      REQUIRE(share[node] == avoidability(network, without, others, others));
      REQUIRE((share[node] < avoidability(network, {}, others, others)) == (articulation[node] == 1));
    }
  }
}

TEST_CASE("no star pair avoids the centre, no pair of a path of n avoids its k-th node from the other side") {
  CHECK(transit_avoidability(testing::star_graph(6).network())[0] == 0.0);
  CHECK(transit_avoidability(testing::star_graph(6).network())[3] == 1.0);
  const auto path = transit_avoidability(testing::path_graph(5).network());
  CHECK(path[1] == near(6.0 / 12.0));
  CHECK(path[2] == near(4.0 / 12.0));
}

TEST_CASE("without a pair nothing is unavoidable, and wrong lengths are internal errors") {
  const Network network = testing::path_graph(3).network();
  const Marks none(3, 0);
  const Marks all(3, 1);
  CHECK(avoidability(network, {}, none, all) == 1.0);
  CHECK(transit_avoidability(Network(2, {}, {})) == std::vector<double>(2, 1.0));
  CHECK(transit_avoidability(Network(0, {}, {})).empty());
  CHECK_THROWS_AS(avoidability(network, {}, Marks(2, 1), all), InternalError);
  CHECK_THROWS_AS(avoidability(network, AvoidSet{{1}, {}}, all, all), InternalError);
  CHECK_THROWS_AS(avoidability(network, AvoidSet{{}, {1}}, all, all), InternalError);
}
