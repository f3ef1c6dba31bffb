#include "sim/coalition/regular_graphs.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using Sides = std::vector<std::size_t>;

namespace {

std::vector<std::uint32_t> seen_by(const SparseGraph& graph, std::size_t actor) {
  const auto neighbours = graph.peers(actor);
  return {neighbours.begin(), neighbours.end()};
}

// Steps from one coordinate to another where the sides touch.
std::size_t steps_round(std::size_t a, std::size_t b, std::size_t side) {
  const std::size_t apart = a > b ? a - b : b - a;
  return std::min(apart, side - apart);
}

}  // namespace

TEST_CASE("pairs make neighbours of both, rising, once however often they are given") {
  const std::vector<ActorPair> pairs = {{3, 1}, {0, 3}, {1, 3}, {3, 2}, {1, 3}};
  const SparseGraph graph = undirected_graph(5, pairs);
  CHECK(graph.nodes() == 5);
  CHECK(graph.peer.size() == 6);
  CHECK(graph.weight.empty());
  CHECK(seen_by(graph, 0) == std::vector<std::uint32_t>{3});
  CHECK(seen_by(graph, 1) == std::vector<std::uint32_t>{3});
  CHECK(seen_by(graph, 2) == std::vector<std::uint32_t>{3});
  CHECK(seen_by(graph, 3) == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(graph.degree(4) == 0);
  CHECK(undirected_graph(0, {}).nodes() == 0);
}

TEST_CASE("neighbours on a torus are those near enough by definition, in one to three dimensions") {
  for (const Sides& sides : {Sides{7}, Sides{3, 5}, Sides{5, 8}, Sides{3, 4, 5}}) {
    const std::size_t longest_reach = sides == Sides{3, 5} || sides.size() == 3 ? 1 : 2;
    for (std::size_t reach = 1; reach <= longest_reach; ++reach) {
      const SparseGraph plain = torus(sides, Neighbourhood::kVonNeumann, reach);
      const SparseGraph moore = torus(sides, Neighbourhood::kMoore, reach);
      for (std::uint32_t cell = 0; cell < plain.nodes(); ++cell) {
        std::vector<std::uint32_t> near, within;
        for (std::uint32_t other = 0; other < plain.nodes(); ++other) {
          std::size_t sum = 0, most = 0, a = cell, b = other;
          for (std::size_t axis = sides.size(); axis-- > 0; a /= sides[axis], b /= sides[axis]) {
            const std::size_t steps = steps_round(a % sides[axis], b % sides[axis], sides[axis]);
            sum += steps;
            most = std::max(most, steps);
          }
          if (other != cell && sum <= reach) near.push_back(other);
          if (other != cell && most <= reach) within.push_back(other);
        }
        REQUIRE(seen_by(plain, cell) == near);
        REQUIRE(seen_by(moore, cell) == within);
      }
    }
  }
}

TEST_CASE("a torus is refused that has no side, short ones or too many cells") {
  const auto fault = [](const Sides& sides, std::size_t reach) {
    return testing::error_message([&] { torus(sides, Neighbourhood::kVonNeumann, reach); });
  };
  CHECK(testing::contains(fault({}, 1), "at least one side"));
  CHECK(testing::contains(fault({5, 2}, 1), "side of 2"));
  CHECK(testing::contains(fault({5, 0}, 1), "side of 0"));
  CHECK(testing::contains(fault({4}, 2), "reach of 2"));
  CHECK(fault({5}, 2) == "no error");
  CHECK(testing::contains(fault({5}, 0), "reach must be"));
  CHECK(testing::contains(fault({65536, 65536}, 1), "more than 4294967295"));
  CHECK(testing::contains(fault({50000, 50000}, 1), "more than 4294967295"));
}

TEST_CASE("a regular tree has d neighbours each, but one at its leaves, layer by layer") {
  const SparseGraph tree = regular_tree(1 + 3 + 6 + 12 + 24, 3);
  REQUIRE(tree.nodes() == 46);
  for (std::size_t actor = 0; actor < tree.nodes(); ++actor) CHECK(tree.degree(actor) == (actor < 22 ? 3U : 1U));
  CHECK(seen_by(tree, 0) == std::vector<std::uint32_t>{1, 2, 3});
  CHECK(seen_by(tree, 2) == std::vector<std::uint32_t>{0, 6, 7});
  CHECK(seen_by(tree, 45) == std::vector<std::uint32_t>{21});
  const SparseGraph cut_short = regular_tree(9, 4);
  CHECK(seen_by(cut_short, 0) == std::vector<std::uint32_t>{1, 2, 3, 4});
  CHECK(seen_by(cut_short, 1) == std::vector<std::uint32_t>{0, 5, 6, 7});
  CHECK(seen_by(cut_short, 2) == std::vector<std::uint32_t>{0, 8});
  CHECK(regular_tree(1, 9).nodes() == 1);
  CHECK(testing::contains(testing::error_message([] { regular_tree(5, 1); }), "degree"));
  CHECK(testing::contains(testing::error_message([] { regular_tree(std::size_t{1} << 32, 3); }), "more than 42949"));
}

TEST_CASE("pairs of actors that are not there, or of one with itself, are refused by place") {
  const std::vector<ActorPair> outside = {{0, 1}, {1, 2}}, alone = {{1, 1}};
  CHECK(testing::contains(testing::error_message([&] { undirected_graph(2, outside); }), "pair 1 (1, 2)"));
  CHECK(testing::contains(testing::error_message([&] { undirected_graph(2, alone); }), "pair 0 (1, 1)"));
}
