#include "sim/model/courting/cascade.hpp"

#include <algorithm>
#include <cmath>

#include "sim/model/influence.hpp"
#include "sim/model/payoffs/peers.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model_step.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

constexpr double kCascade = 4;

Scenario cascade_scenario() {
  Scenario scenario = small_scenario();
  set(scenario, "framework.clean.strategy", kCascade);
  set(scenario, "framework.clean.missions_per_month", 100);
  set(scenario, "framework.gids.missions_per_month", 0);
  set(scenario, "firms.synthetic", 0);
  scenario.organisations = {{"league", false, {}, ""}, {"union", false, {}, ""}};
  return scenario;
}

/// Everybody looks at all others alike.
Scenario looking_at_all() {
  Scenario scenario = cascade_scenario();
  for (const char* part : {"trade", "groups", "subregion"}) {
    set(scenario, std::string("countries.influence_") + part, 0);
  }
  set(scenario, "countries.influence_world", 1);
  return scenario;
}

World opened(const Scenario& scenario, const WorldTables& tables, int steps = 1) {
  World world = make_world(scenario, tables);
  let_events_pass(world, steps);
  return world;
}

double logistic(double x) {
  return 1.0 / (1.0 + std::exp(-x));
}

TEST_CASE("cascade: where all look at all, an accession raises everybody's worth of joining by beta/(N − 1)") {
  const World world = opened(looking_at_all(), small_tables(9));
  const AccessionCascade cascade(world, kClean, accession_prospects(world, kClean));
  const std::vector<std::uint32_t> one{kEee};
  CHECK(cascade.rise_of_utility(kFff, one) == near(0.2 / 8.0));
  const std::vector<std::uint32_t> three{kEee, 6, 7};
  CHECK(cascade.rise_of_utility(kFff, three) == near(0.2 * 3.0 / 8.0));
}

TEST_CASE("cascade: the value of followers is what their probabilities rise by, weighed by size") {
  const World world = opened(looking_at_all(), small_tables(7));
  const Prospects prospects = accession_prospects(world, kClean);
  const AccessionCascade cascade(world, kClean, prospects);
  double value = 0.0;
  for (const std::size_t j : {kFff, std::size_t{6}}) {
    value += target_value(world, j) *
             (logistic((prospects.utility[j] + 0.2 / 6.0) / 0.1) - logistic(prospects.utility[j] / 0.1));
  }
  CHECK(cascade.rise_of_value(std::vector<std::uint32_t>{kEee}) == near(value, 1e-10));
}

/// The peers term of j before and after country i accedes, everything else as it is.
void check_against_the_term(const Scenario& scenario, std::uint64_t seed) {
  World world = opened(scenario, random_tables(seed, 12), 3);
  accede(world, 7, kGids);
  accede(world, 8, kGids);
  const Prospects prospects = accession_prospects(world, kClean);
  const AccessionCascade cascade(world, kClean, prospects);
  for (std::uint32_t i = 0; i < world.countries(); ++i) {
    if (prospects.eligible[i] == 0) continue;
    World after = world;
    for (std::size_t l = 0; l < world.frameworks(); ++l) {
      if (contains(moves_to(world, i, accession_or_swap(world, i, kClean)).dropped, l)) withdraw(after, i, l);
    }
    accede(after, i, kClean);
    for (std::size_t j = 0; j < world.countries(); ++j) {
      if (prospects.eligible[j] == 0 || j == i) continue;
      const FrameworkSet target = accession_or_swap(world, j, kClean);
      const double rise = value_of(peers_term(), after, j, target) - value_of(peers_term(), world, j, target);
      CHECK(cascade.rise_of_utility(j, std::vector<std::uint32_t>{i}) == near(rise, 1e-9, 1e-12));
    }
  }
}

TEST_CASE("cascade: the rise is that of the peers term, for any response, swaps included") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    Scenario scenario = cascade_scenario();
    check_against_the_term(scenario, seed);
    set(scenario, "countries.peer_response", 1);
    check_against_the_term(scenario, seed);
    set(scenario, "countries.peer_response", 2);
    set(scenario, "countries.peer_threshold", 0.2);
    check_against_the_term(scenario, seed);
  }
}

TEST_CASE("cascade: nobody follows where peers weigh nothing, in money or at all") {
  Scenario scenario = cascade_scenario();
  set(scenario, "countries.peers", 0);
  const World indifferent = opened(scenario, random_tables(2, 12));
  const std::vector<std::uint32_t> one{kEee};
  CHECK(AccessionCascade(indifferent, kClean, accession_prospects(indifferent, kClean)).rise_of_value(one) == 0.0);
  set(scenario, "countries.peers", 0.2);
  set(scenario, "framework.clean.strategy", 0);
  scenario.terms = {"alignment", "inertia"};
  const World blind = opened(scenario, random_tables(2, 12));
  const AccessionCascade cascade(blind, kClean, accession_prospects(blind, kClean));
  CHECK(cascade.rise_of_utility(kFff, one) == 0.0);
  CHECK(cascade.rise_of_value(one) == 0.0);
}

TEST_CASE("cascade: those who come along are not counted among the followers") {
  const World world = opened(looking_at_all(), small_tables(7));
  const AccessionCascade cascade(world, kClean, accession_prospects(world, kClean));
  CHECK(cascade.rise_of_value(std::vector<std::uint32_t>{kEee, kFff, 6}) == 0.0);
}

TEST_CASE("cascade: targets are ranked by their own value and that of their followers, times the probability") {
  World world = make_world(cascade_scenario(), random_tables(7, 15));
  StepReport report;
  const std::vector<Mission> missions = begin_step(world, report);
  REQUIRE(missions.size() > 5);
  const Prospects prospects = accession_prospects(world, kClean);
  const AccessionCascade cascade(world, kClean, prospects);
  double last = INFINITY;
  for (const Mission& mission : missions) {
    const std::uint32_t i = mission.country;
    const double offer = std::min({needed_offer_busd(world, i, prospects.utility[i]),
                                   0.01 * world.setting().countries.gdp_busd[i], month_budget_busd(world, kClean)});
    const double probability = logistic((prospects.utility[i] + offer_worth_pp(world, i, offer)) / 0.1);
    const double rank = (target_value(world, i) + cascade.rise_of_value(std::vector<std::uint32_t>{i})) * probability;
    CHECK(rank <= last * (1.0 + 1e-9));
    last = rank;
  }
}

TEST_CASE("cascade: of two alike the one whom more look at is visited first") {
  // FFF is the hub of trade, EEE its twin that nobody trades with much; by code EEE would come first.
  Scenario scenario = cascade_scenario();
  scenario.terms = {"peers", "inertia"};
  set(scenario, "countries.influence_groups", 0);
  set(scenario, "countries.influence_subregion", 0);
  WorldTables tables = small_tables(10);
  tables.initial_memberships.clear();
  std::fill(tables.countries.gdp_busd.begin(), tables.countries.gdp_busd.end(), 1000.0);
  const std::size_t n = tables.countries.size();
  std::fill(tables.goods_trade_busd.begin(), tables.goods_trade_busd.end(), 1.0);
  std::fill(tables.services_trade_busd.begin(), tables.services_trade_busd.end(), 1.0);
  for (std::size_t j = 0; j < n; ++j) {
    tables.goods_trade_busd[j * n + j] = tables.services_trade_busd[j * n + j] = 0.0;
    if (j != kFff) tables.goods_trade_busd[j * n + kFff] = tables.goods_trade_busd[kFff * n + j] = 50.0;
  }
  World world = make_world(scenario, tables);
  StepReport report;
  std::vector<Mission> missions = begin_step(world, report);
  REQUIRE_FALSE(missions.empty());
  CHECK(missions[0].country == kFff);
}

}  // namespace
}  // namespace splinternet::testing
