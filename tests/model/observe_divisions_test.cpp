#include "sim/model/observe_divisions.hpp"

#include <algorithm>
#include <cmath>

#include "sim/metrics/null_model.hpp"
#include "sim/model/observe.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

World at_metrics_step(bool data = true, bool trade = true) {
  Scenario scenario = small_scenario();
  set(scenario, "metrics.every_months", 1);
  scenario.has_data = data;
  scenario.has_trade = trade;
  World world = make_world(scenario, small_tables());
  advance(world, 6);
  return world;
}

TEST_CASE("the zero-diagonal null expects less within blocs, so the same blocs stand out more") {
  const World world = at_metrics_step();
  const Observations& seen = world.derived.observed;
  CHECK(seen.division.modularity_zero_diagonal_trade > seen.modularity_trade);
  CHECK(seen.division.modularity_zero_diagonal_data > seen.modularity_data);
  const std::vector<double> flow = flow_matrix(world, FlowKind::kTrade);
  const auto null =
      metrics::mixing_matrix(metrics::zero_diagonal_null(flow, 6), seen.bloc, 3, metrics::Diagonal::kExcluded);
  const metrics::MixingMatrix mixing{3, seen.trade_between_blocs_busd};
  CHECK(seen.division.modularity_zero_diagonal_trade == near(metrics::modularity(mixing, null)));
  CHECK(seen.division.decoupling_zero_diagonal_trade ==
        near(metrics::relative_cross_change(mixing, null, rival_pairs(world))));
}

TEST_CASE("policy distance is taken between members only: within blocs, and across") {
  const World world = at_metrics_step();
  const Observations& seen = world.derived.observed;
  const std::vector<double>& x = world.setting().countries.ideal_point_sd;
  REQUIRE(seen.bloc == std::vector<std::uint32_t>{1, 2, 1, 1, 0, 0});
  CHECK(seen.division.ideal_point_distance_within ==
        near((std::fabs(x[0] - x[2]) + std::fabs(x[0] - x[3]) + std::fabs(x[2] - x[3])) / 3));
  CHECK(seen.division.ideal_point_distance_across ==
        near((std::fabs(x[0] - x[1]) + std::fabs(x[2] - x[1]) + std::fabs(x[3] - x[1])) / 3));
  CHECK(seen.division.restrictiveness_distance_across ==
        near((std::fabs(seen.restrictiveness[0] - seen.restrictiveness[1]) +
              std::fabs(seen.restrictiveness[2] - seen.restrictiveness[1]) +
              std::fabs(seen.restrictiveness[3] - seen.restrictiveness[1])) /
             3));
}

TEST_CASE("the best division is never worse than the blocs, and the same for any order of countries") {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const WorldTables tables = random_tables(seed, 14);
    const std::vector<std::size_t> order = random_order(seed, 14);
    World world = make_world(small_scenario(), tables);
    World other = make_world(small_scenario(), permuted(tables, order));
    advance(world, 5);
    advance(other, 5);
    for (const FlowKind kind : {FlowKind::kData, FlowKind::kTrade}) {
      const metrics::BestPartition best = best_division(world, kind);
      const Observations& seen = world.derived.observed;
      REQUIRE(best.modularity >= (kind == FlowKind::kData ? seen.modularity_data : seen.modularity_trade) - 1e-12);
      REQUIRE(best.reference.has_value());
      const metrics::BestPartition again = best_division(other, kind);
      for (std::size_t row = 0; row < 14; ++row) REQUIRE(again.label[row] == best.label[order[row]]);
    }
  }
}

TEST_CASE("flows of the moment are delivered data and sales, home included") {
  const World world = at_metrics_step();
  const std::vector<double> data = flow_matrix(world, FlowKind::kData);
  const std::vector<double> trade = flow_matrix(world, FlowKind::kTrade);
  const std::size_t cell = kCcc * 6 + kEee;
  CHECK(data[cell] ==
        world.setting().demand->share[cell] * (1.0 - world.derived.restrictiveness[cell]) * world.derived.reach[cell]);
  CHECK(trade[cell] ==
        world.trade_solver->equilibrium().flow[cell] + world.trade_solver->equilibrium().flow[36 + cell]);
  CHECK(trade[kCcc * 7] > 0.0);
}

TEST_CASE("divisions of a section that the scenario lacks are NaN, those of the other are not") {
  for (const bool data : {false, true}) {
    const World world = at_metrics_step(data, !data);
    const DivisionObservations& seen = world.derived.observed.division;
    CHECK(std::isnan(seen.modularity_zero_diagonal_data) == !data);
    CHECK(std::isnan(seen.decoupling_zero_diagonal_data) == !data);
    CHECK(std::isnan(seen.modularity_zero_diagonal_trade) == data);
    CHECK(std::isnan(seen.decoupling_zero_diagonal_trade) == data);
    CHECK(std::isfinite(seen.ideal_point_distance_within));
  }
}

}  // namespace
}  // namespace splinternet::testing
