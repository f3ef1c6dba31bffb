#include "sim/graph/bgl_minimum_cut.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/eight_node_case.hpp"
#include "tests/support/near.hpp"
#include "tests/support/plain_graphs.hpp"
#include "tests/support/random_network.hpp"

using namespace splinternet;
using bgl::minimum_cut;
using bgl::Terminal;
using splinternet::testing::near;
namespace eight = splinternet::testing::eight_node;

namespace {

std::vector<Terminal> between(std::size_t nodes, std::size_t source, std::size_t sink) {
  std::vector<Terminal> terminal(nodes, Terminal::kEither);
  terminal[source] = Terminal::kSource;
  terminal[sink] = Terminal::kSink;
  return terminal;
}

double cut_of(const testing::PlainGraph& graph, std::size_t source, std::size_t sink) {
  const std::vector<double> capacity(graph.ends.size(), 1.0);
  return minimum_cut(graph.network(), capacity, between(graph.nodes, source, sink)).value;
}

/// The least over all ways to put the undecided nodes on either side.
double cut_by_enumeration(const testing::RandomNetwork& random, const std::vector<double>& capacity,
                          const std::vector<Terminal>& terminal) {
  double least = std::numeric_limits<double>::infinity();
  for (std::uint32_t side = 0; side < (1U << random.nodes); ++side) {
    const auto on_source_side = [&](std::size_t node) { return ((side >> node) & 1U) != 0; };
    bool allowed = true;
    for (std::size_t node = 0; node < random.nodes; ++node) {
      allowed = allowed && (terminal[node] != Terminal::kSource || on_source_side(node)) &&
                (terminal[node] != Terminal::kSink || !on_source_side(node));
    }
    if (!allowed) continue;
    double value = 0.0;
    for (std::size_t link = 0; link < random.ends.size(); ++link) {
      if (on_source_side(random.ends[link].a) != on_source_side(random.ends[link].b)) value += capacity[link];
    }
    least = std::min(least, value);
  }
  return least;
}

}  // namespace

TEST_CASE("the eight-node case has its published minimum cut between the blocs, neutrals on either side") {
  testing::PlainGraph graph{eight::kNodes, {}, {}};
  std::vector<double> capacity;
  for (const auto& link : eight::kLinks) {
    graph.join(link.a, link.b, link.length);
    capacity.push_back(link.capacity);
  }
  std::vector<Terminal> terminal;
  for (const std::uint32_t bloc : eight::kBloc) {
    terminal.push_back(bloc == 0 ? Terminal::kSource : bloc == 1 ? Terminal::kSink : Terminal::kEither);
  }
  const bgl::MinimumCut cut = minimum_cut(graph.network(), capacity, terminal);
  CHECK(cut.value == 32.0);
  CHECK(cut.source_side == std::vector<std::uint8_t>{1, 1, 1, 0, 0, 0, 0, 0});
  CHECK(cut.links == std::vector<std::uint32_t>{6, 10});
}

TEST_CASE("minimum cuts have their closed forms: path 1, cycle 2, star 1, complete n - 1, barbell 1") {
  CHECK(cut_of(testing::path_graph(7), 0, 6) == 1.0);
  CHECK(cut_of(testing::cycle_graph(7), 0, 3) == 2.0);
  CHECK(cut_of(testing::star_graph(7), 1, 2) == 1.0);
  CHECK(cut_of(testing::complete_graph(7), 2, 5) == 6.0);
  CHECK(cut_of(testing::barbell_graph(5), 0, 9) == 1.0);
  CHECK(cut_of(testing::barbell_graph(5), 0, 3) == 4.0);
}

TEST_CASE("sets of nodes act as one: all but one node of a complete graph against the last") {
  const testing::PlainGraph graph = testing::complete_graph(6);
  std::vector<Terminal> terminal(6, Terminal::kSource);
  terminal[4] = Terminal::kSink;
  const bgl::MinimumCut cut = minimum_cut(graph.network(), std::vector<double>(graph.ends.size(), 2.5), terminal);
  CHECK(cut.value == 12.5);
  CHECK(cut.links.size() == 5);
}

TEST_CASE("minimum cuts of 150 random networks equal the least of all partitions, and their links part the sets") {
  for (std::uint32_t world = 0; world < 150; ++world) {
    const auto random = testing::random_network(world, 9);
    const Draws draws(31, Purpose::kTest, 0, world);
    std::vector<double> capacity;
    for (std::uint32_t link = 0; link < random.ends.size(); ++link) {
      capacity.push_back(draws.below(6, link) == 0 ? 0.0 : draws.uniform(link + 1000));
    }
    std::vector<Terminal> terminal;
    for (std::uint32_t node = 0; node < random.nodes; ++node) {
      terminal.push_back(static_cast<Terminal>(draws.below(3, node + 2000)));
    }
    const bgl::MinimumCut cut = minimum_cut(random.network(), capacity, terminal);
    INFO("world " << world);
    REQUIRE(cut.value == near(cut_by_enumeration(random, capacity, terminal), 1e-12, 1e-12));
    std::vector<std::uint8_t> gone(random.ends.size(), 0);
    for (const std::uint32_t link : cut.links) gone[link] = 1;
    for (std::size_t link = 0; link < gone.size(); ++link) {
      if (capacity[link] == 0.0) gone[link] = 1;
    }
    for (std::uint32_t node = 0; node < random.nodes; ++node) {
      if (terminal[node] != Terminal::kSource) continue;
      const auto distance = testing::subgraph_distances(random.nodes, random.plain, {}, gone, node);
      for (std::uint32_t other = 0; other < random.nodes; ++other) {
        if (terminal[other] == Terminal::kSink) REQUIRE(distance[other] == testing::kNoDistance);
      }
    }
  }
}

TEST_CASE("without a source, a sink or a way between them nothing is cut") {
  const testing::PlainGraph graph = testing::path_graph(4);
  const std::vector<double> capacity(3, 1.0);
  CHECK(minimum_cut(graph.network(), capacity, std::vector<Terminal>(4, Terminal::kEither)).value == 0.0);
  CHECK(minimum_cut(graph.network(), capacity, std::vector<Terminal>(4, Terminal::kSource)).links.empty());
  const Network apart(2, {}, {});
  CHECK(minimum_cut(apart, {}, between(2, 0, 1)).value == 0.0);
  CHECK(minimum_cut(Network(0, {}, {}), {}, {}).value == 0.0);
}

TEST_CASE("capacities that are no capacities are named, and wrong lengths are internal errors") {
  const Network network = testing::path_graph(3).network();
  const auto terminal = between(3, 0, 2);
  CHECK_THROWS_AS(minimum_cut(network, std::vector<double>{1.0, -2.0}, terminal), DataError);
  CHECK_THROWS_WITH(minimum_cut(network, std::vector<double>{1.0, std::nan("")}, terminal),
                    testing::contains_substring("link 1"));
  CHECK_THROWS_AS(minimum_cut(network, std::vector<double>{1.0}, terminal), InternalError);
  CHECK_THROWS_AS(minimum_cut(network, std::vector<double>{1.0, 1.0}, std::vector<Terminal>(2)), InternalError);
}
