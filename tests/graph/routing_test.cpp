#include "sim/graph/routing.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/graph/bgl.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/eight_node_case.hpp"
#include "tests/support/random_network.hpp"

using namespace splinternet;
namespace eight = splinternet::testing::eight_node;
using Row = std::vector<std::uint32_t>;

namespace {

Network eight_node_network() {
  std::vector<LinkEnds> ends;
  Row lengths;
  for (const auto& link : eight::kLinks) {
    ends.push_back({link.a, link.b});
    lengths.push_back(link.length);
  }
  return {eight::kNodes, ends, lengths};
}

// Distances from every origin under its own policy, row-major.
Row eight_node_distances(eight::Policy policy) {
  const Network network = eight_node_network();
  RoutingQuery query(eight::kNodes);
  Row all;
  for (std::uint32_t origin = 0; origin < eight::kNodes; ++origin) {
    const auto forbidden = eight::forbidden_transit(policy, origin);
    const RoutingIndex index(network, {{forbidden.begin(), forbidden.end()}, {}});
    query.run(index, origin);
    all.insert(all.end(), query.distance().begin(), query.distance().end());
  }
  return all;
}

// Every simple path in turn: lowers `best` at each node that a permitted path from `source` reaches.
void walk_all_paths(const testing::RandomNetwork& world, std::uint32_t source, std::uint32_t node, std::uint32_t length,
                    std::vector<char>& on_path, Row& best) {
  best[node] = std::min(best[node], length);
  if (node != source && world.avoid.transit[node] != 0) return;
  on_path[node] = 1;
  for (std::size_t id = 0; id < world.plain.size(); ++id) {
    const auto& link = world.plain[id];
    if (world.avoid.link[id] != 0 || (link.a != node && link.b != node)) continue;
    const std::uint32_t next = link.a == node ? link.b : link.a;
    if (on_path[next] == 0) walk_all_paths(world, source, next, length + link.weight, on_path, best);
  }
  on_path[node] = 0;
}

// The settling order and predecessors by their definition, from known distances, in quadratic time.
struct Definition {
  Row settled;
  Row predecessor;
  Row link;
};

Definition settle_by_definition(const testing::RandomNetwork& world, const Row& distance, std::uint32_t source) {
  const std::size_t n = world.nodes;
  Definition result{{source}, Row(n, kNoNode), Row(n, kNoNode)};
  std::vector<char> done(n, 0);
  done[source] = 1;
  const auto tight = [&](std::uint32_t tail, std::uint32_t head, std::size_t id) {
    const auto& link = world.plain[id];
    const bool joins = (link.a == tail && link.b == head) || (link.b == tail && link.a == head);
    const bool leaves = tail == source || world.avoid.transit[tail] == 0;
    return joins && leaves && world.avoid.link[id] == 0 && distance[tail] + link.weight == distance[head];
  };
  for (;;) {
    // (distance, rank of head, rank of tail, link): the least is the next node with its predecessor.
    std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::size_t> next{kUnreachable, 0, 0, 0};
    std::uint32_t from = kNoNode;
    std::uint32_t to = kNoNode;
    for (const std::uint32_t tail : result.settled) {
      for (std::uint32_t head = 0; head < n; ++head) {
        if (done[head] != 0) continue;
        for (std::size_t id = 0; id < world.plain.size(); ++id) {
          const std::tuple candidate{distance[head], world.rank[head], world.rank[tail], id};
          if (!tight(tail, head, id) || !(candidate < next)) continue;
          next = candidate;
          from = tail;
          to = head;
        }
      }
    }
    if (to == kNoNode) return result;
    done[to] = 1;
    result.settled.push_back(to);
    result.predecessor[to] = from;
    result.link[to] = static_cast<std::uint32_t>(std::get<3>(next));
  }
}

Row copy(std::span<const std::uint32_t> values) {
  return {values.begin(), values.end()};
}

// Whole numbers, so that sums are exact in any order.
std::vector<double> whole_demand(std::size_t nodes, std::uint32_t world) {
  const Draws draws(11, Purpose::kTest, 0, world);
  std::vector<double> demand;
  for (std::uint32_t node = 0; node < nodes; ++node) demand.push_back(draws.below(100, node));
  return demand;
}

}  // namespace

TEST_CASE("distances equal the enumeration of all simple paths on 300 random policies") {
  for (std::uint32_t world = 0; world < 300; ++world) {
    const auto random = testing::random_network(world, 7);
    const RoutingIndex index(random.network(), random.avoid, random.rank);
    RoutingQuery query(random.nodes);
    for (std::uint32_t source = 0; source < random.nodes; ++source) {
      query.run(index, source);
      Row best(random.nodes, kUnreachable);
      std::vector<char> on_path(random.nodes, 0);
      walk_all_paths(random, source, source, 0, on_path, best);
      REQUIRE(copy(query.distance()) == best);
    }
  }
}

TEST_CASE("distances equal subgraph Bellman-Ford and Boost.Graph on 300 larger random policies") {
  for (std::uint32_t world = 1000; world < 1300; ++world) {
    const auto random = testing::random_network(world, 30);
    const Network network = random.network();
    const RoutingIndex index(network, random.avoid, random.rank);
    RoutingQuery query(random.nodes);
    Row boost_distance(random.nodes);
    for (std::uint32_t source = 0; source < random.nodes; ++source) {
      query.run(index, source);
      const Row distance = copy(query.distance());
      bgl::dijkstra(network, source, random.avoid, boost_distance);
      REQUIRE(distance == boost_distance);
      if (source % 5 != 0) continue;
      REQUIRE(distance ==
              testing::subgraph_distances(random.nodes, random.plain, random.avoid.transit, random.avoid.link, source));
    }
  }
}

TEST_CASE("settling order and predecessors follow their definition, zero-length and parallel links included") {
  for (std::uint32_t world = 0; world < 300; ++world) {
    const auto random = testing::random_network(world, 10, world % 2);
    const RoutingIndex index(random.network(), random.avoid, random.rank);
    RoutingQuery query(random.nodes);
    for (std::uint32_t source = 0; source < random.nodes; ++source) {
      query.run(index, source);
      const auto expected = settle_by_definition(random, copy(query.distance()), source);
      REQUIRE(copy(query.settled()) == expected.settled);
      REQUIRE(copy(query.predecessor()) == expected.predecessor);
      REQUIRE(copy(query.predecessor_link()) == expected.link);
    }
  }
}

TEST_CASE("with positive weights nodes settle in order of distance, then rank") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    const auto random = testing::random_network(world, 25, 1);
    const RoutingIndex index(random.network(), random.avoid, random.rank);
    RoutingQuery query(random.nodes);
    query.run(index, 0);
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(query.distance()[a], random.rank[a]) < std::pair(query.distance()[b], random.rank[b]);
    };
    CHECK(std::is_sorted(query.settled().begin(), query.settled().end(), before));
  }
}

TEST_CASE("the eight-node case has its published distances under no policy and when avoiding the rival") {
  CHECK(eight_node_distances(eight::Policy::kNone) == Row(eight::kBaseDistance.begin(), eight::kBaseDistance.end()));
  CHECK(eight_node_distances(eight::Policy::kAvoidRival) ==
        Row(eight::kDistanceAvoidingRival.begin(), eight::kDistanceAvoidingRival.end()));
}

TEST_CASE("the eight-node case when avoiding rival and neutral: 15 pairs lost, own bloc and direct link remain") {
  const Row distance = eight_node_distances(eight::Policy::kAvoidRivalAndNeutral);
  CHECK(std::count(distance.begin(), distance.end(), kUnreachable) == 15);
  CHECK(distance[0 * 8 + 4] == 5600);          // over 1, which has the direct link to 4
  CHECK(distance[0 * 8 + 3] == kUnreachable);  // 4 and 6 absorb
  CHECK(distance[2 * 8 + 6] == 2500);          // a neutral is still an endpoint
  CHECK(distance[2 * 8 + 7] == kUnreachable);
  CHECK(distance[6 * 8 + 0] == 3400);  // neutrals avoid nothing
}

TEST_CASE("reach is asymmetric: bloc 0 reaches node 3 over the neutral, nodes of bloc 1 have no path to 0") {
  const Row distance = eight_node_distances(eight::Policy::kAvoidRival);
  for (const std::size_t rival : {3U, 4U, 5U}) {
    CHECK(distance[0 * 8 + rival] != kUnreachable);
    CHECK(distance[rival * 8 + 0] == kUnreachable);
  }
}

TEST_CASE("carried traffic is conserved exactly and uses nothing forbidden") {
  double lost_in_all = 0.0;
  for (std::uint32_t world = 0; world < 200; ++world) {
    const auto random = testing::random_network(world, 20);
    const RoutingIndex index(random.network(), random.avoid, random.rank);
    const auto demand = whole_demand(random.nodes, world);
    RoutingQuery query(random.nodes);
    query.run(index, 0);
    std::vector<double> transit(random.nodes, 0.0);
    std::vector<double> load(random.plain.size(), 0.0);
    const double lost = query.accumulate_transit(demand, transit, load);
    lost_in_all += lost;

    double load_times_length = 0.0;
    std::vector<double> at_node(random.nodes, 0.0);
    for (std::size_t id = 0; id < load.size(); ++id) {
      if (random.avoid.link[id] != 0) REQUIRE(load[id] == 0.0);
      load_times_length += load[id] * random.weights[id];
      at_node[random.plain[id].a] += load[id];
      at_node[random.plain[id].b] += load[id];
    }
    double demand_times_distance = 0.0;
    double delivered = 0.0;
    double unserved = 0.0;
    for (std::uint32_t node = 1; node < random.nodes; ++node) {
      const bool reached = query.distance()[node] != kUnreachable;
      const double arriving = reached ? demand[node] : 0.0;
      (reached ? delivered : unserved) += demand[node];
      demand_times_distance += reached ? arriving * query.distance()[node] : 0.0;
      REQUIRE(at_node[node] == 2.0 * transit[node] + arriving);  // in = out + what ends here
      if (random.avoid.transit[node] != 0) REQUIRE(transit[node] == 0.0);
    }
    REQUIRE(load_times_length == demand_times_distance);
    REQUIRE(at_node[0] == delivered);
    REQUIRE(transit[0] == 0.0);
    REQUIRE(lost == unserved);
  }
  CHECK(lost_in_all > 0.0);
}

TEST_CASE("transit and load equal the sum over the paths themselves, and add to what the outputs held") {
  for (std::uint32_t world = 0; world < 100; ++world) {
    const auto random = testing::random_network(world, 15);
    const RoutingIndex index(random.network(), random.avoid, random.rank);
    const auto demand = whole_demand(random.nodes, world);
    RoutingQuery query(random.nodes);
    std::vector<double> transit(random.nodes, 1.0);
    std::vector<double> load(random.plain.size(), 2.0);
    std::vector<double> expected_transit = transit;
    std::vector<double> expected_load = load;
    for (std::uint32_t source = 0; source < random.nodes; ++source) {
      query.run(index, source);
      query.accumulate_transit(demand, transit, load);
      for (std::uint32_t target = 0; target < random.nodes; ++target) {
        const Path path = query.path(target);
        REQUIRE(path.nodes.empty() == (query.distance()[target] == kUnreachable));
        std::uint64_t length = 0;
        for (const std::uint32_t link : path.links) {
          expected_load[link] += demand[target];
          length += random.weights[link];
        }
        for (std::size_t stop = 1; stop + 1 < path.nodes.size(); ++stop) {
          expected_transit[path.nodes[stop]] += demand[target];
        }
        if (path.nodes.empty()) continue;
        REQUIRE(path.nodes.size() == path.links.size() + 1);
        REQUIRE((path.nodes.front() == source && path.nodes.back() == target));
        REQUIRE(length == query.distance()[target]);
      }
    }
    REQUIRE(transit == expected_transit);
    REQUIRE(load == expected_load);
  }
}

TEST_CASE("relabelling the nodes permutes every result bit for bit") {
  for (std::uint32_t world = 0; world < 100; ++world) {
    const auto random = testing::random_network(world, 20);
    const Row renamed = testing::random_permutation(random.nodes, world + 5000);
    auto other = random;
    for (std::size_t id = 0; id < random.ends.size(); ++id) {
      other.ends[id] = {renamed[random.ends[id].b], renamed[random.ends[id].a]};  // the ends may also swap places
    }
    const Draws draws(13, Purpose::kTest, 0, world);
    std::vector<double> demand(random.nodes);
    std::vector<double> other_demand(random.nodes);
    for (std::uint32_t node = 0; node < random.nodes; ++node) {
      other.avoid.transit[renamed[node]] = random.avoid.transit[node];
      other.rank[renamed[node]] = random.rank[node];
      demand[node] = draws.uniform(node);
      other_demand[renamed[node]] = demand[node];
    }
    const RoutingIndex index(random.network(), random.avoid, random.rank);
    const RoutingIndex other_index(other.network(), other.avoid, other.rank);
    RoutingQuery query(random.nodes);
    RoutingQuery other_query(random.nodes);
    std::vector<double> transit(random.nodes, 0.0);
    std::vector<double> other_transit(random.nodes, 0.0);
    std::vector<double> load(random.ends.size(), 0.0);
    std::vector<double> other_load(random.ends.size(), 0.0);
    for (std::uint32_t source = 0; source < random.nodes; ++source) {
      query.run(index, source);
      other_query.run(other_index, renamed[source]);
      REQUIRE(query.accumulate_transit(demand, transit, load) ==
              other_query.accumulate_transit(other_demand, other_transit, other_load));
      for (std::size_t node = 0; node < random.nodes; ++node) {
        REQUIRE(query.distance()[node] == other_query.distance()[renamed[node]]);
      }
    }
    for (std::size_t node = 0; node < random.nodes; ++node) REQUIRE(transit[node] == other_transit[renamed[node]]);
    REQUIRE(load == other_load);
  }
}

TEST_CASE("of equal paths the lowest rank wins, of equal parallel links the lowest id") {
  // 0 – {1, 2} – 3, both sides equally long; the second side is doubled.
  const std::vector<LinkEnds> ends = {{0, 1}, {1, 3}, {0, 2}, {3, 2}, {2, 3}};
  const Row weights = {5, 5, 5, 5, 5};
  const Network network(4, ends, weights);
  RoutingQuery query(4);
  const RoutingIndex by_row(network, {}, Row{0, 1, 2, 3});
  query.run(by_row, 0);
  CHECK(query.path(3).nodes == Row{0, 1, 3});
  const RoutingIndex swapped(network, {}, Row{0, 2, 1, 3});
  query.run(swapped, 0);
  CHECK(query.path(3).nodes == Row{0, 2, 3});
  CHECK(query.path(3).links == Row{2, 3});
  CHECK(query.path(0).nodes == Row{0});
  CHECK(query.path(0).links.empty());
}

TEST_CASE("one workspace serves several indexes, and outputs that are not wanted may be empty") {
  const std::vector<LinkEnds> ends = {{0, 1}, {1, 2}};
  const Row weights = {1, 1};
  const Network network(3, ends, weights);
  RoutingQuery query(3);
  const std::vector<double> demand = {9.0, 1.0, 2.0};
  std::vector<double> transit(3, 0.0);
  const RoutingIndex closed(network, {{0, 1, 0}, {}});
  query.run(closed, 0);
  CHECK(query.distance()[2] == kUnreachable);
  CHECK(query.accumulate_transit(demand, transit, {}) == 2.0);
  CHECK(transit[1] == 0.0);
  const RoutingIndex open(network, {});
  CHECK((open.may_pass(1) && open.rank(2) == 2 && open.node_of_rank(2) == 2));
  query.run(open, 0);
  std::vector<double> load(2, 0.0);
  CHECK(query.accumulate_transit(demand, {}, load) == 0.0);
  CHECK(load == std::vector<double>{3.0, 2.0});
  CHECK(query.source() == 0);
}

TEST_CASE("at the heaviest weights that a network takes no sum overflows, on the way back neither") {
  const std::vector<LinkEnds> ends = {{0, 1}, {1, 2}};
  const std::uint32_t heaviest = (kUnreachable - 1) / 2;
  const RoutingIndex index(Network(3, ends, Row{heaviest, heaviest}), {});
  RoutingQuery query(3);
  query.run(index, 0);
  CHECK(copy(query.distance()) == Row{0, heaviest, 2 * heaviest});
  CHECK(copy(query.predecessor()) == Row{kNoNode, 0, 1});
}

TEST_CASE("known distances give the tree of a run; distances of no path are internal errors") {
  for (std::uint32_t world = 0; world < 300; ++world) {
    const auto random = testing::random_network(world, 40, world % 2);
    const RoutingIndex index(random.network(), random.avoid, random.rank);
    RoutingQuery run(random.nodes);
    RoutingQuery follow(random.nodes);
    for (std::uint32_t source = 0; source < random.nodes; ++source) {
      run.run(index, source);
      follow.follow(index, source, run.distance());
      REQUIRE(copy(follow.distance()) == copy(run.distance()));
      REQUIRE(copy(follow.settled()) == copy(run.settled()));
      REQUIRE(copy(follow.predecessor()) == copy(run.predecessor()));
      REQUIRE(copy(follow.predecessor_link()) == copy(run.predecessor_link()));
    }
  }
  const std::vector<LinkEnds> ends = {{0, 1}, {1, 2}};
  RoutingQuery query(3);
  const RoutingIndex positive(Network(3, ends, Row{4, 4}), {});
  query.follow(positive, 0, Row{0, 4, 8});
  CHECK_THROWS_AS(query.follow(positive, 0, Row{0, 4, 9}), InternalError);
  CHECK_THROWS_AS(query.follow(positive, 0, Row{1, 4, 8}), InternalError);
  CHECK_THROWS_AS(query.follow(positive, 0, Row{0, 4}), InternalError);
  const RoutingIndex with_zero(Network(3, ends, Row{4, 0}), {});
  query.follow(with_zero, 0, Row{0, 4, 4});
  CHECK_THROWS_AS(query.follow(with_zero, 0, Row{0, 5, 5}), InternalError);
}

TEST_CASE("wrong sizes, wrong ranks and a query before its run are internal errors") {
  const std::vector<LinkEnds> ends = {{0, 1}};
  const Row weights = {1};
  const Network network(2, ends, weights);
  CHECK_THROWS_AS(RoutingIndex(network, {}, Row{0}), InternalError);
  CHECK_THROWS_AS(RoutingIndex(network, {}, Row{0, 0}), InternalError);
  CHECK_THROWS_AS(RoutingIndex(network, {}, Row{0, 2}), InternalError);
  CHECK_THROWS_AS(RoutingIndex(network, {{1}, {}}), InternalError);
  CHECK_THROWS_AS(RoutingIndex(network, {{}, {1, 0}}), InternalError);
  const RoutingIndex index(network, {});
  RoutingQuery query(2);
  const std::vector<double> demand = {0.0, 1.0};
  CHECK_THROWS_AS(query.accumulate_transit(demand, {}, {}), InternalError);
  CHECK_THROWS_AS(query.run(index, 2), InternalError);
  CHECK_THROWS_AS(RoutingQuery(3).run(index, 0), InternalError);
  query.run(index, 0);
  std::vector<double> wrong(3, 0.0);
  CHECK_THROWS_AS(query.accumulate_transit(demand, wrong, {}), InternalError);
  CHECK_THROWS_AS(query.accumulate_transit(demand, {}, wrong), InternalError);
  CHECK_THROWS_AS(query.accumulate_transit(wrong, {}, {}), InternalError);
}
