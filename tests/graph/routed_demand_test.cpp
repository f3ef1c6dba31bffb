#include "sim/graph/routed_demand.hpp"

#include <algorithm>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/random_network.hpp"

using namespace splinternet;
using Row = std::vector<std::uint32_t>;

namespace {

std::vector<double> random_demand(std::size_t nodes, std::uint32_t world) {
  const Draws draws(19, Purpose::kTest, 0, world);
  std::vector<double> demand(nodes * nodes);
  for (std::uint32_t pair = 0; pair < demand.size(); ++pair) demand[pair] = draws.uniform(pair);
  return demand;
}

// Source by source through Dijkstra's algorithm.
RoutedDemand by_queries(const RoutingIndex& index, const std::vector<double>& demand, PathSplit split) {
  const std::size_t n = index.node_count();
  const std::size_t links = index.link_count();
  RoutedDemand routed{{}, std::vector<double>(n * n, 0.0), std::vector<double>(n * links, 0.0), {}};
  RoutingQuery query(n);
  for (std::uint32_t source = 0; source < n; ++source) {
    query.run(index, source);
    routed.distance.insert(routed.distance.end(), query.distance().begin(), query.distance().end());
    routed.lost.push_back(query.accumulate_transit(std::span(demand).subspan(source * n, n),
                                                   std::span(routed.transit).subspan(source * n, n),
                                                   std::span(routed.link_load).subspan(source * links, links), split));
  }
  return routed;
}

void require_same(const RoutedDemand& a, const RoutedDemand& b) {
  REQUIRE(a.distance == b.distance);
  REQUIRE(a.transit == b.transit);
  REQUIRE(a.link_load == b.link_load);
  REQUIRE(a.lost == b.lost);
}

// One to three links or nodes, forbidden or allowed again.
void change_something(AvoidSet& avoid, const Draws& draws) {
  for (std::uint32_t k = 0; k <= draws.below(3, 0); ++k) {
    const bool node = avoid.link.empty() || draws.below(5, 10 + k) == 0;
    std::vector<std::uint8_t>& flags = node ? avoid.transit : avoid.link;
    flags[draws.below(static_cast<std::uint32_t>(flags.size()), 20 + k)] ^= 1U;
  }
}

}  // namespace

TEST_CASE("all origins at once equal one query each, bit for bit, in both splits and on any number of threads") {
  for (std::uint32_t world = 0; world < 200; ++world) {
    const auto random = testing::random_network(world, 40, world % 2);
    const RoutingIndex index(random.network(), random.avoid, random.rank);
    const std::vector<double> demand = random_demand(random.nodes, world);
    for (const PathSplit split : {PathSplit::kSingle, PathSplit::kEqualCost}) {
      const RoutedDemand expected = by_queries(index, demand, split);
      for (const int threads : {1, 8}) {
        const parallel::ThreadLimit limit(threads);
        require_same(route_demand(index, demand, split), expected);
      }
    }
  }
}

TEST_CASE("rerouting the origins that change equals routing all anew, over 300 sequences of cuts and repairs") {
  std::size_t spared = 0;
  std::size_t rerouted = 0;
  for (std::uint32_t world = 0; world < 300; ++world) {
    const auto random = testing::random_network(world + 9000, world % 10 == 0 ? 80 : 25, world % 2);
    const Network network = random.network();
    const std::vector<double> demand = random_demand(random.nodes, world);
    const PathSplit split = world % 3 == 0 ? PathSplit::kEqualCost : PathSplit::kSingle;
    AvoidSet avoid = random.avoid;
    RoutingIndex before(network, avoid, random.rank);
    RoutedDemand routed = route_demand(before, demand, split);
    for (std::uint32_t step = 1; step <= 8; ++step) {
      change_something(avoid, Draws(23, Purpose::kTest, step, world));
      RoutingIndex after(network, avoid, random.rank);
      const Row origins = origins_that_change(before, after, routed.distance);
      reroute_demand(after, demand, origins, routed, split);
      require_same(routed, route_demand(after, demand, split));
      rerouted += origins.size();
      spared += random.nodes - origins.size();
      before = std::move(after);
    }
  }
  CHECK(spared > rerouted);  // most changes leave most origins alone
  CHECK(rerouted > 0);
}

TEST_CASE("a link that lies on nobody's shortest path changes no origin, the only way changes all") {
  // A ring of five with one long chord: the chord is never used.
  const std::vector<LinkEnds> ends = {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 0}, {0, 2}};
  const Row weights = {10, 10, 10, 10, 10, 99};
  const Network network(5, ends, weights);
  const RoutingIndex all(network, {});
  Row distance = route_demand(all, std::vector<double>(25, 1.0)).distance;
  CHECK(origins_that_change(all, all, distance).empty());
  const RoutingIndex without_chord(network, {{}, {0, 0, 0, 0, 0, 1}});
  CHECK(origins_that_change(all, without_chord, distance).empty());
  CHECK(origins_that_change(without_chord, all, distance).empty());
  // Link 2–3 is tight for its ends and the neighbours of its ends, not for node 0 on the other side.
  const RoutingIndex without_link(network, {{}, {0, 0, 1, 0, 0, 0}});
  CHECK(origins_that_change(all, without_link, distance) == Row{1, 2, 3, 4});
  // Node 0 forbidden as transit concerns those who pass it, 1 and 4, never itself.
  const RoutingIndex closed(network, {{1, 0, 0, 0, 0}, {}});
  CHECK(origins_that_change(all, closed, distance) == Row{1, 4});
}

TEST_CASE("in a diamond of equal sides each side carries half, and a third way takes a third") {
  // 0 – {1, 2, 3} – 4 – 5; the way over 3 is closed at first.
  const std::vector<LinkEnds> ends = {{0, 1}, {0, 2}, {0, 3}, {1, 4}, {2, 4}, {3, 4}, {4, 5}};
  const Row weights = {2, 1, 1, 1, 2, 2, 7};
  const Network network(6, ends, weights);
  std::vector<double> demand(36, 0.0);
  demand[4] = 6.0;   // from 0 to 4
  demand[5] = 12.0;  // from 0 to 5
  demand[1] = 1.0;
  const RoutedDemand two =
      route_demand(RoutingIndex(network, {{}, {0, 0, 1, 0, 0, 0, 0}}), demand, PathSplit::kEqualCost);
  const std::vector<double> transit(two.transit.begin(), two.transit.begin() + 6);
  const std::vector<double> load(two.link_load.begin(), two.link_load.begin() + 7);
  CHECK(transit == std::vector<double>{0, 9, 9, 0, 12, 0});
  CHECK(load == std::vector<double>{10, 9, 0, 9, 9, 0, 12});
  const RoutedDemand three = route_demand(RoutingIndex(network, {}), demand, PathSplit::kEqualCost);
  CHECK(std::vector<double>(three.transit.begin(), three.transit.begin() + 6) ==
        std::vector<double>{0, 6, 6, 6, 12, 0});
  CHECK(std::vector<double>(three.link_load.begin(), three.link_load.begin() + 7) ==
        std::vector<double>{7, 6, 6, 6, 6, 6, 12});
  // Two stages in a row: half of a half.
  const RoutedDemand one = route_demand(RoutingIndex(network, {}), demand);
  CHECK(std::vector<double>(one.transit.begin(), one.transit.begin() + 6) == std::vector<double>{0, 18, 0, 0, 12, 0});
}

TEST_CASE("an equal-cost split conserves traffic at every node and costs each unit its distance") {
  for (std::uint32_t world = 0; world < 200; ++world) {
    const auto random = testing::random_network(world, 30, world % 2);
    const RoutingIndex index(random.network(), random.avoid, random.rank);
    const std::vector<double> demand = random_demand(random.nodes, world);
    const RoutedDemand routed = route_demand(index, demand, PathSplit::kEqualCost);
    const RoutedDemand single = route_demand(index, demand);
    REQUIRE(routed.distance == single.distance);
    REQUIRE(routed.lost == single.lost);
    const std::size_t n = random.nodes;
    const std::size_t links = random.ends.size();
    for (std::size_t o = 0; o < n; ++o) {
      std::vector<double> at_node(n, 0.0);
      double length = 0.0;
      double expected_length = 0.0;
      for (std::size_t link = 0; link < links; ++link) {
        const double load = routed.link_load[o * links + link];
        if (random.avoid.link[link] != 0) REQUIRE(load == 0.0);
        at_node[random.ends[link].a] += load;
        at_node[random.ends[link].b] += load;
        length += load * random.weights[link];
      }
      for (std::size_t d = 0; d < n; ++d) {
        const std::uint32_t distance = routed.distance[o * n + d];
        if (random.avoid.transit[d] != 0) REQUIRE(routed.transit[o * n + d] == 0.0);
        if (d == o) continue;
        const double arriving = distance == kUnreachable ? 0.0 : demand[o * n + d];
        expected_length += distance == kUnreachable ? 0.0 : arriving * distance;
        REQUIRE(at_node[d] == testing::near(2.0 * routed.transit[o * n + d] + arriving, 1e-12, 1e-12));
      }
      REQUIRE(length == testing::near(expected_length, 1e-12, 1e-12));
    }
  }
}

TEST_CASE("demand, results and policies of other sizes or ranks are internal errors") {
  const std::vector<LinkEnds> ends = {{0, 1}};
  const Network network(2, ends, Row{1});
  const RoutingIndex index(network, {});
  const std::vector<double> demand(4, 1.0);
  CHECK_THROWS_AS(route_demand(index, std::vector<double>(3, 1.0)), InternalError);
  RoutedDemand empty;
  CHECK_THROWS_AS(reroute_demand(index, demand, Row{0}, empty), InternalError);
  const Row distance = {0, 1, 1, 0};
  CHECK_THROWS_AS(origins_that_change(index, RoutingIndex(network, {}, Row{1, 0}), distance), InternalError);
  CHECK_THROWS_AS(origins_that_change(index, RoutingIndex(Network(2, {}, {}), {}), distance), InternalError);
  CHECK_THROWS_AS(origins_that_change(index, index, Row{0}), InternalError);
}
