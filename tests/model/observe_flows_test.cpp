#include "sim/model/observe_flows.hpp"

#include <cmath>

#include "sim/model/membership.hpp"
#include "sim/model/observe.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

/// Step 3: AAA, CCC (signed) and DDD (listed) in "clean", BBB in "gids".
World two_blocs() {
  World world = make_world(small_scenario(), small_tables());
  advance(world, 3);
  return world;
}

TEST_CASE("data decouple by what rules keep back across blocs, against flows within") {
  const World world = two_blocs();
  const auto& derived = world.derived;
  const std::vector<double>& demand = world.setting().demand->share;
  double now[2] = {0, 0};
  double before[2] = {0, 0};
  for (std::size_t i = 0; i < 6; ++i) {
    for (std::size_t j = 0; j < 6; ++j) {
      const std::uint32_t a = derived.observed.bloc[i];
      const std::uint32_t b = derived.observed.bloc[j];
      if (i == j || a == 0 || b == 0) continue;
      now[a != b] += demand[i * 6 + j] * (1 - derived.restrictiveness[i * 6 + j]) * derived.reach[i * 6 + j];
      before[a != b] += demand[i * 6 + j] * (1 - derived.baseline_restrictiveness[i * 6 + j]);
    }
  }
  CHECK(derived.observed.decoupling_data == near(1 - (now[1] / before[1]) / (now[0] / before[0])));
  CHECK(derived.observed.external_internal_data == near((now[1] - now[0]) / (now[1] + now[0])));
}

TEST_CASE("two sponsors alone still decouple by a finite number: the fall of what flows between them") {
  Scenario scenario = small_scenario();
  scenario.world.initial_memberships = false;
  World world = make_world(scenario, small_tables());
  advance(world, 6);
  const auto& derived = world.derived;
  const std::size_t pair = kAaa * 6 + kBbb;
  CHECK(derived.observed.decoupling_data ==
        near(1 - (1 - derived.restrictiveness[pair]) / (1 - derived.baseline_restrictiveness[pair]), 1e-11));
  CHECK(derived.observed.decoupling_trade > 0.0);
  CHECK(derived.observed.decoupling_trade < 1.0);
}

TEST_CASE("exports are sales abroad, and world real income is the mean by GDP") {
  World world = make_world(small_scenario(), small_tables());
  advance(world, 12);
  const Observations& seen = world.derived.observed;
  const TradeEquilibrium& equilibrium = world.trade_solver->equilibrium();
  double services = 0.0;
  double income = 0.0;
  for (std::size_t j = 0; j < 6; ++j) {
    if (j != kDdd) services += equilibrium.flow[(kServices * 6 + kDdd) * 6 + j];
    income += world.setting().countries.gdp_share[j] * 100 * (equilibrium.real_income[j] - 1);
  }
  CHECK(seen.digital_exports_busd[kDdd] == near(services));
  CHECK(seen.exports_busd[kDdd] > seen.digital_exports_busd[kDdd]);
  CHECK(seen.real_income_pp[kDdd] == near(100 * (equilibrium.real_income[kDdd] - 1)));
  CHECK(seen.world_real_income_pp == near(income));
  CHECK(seen.world_real_income_pp < 0.0);
  CHECK(seen.world_digital_exports_pp < seen.world_exports_pp);
}

TEST_CASE("a world without trade in services has no change of digital exports to report") {
  WorldTables tables = small_tables();
  tables.services_trade_busd.assign(36, 0.0);
  World world = make_world(small_scenario(), tables);
  advance(world, 3);
  CHECK(world.derived.observed.world_digital_exports_pp == 0.0);
  CHECK(std::isfinite(world.derived.observed.world_exports_pp));
}

TEST_CASE("flows between blocs add up to all that crosses a border, and their measures follow from them alone") {
  World world = make_world(small_scenario(), small_tables());
  advance(world, 12);
  const Observations& seen = world.derived.observed;
  double exports = 0.0;
  for (const double flow : seen.exports_busd) exports += flow;
  double between = 0.0;
  for (const double flow : seen.trade_between_blocs_busd) between += flow;
  CHECK(between == near(exports));
  const metrics::MixingMatrix trade{3, seen.trade_between_blocs_busd};
  const metrics::MixingMatrix data{3, seen.data_between_blocs};
  const metrics::BlocPairs pairs = rival_pairs(world);
  CHECK(seen.modularity_trade == metrics::modularity(trade));
  CHECK(seen.decoupling_index_trade == metrics::decoupling_index(trade, pairs));
  CHECK(seen.decoupling_index_data == metrics::decoupling_index(data, pairs));
  // The sponsor of "gids" stands alone: nothing flows within its bloc.
  CHECK(trade.at(1 + kGids, 1 + kGids) == 0.0);
  CHECK(trade.at(1 + kClean, 1 + kClean) > 0.0);
}

TEST_CASE("rivals are members of incompatible frameworks; the unaligned are on neither side") {
  const World world = make_world(small_scenario(), small_tables());
  const metrics::BlocPairs pairs = rival_pairs(world);
  using metrics::PairKind;
  CHECK(pairs.kind == std::vector<PairKind>{PairKind::kNeither, PairKind::kNeither, PairKind::kNeither,  //
                                            PairKind::kNeither, PairKind::kWithin, PairKind::kCross,     //
                                            PairKind::kNeither, PairKind::kCross, PairKind::kWithin});
}

TEST_CASE("the baseline is remembered by the blocs of the moment: who joins is compared with its own past") {
  World world = two_blocs();
  accede(world, kEee, kGids);
  observe(world);
  World fresh = two_blocs();
  accede(fresh, kEee, kGids);
  fresh.derived.memory = {};
  observe(fresh);
  CHECK(world.derived.observed.decoupling_data == fresh.derived.observed.decoupling_data);
  CHECK(world.derived.observed.decoupling_trade == fresh.derived.observed.decoupling_trade);
  CHECK(world.derived.observed.decoupling_data != two_blocs().derived.observed.decoupling_data);
}

}  // namespace
}  // namespace splinternet::testing
