#include "sim/graph/bgl_betweenness.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/eight_node_case.hpp"
#include "tests/support/near.hpp"
#include "tests/support/plain_graphs.hpp"
#include "tests/support/random_network.hpp"

using namespace splinternet;
using bgl::betweenness;
using splinternet::testing::near;
namespace eight = splinternet::testing::eight_node;

namespace {

/// Walks all simple paths, keeps the shortest of each pair and shares each pair out over them.
class Enumeration {
 public:
  explicit Enumeration(const testing::PlainGraph& graph)
      : nodes_(graph.nodes), weight_(graph.nodes * graph.nodes, 0), on_path_(graph.nodes, 0) {
    for (std::size_t link = 0; link < graph.ends.size(); ++link) {
      const auto [a, b] = graph.ends[link];
      const std::uint32_t length = std::max(graph.weights[link], 1U);
      for (std::uint32_t* w : {&weight_[a * nodes_ + b], &weight_[b * nodes_ + a]}) {
        *w = *w == 0 ? length : std::min(*w, length);
      }
    }
  }

  std::vector<double> betweenness() {
    std::vector<double> result(nodes_, 0.0);
    for (std::uint32_t s = 0; s < nodes_; ++s) {
      for (std::uint32_t t = s + 1; t < nodes_; ++t) {
        shortest_ = std::numeric_limits<std::uint32_t>::max();
        paths_ = 0.0;
        through_.assign(nodes_, 0.0);
        walk(s, t, 0);
        for (std::size_t v = 0; v < nodes_; ++v) result[v] += paths_ > 0.0 ? through_[v] / paths_ : 0.0;
      }
    }
    return result;
  }

 private:
  void walk(std::uint32_t node, std::uint32_t target, std::uint32_t length) {
    if (node == target) {
      if (length > shortest_) return;
      if (length < shortest_) {
        shortest_ = length;
        paths_ = 0.0;
        through_.assign(nodes_, 0.0);
      }
      paths_ += 1.0;
      for (const std::uint32_t inside : inside_) through_[inside] += 1.0;
      return;
    }
    on_path_[node] = 1;
    const bool is_start = length == 0;
    if (!is_start) inside_.push_back(node);
    for (std::uint32_t next = 0; next < nodes_; ++next) {
      const std::uint32_t weight = weight_[node * nodes_ + next];
      if (weight != 0 && on_path_[next] == 0) walk(next, target, length + weight);
    }
    if (!is_start) inside_.pop_back();
    on_path_[node] = 0;
  }

  std::size_t nodes_;
  std::vector<std::uint32_t> weight_;
  std::vector<std::uint8_t> on_path_;
  std::vector<std::uint32_t> inside_;
  std::uint32_t shortest_ = 0;
  double paths_ = 0.0;
  std::vector<double> through_;
};

}  // namespace

TEST_CASE("the eight-node case has its published betweenness") {
  testing::PlainGraph graph{eight::kNodes, {}, {}};
  for (const auto& link : eight::kLinks) graph.join(link.a, link.b, link.length);
  CHECK(betweenness(graph.network()) == std::vector<double>{0.0, 4.0, 4.0, 1.0, 4.0, 1.5, 5.5, 2.0});
}

TEST_CASE("betweenness has its closed forms: path k(n-1-k), star (n-1)(n-2)/2, complete 0, odd cycle (n-1)(n-3)/8") {
  const auto path = betweenness(testing::path_graph(6).network());
  for (std::size_t k = 0; k < 6; ++k) CHECK(path[k] == static_cast<double>(k * (5 - k)));
  const auto star = betweenness(testing::star_graph(8).network());
  CHECK(star[0] == 21.0);
  CHECK(std::count(star.begin(), star.end(), 0.0) == 7);
  for (const double value : betweenness(testing::complete_graph(6).network())) CHECK(value == 0.0);
  for (const double value : betweenness(testing::cycle_graph(9).network())) CHECK(value == 6.0);
  const auto barbell = betweenness(testing::barbell_graph(5).network());
  CHECK(barbell[0] == 0.0);
  CHECK(barbell[4] == 20.0);  // four nodes behind it against five beyond
}

TEST_CASE("betweenness of 100 random networks with ties, parallel and zero links equals that of enumerated paths") {
  for (std::uint32_t world = 0; world < 100; ++world) {
    const auto random = testing::random_network(world, 8);
    testing::PlainGraph graph{random.nodes, random.ends, random.weights};
    const auto expected = Enumeration(graph).betweenness();
    const auto found = betweenness(random.network());
    INFO("world " << world);
    for (std::size_t node = 0; node < random.nodes; ++node) REQUIRE(found[node] == near(expected[node], 1e-12, 1e-12));
  }
}

TEST_CASE("equally short paths share a pair, and their number may pass any integer") {
  // Diamonds in a row: 2^100 shortest paths from end to end.
  testing::PlainGraph graph{301, {}, {}};
  for (std::uint32_t diamond = 0; diamond < 100; ++diamond) {
    const std::uint32_t first = 3 * diamond;
    for (const std::uint32_t middle : {first + 1, first + 2}) {
      graph.join(first, middle);
      graph.join(middle, first + 3);
    }
  }
  const auto found = betweenness(graph.network());
  CHECK(found[1] == found[2]);
  CHECK(found[150] == 150.0 * 150.0 + 0.5 + 0.5);  // and half of the pair on either side of it
  CHECK(found[0] == 0.5);
}

TEST_CASE("no nodes and no links have no betweenness") {
  CHECK(betweenness(Network(0, {}, {})).empty());
  CHECK(betweenness(Network(3, {}, {})) == std::vector<double>(3, 0.0));
}
