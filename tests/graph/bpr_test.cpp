#include "sim/graph/bpr.hpp"

#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/random_traffic.hpp"

using namespace splinternet;
using splinternet::testing::near;
using Values = std::vector<double>;

TEST_CASE("A full link takes 15 % longer than an empty one") {
  const LinkCosts costs(CongestedNetwork(2, {{0, 1, 10.0, 500.0}}), RoutingPrinciple::kUserEquilibrium);
  CHECK(costs.cost(0, 0.0) == 10.0);
  CHECK(costs.cost(0, 500.0) == near(11.5));
  CHECK(costs.cost(0, 1000.0) == near(10.0 * (1 + 0.15 * 16)));
  CHECK(costs.slope(0, 0.0) == 0.0);
  CHECK(costs.slope(0, 500.0) == near(10.0 * 0.15 * 4 / 500.0));
  CHECK(costs.integral(0, 500.0) == near(5000.0 + 10.0 * 0.15 * 500.0 / 5));
}

TEST_CASE("Marginal cost is the cost plus flow times slope") {
  for (std::uint32_t world = 0; world < 30; ++world) {
    const CongestedNetwork network = splinternet::testing::random_traffic(world, 8).network;
    const LinkCosts own(network, RoutingPrinciple::kUserEquilibrium);
    const LinkCosts all(network, RoutingPrinciple::kSystemOptimum);
    for (std::size_t link = 0; link < network.link_count(); ++link) {
      for (const double flow : {0.0, 0.3, 7.0, 40.0}) {
        CHECK(all.cost(link, flow) == near(own.cost(link, flow) + flow * own.slope(link, flow)));
        CHECK(all.integral(link, flow) == near(flow * own.cost(link, flow)));
      }
    }
  }
}

TEST_CASE("Slope and integral belong to the cost") {
  for (std::uint32_t world = 0; world < 30; ++world) {
    const CongestedNetwork network = splinternet::testing::random_traffic(world, 8).network;
    for (const auto principle : {RoutingPrinciple::kUserEquilibrium, RoutingPrinciple::kSystemOptimum}) {
      const LinkCosts costs(network, principle);
      for (std::size_t link = 0; link < network.link_count(); ++link) {
        constexpr double kFlow = 6.0, kStep = 1e-4;
        const auto difference = [&](auto function) {
          return ((costs.*function)(link, kFlow + kStep) - (costs.*function)(link, kFlow - kStep)) / (2 * kStep);
        };
        CHECK(difference(&LinkCosts::cost) == near(costs.slope(link, kFlow), 1e-6, 1e-8));
        CHECK(difference(&LinkCosts::integral) == near(costs.cost(link, kFlow), 1e-6, 1e-8));
      }
    }
  }
}

TEST_CASE("Powers: whole ones by products, others by math::pow, 0 and b = 0 without any rise") {
  const CongestedNetwork network(2, {{0, 1, 2.0, 4.0, 0.5, 7.0},
                                     {0, 1, 2.0, 4.0, 0.5, 2.5},
                                     {0, 1, 2.0, 4.0, 0.5, 100.0},
                                     {0, 1, 2.0, 4.0, 0.5, 0.0, 1.0},
                                     {0, 1, 2.0, 0.0, 0.0, 4.0, 1.0},
                                     {0, 1, 2.0, 4.0, 0.5, 1.0}});
  const LinkCosts costs(network, RoutingPrinciple::kUserEquilibrium);
  CHECK(costs.cost(0, 5.0) == near(2.0 * (1 + 0.5 * 4.76837158203125)));
  CHECK(costs.cost(1, 5.0) == near(2.0 * (1 + 0.5 * math::pow(1.25, 2.5))));
  CHECK(costs.cost(2, 5.0) == near(2.0 * (1 + 0.5 * math::pow(1.25, 100.0)), 1e-11));
  for (const double flow : {0.0, 3.0}) {
    CHECK(costs.cost(3, flow) == 4.0);
    CHECK(costs.slope(3, flow) == 0.0);
    CHECK(costs.cost(4, flow) == 3.0);
    CHECK(costs.slope(4, flow) == 0.0);
    CHECK(costs.slope(5, flow) == 0.25);
  }
}

TEST_CASE("All links at once are the links one by one") {
  const CongestedNetwork network = splinternet::testing::random_traffic(5, 9).network;
  const LinkCosts costs(network, RoutingPrinciple::kUserEquilibrium);
  Values flow(network.link_count()), cost(flow), both(flow), slope(flow);
  for (std::size_t link = 0; link < flow.size(); ++link) flow[link] = 0.7 * static_cast<double>(link);
  costs.costs(flow, cost);
  costs.costs_and_slopes(flow, both, slope);
  double objective = 0.0;
  for (std::size_t link = 0; link < flow.size(); ++link) {
    CHECK(cost[link] == costs.cost(link, flow[link]));
    CHECK(both[link] == cost[link]);
    CHECK(slope[link] == near(costs.slope(link, flow[link])));
    objective += costs.integral(link, flow[link]);
  }
  CHECK(costs.objective(flow) == objective);
}

TEST_CASE("A cost beyond all numbers is refused") {
  const LinkCosts costs(CongestedNetwork(2, {{0, 1, 1.0}, {0, 1, 1.0, 1e-200}}), RoutingPrinciple::kUserEquilibrium);
  Values cost(2), slope(2);
  CHECK_THROWS_AS(costs.costs(Values{1.0, 1.0}, cost), SolverError);
  CHECK_THROWS_AS(costs.costs_and_slopes(Values{1.0, 1.0}, cost, slope), SolverError);
  CHECK_NOTHROW(costs.costs(Values{1.0, 0.0}, cost));
}
