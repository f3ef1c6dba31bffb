#include "sim/graph/cheapest_paths.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/graph/all_or_nothing.hpp"
#include "sim/graph/routed_demand.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_traffic.hpp"

using namespace splinternet;
using splinternet::testing::random_traffic;
using splinternet::testing::TrafficCase;
using Values = std::vector<double>;

namespace {

constexpr double kInfinity = __builtin_inf();

/// Two ways of cost 3 from 0 to 3, by 1 and by 2, a dearer third one, and 4, which nothing reaches.
CongestedNetwork diamond() {
  return {5, {{0, 1, 1}, {0, 2, 2}, {1, 3, 2}, {2, 3, 1}, {0, 3, 4}, {4, 0, 1}}};
}

Values free_times(const CongestedNetwork& network) {
  Values cost;
  for (const CongestedLink& link : network.links()) cost.push_back(link.free_time);
  return cost;
}

ArcsInto arcs_of(const CongestedNetwork& network, const AvoidSet& avoid) {
  ArcsInto arcs(network, avoid);
  arcs.set_costs(free_times(network));
  return arcs;
}

void check_close(const Values& found, const Values& wanted) {
  REQUIRE(found.size() == wanted.size());
  for (std::size_t k = 0; k < found.size(); ++k) CHECK(std::fabs(found[k] - wanted[k]) <= 1e-9);
}

}  // namespace

TEST_CASE("Cheapest paths: costs, predecessors and links of a diamond") {
  const CongestedNetwork network = diamond();
  const std::vector<std::uint32_t> sources{0, 4};
  const CheapestPaths paths = cheapest_paths(arcs_of(network, {}), sources);
  CHECK(paths.cost == Values{0, 1, 2, 3, kInfinity, 1, 2, 3, 4, 0});
  CHECK(paths.predecessor == std::vector<std::uint32_t>{kNoNode, 0, 0, 1, kNoNode, 4, 0, 0, 1, kNoNode});
  CHECK(paths.predecessor_link == std::vector<std::uint32_t>{kNoNode, 0, 1, 2, kNoNode, 5, 0, 1, 2, kNoNode});
}

TEST_CASE("Cheapest paths end at forbidden transit nodes but do not pass them") {
  const CongestedNetwork network = diamond();
  const std::vector<std::uint32_t> sources{0, 1};
  const CheapestPaths paths = cheapest_paths(arcs_of(network, {{0, 1, 1, 0, 0}, {}}), sources);
  CHECK(paths.cost == Values{0, 1, 2, 4, kInfinity, kInfinity, 0, kInfinity, 2, kInfinity});
}

TEST_CASE("Demand takes one path or shares those that are equally cheap") {
  const CongestedNetwork network = diamond();
  const ArcsInto arcs = arcs_of(network, {});
  Values demand(25, 0.0);
  demand[0 * 5 + 3] = 8.0;
  demand[4 * 5 + 3] = 2.0;
  demand[1 * 5 + 0] = 5.0;   // no path
  demand[2 * 5 + 2] = 99.0;  // stays at home
  const PathLoads one = load_paths(arcs, 6, 5, demand, PathSplit::kSingle);
  CHECK(one.link == Values{10, 0, 10, 0, 0, 2});
  CHECK(one.transit == Values{2, 10, 0, 0, 0});
  CHECK(one.lost == Values{0, 5, 0, 0, 0});
  CHECK(one.cost == 8.0 * 3.0 + 2.0 * 4.0);
  const PathLoads shared = load_paths(arcs, 6, 5, demand, PathSplit::kEqualCost);
  CHECK(shared.link == Values{5, 5, 5, 5, 0, 2});
  CHECK(shared.transit == Values{2, 5, 5, 0, 0});
  CHECK(shared.cost == one.cost);
}

TEST_CASE("Single paths carry what an all-or-nothing load carries, for any number of threads") {
  for (std::uint32_t world = 0; world < 60; ++world) {
    TrafficCase traffic = random_traffic(world, 60, 20);
    traffic.demand.classes.resize(1);
    const TrafficClass& one = traffic.demand.classes[0];
    const std::size_t links = traffic.network.link_count(), zones = traffic.demand.zone_count;
    AllOrNothing loader(traffic.network, traffic.demand);
    loader.load(free_times(traffic.network));
    const ArcsInto arcs = arcs_of(traffic.network, one.avoid);
    const PathLoads loads = load_paths(arcs, links, zones, one.demand, PathSplit::kSingle);
    check_close(loads.link, {loader.flow().begin(), loader.flow().end()});
    CHECK(std::fabs(loads.cost - loader.shortest_cost()) <= 1e-9);
    CHECK(std::fabs(std::accumulate(loads.lost.begin(), loads.lost.end(), 0.0) - loader.unserved()[0]) <= 1e-9);
    const parallel::ThreadLimit alone(1);
    const PathLoads again = load_paths(arcs, links, zones, one.demand, PathSplit::kSingle);
    CHECK(again.link == loads.link);
    CHECK(again.transit == loads.transit);
    CHECK(again.cost == loads.cost);
  }
}

TEST_CASE("On whole numbers and links without direction both routing kernels agree, split or not") {
  for (std::uint32_t world = 0; world < 40; ++world) {
    const Draws draws(14, Purpose::kTest, 0, world);
    const std::uint32_t nodes = 10 + draws.below(30, 0);
    std::vector<LinkEnds> ends;
    std::vector<std::uint32_t> weights;
    std::vector<CongestedLink> links;
    for (std::uint32_t link = 0; link < 2 * nodes; ++link) {
      const std::uint32_t a = draws.below(nodes, 3 * link + 1),
                          b = (a + 1 + draws.below(nodes - 1, 3 * link + 2)) % nodes;
      const std::uint32_t weight = 1 + draws.below(4, 3 * link + 3);
      ends.push_back({a, b});
      weights.push_back(weight);
      links.push_back({a, b, static_cast<double>(weight)});
      links.push_back({b, a, static_cast<double>(weight)});
    }
    AvoidSet avoid{std::vector<std::uint8_t>(nodes, 0), {}};
    avoid.transit[1] = avoid.transit[2] = 1;
    Values demand;
    for (std::uint32_t pair = 0; pair < nodes * nodes; ++pair) demand.push_back(draws.uniform(1000 + pair));
    const ArcsInto arcs = arcs_of(CongestedNetwork(nodes, links), avoid);
    for (const PathSplit split : {PathSplit::kSingle, PathSplit::kEqualCost}) {
      const PathLoads loads = load_paths(arcs, links.size(), nodes, demand, split);
      const RoutedDemand routed = route_demand(RoutingIndex(Network(nodes, ends, weights), avoid), demand, split);
      Values link(ends.size(), 0.0), transit(nodes, 0.0);
      for (std::size_t k = 0; k < routed.link_load.size(); ++k) link[k % ends.size()] += routed.link_load[k];
      for (std::size_t k = 0; k < routed.transit.size(); ++k) transit[k % nodes] += routed.transit[k];
      Values both(ends.size());
      for (std::size_t k = 0; k < both.size(); ++k) both[k] = loads.link[2 * k] + loads.link[2 * k + 1];
      check_close(both, link);
      check_close(loads.transit, transit);
    }
  }
}
