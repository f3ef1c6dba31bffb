#include "sim/graph/assignment.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/graph/all_or_nothing.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/random_traffic.hpp"
#include "tests/support/traffic_cases.hpp"

using namespace splinternet;
using splinternet::testing::braess;
using splinternet::testing::near;
using splinternet::testing::random_traffic;
using splinternet::testing::sioux_falls_case;
using splinternet::testing::TrafficCase;
using Values = std::vector<double>;

namespace {

constexpr AssignmentMethod kMethods[] = {AssignmentMethod::kBiconjugateFrankWolfe,
                                         AssignmentMethod::kGradientProjection};
// Costs of Braess' links rise by 1 or more per unit, so that a gap g leaves flows within √(2·g·552) of the equilibrium;
// that 10x stands as 1e-8 + 10x matters less.
constexpr double kBraessGap = 1e-14;
constexpr double kBraess = 4e-6;

Assignment assign(const TrafficCase& traffic, AssignmentMethod method, double gap,
                  RoutingPrinciple principle = RoutingPrinciple::kUserEquilibrium) {
  return assign_traffic(traffic.network, traffic.demand, {principle, method, {gap, 20000}, IfNotConverged::kThrow});
}

// What one unit from zone 0 to zone 1 pays.
double price(const TrafficCase& traffic, std::size_t travel_class, const Assignment& result) {
  return path_costs(traffic.network, 2, traffic.demand.classes[travel_class].avoid, result.cost)[1];
}

template <class Expected, class Action>
std::string message_of(Action&& action) {
  try {
    action();
  } catch (const Expected& error) {
    return error.what();
  }
  return "no error";
}

void check_flows(const Assignment& result, const Values& wanted, double tolerance) {
  REQUIRE(result.flow.size() == wanted.size());
  for (std::size_t link = 0; link < wanted.size(); ++link) {
    INFO("link " << link);
    CHECK(result.flow[link] == near(wanted[link], tolerance, tolerance));
  }
}

}  // namespace

TEST_CASE("Braess: a new link makes all six pay 92 instead of 83") {
  for (const AssignmentMethod method : kMethods) {
    const TrafficCase with = braess();
    const Assignment all = assign(with, method, kBraessGap);
    check_flows(all, {4, 2, 2, 2, 4}, kBraess);
    CHECK(price(with, 0, all) == near(92, kBraess));
    CHECK(all.total_time == near(552, kBraess));
    CHECK(all.total_cost == all.total_time);
    CHECK(all.objective == near(386, kBraess));

    const TrafficCase without = braess(6.0);
    const Assignment banned = assign(without, method, kBraessGap);
    check_flows(banned, {3, 3, 3, 0, 3}, kBraess);
    CHECK(price(without, 1, banned) == near(83, kBraess));
    CHECK(banned.total_time == near(498, kBraess));
  }
}

// Bridge flow q = min(2, 6 − f); the banned pay 5·(6 + q) + 50 + (6 − q)/2, the free 10·(6 + q) + 10 + q.
TEST_CASE("Braess with a policy: banning some from the bridge makes everyone faster") {
  struct Row {
    double banned, bridge, cost_banned, cost_free, total_time;
  };
  constexpr Row kRows[] = {{0, 2, 92, 92, 552},         {3, 2, 92, 92, 552},
                           {4, 2, 92, 92, 552},         {4.5, 1.5, 89.75, 86.5, 533.625},
                           {5, 1, 87.5, 81, 518.5},     {5.5, 0.5, 85.25, 75.5, 506.625},
                           {6, 0, 83, 83 - 10 - 3, 498}};
  for (const AssignmentMethod method : kMethods) {
    for (const Row& row : kRows) {
      INFO("banned " << row.banned << ", method " << static_cast<int>(method));
      const TrafficCase traffic = braess(row.banned);
      const Assignment result = assign(traffic, method, kBraessGap);
      const double outer = (6 + row.bridge) / 2, inner = (6 - row.bridge) / 2;
      check_flows(result, {outer, inner, inner, row.bridge, outer}, kBraess);
      CHECK(price(traffic, 1, result) == near(row.cost_banned, kBraess));
      CHECK(price(traffic, 0, result) == near(row.cost_free, kBraess));
      CHECK(result.total_time == near(row.total_time, kBraess));
    }
  }
}

// On 0→2→1 go y, over the bridge z: total 10·2·(y + z)² + …; least at z = 0 with three on each side, 83 each.
TEST_CASE("The system optimum of Braess leaves the bridge empty") {
  for (const AssignmentMethod method : kMethods) {
    const Assignment result = assign(braess(), method, kBraessGap, RoutingPrinciple::kSystemOptimum);
    check_flows(result, {3, 3, 3, 0, 3}, kBraess);
    CHECK(result.total_time == near(498, kBraess));
    CHECK(result.objective == near(498, kBraess));
  }
}

// Pigou (1920): one unit, a link of cost 1 and one of cost x^p.
TEST_CASE("Pigou: the equilibrium fills the road that gets slower, the optimum the share (p + 1)^(-1/p)") {
  for (const AssignmentMethod method : kMethods) {
    for (const double power : {1.0, 2.0, 4.0, 4.924}) {
      // x^p as (1e-9)·(1 + 1e9·x^p).
      const TrafficCase pigou{CongestedNetwork(2, {{0, 1, 1, 1, 0, 0}, {0, 1, 1e-9, 1, 1e9, power}}),
                              {2, {{{}, {0, 1, 0, 0}}}}};
      const Assignment own = assign(pigou, method, 1e-12);
      CHECK(own.flow[1] == near(1.0, 1e-6));
      CHECK(own.total_time == near(1.0, 1e-6));
      const double share = power == 1.0   ? 0.5
                           : power == 2.0 ? 0.57735026918962576
                           : power == 4.0 ? 0.66874030497642202
                                          : 0.69677408274165250;
      const Assignment best = assign(pigou, method, 1e-12, RoutingPrinciple::kSystemOptimum);
      CHECK(best.flow[1] == near(share, 1e-5));
      CHECK(best.total_time <= own.total_time);
    }
  }
}

// Z of the flows published with the network (bstabler/TransportationNetworks): 42.31335287107440 × 1e5.
TEST_CASE("Sioux Falls: objective and total time are those published") {
  for (const AssignmentMethod method : kMethods) {
    const Assignment result = assign(sioux_falls_case(), method, 1e-8);
    CHECK(result.gap() <= 1e-8);
    CHECK(result.objective == near(4231335.28710744, 1e-10));
    CHECK(result.total_time == near(7480225.344921119, 1e-6));
  }
  const Assignment fine = assign(sioux_falls_case(), AssignmentMethod::kGradientProjection, 1e-13);
  CHECK(fine.objective == near(4231335.28710744, 1e-14));
  CHECK(fine.total_time == near(7480225.344921119, 1e-11));
}

TEST_CASE("At gap 1e-6 Sioux Falls is within what the gap allows, and Frank-Wolfe needs hundreds of iterations") {
  const Assignment result = assign(sioux_falls_case(), AssignmentMethod::kBiconjugateFrankWolfe, 1e-6);
  // Convexity: Z − Z* ≤ gap · Σ T·d.
  CHECK(result.objective >= 4231335.28710744);
  CHECK(result.objective - 4231335.28710744 <= 1e-6 * result.total_time);
  CHECK(result.objective == near(4231335.28710744, 1e-7));
  CHECK(result.iterations() > 200);
  CHECK(result.iterations() < 1000);
  CHECK(result.gaps.size() == static_cast<std::size_t>(result.iterations()) + 1);
}

TEST_CASE("Random networks: both methods reach the same total flows, within tolerance of the gap") {
  for (std::uint32_t world = 0; world < 60; ++world) {
    INFO("world " << world);
    const TrafficCase traffic = random_traffic(world, 14);
    const Assignment paths = assign(traffic, AssignmentMethod::kGradientProjection, 1e-12);
    const Assignment links = assign(traffic, AssignmentMethod::kBiconjugateFrankWolfe, 1e-6);
    CHECK(paths.gap() <= 1e-12);
    CHECK(links.gap() <= 1e-6);
    CHECK(links.objective >= paths.objective * (1 - 1e-11));
    CHECK(links.objective <= paths.objective + 1e-6 * links.total_cost);
    CHECK(links.unserved == paths.unserved);
  }
}

TEST_CASE("The system optimum costs no more than the equilibrium, which no path undercuts") {
  for (std::uint32_t world = 0; world < 40; ++world) {
    INFO("world " << world);
    const TrafficCase traffic = random_traffic(world, 12);
    const Assignment own = assign(traffic, AssignmentMethod::kGradientProjection, 1e-11);
    const Assignment best =
        assign(traffic, AssignmentMethod::kGradientProjection, 1e-11, RoutingPrinciple::kSystemOptimum);
    CHECK(best.total_cost <= own.total_cost * (1 + 1e-10));
    CHECK(best.objective == near(best.total_cost, 1e-11));
    // Wardrop's first principle, path by path.
    const PathFlows& paths = own.paths;
    for (std::size_t k = 0; k < paths.size(); ++k) {
      double cost = 0.0;
      for (const std::uint32_t link : paths.path(k)) cost += own.cost[link];
      const AvoidSet& avoid = traffic.demand.classes[paths.travel_class[k]].avoid;
      const std::size_t zones = traffic.demand.zone_count;
      const double least =
          path_costs(traffic.network, zones, avoid, own.cost)[paths.origin[k] * zones + paths.destination[k]];
      CHECK(cost >= least * (1 - 1e-12));
      CHECK(paths.flow[k] * (cost - least) <= 1e-10 * own.total_cost + 1e-12);
    }
  }
}

TEST_CASE("Flows are conserved at every node and keep to the restrictions of their class") {
  for (std::uint32_t world = 0; world < 60; ++world) {
    for (const AssignmentMethod method : kMethods) {
      INFO("world " << world << ", method " << static_cast<int>(method));
      const TrafficCase traffic = random_traffic(world, 12);
      const Assignment result = assign(traffic, method, 1e-4);
      const std::size_t zones = traffic.demand.zone_count, links = traffic.network.link_count();
      for (std::size_t index = 0; index < traffic.demand.classes.size(); ++index) {
        const TrafficClass& one = traffic.demand.classes[index];
        const Values reach = path_costs(traffic.network, zones, one.avoid, result.cost);
        Values balance(traffic.network.node_count(), 0.0), through(balance);
        double unserved = 0.0, total = 0.0;
        for (std::size_t pair = 0; pair < zones * zones; ++pair) {
          if (pair / zones == pair % zones) continue;
          total += one.demand[pair];
          if (reach[pair] == __builtin_inf()) {
            unserved += one.demand[pair];
            continue;
          }
          balance[pair / zones] += one.demand[pair];
          balance[pair % zones] -= one.demand[pair];
          through[pair / zones] += one.demand[pair];
        }
        for (std::size_t link = 0; link < links; ++link) {
          const double flow = result.class_flow[index * links + link];
          CHECK(flow >= 0.0);
          if (one.avoid.link[link] != 0) CHECK(flow == 0.0);
          balance[traffic.network.links()[link].tail] -= flow;
          balance[traffic.network.links()[link].head] += flow;
          through[traffic.network.links()[link].tail] -= flow;
        }
        for (std::size_t node = 0; node < balance.size(); ++node) {
          CHECK(balance[node] == near(0.0, 0.0, 1e-10 * (1.0 + total)));
          // What leaves a forbidden transit node began there.
          if (one.avoid.transit[node] != 0) CHECK(through[node] == near(0.0, 0.0, 1e-10 * (1.0 + total)));
        }
        CHECK(result.unserved[index] == near(unserved));
      }
    }
  }
}

TEST_CASE("Any number of threads gives the same bits") {
  const TrafficCase traffic = random_traffic(3, 60, 60);
  for (const AssignmentMethod method : kMethods) {
    std::vector<Assignment> results;
    for (const int threads : {1, 2, 3, 8}) {
      const parallel::ThreadLimit limit(threads);
      results.push_back(assign(traffic, method, 1e-5));
    }
    for (const Assignment& result : results) {
      CHECK(result.class_flow == results[0].class_flow);
      CHECK(result.gaps == results[0].gaps);
      CHECK(result.objective == results[0].objective);
    }
  }
}

TEST_CASE("A start from an earlier result leads to the same flows, faster") {
  const TrafficCase before = sioux_falls_case();
  TrafficCase after = sioux_falls_case();
  for (double& trips : after.demand.classes[0].demand) trips *= 0.98;
  after.demand.classes[0].demand[3] *= 1.01;
  for (const AssignmentMethod method : kMethods) {
    INFO("method " << static_cast<int>(method));
    const AssignmentOptions options{RoutingPrinciple::kUserEquilibrium, method, {1e-6, 20000}, IfNotConverged::kThrow};
    const Assignment first = assign_traffic(before.network, before.demand, options);
    const Assignment again = assign_traffic(before.network, before.demand, options, &first);
    CHECK(again.iterations() == 0);
    CHECK(again.objective == near(first.objective, 1e-12));

    const Assignment cold = assign_traffic(after.network, after.demand, options);
    const Assignment warm = assign_traffic(after.network, after.demand, options, &first);
    CHECK(warm.objective == near(cold.objective, 1e-7));
    CHECK(warm.iterations() < cold.iterations());
  }
}

TEST_CASE("A start serves other demand, other classes and new restrictions") {
  for (std::uint32_t world = 0; world < 30; ++world) {
    const TrafficCase old = random_traffic(world, 12);
    TrafficCase now = random_traffic(world, 12);
    for (TrafficClass& one : now.demand.classes) {
      std::reverse(one.demand.begin(), one.demand.end());
      if (!one.avoid.link.empty()) one.avoid.link[0] ^= 1U;
    }
    now.demand.classes.push_back(now.demand.classes.front());
    const Assignment cold = assign(now, AssignmentMethod::kGradientProjection, 1e-10);
    for (const AssignmentMethod first_method : kMethods) {
      const Assignment first = assign(old, first_method, 1e-4);
      for (const AssignmentMethod method : kMethods) {
        INFO("world " << world << ", methods " << static_cast<int>(first_method) << static_cast<int>(method));
        const AssignmentOptions options{
            RoutingPrinciple::kUserEquilibrium, method, {1e-6, 20000}, IfNotConverged::kThrow};
        const Assignment warm = assign_traffic(now.network, now.demand, options, &first);
        CHECK(warm.objective >= cold.objective * (1 - 1e-9));
        CHECK(warm.objective <= cold.objective + 1e-6 * warm.total_cost);
        CHECK(warm.unserved == cold.unserved);
      }
    }
  }
}

TEST_CASE("No demand gives no flow and no gap") {
  TrafficCase traffic = sioux_falls_case();
  std::fill(traffic.demand.classes[0].demand.begin(), traffic.demand.classes[0].demand.end(), 0.0);
  traffic.demand.classes[0].demand[0] = 7.0;  // stays at home
  for (const AssignmentMethod method : kMethods) {
    const Assignment result = assign(traffic, method, 0.0);
    CHECK(result.flow == Values(76, 0.0));
    CHECK(result.gaps == Values{0.0});
    CHECK(result.total_cost == 0.0);
    CHECK(result.unserved == Values{0.0});
  }
}

TEST_CASE("Demand without a path is told by class, the rest is served") {
  const TrafficCase traffic{CongestedNetwork(3, {{0, 1, 1, 1, 1, 1}, {1, 2, 1, 1, 1, 1}}),
                            {3,
                             {{{}, {0, 2, 3, 5, 0, 0, 0, 0, 0}},
                              {{{0, 1, 0}, {}}, {0, 2, 3, 0, 0, 0, 0, 0, 0}},
                              {{{}, {0, 1}}, {0, 0, 4, 0, 0, 0, 0, 0, 0}}}}};
  for (const AssignmentMethod method : kMethods) {
    const Assignment result = assign(traffic, method, 1e-9);
    CHECK(result.unserved == Values{5, 3, 4});
    CHECK(result.class_flow == Values{5, 3, 2, 0, 0, 0});
  }
}

TEST_CASE("Constant costs: everything takes the cheapest path at once") {
  for (const AssignmentMethod method : kMethods) {
    // b = 0 with no capacity at all; power 0, where (x/c)⁰ = 1 counts in full.
    const TrafficCase traffic{CongestedNetwork(2, {{0, 1, 3, 0, 0, 4}, {0, 1, 1, 5, 1, 0}, {0, 1, 1, 1, 0, 1, 1.5}}),
                              {2, {{{}, {0, 4, 0, 0}}}}};
    const Assignment result = assign(traffic, method, 0.0);
    CHECK(result.flow == Values{0, 4, 0});
    CHECK(result.cost == Values{3, 2, 2.5});
    CHECK(result.iterations() == 0);
    CHECK(result.objective == 8.0);
  }
}

TEST_CASE("Fixed costs steer the traffic but are no time") {
  for (const AssignmentMethod method : kMethods) {
    // 1 + x on both, a toll of 2 on the first: 1 + x + 2 = 1 + (6 − x).
    const TrafficCase traffic{CongestedNetwork(2, {{0, 1, 1, 1, 1, 1, 2}, {0, 1, 1, 1, 1, 1}}),
                              {2, {{{}, {0, 6, 0, 0}}}}};
    const Assignment result = assign(traffic, method, 1e-13);
    check_flows(result, {2, 4}, 1e-12);
    CHECK(result.total_time == near(2 * 3 + 4 * 5));
    CHECK(result.total_cost == near(6 * 5));
  }
}

TEST_CASE("A gap that is not reached is an error, or is told") {
  const TrafficCase traffic = sioux_falls_case();
  AssignmentOptions options;
  options.stop = {1e-9, 7};
  for (const AssignmentMethod method : kMethods) {
    options.method = method;
    options.if_not_converged = IfNotConverged::kThrow;
    const auto run = [&] { return assign_traffic(traffic.network, traffic.demand, options); };
    const std::string message = message_of<SolverError>(run);
    CHECK(message.find("in 7 iterations where 1e-09 was asked for. Gaps: ") != std::string::npos);
    options.if_not_converged = IfNotConverged::kReturn;
    const Assignment result = run();
    CHECK_FALSE(result.converged);
    CHECK(result.iterations() == 7);
    CHECK(result.gap() > 1e-9);
  }
}

TEST_CASE("An assignment that cannot be is refused with a reason") {
  const TrafficCase traffic = braess();
  const auto run = [&](AssignmentOptions options, const Assignment* start) {
    return message_of<DataError>([&] { assign_traffic(traffic.network, traffic.demand, options, start); });
  };
  AssignmentOptions options;
  options.stop.gap = -1.0;
  CHECK(run(options, nullptr) == "the relative gap to reach must be 0 or more");
  options.stop = {1e-5, -1};
  CHECK(run(options, nullptr) == "the number of iterations must be 0 or more");
  Assignment other;
  other.cost = {1.0};
  CHECK(run({}, &other) == "the assignment to start from has 1 links, the network has 5");

  const CongestedNetwork narrow(2, {{0, 1, 1, 1e-300, 1, 4}});
  const std::string overflow = message_of<SolverError>([&] { assign_traffic(narrow, {2, {{{}, {0, 1, 0, 0}}}}); });
  CHECK(overflow == "the cost of link 0 is not finite at a flow of 1; its capacity is too small for the demand");
}
