#include "sim/model/admission.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/state_games.hpp"

namespace splinternet::testing {
namespace {

using Group = std::vector<std::uint32_t>;

World game(const std::string& admission, const WorldTables& tables, unsigned members,
           const std::vector<std::string>& sponsors = {}) {
  Scenario scenario = table_scenario();
  choose(scenario, "framework.pact.admission", admission);
  scenario.frameworks[0].sponsors = sponsors;
  World world = actor_world(scenario, tables);
  put_in(world, members);
  return world;
}

bool admitted(const std::string& admission, const WorldTables& tables, unsigned members, const Group& group,
              Approach approach = Approach::kOnItsOwn, const std::vector<std::string>& sponsors = {}) {
  const World world = game(admission, tables, members, sponsors);
  Admission asked(world);
  return asked.admits(0, group, approach);
}

/// Members "a", "b", "c" of five: "d" coming in costs as many of them 1 as told, in order of code, and gives 1 to the
/// others.
WorldTables costly_fourth(std::size_t losers) {
  return state_game(5, [losers](unsigned state, std::size_t actor) {
    return is_in(state, actor) && is_in(state, 3) ? (actor < losers ? -1.0 : 1.0) : 0.0;
  });
}

TEST_CASE("admission: all members, more than half, or nobody must consent") {
  constexpr unsigned kMembers = 0b00111;
  for (std::size_t losers = 0; losers <= 3; ++losers) {
    const WorldTables tables = costly_fourth(losers);
    CHECK(admitted("open", tables, kMembers, {3}));
    CHECK(admitted("unanimity", tables, kMembers, {3}) == (losers == 0));
    CHECK(admitted("majority", tables, kMembers, {3}) == (losers <= 1));
    CHECK(admitted("unanimity", tables, kMembers, {4}));  // costs nobody anything: a tie is a consent
  }
}

TEST_CASE("admission: half of the members are no majority") {
  CHECK_FALSE(admitted("majority", costly_fourth(1), 0b00011, {3}));
  CHECK(admitted("majority", costly_fourth(1), 0b00111, {3}));
}

TEST_CASE("admission: sponsors decide for all, and a visit of theirs is their consent") {
  const std::vector<std::string> sponsors = {"b", "c"};
  CHECK(admitted("sponsor", costly_fourth(1), 0b00111, {3}, Approach::kOnItsOwn, sponsors));
  CHECK_FALSE(admitted("sponsor", costly_fourth(2), 0b00111, {3}, Approach::kOnItsOwn, sponsors));
  CHECK_FALSE(admitted("sponsor", costly_fourth(2), 0b00111, {3}, Approach::kProposed, sponsors));
  CHECK(admitted("sponsor", costly_fourth(2), 0b00111, {3}, Approach::kCourted, sponsors));
  // The other members are still asked under the other rules.
  CHECK_FALSE(admitted("unanimity", costly_fourth(1), 0b00111, {3}, Approach::kCourted, sponsors));
}

TEST_CASE("admission: those invited or asked as a group need no other consent") {
  const WorldTables tables = costly_fourth(3);
  CHECK_FALSE(admitted("invitation", tables, 0b00111, {3}));
  CHECK(admitted("invitation", tables, 0b00111, {3}, Approach::kCourted));
  CHECK(admitted("invitation", tables, 0b00111, {3}, Approach::kProposed));
}

TEST_CASE("admission: where nobody is in, nobody objects") {
  CHECK(admitted("unanimity", costly_fourth(3), 0, {3}));
  CHECK(admitted("majority", costly_fourth(3), 0, {3, 4}));
}

TEST_CASE("admission: those who are listed have no say") {
  World world = game("unanimity", costly_fourth(1), 0b00111);
  world.members.level[world.at(0, 0)] = static_cast<std::uint8_t>(MembershipLevel::kListed);
  Admission admission(world);
  CHECK(admission.admits(0, 3U, Approach::kOnItsOwn));
}

TEST_CASE("admission: a loss below tie_eps is no loss") {
  World world = game("unanimity", costly_fourth(1), 0b00111);
  set_now(world, "countries.tie_eps", 1.5);
  Admission admission(world);
  CHECK(admission.admits(0, 3U, Approach::kOnItsOwn));
}

TEST_CASE("admission: one asks about one group after another") {
  const World world = game("unanimity", costly_fourth(2), 0b00111);
  Admission admission(world);
  CHECK(admission.admits(0, 4U, Approach::kOnItsOwn));
  CHECK_FALSE(admission.admits(0, 3U, Approach::kOnItsOwn));
  CHECK_FALSE(admission.admits(0, Group{3, 4}, Approach::kOnItsOwn));
  CHECK(admission.admits(0, 4U, Approach::kOnItsOwn));
}

TEST_CASE("admission: in random games the answer is that of the payoffs, and stricter rules admit fewer") {
  std::size_t by_all = 0, by_majority = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const auto payoff = [seed](unsigned state, std::size_t actor) {
      const double drawn = Draws(seed, Purpose::kTest, state, static_cast<std::uint32_t>(actor)).uniform();
      return drawn + 0.2 * static_cast<double>(__builtin_popcount(state));
    };
    const WorldTables tables = state_game(6, payoff);
    const unsigned members = 1U + seed % 31U;  // of the first five
    std::size_t content = 0, count = 0;
    for (std::size_t i = 0; i < 5; ++i) {
      if (!is_in(members, i)) continue;
      ++count;
      content += payoff(members | 0b100000U, i) >= payoff(members, i) ? 1 : 0;
    }
    const bool all = admitted("unanimity", tables, members, {5});
    const bool most = admitted("majority", tables, members, {5});
    CHECK(all == (content == count));
    CHECK(most == (2 * content > count));
    CHECK((!all || most));
    by_all += all ? 1 : 0;
    by_majority += most ? 1 : 0;
  }
  CHECK(by_all > 5);
  CHECK(by_majority > by_all);
  CHECK(by_majority < 55);
}

TEST_CASE("admission: where every newcomer costs all members, none gets in under unanimity") {
  // The club shares out 12: each member loses with each newcomer, each outsider would gain.
  const WorldTables tables = state_game(6, [](unsigned state, std::size_t actor) {
    return is_in(state, actor) ? 12.0 / __builtin_popcount(state) : 0.0;
  });
  for (const unsigned members : {0b1U, 0b101U, 0b11110U}) {
    World closed = game("unanimity", tables, members);
    World open = game("open", tables, members);
    double refused = 0.0;
    for (int step = 0; step < 4; ++step) {
      refused += actor_step(closed).refused_admissions[0];
      CHECK(actor_step(open).refused_admissions[0] == 0.0);
    }
    CHECK(members_of_pact(closed) == members);
    CHECK(members_of_pact(open) == 0b111111U);
    CHECK(refused == 4.0 * (6.0 - __builtin_popcount(members)));
  }
}

TEST_CASE("admission: on a map members weigh what the newcomer adds to what membership is worth to them") {
  Scenario scenario = small_scenario();
  choose(scenario, "framework.clean.admission", "unanimity");
  World world = make_world(scenario, small_tables());
  let_events_pass(world, 3);
  // Peers alone: a newcomer can only add.
  {
    Scenario peers = scenario;
    peers.terms = {"peers"};
    World liked = make_world(peers, small_tables());
    let_events_pass(liked, 3);
    Admission admission(liked);
    CHECK(admission.admits(kClean, static_cast<std::uint32_t>(kFff), Approach::kOnItsOwn));
  }
  // What CCC and AAA make of FFF follows from their stakes with and without it.
  World with = world;
  accede(with, kFff, kClean);
  update_entry_into_force(with);
  apply_policy(with);
  bool all = true;
  for (const std::size_t member : {kAaa, kCcc}) {
    double change = 0.0;
    for (const World* one : {&std::as_const(with), &std::as_const(world)}) {
      PricedOptions priced;
      priced.options.add(member, one->membership(member) & ~bit(kClean));
      price(*one, priced);
      change += one == &with ? -priced.total[0] : priced.total[0];
    }
    all = all && change >= -1e-9;
  }
  Admission admission(world);
  CHECK(admission.admits(kClean, static_cast<std::uint32_t>(kFff), Approach::kCourted) == all);
}

TEST_CASE("admission: consent that nobody could give or weigh is refused before the run") {
  Scenario scenario = table_scenario();
  choose(scenario, "framework.pact.admission", "sponsor");
  const WorldTables tables = costly_fourth(0);
  CHECK_THAT(error_message([&] { make_setting(scenario, tables); }), contains_substring("it has none"));
  scenario.frameworks[0].sponsors = {"a"};
  CHECK(error_message([&] { make_setting(scenario, tables); }) == "no error");
  scenario.terms.clear();
  CHECK_THAT(error_message([&] { make_setting(scenario, tables); }), contains_substring("admission"));
  scenario.has_countries = false;
  CHECK(error_message([&] { make_setting(scenario, tables); }) == "no error");
}

}  // namespace
}  // namespace splinternet::testing
