#include "sim/graph/tree_search.hpp"

#include <algorithm>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/random_traffic.hpp"

using namespace splinternet;
using splinternet::testing::random_traffic;
using splinternet::testing::TrafficCase;
using Values = std::vector<double>;

namespace {

constexpr double kInfinity = __builtin_inf();

bool forbidden(const std::vector<std::uint8_t>& flags, std::size_t index) {
  return !flags.empty() && flags[index] != 0;
}

// Bellman (1958) with every link, until nothing changes: the labels by their definition.
Values bellman(const CongestedNetwork& network, const AvoidSet& avoid, const Values& cost, std::uint32_t origin) {
  Values label(network.node_count(), kInfinity);
  label[origin] = 0.0;
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t link = 0; link < network.link_count(); ++link) {
      const auto [tail, head] = std::pair(network.links()[link].tail, network.links()[link].head);
      if (forbidden(avoid.link, link) || (tail != origin && forbidden(avoid.transit, tail))) continue;
      if (!(label[tail] + cost[link] < label[head])) continue;
      label[head] = label[tail] + cost[link];
      changed = true;
    }
  }
  return label;
}

// Few distinct values, so that ties and circles of cost zero abound.
Values random_costs(std::size_t count, std::uint32_t world, std::uint16_t round) {
  const Draws draws(12, Purpose::kTest, 0, world, round);
  Values costs;
  for (std::uint32_t link = 0; link < count; ++link) costs.push_back(draws.below(4, link) * 0.1);
  return costs;
}

void check_tree(const CongestedNetwork& network, const ArcsInto& arcs, const PathTree& tree, const Values& label,
                std::uint32_t origin) {
  std::vector<std::size_t> place(label.size());
  for (std::size_t n = 0; n < label.size(); ++n) place[tree.order[n]] = n;
  CHECK(std::is_permutation(place.begin(), place.end(), tree.order.begin()));
  for (std::uint32_t node = 0; node < label.size(); ++node) {
    if (node == origin || label[node] == kInfinity) {
      CHECK(tree.arc[node] == kNoArc);
      continue;
    }
    REQUIRE(tree.arc[node] != kNoArc);
    const std::uint32_t arc = tree.arc[node], tail = arcs.tail(arc);
    CHECK(network.links()[arcs.link(arc)].head == node);
    CHECK(network.links()[arcs.link(arc)].tail == tail);
    CHECK(label[tail] + arcs.cost(arc) == label[node]);
    CHECK(place[tail] < place[node]);
    // The lowest of the strictly nearer tails, if there is one.
    for (std::uint32_t other = arcs.first(node); other < arc; ++other) {
      const std::uint32_t before = arcs.tail(other);
      const bool usable = before == origin || arcs.may_pass(before);
      CHECK_FALSE((usable && label[before] < label[node] && label[before] + arcs.cost(other) == label[node]));
    }
  }
}

}  // namespace

TEST_CASE("Arcs into a node come by tail, each with the cheapest of its links that are allowed") {
  const CongestedNetwork network(3, {{1, 2, 1}, {0, 2, 1}, {0, 1, 1}, {0, 2, 1}, {1, 0, 1}, {0, 2, 1}});
  ArcsInto arcs(network, {{0, 1, 0}, {0, 0, 0, 0, 1, 0}});
  CHECK(arcs.arc_count() == 3);
  CHECK(arcs.first(0) == arcs.first(1));
  CHECK(arcs.first(2) == 1);
  CHECK(arcs.first(3) == 3);
  CHECK(std::vector{arcs.tail(0), arcs.tail(1), arcs.tail(2)} == std::vector{0U, 0U, 1U});
  CHECK_FALSE(arcs.may_pass(1));
  CHECK(arcs.may_pass(2));
  arcs.set_costs(Values{1, 4, 3, 2, 5, 2});
  CHECK(arcs.link(1) == 3);
  CHECK(arcs.cost(1) == 2.0);
  CHECK(arcs.cost(0) == 3.0);
  arcs.set_costs(Values{1, 2, 3, 2, 5, 9});
  CHECK(arcs.link(1) == 1);
}

TEST_CASE("Labels are those of Bellman's equations, bit for bit, and the arcs form a tree") {
  for (std::uint32_t world = 0; world < 300; ++world) {
    INFO("world " << world);
    const TrafficCase traffic = random_traffic(world, 20);
    const CongestedNetwork& network = traffic.network;
    const AvoidSet& avoid = traffic.demand.classes[0].avoid;
    ArcsInto arcs(network, avoid);
    TreeSearch search(network.node_count());
    for (std::uint32_t origin = 0; origin < 3; ++origin) {
      PathTree kept;
      for (std::uint16_t round = 0; round < 4; ++round) {
        const Values cost = random_costs(network.link_count(), world, round);
        arcs.set_costs(cost);
        search.run(arcs, origin, kept);
        const Values label(search.label().begin(), search.label().end());
        REQUIRE(label == bellman(network, avoid, cost, origin));
        check_tree(network, arcs, kept, label, origin);
        // The trees of earlier searches leave no trace.
        PathTree fresh;
        search.run(arcs, origin, fresh);
        CHECK(fresh.arc == kept.arc);
        CHECK(std::equal(label.begin(), label.end(), search.label().begin()));
      }
    }
  }
}

TEST_CASE("Costs that are all different and turned around are searched anew in full") {
  constexpr std::uint32_t kNodes = 400;
  std::vector<CongestedLink> links;
  for (std::uint32_t node = 0; node < kNodes; ++node) {
    links.push_back({node, (node + 1) % kNodes, 1});
    links.push_back({(node + 1) % kNodes, node, 1});
  }
  const CongestedNetwork ring(kNodes, links);
  ArcsInto arcs(ring, {});
  TreeSearch search(kNodes);
  PathTree tree;
  for (const bool turned : {false, true, false}) {
    // One way round is nearly free, the other is not.
    Values cost(2 * kNodes);
    for (std::size_t link = 0; link < cost.size(); ++link) cost[link] = (link % 2 == 0) == turned ? 1000.0 : 1.0;
    arcs.set_costs(cost);
    search.run(arcs, 7, tree);
    CHECK(search.label()[8] == (turned ? kNodes - 1.0 : 1.0));
    CHECK(search.label()[6] == (turned ? 1.0 : kNodes - 1.0));
  }
}

TEST_CASE("A forbidden transit node is left only by paths that begin there") {
  const CongestedNetwork line(3, {{0, 1, 1}, {1, 2, 1}});
  ArcsInto arcs(line, {{0, 1, 0}, {}});
  arcs.set_costs(Values{2, 3});
  TreeSearch search(3);
  PathTree from_end, from_middle;
  search.run(arcs, 0, from_end);
  CHECK(Values(search.label().begin(), search.label().end()) == Values{0, 2, kInfinity});
  search.run(arcs, 1, from_middle);
  CHECK(Values(search.label().begin(), search.label().end()) == Values{kInfinity, 0, 3});
}

TEST_CASE("Arcs that leave a node are listed in order") {
  const CongestedNetwork network(3, {{1, 2, 1}, {0, 2, 1}, {0, 1, 1}, {0, 2, 1}, {1, 0, 1}});
  const ArcsInto arcs(network, {});
  for (std::uint32_t node = 0; node < 3; ++node) {
    const auto leaving = arcs.leaving(node);
    CHECK(std::is_sorted(leaving.begin(), leaving.end()));
    for (const std::uint32_t arc : leaving) CHECK(arcs.tail(arc) == node);
  }
  CHECK(arcs.leaving(0).size() == 2);
  CHECK(arcs.leaving(1).size() == 2);
  CHECK(arcs.leaving(2).empty());
  CHECK(arcs.head(arcs.leaving(0)[0]) == 1);
}

TEST_CASE("A first search in a long chain, numbered against its course, takes one pass over the arcs") {
  constexpr std::uint32_t kNodes = 200000;
  std::vector<CongestedLink> links;
  for (std::uint32_t node = kNodes - 1; node > 0; --node) links.push_back({node, node - 1, 1});
  ArcsInto arcs(CongestedNetwork(kNodes, links), {});
  arcs.set_costs(Values(links.size(), 1.0));
  TreeSearch search(kNodes);
  PathTree tree;
  search.run(arcs, kNodes - 1, tree);  // by repeated passes: 4·10¹⁰ steps
  CHECK(search.label()[0] == kNodes - 1.0);
  CHECK(tree.order.back() == 0);
}
