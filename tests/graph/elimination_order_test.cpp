#include "sim/graph/elimination_order.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_network.hpp"

using namespace splinternet;
using Row = std::vector<std::uint32_t>;

namespace {

// Neighbours of each node after filling in by the definition, node by node in the order given.
std::vector<std::set<std::uint32_t>> filled_in(const RoutingIndex& index, const EliminationOrder& order) {
  std::vector<std::set<std::uint32_t>> joined(index.node_count());
  for (std::uint32_t node = 0; node < index.node_count(); ++node) {
    for (const Arc& arc : index.arcs(node)) {
      if (index.may_pass(arc.head)) joined[node].insert(arc.head);
    }
  }
  for (std::size_t position = order.passable_count(); position-- > order.core();) {
    const std::uint32_t node = order.nodes()[position];
    for (const std::uint32_t a : joined[node]) {
      joined[a].erase(node);
      for (const std::uint32_t b : joined[node]) {
        if (a != b) joined[a].insert(b);
      }
    }
  }
  return joined;
}

Row path_weights(std::size_t links) {
  return Row(links, 1);
}

}  // namespace

TEST_CASE("positions are a permutation: core, then those eliminated, then forbidden transit nodes") {
  for (std::uint32_t world = 0; world < 200; ++world) {
    const auto random = testing::random_network(world, 40);
    const RoutingIndex index(random.network(), random.avoid, random.rank);
    EliminationOrder order(random.nodes);
    order.build(index);
    Row seen(order.nodes().begin(), order.nodes().end());
    std::sort(seen.begin(), seen.end());
    for (std::uint32_t node = 0; node < random.nodes; ++node) {
      REQUIRE(seen[node] == node);
      REQUIRE(order.nodes()[order.positions()[node]] == node);
      REQUIRE(index.may_pass(node) == (order.positions()[node] < order.passable_count()));
    }
    REQUIRE(order.core() <= order.passable_count());
  }
}

TEST_CASE("each node is joined to exactly the neighbours that filling in by definition gives it") {
  for (std::uint32_t world = 0; world < 200; ++world) {
    const auto random = testing::random_network(world, 40);
    const RoutingIndex index(random.network(), random.avoid, random.rank);
    EliminationOrder order(random.nodes);
    order.build(index);
    const auto expected = filled_in(index, order);
    for (std::size_t position = order.core(); position < random.nodes; ++position) {
      Row nodes;
      for (const std::uint32_t joined : order.joined(position)) nodes.push_back(order.nodes()[joined]);
      REQUIRE(std::is_sorted(order.joined(position).begin(), order.joined(position).end()));
      REQUIRE(std::set<std::uint32_t>(nodes.begin(), nodes.end()) == expected[order.nodes()[position]]);
      if (!nodes.empty()) REQUIRE(order.joined(position).back() < std::min(position, order.passable_count()));
    }
  }
}

TEST_CASE("a tree and a ring are eliminated without a core of their size: one and two neighbours each") {
  std::vector<LinkEnds> ends;
  for (std::uint32_t node = 1; node < 50; ++node) ends.push_back({node / 2, node});
  EliminationOrder order(50);
  order.build(RoutingIndex(Network(50, ends, path_weights(49)), {}));
  CHECK(order.core() <= 2);
  for (std::size_t position = order.core(); position < 50; ++position) CHECK(order.joined(position).size() == 1);
  ends.clear();
  for (std::uint32_t node = 0; node < 50; ++node) ends.push_back({node, (node + 1) % 50});
  order.build(RoutingIndex(Network(50, ends, path_weights(50)), {}));
  CHECK(order.core() <= 5);
  for (std::size_t position = order.core(); position < 50; ++position) CHECK(order.joined(position).size() == 2);
}

TEST_CASE("a complete graph is core as a whole; an index of another size is an internal error") {
  std::vector<LinkEnds> ends;
  for (std::uint32_t a = 0; a < 70; ++a) {
    for (std::uint32_t b = 0; b < a; ++b) ends.push_back({a, b});
  }
  const RoutingIndex index(Network(70, ends, path_weights(ends.size())), {});
  EliminationOrder order(70);
  order.build(index);
  CHECK(order.core() == 70);
  EliminationOrder other(69);
  CHECK_THROWS_AS(other.build(index), InternalError);
}
