#include "tests/contract/payoff_contract.hpp"

#include "sim/model/countries.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "sim/scenario/provisions.hpp"
#include "tests/support/gallery_world.hpp"
#include "tests/support/payoff_values.hpp"

namespace splinternet::testing {
namespace {

/// Terms that such a world may have; on a map, those that scenarios have by themselves and those for all worlds.
std::vector<const PayoffTerm*> terms_for(TermWorlds worlds) {
  std::vector<const PayoffTerm*> terms;
  for (const PayoffTerm* term : all_terms()) {
    if (term->worlds() == worlds || term->worlds() == TermWorlds::kAll) terms.push_back(term);
  }
  return terms;
}

/// b, d and e are in the first framework, a and e (or, with one framework, nobody) in the second.
World game(const std::vector<std::string>& frameworks, const std::vector<std::size_t>& order = {0, 1, 2, 3, 4, 5}) {
  World world = actor_world(gallery_scenario(frameworks), gallery_tables(order));
  for (std::size_t row = 0; row < kPlayers; ++row) {
    if (order[row] == 1 || order[row] == 3 || order[row] == 4) accede(world, row, 0);
    if (frameworks.size() == 2 && (order[row] == 0 || order[row] == 4)) accede(world, row, 1);
  }
  return world;
}

/// A few months of memberships behind it, and what single terms need: gaps, tastes, a linear response.
World eventful_world(std::uint64_t seed, std::size_t countries) {
  Scenario scenario = small_scenario();
  scenario.terms = {"market_access", "alignment", "taste", "inertia"};
  scenario.run.seed = seed;
  set(scenario, "countries.compliance", 0.1);
  set(scenario, "countries.taste_sd", 0.1);
  set(scenario, "framework.clean.intrinsic", 0.1);
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
  for (const PayoffTerm* term : terms_for(TermWorlds::kWithMap)) {
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
  for (const PayoffTerm* term : terms_for(TermWorlds::kWithMap)) {
    INFO(term->name());
    const std::vector<double> values = evaluate_all(*term, world, options);
    CHECK(std::any_of(values.begin(), values.end(), [](double value) { return value != 0.0; }));
  }
}

TEST_CASE("contract: every term of worlds of actors keeps what terms promise, with one framework and with two") {
  for (const PayoffTerm* term : terms_for(TermWorlds::kOfActors)) {
    INFO(term->name());
    check_payoff_contract(*term, game({"pact"}));
    if (term->name() != "table") check_payoff_contract(*term, game({"pact", "treaty"}));
  }
}

TEST_CASE("contract: among actors every term tells some options apart") {
  const World world = game({"pact"});
  const Options options = all_options(world);
  for (const PayoffTerm* term : terms_for(TermWorlds::kOfActors)) {
    INFO(term->name());
    const std::vector<double> values = evaluate_all(*term, world, options);
    CHECK(std::any_of(values.begin(), values.end(), [](double value) { return value != 0.0; }));
  }
}

TEST_CASE("contract: no term sees in which order the tables list countries or actors") {
  const std::vector<std::size_t> order = random_order(3, kPlayers);
  const World world = game({"pact"});
  const World permuted_world = game({"pact"}, order);
  for (const PayoffTerm* term : terms_for(TermWorlds::kOfActors)) {
    INFO(term->name());
    check_order_of_actors_is_nothing(*term, world, permuted_world, order);
  }
  const WorldTables tables = random_tables(4, 12);
  const std::vector<std::size_t> other = random_order(4, 12);
  const World map = make_world(small_scenario(), tables);
  const World permuted_map = make_world(small_scenario(), permuted(tables, other));
  for (const PayoffTerm* term : terms_for(TermWorlds::kWithMap)) {
    INFO(term->name());
    check_order_of_actors_is_nothing(*term, map, permuted_map, other);
  }
}

}  // namespace
}  // namespace splinternet::testing
