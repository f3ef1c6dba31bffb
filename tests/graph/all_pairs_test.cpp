#include "sim/graph/all_pairs.hpp"

#include <cstdint>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/graph/bgl.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/eight_node_case.hpp"
#include "tests/support/random_network.hpp"

using namespace splinternet;
namespace eight = splinternet::testing::eight_node;
using Row = std::vector<std::uint32_t>;

namespace {

Row all_pairs(const RoutingIndex& index) {
  Row distance(index.node_count() * index.node_count());
  AllPairs(index.node_count()).run(index, distance);
  return distance;
}

// A network without policy from weights between 1 and `heaviest`, `mean_degree` on average.
testing::RandomNetwork plain_network(std::uint32_t world, std::uint32_t nodes, std::uint32_t links,
                                     std::uint32_t heaviest) {
  const Draws draws(17, Purpose::kTest, 0, world);
  testing::RandomNetwork result;
  result.nodes = nodes;
  for (std::uint32_t link = 0; link < links; ++link) {
    const std::uint32_t a = draws.below(nodes, 3 * link);
    const std::uint32_t b = (a + 1 + draws.below(nodes - 1, 3 * link + 1)) % nodes;
    result.ends.push_back({a, b});
    result.weights.push_back(1 + draws.below(heaviest, 3 * link + 2));
  }
  return result;
}

Row one_by_one(const RoutingIndex& index) {
  Row distance;
  RoutingQuery query(index.node_count());
  for (std::uint32_t source = 0; source < index.node_count(); ++source) {
    query.run(index, source);
    distance.insert(distance.end(), query.distance().begin(), query.distance().end());
  }
  return distance;
}

}  // namespace

TEST_CASE("all pairs equal Boost.Graph bit for bit on 1,000 random graphs with forbidden nodes and links") {
  for (std::uint32_t world = 0; world < 1000; ++world) {
    const auto random = testing::random_network(world, world % 4 == 0 ? 60 : 20, world % 2);
    const Network network = random.network();
    const Row distance = all_pairs(RoutingIndex(network, random.avoid, random.rank));
    Row expected(random.nodes);
    for (std::uint32_t source = 0; source < random.nodes; ++source) {
      bgl::dijkstra(network, source, random.avoid, expected);
      const auto row = distance.begin() + static_cast<std::ptrdiff_t>(source * random.nodes);
      REQUIRE(Row(row, row + static_cast<std::ptrdiff_t>(random.nodes)) == expected);
    }
  }
}

TEST_CASE("all pairs equal single-source queries from sparse trees to dense graphs, beyond the width of a block") {
  for (const std::uint32_t links : {250U, 600U, 3000U, 20000U}) {
    const auto random = plain_network(links, 300, links, 1000);
    const RoutingIndex index(random.network(), {});
    REQUIRE(all_pairs(index) == one_by_one(index));
  }
  const auto wide = plain_network(1, 1100, 2400, 100000);
  const RoutingIndex index(wide.network(), {});
  REQUIRE(all_pairs(index) == one_by_one(index));
}

TEST_CASE("weights at the upper bound of a network still give exact distances") {
  // Half the range of the rows, then beyond it: the second is solved source by source.
  for (const std::uint32_t heaviest : {0x3ffffffeU / 39U, (kUnreachable - 1) / 39U}) {
    auto random = plain_network(heaviest, 40, 90, 10);
    for (std::size_t link = 0; link < random.weights.size(); ++link)
      random.weights[link] = heaviest - random.weights[link];
    const RoutingIndex index(random.network(), {});
    REQUIRE(all_pairs(index) == one_by_one(index));
  }
  const std::vector<LinkEnds> path = {{0, 1}, {1, 2}};
  const Row heavy = {kUnreachable / 2, kUnreachable / 2};
  CHECK(all_pairs(RoutingIndex(Network(3, path, heavy), {}))[2] == kUnreachable - 1);
}

TEST_CASE("one workspace serves one index after another") {
  AllPairs solver(30);
  Row distance(900);
  for (std::uint32_t world = 0; world < 50; ++world) {
    const auto random = plain_network(world, 30, 20 + 2 * world, 50);
    const RoutingIndex index(random.network(), {});
    solver.run(index, distance);
    REQUIRE(distance == one_by_one(index));
  }
}

TEST_CASE("a path, a star and a complete graph have their closed distances, and cost what the method says") {
  const std::uint32_t n = 24;
  std::vector<LinkEnds> path;
  std::vector<LinkEnds> star;
  std::vector<LinkEnds> complete;
  for (std::uint32_t node = 1; node < n; ++node) {
    path.push_back({node - 1, node});
    star.push_back({0, node});
    for (std::uint32_t other = 0; other < node; ++other) complete.push_back({other, node});
  }
  const auto distances = [&](const std::vector<LinkEnds>& ends) {
    return all_pairs(RoutingIndex(Network(n, ends, Row(ends.size(), 1)), {}));
  };
  const Row on_path = distances(path);
  const Row on_star = distances(star);
  const Row on_complete = distances(complete);
  for (std::uint32_t a = 0; a < n; ++a) {
    for (std::uint32_t b = 0; b < n; ++b) {
      REQUIRE(on_path[a * n + b] == (a < b ? b - a : a - b));
      REQUIRE(on_star[a * n + b] == (a == b ? 0U : a == 0 || b == 0 ? 1U : 2U));
      REQUIRE(on_complete[a * n + b] == (a == b ? 0U : 1U));
    }
  }
  // In a star each leaf leaves with one neighbour and comes back over one row.
  AllPairs solver(n);
  Row distance(n * n);
  solver.run(RoutingIndex(Network(n, star, Row(star.size(), 1)), {}), distance);
  CHECK(solver.operations() <= n * n / 2);
  CHECK(solver.operations() >= n * (n - 1) / 2 - n);
}

TEST_CASE("the eight-node case without policy has its published distances in all pairs") {
  std::vector<LinkEnds> ends;
  Row lengths;
  for (const auto& link : eight::kLinks) {
    ends.push_back({link.a, link.b});
    lengths.push_back(link.length);
  }
  CHECK(all_pairs(RoutingIndex(Network(eight::kNodes, ends, lengths), {})) ==
        Row(eight::kBaseDistance.begin(), eight::kBaseDistance.end()));
}

TEST_CASE("few sources and many give the same rows, in the order asked for, on any number of threads") {
  const auto random = testing::random_network(4321, 200);
  const RoutingIndex index(random.network(), random.avoid, random.rank);
  const Row expected = one_by_one(index);
  const std::size_t n = random.nodes;
  const auto rows_of = [&](const Row& sources) {
    Row rows;
    for (const std::uint32_t source : sources) {
      const auto row = expected.begin() + static_cast<std::ptrdiff_t>(source * n);
      rows.insert(rows.end(), row, row + static_cast<std::ptrdiff_t>(n));
    }
    return rows;
  };
  REQUIRE(n > 64);
  const Row few = {5, 0, 63};
  const Row many = testing::random_permutation(n, 1);
  for (const int threads : {1, 2, 8}) {
    const parallel::ThreadLimit limit(threads);
    CHECK(shortest_distances(index, few) == rows_of(few));
    CHECK(shortest_distances(index, many) == rows_of(many));
  }
  CHECK(shortest_distances(index, {}).empty());
}

TEST_CASE("networks of no node and of one are solved; wrong sizes and sources are internal errors") {
  CHECK(all_pairs(RoutingIndex(Network(0, {}, {}), {})).empty());
  CHECK(all_pairs(RoutingIndex(Network(1, {}, {}), {})) == Row{0});
  CHECK(all_pairs(RoutingIndex(Network(2, {}, {}), {})) == Row{0, kUnreachable, kUnreachable, 0});
  const RoutingIndex index(Network(2, {}, {}), {});
  Row distance(4);
  CHECK_THROWS_AS(AllPairs(3).run(index, distance), InternalError);
  Row wrong(3);
  CHECK_THROWS_AS(AllPairs(2).run(index, wrong), InternalError);
  CHECK_THROWS_AS(shortest_distances(index, Row{2}), InternalError);
}
