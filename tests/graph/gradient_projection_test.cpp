#include "sim/graph/gradient_projection.hpp"

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
using Links = std::vector<std::uint32_t>;

namespace {

EquilibriumFlows run(const TrafficCase& traffic, const StopRule& rule, const PathFlows& start = {}) {
  const LinkCosts costs(traffic.network, RoutingPrinciple::kUserEquilibrium);
  AllOrNothing loader(traffic.network, traffic.demand);
  Values first_cost(traffic.network.link_count());
  costs.costs(Values(first_cost.size(), 0.0), first_cost);
  return project_gradients(costs, loader, start, first_cost, rule);
}

}  // namespace

TEST_CASE("Three roads: those in use cost the same, the third stays empty") {
  // 1 + x and 2 + x carry 3 and 2 at a cost of 4; the third costs 4.5 when empty.
  const TrafficCase traffic{CongestedNetwork(2, {{0, 1, 1, 1, 1, 1}, {0, 1, 2, 2, 1, 1}, {0, 1, 4.5, 1, 1, 1}}),
                            {2, {{{}, {0, 5, 0, 0}}}}};
  const EquilibriumFlows flows = run(traffic, {1e-14, 10});
  CHECK(flows.converged);
  CHECK(flows.class_flow[0] == near(3.0));
  CHECK(flows.class_flow[1] == near(2.0));
  CHECK(flows.class_flow[2] == 0.0);
  CHECK(flows.paths.size() == 2);
}

TEST_CASE("A power of 4 and an empty road, where Newton's first step goes too far, still converge") {
  const TrafficCase traffic{CongestedNetwork(2, {{0, 1, 1, 1, 1, 4}, {0, 1, 1, 1, 1, 4}}), {2, {{{}, {0, 200, 0, 0}}}}};
  const EquilibriumFlows flows = run(traffic, {1e-14, 40});
  CHECK(flows.converged);
  CHECK(flows.class_flow[0] == near(100.0, 1e-6));
}

TEST_CASE("Paths carry the demand, hang together, keep to their class and make up the link flows") {
  for (std::uint32_t world = 0; world < 60; ++world) {
    INFO("world " << world);
    const TrafficCase traffic = random_traffic(world, 12);
    const EquilibriumFlows flows = run(traffic, {1e-9, 2000});
    REQUIRE(flows.converged);
    const std::size_t zones = traffic.demand.zone_count, links = traffic.network.link_count();
    Values class_flow(flows.class_flow.size(), 0.0);
    std::vector<Values> carried(traffic.demand.classes.size(), Values(zones * zones, 0.0));
    for (std::size_t k = 0; k < flows.paths.size(); ++k) {
      const TrafficClass& one = traffic.demand.classes[flows.paths.travel_class[k]];
      std::uint32_t here = flows.paths.origin[k];
      for (const std::uint32_t link : flows.paths.path(k)) {
        CHECK(traffic.network.links()[link].tail == here);
        CHECK(one.avoid.link[link] == 0);
        CHECK((here == flows.paths.origin[k] || one.avoid.transit[here] == 0));
        here = traffic.network.links()[link].head;
        class_flow[flows.paths.travel_class[k] * links + link] += flows.paths.flow[k];
      }
      CHECK(here == flows.paths.destination[k]);
      CHECK(flows.paths.flow[k] >= 0.0);
      carried[flows.paths.travel_class[k]][flows.paths.origin[k] * zones + here] += flows.paths.flow[k];
    }
    CHECK(class_flow == flows.class_flow);
    const Values free(links, 1.0);
    for (std::size_t index = 0; index < carried.size(); ++index) {
      const TrafficClass& one = traffic.demand.classes[index];
      const Values reach = path_costs(traffic.network, zones, one.avoid, free);
      for (std::size_t pair = 0; pair < carried[index].size(); ++pair) {
        const bool is_served = pair / zones != pair % zones && reach[pair] < __builtin_inf();
        CHECK(carried[index][pair] == near(is_served ? one.demand[pair] : 0.0));
      }
    }
  }
}

TEST_CASE("Sioux Falls comes to a gap of 1e-12 within 100 iterations, and none from there") {
  const EquilibriumFlows flows = run(sioux_falls_case(), {1e-12, 100});
  CHECK(flows.converged);
  const EquilibriumFlows again = run(sioux_falls_case(), {1e-12, 100}, flows.paths);
  CHECK(again.gaps.size() == 1);
  CHECK(again.class_flow == flows.class_flow);
}

TEST_CASE("An end that is not reached is told; a start without demand is refused") {
  CHECK_FALSE(run(sioux_falls_case(), {1e-12, 2}).converged);
  PathFlows stray;
  stray.add(0, 0, 0, 1.0, Links{0});
  CHECK_THROWS_AS(run(sioux_falls_case(), {1e-3, 2}, stray), InternalError);
}

TEST_CASE("An assignment by path can be stopped between its iterations") {
  int iterations = 0;
  StopRule rule{0.0, 100, [&] {
                  if (++iterations == 5) throw DataError("stopped");
                }};
  CHECK_THROWS_AS(run(sioux_falls_case(), rule), DataError);
  CHECK(iterations == 5);
}
