#include "tests/contract/payoff_contract.hpp"

#include "sim/model/countries.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "sim/scenario/provisions.hpp"
#include "tests/support/payoff_values.hpp"

namespace splinternet::testing {
namespace {

/// A few months of memberships behind it, and what single terms need: gaps, tastes, a linear response.
World eventful_world(std::uint64_t seed, std::size_t countries) {
  Scenario scenario = small_scenario();
  scenario.terms = {"market_access", "alignment", "taste", "inertia"};
  scenario.run.seed = seed;
  set(scenario, "countries.compliance", 0.1);
  set(scenario, "countries.taste_sd", 0.1);
  set(scenario, "countries.spontaneous_rate", 0.5);
  WorldTables tables = random_tables(seed, countries);
  for (std::size_t e = 0; e < countries * kProvisionCount; ++e) {
    tables.compliance_gap.push_back(Draws(seed, Purpose::kTest, 9, static_cast<std::uint32_t>(e)).uniform());
  }
  World world = make_world(scenario, tables);
  StepReport report;
  for (int step = 0; step < 5; ++step) {
    report.clear(world.frameworks());
    ++world.step;
    apply_events(world);
    update_entry_into_force(world);
    apply_policy(world);
    revise_memberships(world, {}, report);
    update_entry_into_force(world);
    apply_policy(world);
    route_data(world);
    solve_trade(world);
  }
  return world;
}

TEST_CASE("contract: every payoff term keeps what terms promise on the small world and on random worlds") {
  for (const PayoffTerm* term : all_terms()) {
    INFO(term->name());
    check_payoff_contract(*term, make_world(small_scenario(), small_tables()));
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      INFO("seed " << seed);
      check_payoff_contract(*term, eventful_world(seed, 6 + 4 * seed));
    }
  }
}

TEST_CASE("contract: on a world where something has happened every term tells some options apart") {
  const World world = eventful_world(2, 20);
  const Options options = all_options(world);
  for (const PayoffTerm* term : all_terms()) {
    INFO(term->name());
    const std::vector<double> values = evaluate_all(*term, world, options);
    CHECK(std::any_of(values.begin(), values.end(), [](double value) { return value != 0.0; }));
  }
}

}  // namespace
}  // namespace splinternet::testing
