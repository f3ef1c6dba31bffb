#include "sim/metrics/reach.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/brute_force_routing.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/eight_node_case.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::metrics;
using splinternet::testing::near;
namespace eight = splinternet::testing::eight_node;

namespace {

// Distances under each origin's own policy, by brute force.
std::vector<std::uint32_t> eight_node_distances(eight::Policy policy) {
  std::vector<testing::PlainLink> links;
  for (const auto& link : eight::kLinks) links.push_back({link.a, link.b, link.length});
  std::vector<std::uint32_t> all;
  for (std::uint32_t origin = 0; origin < eight::kNodes; ++origin) {
    const auto row =
        testing::subgraph_distances(eight::kNodes, links, eight::forbidden_transit(policy, origin), {}, origin);
    all.insert(all.end(), row.begin(), row.end());
  }
  return all;
}

// Hop distances of an unweighted path, star or complete graph.
std::vector<std::uint32_t> path_distances(std::uint32_t nodes) {
  std::vector<std::uint32_t> distance;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    for (std::uint32_t j = 0; j < nodes; ++j) distance.push_back(std::max(i, j) - std::min(i, j));
  }
  return distance;
}

std::vector<std::uint32_t> star_distances(std::uint32_t nodes) {
  std::vector<std::uint32_t> distance;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    for (std::uint32_t j = 0; j < nodes; ++j) distance.push_back(i == j ? 0U : (i == 0 || j == 0 ? 1U : 2U));
  }
  return distance;
}

}  // namespace

TEST_CASE("distances as doubles give the same measures as whole ones, to the bit, and +∞ is no path") {
  const std::size_t n = eight::kNodes;
  const auto as_doubles = [](const auto& whole) {
    std::vector<double> lengths;
    for (const std::uint32_t length : whole) {
      lengths.push_back(length == kNoPath ? std::numeric_limits<double>::infinity() : length);
    }
    return lengths;
  };
  const auto& whole = eight::kDistanceAvoidingRival;
  const auto& whole_base = eight::kBaseDistance;
  const std::vector<double> distance = as_doubles(whole), base = as_doubles(whole_base);
  CHECK(reach_loss_by_pair(distance, n) == reach_loss_by_pair(whole, n));
  CHECK(reach_loss_by_demand(eight::kFlow, distance, n) == reach_loss_by_demand(eight::kFlow, whole, n));
  CHECK(mean_stretch(eight::kFlow, distance, base, n) == mean_stretch(eight::kFlow, whole, whole_base, n));
  CHECK(demand_weighted_stretch(eight::kFlow, distance, base, n) ==
        demand_weighted_stretch(eight::kFlow, whole, whole_base, n));
  CHECK(largest_stretch(distance, base, n) == largest_stretch(whole, whole_base, n));
  CHECK(efficiency_ratio(distance, base, n) == efficiency_ratio(whole, whole_base, n));
  CHECK(global_efficiency(std::vector<double>{0.0, 0.5, 0.25, 0.0}, 2) == 3.0);
}

TEST_CASE("the eight-node case has its published reach, stretch and efficiency when avoiding the rival") {
  const std::size_t n = eight::kNodes;
  const auto& distance = eight::kDistanceAvoidingRival;
  const auto& base = eight::kBaseDistance;
  CHECK(reach_loss_by_pair(distance, n) == near(3.0 / 56.0));
  CHECK(reach_loss_by_demand(eight::kFlow, distance, n) == near(0.02127659574468085));
  CHECK(mean_stretch(eight::kFlow, distance, base, n) == near(1.0013903841729928));
  CHECK(demand_weighted_stretch(eight::kFlow, distance, base, n) == near(1.0048780487804878));
  CHECK(largest_stretch(distance, base, n) == near(1.1327433628318584));
  CHECK(global_efficiency(distance, n) == near(0.0005290908080141969));
  CHECK(global_efficiency(base, n) == near(0.0005391401626928916));
  CHECK(efficiency_ratio(distance, base, n) == near(0.0005290908080141969 / 0.0005391401626928916));
}

TEST_CASE("the eight-node case has its published values when avoiding the rival and neutrals") {
  const std::size_t n = eight::kNodes;
  const auto distance = eight_node_distances(eight::Policy::kAvoidRivalAndNeutral);
  const auto& base = eight::kBaseDistance;
  CHECK(reach_loss_by_pair(distance, n) == near(15.0 / 56.0));
  CHECK(reach_loss_by_demand(eight::kFlow, distance, n) == near(0.09929078014184398));
  CHECK(mean_stretch(eight::kFlow, distance, base, n) == near(1.001852709587772));
  CHECK(largest_stretch(distance, base, n) == near(1.2352941176470589));
  CHECK(global_efficiency(distance, n) == near(0.0004871186460126519));
}

TEST_CASE("global efficiency: complete graph 1, star of six 2/3, path of four 13/18") {
  const std::vector<std::uint32_t> complete(25, 1);
  CHECK(global_efficiency(complete, 5) == 1.0);
  CHECK(global_efficiency(star_distances(6), 6) == near(2.0 / 3.0));
  CHECK(global_efficiency(path_distances(4), 4) == near(0.7222222222222222));
  std::vector<std::uint32_t> longer = complete;
  for (auto& d : longer) d *= 4;
  CHECK(global_efficiency(longer, 5) == 0.25);
  CHECK(efficiency_ratio(longer, complete, 5) == 0.25);
}

TEST_CASE("domestic demand is neither lost nor stretched") {
  const std::vector<double> demand = {100.0, 1.0, 3.0, 100.0};
  const std::vector<std::uint32_t> base = {0, 10, 10, 0};
  const std::vector<std::uint32_t> now = {0, kNoPath, 15, 0};
  CHECK(reach_loss_by_demand(demand, now, 2) == 0.25);
  CHECK(reach_loss_by_pair(now, 2) == 0.5);
  CHECK(demand_weighted_stretch(demand, now, base, 2) == 1.5);
  CHECK(mean_stretch(demand, now, base, 2) == 1.5);
}

TEST_CASE("pairs cut off leave the stretch, which can then fall below that of a longer path") {
  const std::vector<double> demand(9, 1.0);
  const std::vector<std::uint32_t> base = {0, 1, 10, 1, 0, 9, 10, 9, 0};
  const std::vector<std::uint32_t> detour = {0, 1, 20, 1, 0, 9, 10, 9, 0};
  const std::vector<std::uint32_t> cut = {0, 1, kNoPath, 1, 0, 9, 10, 9, 0};
  CHECK(demand_weighted_stretch(demand, detour, base, 3) == 1.25);
  CHECK(mean_stretch(demand, detour, base, 3) == near(7.0 / 6.0));
  CHECK(largest_stretch(detour, base, 3) == 2.0);
  CHECK(demand_weighted_stretch(demand, cut, base, 3) == 1.0);
  CHECK(reach_loss_by_pair(cut, 3) == near(1.0 / 6.0));
}

TEST_CASE("equal distances give loss 0, stretch 1 and efficiency ratio 1 bit for bit") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    const Draws draws(15, Purpose::kTest, 0, world);
    const std::uint32_t n = 2 + draws.below(10, 0);
    std::vector<std::uint32_t> distance;
    std::vector<double> demand;
    for (std::uint32_t cell = 0; cell < n * n; ++cell) {
      distance.push_back(1 + draws.below(1000, 2 * cell + 1));
      demand.push_back(draws.uniform(2 * cell + 2));
    }
    REQUIRE(reach_loss_by_demand(demand, distance, n) == 0.0);
    REQUIRE(demand_weighted_stretch(demand, distance, distance, n) == 1.0);
    REQUIRE(mean_stretch(demand, distance, distance, n) == 1.0);
    REQUIRE(largest_stretch(distance, distance, n) == 1.0);
    REQUIRE(efficiency_ratio(distance, distance, n) == 1.0);
    // Cutting one pair loses exactly its demand.
    distance[1] = kNoPath;
    double total = 0.0;
    for (std::uint32_t cell = 0; cell < n * n; ++cell) total += cell % (n + 1) == 0 ? 0.0 : demand[cell];
    REQUIRE(reach_loss_by_demand(demand, distance, n) == near(demand[1] / total));
  }
}

TEST_CASE("a pair of length zero counts as one unit in the efficiency and is left out of the largest stretch") {
  const std::vector<std::uint32_t> base = {0, 0, 0, 0};
  CHECK(global_efficiency(base, 2) == 1.0);
  CHECK(largest_stretch(std::vector<std::uint32_t>{0, 5, 5, 0}, base, 2) == 1.0);
}

TEST_CASE("nothing to measure: no loss, no stretch, no efficiency") {
  const std::vector<std::uint32_t> apart = {0, kNoPath, kNoPath, 0};
  const std::vector<double> none(4, 0.0);
  CHECK(reach_loss_by_demand(none, apart, 2) == 0.0);
  CHECK(reach_loss_by_pair(apart, 2) == 1.0);
  CHECK(reach_loss_by_pair(std::vector<std::uint32_t>{0}, 1) == 0.0);
  CHECK(demand_weighted_stretch(none, apart, apart, 2) == 1.0);
  CHECK(mean_stretch(none, apart, apart, 2) == 1.0);
  CHECK(largest_stretch(apart, apart, 2) == 1.0);
  CHECK(global_efficiency(apart, 2) == 0.0);
  CHECK(global_efficiency({}, 0) == 0.0);
  CHECK(efficiency_ratio(apart, apart, 2) == 1.0);
}

TEST_CASE("reach measures refuse wrong sizes as internal errors") {
  const std::vector<double> demand(4, 1.0);
  const std::vector<std::uint32_t> right(4, 1);
  const std::vector<std::uint32_t> wrong(3, 1);
  CHECK_THROWS_AS(reach_loss_by_demand(demand, wrong, 2), InternalError);
  CHECK_THROWS_AS(reach_loss_by_demand(std::vector<double>(3, 1.0), right, 2), InternalError);
  CHECK_THROWS_AS(reach_loss_by_pair(wrong, 2), InternalError);
  CHECK_THROWS_AS(demand_weighted_stretch(demand, right, wrong, 2), InternalError);
  CHECK_THROWS_AS(mean_stretch(demand, wrong, right, 2), InternalError);
  CHECK_THROWS_AS(largest_stretch(right, wrong, 2), InternalError);
  CHECK_THROWS_AS(global_efficiency(wrong, 2), InternalError);
}
