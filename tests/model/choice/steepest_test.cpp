#include "sim/model/choice/steepest.hpp"

#include <vector>

#include "sim/model/countries.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("steepest: the largest gain, the first among equals, staying if nothing gains more than tie_eps") {
  CHECK(choose_steepest(std::vector<double>{0.0, 0.2, 0.5, 0.5}, 0.0) == 2);
  CHECK(choose_steepest(std::vector<double>{0.0, -0.2, 0.0}, 0.0) == 0);
  CHECK(choose_steepest(std::vector<double>{0.0, 0.1}, 0.1) == 0);
  CHECK(choose_steepest(std::vector<double>{0.0, 0.125}, 0.1) == 1);
  CHECK(choose_steepest(std::vector<double>{0.0}, 0.0) == 0);
}

Scenario steepest_scenario(double moves) {
  Scenario scenario = small_scenario();
  scenario.has_data = scenario.has_trade = scenario.has_firms = false;
  scenario.terms = {"alignment", "peers", "inertia"};
  scenario.organisations = {{"league", false, {}, ""}, {"union", false, {}, ""}};
  set(scenario, "countries.choice", static_cast<double>(ChoiceRule::kSteepest));
  set(scenario, "countries.revisions_per_step", moves);
  return scenario;
}

/// What every single option of all countries would gain now.
double largest_gain(const World& world) {
  PricedOptions priced;
  for (std::size_t i = 0; i < world.countries(); ++i) {
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      if (!may_decide_on(world, i, k)) continue;
      const bool is_in = contains(world.membership(i), k);
      priced.options.add(i, is_in ? world.membership(i) & ~bit(k) : accession_or_swap(world, i, k));
    }
  }
  price(world, priced);
  double most = 0.0;
  for (const double total : priced.total) most = std::max(most, total);
  return most;
}

TEST_CASE("steepest: move by move the largest gain of all is taken, until nobody gains") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    World world = make_world(steepest_scenario(1), random_tables(seed, 16));
    let_events_pass(world, 3);
    World at_once = make_world(steepest_scenario(0), random_tables(seed, 16));
    let_events_pass(at_once, 3);
    std::size_t moves = 0;
    StepReport report;
    for (double gain = largest_gain(world); gain > 1e-9; gain = largest_gain(world)) {
      report.clear(world.frameworks());
      revise_memberships(world, {}, report);
      REQUIRE(report.decisions.size() == 1);
      const Decision& move = report.decisions[0];
      CHECK(report.option_total[move.first_row + move.chosen] == gain);
      REQUIRE(++moves < 100);
    }
    CHECK(moves > 0);
    report.clear(world.frameworks());
    revise_memberships(world, {}, report);
    CHECK(report.decisions.empty());
    CHECK(report.acts.empty());
    StepReport all;
    all.clear(at_once.frameworks());
    revise_memberships(at_once, {}, all);
    CHECK(all.decisions.size() == moves);
    for (std::size_t i = 0; i < world.countries(); ++i) CHECK(world.membership(i) == at_once.membership(i));
  }
}

TEST_CASE("steepest: among equal gains the lowest code moves, whatever its row") {
  // Twins: EEE and FFF gain the same by the same framework.
  WorldTables tables = small_tables();
  tables.countries.ideal_point_sd[kFff] = tables.countries.ideal_point_sd[kEee];
  Scenario scenario = steepest_scenario(1);
  scenario.terms = {"alignment"};
  const std::vector<std::size_t> reversed{5, 4, 3, 2, 1, 0};
  for (const WorldTables& rows : {tables, permuted(tables, reversed)}) {
    World world = make_world(scenario, rows);
    let_events_pass(world, 3);
    std::vector<std::string> movers;
    for (int n = 0; n < 6; ++n) {
      StepReport report;
      report.clear(world.frameworks());
      revise_memberships(world, {}, report);
      for (const Decision& move : report.decisions) {
        const std::string& code = world.setting().countries.code[move.country];
        if (code == "EEE" || code == "FFF") movers.push_back(code);
      }
    }
    CHECK(movers == std::vector<std::string>{"EEE", "FFF"});
  }
}

}  // namespace
}  // namespace splinternet::testing
