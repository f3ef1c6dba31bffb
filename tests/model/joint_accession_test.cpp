#include "sim/model/joint_accession.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/core/rng.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/policy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/state_games.hpp"

namespace splinternet::testing {
namespace {

using Group = std::vector<std::uint32_t>;

double random_payoff(unsigned state, std::size_t actor) {
  return Draws(3, Purpose::kTest, state, static_cast<std::uint32_t>(actor)).uniform();
}

/// Ten actors who look at all others; "a" and "b" are in.
World peers_world() {
  Scenario scenario = pact_scenario(10);
  scenario.terms = {"peers", "inertia"};
  set(scenario, "countries.peers", 0.9);
  set(scenario, "countries.inertia_join", 0.25);
  set(scenario, "countries.inertia_leave", 0.5);
  World world = actor_world(scenario);
  put_in(world, 0b11);
  return world;
}

World opened_map() {
  World world = make_world(small_scenario(), random_tables(5, 12));
  let_events_pass(world, 3);
  return world;
}

/// Those who may decide on "clean" and have not signed it.
Group outsiders(const World& world) {
  Group outside;
  for (std::uint32_t i = 0; i < world.countries(); ++i) {
    if (may_decide_on(world, i, kClean) && !contains(world.signed_membership(i), kClean)) outside.push_back(i);
  }
  return outside;
}

void swap_into(World& world, std::uint32_t i, std::size_t framework) {
  const FrameworkSet dropped = world.membership(i) & ~accession_or_swap(world, i, framework);
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    if (contains(dropped, k)) withdraw(world, i, k);
  }
  accede(world, i, framework);
}

double utility_of_acceding(const World& world, std::uint32_t i, std::size_t framework) {
  PricedOptions priced;
  priced.options.add(i, accession_or_swap(world, i, framework));
  price(world, priced);
  return priced.total[0];
}

TEST_CASE("joint accession: a payoff for each state is compared before and after") {
  const World world = [] {
    World start = actor_world(table_scenario(), state_game(5, random_payoff));
    put_in(start, 0b01001);
    return start;
  }();
  JointAccession accession(world);
  for (const Group& group : {Group{1}, Group{1, 2}, Group{4, 1, 2}, Group{2, 4}}) {
    unsigned state = 0b01001;
    for (const std::uint32_t i : group) state |= 1U << i;
    accession.let_in(0, group);
    const std::vector<double> to_group = accession.worth_to_group();
    for (std::size_t n = 0; n < group.size(); ++n) {
      CHECK(to_group[n] == random_payoff(state, group[n]) - random_payoff(0b01001, group[n]));
    }
    const std::vector<double> to_members = accession.worth_to_members(Group{0, 3});
    CHECK(to_members[0] == random_payoff(state, 0) - random_payoff(0b01001, 0));
    CHECK(to_members[1] == random_payoff(state, 3) - random_payoff(0b01001, 3));
  }
}

TEST_CASE("joint accession: a worth that is no finite number is refused") {
  World world = actor_world(table_scenario(), state_game(3, [](unsigned state, std::size_t actor) {
                              return state == 0b011 && actor == 1 ? INFINITY : 0.0;
                            }));
  put_in(world, 0b001);
  JointAccession accession(world);
  accession.let_in(0, Group{1});
  CHECK_THROWS_WITH(accession.worth_to_group(),
                    contains_substring("payoff term table, what a joint accession is worth to b is not a finite"));
  CHECK(accession.worth_to_members(Group{0}) == std::vector<double>{0.0});
}

TEST_CASE("joint accession: without levels each weighs acceding when all others of the group are in") {
  const World world = peers_world();
  JointAccession accession(world);
  accession.let_in(0, Group{2, 5, 7});
  for (const double worth : accession.worth_to_group()) CHECK(worth == near(0.9 * 4.0 / 9.0 - 0.25));
  // A member looks at one other member now and at four then; what leaving costs is the same.
  for (const double worth : accession.worth_to_members(Group{0, 1})) CHECK(worth == near(0.9 * 3.0 / 9.0));
}

TEST_CASE("joint accession: the World that is asked about stays as it is, and the last group leaves no trace") {
  for (const bool mapped : {false, true}) {
    const World world = mapped ? opened_map() : peers_world();
    const std::uint64_t before = state_digest(world);
    const Group group = mapped ? outsiders(world) : Group{2, 3, 4, 8};
    JointAccession again(world);
    again.let_in(0, group);
    CHECK(again.worth_to_group().size() == group.size());
    again.let_in(0, Group{group[1]});
    JointAccession fresh(world);
    fresh.let_in(0, Group{group[1]});
    CHECK(again.worth_to_group() == fresh.worth_to_group());
    CHECK(again.worth_to_members(Group{0}) == fresh.worth_to_members(Group{0}));
    CHECK(state_digest(world) == before);
  }
}

TEST_CASE("joint accession: on a map a group of one gains what its own accession is worth") {
  const World world = opened_map();
  JointAccession accession(world);
  std::size_t swaps = 0;
  for (const std::uint32_t i : outsiders(world)) {
    accession.let_in(kClean, Group{i});
    CHECK(accession.worth_to_group()[0] == utility_of_acceding(world, i, kClean));
    accession.let_in(kGids, Group{i});
    CHECK(accession.worth_to_group()[0] == utility_of_acceding(world, i, kGids));
    swaps += world.membership(i) != 0 ? 1 : 0;
  }
  CHECK(swaps > 0);
}

TEST_CASE("joint accession: on a map rules bind the group at once, for each other and for members") {
  const World world = opened_map();
  const Group group = outsiders(world);
  REQUIRE(group.size() > 3);
  JointAccession accession(world);
  accession.let_in(kClean, group);
  const std::vector<double> to_group = accession.worth_to_group();
  std::size_t differing = 0;
  for (std::size_t n = 0; n < group.size(); ++n) {
    World others = world;
    for (const std::uint32_t i : group) {
      if (i != group[n]) swap_into(others, i, kClean);
    }
    update_entry_into_force(others);
    apply_policy(others);
    CHECK(to_group[n] == utility_of_acceding(others, group[n], kClean));
    differing += to_group[n] != utility_of_acceding(world, group[n], kClean) ? 1 : 0;
  }
  CHECK(differing > group.size() / 2);
}

TEST_CASE("joint accession: the order of the group does not matter") {
  const World world = opened_map();
  Group group = outsiders(world);
  JointAccession accession(world);
  accession.let_in(kClean, group);
  const std::vector<double> forward = accession.worth_to_group();
  std::reverse(group.begin(), group.end());
  accession.let_in(kClean, group);
  const std::vector<double> backward = accession.worth_to_group();
  CHECK(forward == std::vector<double>(backward.rbegin(), backward.rend()));
}

}  // namespace
}  // namespace splinternet::testing
