#include "sim/model/payoffs/gallery/public_good.hpp"

#include "sim/coalition/public_good.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/gallery_world.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/state_games.hpp"
#include "tests/support/treaties.hpp"

namespace splinternet::testing {
namespace {

Scenario good(const std::string& form, const std::string& stage,
              const std::vector<std::pair<std::string, double>>& numbers) {
  Scenario scenario = pact_scenario(0);
  scenario.terms = {"public_good"};
  choose(scenario, "countries.good_form", form);
  choose(scenario, "countries.good_stage", stage);
  for (const auto& [name, value] : numbers) set(scenario, "countries.good_" + name, value);
  return scenario;
}

World with_members(const Scenario& scenario, std::size_t actors, unsigned members) {
  World world = actor_world(scenario, lettered_actors(actors));
  put_in(world, members);
  return world;
}

double level(const World& world, std::size_t actor, FrameworkSet set) {
  return *public_good_term().level(world, actor, set);
}

unsigned first(std::size_t k) {
  return (1U << k) - 1U;
}

TEST_CASE("public good: Barrett's treaty pays what his table 1 says, and four sign") {
  const Scenario scenario = good("abatement", "stackelberg", {{"a", 100}, {"b", 1}, {"c", 0.25}});
  const World four = with_members(scenario, 10, first(4));
  CHECK(level(four, 0, bit(0)) == near(472.160, 1e-6));
  CHECK(level(four, 9, 0) == near(474.913, 1e-6));
  CHECK(level(with_members(scenario, 10, 0), 0, 0) == near(472.0));
  CHECK(level(with_members(scenario, 10, first(10)), 0, bit(0)) == near(487.805, 1e-6));
  for (std::size_t k = 0; k <= 10; ++k) {
    const World world = with_members(scenario, 10, first(k));
    const bool nobody_leaves = k == 0 || value_of(public_good_term(), world, 0, 0) <= 1e-9;
    const bool nobody_joins = k == 10 || value_of(public_good_term(), world, 9, bit(0)) <= 1e-9;
    CHECK((nobody_leaves && nobody_joins && k > 1) == (k == 4));
  }
}

TEST_CASE("public good: with linear benefits and quadratic costs a member gains -(b²/2c)(k-1)(k-3) by staying") {
  const Scenario scenario = good("linear", "nash", {{"b", 3}, {"c", 0.5}});
  for (std::size_t k = 1; k <= 6; ++k) {
    const World world = with_members(scenario, 6, first(k));
    const auto size = static_cast<double>(k);
    CHECK(value_of(public_good_term(), world, 0, 0) == near(9.0 * (size - 1) * (size - 3), 1e-12, 1e-9));
  }
}

TEST_CASE("public good: to abate or not, as many sign as make it worthwhile, and each is pivotal") {
  const Scenario scenario = good("binary", "nash", {{"b", 2}, {"c", 5}});
  const auto gain_of_leaving = [&](std::size_t k) {
    return value_of(public_good_term(), with_members(scenario, 6, first(k)), 0, 0);
  };
  CHECK(gain_of_leaving(3) == -(3 * 2 - 5));  // nobody abates any more
  CHECK(gain_of_leaving(4) == 5 - 2);         // three still do
  CHECK(gain_of_leaving(2) == 0.0);           // inert
  CHECK(value_of(public_good_term(), with_members(scenario, 6, first(2)), 5, bit(0)) == 1.0);
}

TEST_CASE("public good: the ten countries of Li & Rus hold {2, 4, 5, 6} and no other treaty") {
  Scenario scenario = good("emissions", "nash", {});
  set(scenario, "framework.pact.good_worth", 1e-9);
  WorldTables tables = lettered_actors(10);
  std::vector<std::vector<double>> column(3);
  for (const coalition::PublicGoodTaste& taste : ten_tastes()) {
    column[0].push_back(taste.own_linear);
    column[1].push_back(taste.own_quadratic);
    column[2].push_back(taste.good_quadratic);
  }
  give(tables, "alpha", column[0]);
  give(tables, "beta", column[1]);
  give(tables, "phi", column[2]);
  const coalition::PublicGood game = ten_emitters();
  std::vector<unsigned> stable;
  for (unsigned state = 0; state < 1024; ++state) {
    World world = actor_world(scenario, tables);
    put_in(world, state);
    bool is_stable = __builtin_popcount(state) >= 2;
    for (std::size_t i = 0; i < 10; ++i) {
      const FrameworkSet set = world.membership(i);
      if (state % 37 == 0) CHECK(level(world, i, set) == near(1e-9 * game.payoff_of(i, state), 1e-9));
      is_stable = is_stable && value_of(public_good_term(), world, i, set ^ bit(0)) <= 1e-9;
    }
    if (is_stable) stable.push_back(state);
  }
  CHECK(stable == std::vector<unsigned>{0b0000111010});
}

TEST_CASE("public good: members keep to the target of the treaty, or to their own") {
  Scenario scenario = good("linear", "target", {{"b", 1}, {"c", 1}});
  set(scenario, "framework.pact.good_target", 2);
  // Members contribute 2, the others 1: Q = 2·2 + 1.
  CHECK(level(with_members(scenario, 3, 0b011), 0, bit(0)) == near(5.0 - 2.0));
  CHECK(level(with_members(scenario, 3, 0b011), 2, 0) == near(5.0 - 0.5));
  WorldTables tables = lettered_actors(3);
  give(tables, "target", {4, 2, 2});
  World world = actor_world(scenario, tables);
  put_in(world, 0b011);
  CHECK(level(world, 2, 0) == near(7.0 - 0.5));
}

TEST_CASE("public good: behind a closed gate a treaty changes nothing until the last signature that it needs") {
  Scenario scenario = good("linear", "nash", {{"b", 1}, {"c", 1}});
  set(scenario, "framework.pact.gated", 1);
  set(scenario, "framework.pact.entry_into_force_members", 4);
  CHECK(value_of(public_good_term(), with_members(scenario, 6, first(2)), 5, bit(0)) == 0.0);
  // 4²/2 = 8 and outsiders' 2 in all, Q = 16 + 2, against Q = 6.
  CHECK(value_of(public_good_term(), with_members(scenario, 6, first(3)), 5, bit(0)) ==
        near((18.0 - 8.0) - (6.0 - 0.5)));
  CHECK(value_of(public_good_term(), with_members(scenario, 6, first(4)), 0, 0) == near((6.0 - 0.5) - (18.0 - 8.0)));
}

TEST_CASE("public good: each framework provides its own good, as far as it is worth anything") {
  Scenario scenario = pact_scenario(0, {}, {"pact", "treaty"});
  scenario.terms = {"public_good"};
  choose(scenario, "countries.good_form", "linear");
  set(scenario, "countries.good_b", 1);
  set(scenario, "countries.good_c", 1);
  set(scenario, "framework.treaty.good_worth", 0);
  World world = actor_world(scenario, lettered_actors(4));
  put_in(world, 0b0011);
  CHECK(value_of(public_good_term(), world, 3, bit(1)) == 0.0);
  set(scenario, "framework.treaty.good_worth", 2);
  world = actor_world(scenario, lettered_actors(4));
  accede(world, 0, 1);
  accede(world, 1, 1);
  // Joining two others: from (2·2 + 2) − 1/2 to (3·3 + 1) − 9/2, twice over.
  CHECK(value_of(public_good_term(), world, 3, bit(1)) == near(2 * (5.5 - 5.5), 1e-12, 1e-12));
  CHECK(value_of(public_good_term(), world, 0, 0) == near(2 * (3.5 - 4.0)));
}

TEST_CASE(
    "public good: numbers that are missing, or admit no equilibrium, are refused with what lacks and whose it is") {
  const auto refused = [](const Scenario& scenario, const WorldTables& tables) {
    return error_message([&] { make_setting(scenario, tables); });
  };
  CHECK(contains(refused(good("emissions", "nash", {{"alpha", 1}, {"beta", 1}}), lettered_actors(3)), "needs phi"));
  CHECK(contains(refused(good("abatement", "nash", {{"b", 1}, {"c", 1}}), lettered_actors(3)), "needs a of every"));
  WorldTables tables = lettered_actors(3);
  give(tables, "c", {1, 0, 2});
  CHECK(contains(refused(good("linear", "nash", {{"b", 1}}), tables), "c of actor b is not above 0"));
  CHECK(contains(refused(good("binary", "stackelberg", {{"b", 1}, {"c", 1}}), tables), "the stage \"nash\" only"));
  CHECK(contains(refused(good("emissions", "nash", {{"alpha", 1}, {"beta", 1}, {"phi", -1}}), tables),
                 "phi of actor a is below 0"));
}

}  // namespace
}  // namespace splinternet::testing
