#include "sim/graph/all_or_nothing.hpp"

#include <vector>

#include "sim/core/parallel.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/random_traffic.hpp"

using namespace splinternet;
using splinternet::testing::near;
using splinternet::testing::random_traffic;
using splinternet::testing::TrafficCase;
using Values = std::vector<double>;
using Links = std::vector<std::uint32_t>;

namespace {

Values free_costs(const CongestedNetwork& network) {
  Values costs;
  for (const CongestedLink& link : network.links()) costs.push_back(link.free_time + link.fixed_cost);
  return costs;
}

}  // namespace

TEST_CASE("All of the demand takes the cheapest path") {
  // 0 → 1 → 2 costs 3, 0 → 2 directly 4; the second class may not pass node 1.
  const CongestedNetwork network(3, {{0, 1, 1}, {1, 2, 2}, {0, 2, 4}});
  const TrafficDemand demand{3, {{{}, {9, 5, 6, 0, 0, 7, 0, 0, 0}}, {{{0, 1, 0}, {}}, {0, 0, 10, 0, 0, 0, 1, 0, 0}}}};
  AllOrNothing loader(network, demand);
  loader.load(Values{1, 2, 4});
  CHECK(Values(loader.flow().begin(), loader.flow().end()) == Values{11, 13, 0, 0, 0, 10});
  CHECK(loader.shortest_cost() == 5 * 1 + 6 * 3 + 7 * 2 + 10 * 4);
  CHECK(Values(loader.unserved().begin(), loader.unserved().end()) == Values{0, 1});
  REQUIRE(loader.rows().size() == 4);
  CHECK(loader.rows()[1].origin == 1);
  CHECK(loader.rows()[2].travel_class == 1);
  CHECK(loader.demand(0)[2] == 6.0);
  Links path;
  loader.path(0, 2, path);
  CHECK(path == Links{1, 0});
  loader.path(2, 2, path);
  CHECK(path == Links{2});
  loader.path(3, 0, path);
  CHECK(path.empty());

  // Dearer now: everything moves, nothing of the load before is left.
  loader.load(Values{3, 2, 4});
  CHECK(Values(loader.flow().begin(), loader.flow().end()) == Values{5, 7, 6, 0, 0, 10});
}

TEST_CASE("Loads add up: link flow × cost is demand × cheapest cost, path by path") {
  for (std::uint32_t world = 0; world < 50; ++world) {
    INFO("world " << world);
    const TrafficCase traffic = random_traffic(world, 15);
    const CongestedNetwork& network = traffic.network;
    const Values cost = free_costs(network);
    AllOrNothing loader(network, traffic.demand);
    loader.load(cost);
    double spent = 0.0;
    for (std::size_t n = 0; n < loader.flow().size(); ++n) spent += loader.flow()[n] * cost[n % cost.size()];
    CHECK(spent == near(loader.shortest_cost(), 1e-11, 1e-11));

    Values by_path(loader.flow().size(), 0.0);
    const std::size_t zones = traffic.demand.zone_count;
    Links path;
    for (std::size_t row = 0; row < loader.rows().size(); ++row) {
      const auto [index, origin] = loader.rows()[row];
      const Values costs = path_costs(network, zones, traffic.demand.classes[index].avoid, cost);
      for (std::uint32_t zone = 0; zone < zones; ++zone) {
        if (zone == origin) continue;
        loader.path(row, zone, path);
        CHECK(path.empty() == (costs[origin * zones + zone] == __builtin_inf()));
        double length = 0.0;
        for (const std::uint32_t link : path) {
          length += cost[link];
          by_path[index * network.link_count() + link] += loader.demand(row)[zone];
        }
        if (!path.empty()) CHECK(length == near(costs[origin * zones + zone]));
      }
    }
    for (std::size_t n = 0; n < by_path.size(); ++n) CHECK(loader.flow()[n] == near(by_path[n], 1e-11, 1e-11));
  }
}

TEST_CASE("Groups of origins give the same bits on any number of threads") {
  const TrafficCase traffic = random_traffic(2, 300, 300);
  const Values cost = free_costs(traffic.network);
  std::vector<Values> flows;
  std::vector<double> costs;
  for (const int threads : {1, 2, 5}) {
    const parallel::ThreadLimit limit(threads);
    AllOrNothing loader(traffic.network, traffic.demand);
    loader.load(cost);
    flows.emplace_back(loader.flow().begin(), loader.flow().end());
    costs.push_back(loader.shortest_cost());
  }
  CHECK(flows[1] == flows[0]);
  CHECK(flows[2] == flows[0]);
  CHECK(costs == Values(3, costs[0]));
}

TEST_CASE("Path costs are 0 at home and infinite where no path is allowed") {
  const CongestedNetwork network(3, {{0, 1, 1}, {1, 2, 2}});
  constexpr double kInfinity = __builtin_inf();
  CHECK(path_costs(network, 3, {}, Values{1, 2}) == Values{0, 1, 3, kInfinity, 0, 2, kInfinity, kInfinity, 0});
  CHECK(path_costs(network, 2, {{}, {1, 0}}, Values{1, 2}) == Values{0, kInfinity, kInfinity, 0});
}
