#include "sim/model/world.hpp"

#include <cmath>
#include <set>
#include <string>

#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

void change(double& value) {
  value += 0.125;
}
void change(std::uint8_t& value) {
  value = static_cast<std::uint8_t>(value ^ 1U);
}
void change(std::int32_t& value) {
  value += 1;
}

TEST_CASE("visit names every array of the state once, and a World sees the same arrays as its const self") {
  World world = make_world(small_scenario(), small_tables());
  std::vector<std::string> names;
  std::vector<std::size_t> sizes;
  world.visit([&](const char* name, auto& array) {
    names.emplace_back(name);
    sizes.push_back(array.size());
  });
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
  CHECK(names.size() == 27);
  const World& constant = world;
  std::size_t n = 0;
  constant.visit([&](const char* name, const auto& array) {
    REQUIRE(names[n] == name);
    REQUIRE(sizes[n++] == array.size());
  });
  CHECK(n == names.size());
}

TEST_CASE("every array of a full world has elements, and changing any one of them changes the digest") {
  World world = make_world(small_scenario(), small_tables());
  advance(world, 4);
  const std::uint64_t before = state_digest(world);
  std::set<std::uint64_t> seen = {before};
  world.visit([&](const char* name, auto& array) {
    CAPTURE(name);
    REQUIRE_FALSE(array.empty());
    for (auto& element : array) {
      const auto kept = element;
      change(element);
      REQUIRE(seen.insert(state_digest(world)).second);
      element = kept;
    }
  });
  CHECK(state_digest(world) == before);
  ++world.step;
  CHECK(state_digest(world) != before);
}

TEST_CASE("moving a value to the next array changes the digest") {
  World world = make_world(small_scenario(), small_tables());
  const std::uint64_t before = state_digest(world);
  world.members.depth.push_back(world.members.depth.back());
  CHECK(state_digest(world) != before);
}

TEST_CASE("what is derived is no part of the digest") {
  World world = make_world(small_scenario(), small_tables());
  const std::uint64_t before = state_digest(world);
  world.derived.restrictiveness.assign(world.derived.restrictiveness.size(), 0.5);
  CHECK(state_digest(world) == before);
}

TEST_CASE("a copy of a World is a fork: one advances, the other stays, and both go the same way") {
  World world = make_world(small_scenario(), small_tables());
  advance(world, 2);
  const std::uint64_t before = state_digest(world);
  const std::vector<double> flow = world.trade_solver->equilibrium().flow;
  World fork = world;
  CHECK(state_digest(fork) == before);
  advance(fork, 3);
  CHECK(state_digest(fork) != before);
  CHECK(state_digest(world) == before);
  CHECK(world.trade_solver->equilibrium().flow == flow);
  advance(world, 3);
  CHECK(state_digest(world) == state_digest(fork));
  CHECK(&world.setting() == &fork.setting());
}

TEST_CASE("membership is any level, signed membership the higher one") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(world.membership(kCcc) == bit(kClean));
  CHECK(world.signed_membership(kCcc) == bit(kClean));
  CHECK(world.membership(kDdd) == bit(kClean));
  CHECK(world.signed_membership(kDdd) == 0);
  CHECK(world.membership(kEee) == 0);
  CHECK(world.at(kDdd, kGids) == 7);
}

TEST_CASE("rates per month are probabilities per step") {
  Scenario scenario = small_scenario();
  CHECK(make_world(scenario, small_tables()).per_step(0.2) == near(0.2));
  scenario.run.step_months = 0.5;
  const World half = make_world(scenario, small_tables());
  const double p = half.per_step(0.2);
  CHECK(1 - (1 - p) * (1 - p) == near(0.2));
  CHECK(half.per_step(0.0) == 0.0);
  CHECK(half.per_step(1.0) == 1.0);
  scenario.run.step_months = 3;
  CHECK(make_world(scenario, small_tables()).per_step(0.2) == near(1 - 0.8 * 0.8 * 0.8));
}

TEST_CASE("a step begins where the one before ended") {
  Scenario scenario = small_scenario();
  scenario.run.step_months = 0.5;
  World world = make_world(scenario, small_tables());
  world.step = 1;
  CHECK(world.months_at_begin() == 0.0);
  world.step = 4;
  CHECK(world.months_at_begin() == 1.5);
}

TEST_CASE("a World of any choice of sections builds and steps; arrays of others are empty") {
  for (unsigned sections = 0; sections < 16; ++sections) {
    Scenario scenario = small_scenario();
    scenario.has_countries = (sections & 1U) != 0;
    scenario.has_firms = (sections & 2U) != 0;
    scenario.has_data = (sections & 4U) != 0;
    scenario.has_trade = (sections & 8U) != 0;
    CAPTURE(sections);
    World world = make_world(scenario, small_tables());
    CHECK((world.setting().influence != nullptr) == scenario.has_countries);
    CHECK((world.setting().firms != nullptr) == scenario.has_firms);
    CHECK((world.setting().demand != nullptr) == scenario.has_data);
    CHECK((world.setting().links != nullptr) == scenario.has_data);
    CHECK(world.trade_solver.has_value() == scenario.has_trade);
    CHECK(world.firms.stance.empty() == !scenario.has_firms);
    CHECK(world.trade.log_wage.empty() == !scenario.has_trade);
    CHECK(world.policy.log_cost_factor.empty() == !scenario.has_trade);
    CHECK(world.linear_response.has_value() == (scenario.has_trade && scenario.has_countries));
    CHECK(world.response.cost_factor.empty() == !world.linear_response.has_value());
    const std::uint64_t before = state_digest(world);
    advance(world, 3);
    CHECK(state_digest(world) != before);
    CHECK(world.membership(kBbb) == bit(kGids));
    CHECK(std::isnan(world.derived.observed.reach_loss) == !scenario.has_data);
  }
}

TEST_CASE("memberships evolve alike with and without the sections that they do not read") {
  Scenario scenario = small_scenario();
  World full = make_world(scenario, small_tables());
  scenario.has_data = scenario.has_firms = scenario.has_trade = false;
  World bare = make_world(scenario, small_tables());
  advance(full, 6);
  advance(bare, 6);
  CHECK(full.members.depth == bare.members.depth);
  CHECK(full.members.level == bare.members.level);
  CHECK(full.derived.restrictiveness == bare.derived.restrictiveness);
}

TEST_CASE("relabelling countries permutes the state and moves no real quantity by more than 1e-9") {
  const WorldTables tables = random_tables(4, 12);
  const std::vector<std::size_t> order = random_order(8, 12);
  World one = make_world(small_scenario(), tables);
  World other = make_world(small_scenario(), permuted(tables, order));
  advance(one, 6);
  advance(other, 6);
  for (std::size_t r = 0; r < order.size(); ++r) {
    CHECK(other.setting().countries.code[r] == one.setting().countries.code[order[r]]);
    for (std::size_t k = 0; k < 2; ++k) {
      CHECK(other.members.level[other.at(r, k)] == one.members.level[one.at(order[r], k)]);
      CHECK(other.members.depth[other.at(r, k)] == one.members.depth[one.at(order[r], k)]);
    }
    CHECK(other.trade_solver->equilibrium().real_income[r] ==
          near(one.trade_solver->equilibrium().real_income[order[r]], 1e-9));
    CHECK(other.derived.data_access[r] == near(one.derived.data_access[order[r]], 1e-9));
    CHECK(other.derived.transit_share[r] == near(one.derived.transit_share[order[r]], 1e-9));
  }
  CHECK(other.derived.observed.splinternet_index == near(one.derived.observed.splinternet_index, 1e-9));
}

}  // namespace
}  // namespace splinternet::testing
