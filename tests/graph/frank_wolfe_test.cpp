#include "sim/graph/frank_wolfe.hpp"

#include <algorithm>
#include <vector>

#include "sim/core/check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/random_traffic.hpp"

using namespace splinternet;
using splinternet::testing::near;
using splinternet::testing::random_traffic;
using splinternet::testing::sioux_falls_case;
using splinternet::testing::TrafficCase;
using Values = std::vector<double>;

namespace {

EquilibriumFlows run(const TrafficCase& traffic, const StopRule& rule, const Values& start = {}) {
  const LinkCosts costs(traffic.network, RoutingPrinciple::kUserEquilibrium);
  AllOrNothing loader(traffic.network, traffic.demand);
  Values first_cost(traffic.network.link_count());
  costs.costs(Values(first_cost.size(), 0.0), first_cost);
  return frank_wolfe(costs, loader, start, first_cost, rule);
}

double objective(const TrafficCase& traffic, const EquilibriumFlows& flows) {
  Values total(traffic.network.link_count());
  sum_classes(flows.class_flow, total);
  return LinkCosts(traffic.network, RoutingPrinciple::kUserEquilibrium).objective(total);
}

}  // namespace

TEST_CASE("Two roads of 1 + x and 2 + x: one step finds the equilibrium") {
  const TrafficCase traffic{CongestedNetwork(2, {{0, 1, 1, 1, 1, 1}, {0, 1, 2, 2, 1, 1}}), {2, {{{}, {0, 5, 0, 0}}}}};
  const EquilibriumFlows flows = run(traffic, {1e-14, 10});
  CHECK(flows.converged);
  CHECK(flows.gaps.size() == 2);
  CHECK(flows.class_flow[0] == near(3.0));
  CHECK(flows.class_flow[1] == near(2.0));
  CHECK(flows.paths.size() == 0);
}

TEST_CASE("Every iteration lowers the objective") {
  const TrafficCase traffic = sioux_falls_case();
  double before = __builtin_inf();
  for (int iterations = 0; iterations < 25; ++iterations) {
    const double now = objective(traffic, run(traffic, {0.0, iterations}));
    CHECK(now < before);
    before = now;
  }
}

// Conjugate directions are what gets beyond 1e-4: plain Frank–Wolfe needs some 1500 iterations to 8e-5.
TEST_CASE("Sioux Falls reaches 1e-5 within 300 iterations") {
  const EquilibriumFlows flows = run(sioux_falls_case(), {1e-5, 300});
  CHECK(flows.converged);
  CHECK(flows.gaps.back() <= 1e-5);
}

TEST_CASE("A start at the equilibrium is the end") {
  for (std::uint32_t world = 0; world < 20; ++world) {
    const TrafficCase traffic = random_traffic(world, 10);
    const EquilibriumFlows first = run(traffic, {1e-5, 20000});
    REQUIRE(first.converged);
    const EquilibriumFlows again = run(traffic, {1e-5, 20000}, first.class_flow);
    CHECK(again.gaps.size() == 1);
    CHECK(again.class_flow == first.class_flow);
  }
}

TEST_CASE("An end that is not reached is told, at the limit and where rounding stops all steps") {
  const EquilibriumFlows early = run(sioux_falls_case(), {1e-9, 3});
  CHECK_FALSE(early.converged);
  CHECK(early.gaps.size() == 4);
  // Two roads whose equilibrium is no double: no gap of exactly 0.
  const TrafficCase traffic{
      CongestedNetwork(2, {{0, 1, 1, 3, 0.15, 4}, {0, 1, 1.1, 2, 0.15, 4}, {0, 1, 1.3, 1, 0.7, 3}}),
      {2, {{{}, {0, 7, 0, 0}}}}};
  const EquilibriumFlows stalled = run(traffic, {0.0, 100000});
  CHECK(stalled.gaps.size() < 100000);
  CHECK(*std::min_element(stalled.gaps.begin(), stalled.gaps.end()) < 1e-12);
}

TEST_CASE("An assignment by link can be stopped between its iterations") {
  int iterations = 0;
  StopRule rule{0.0, 100, [&] {
                  if (++iterations == 5) throw DataError("stopped");
                }};
  CHECK_THROWS_AS(run(sioux_falls_case(), rule), DataError);
  CHECK(iterations == 5);
}
