#include "sim/model/proposals.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/core/rng.hpp"
#include "sim/model/joint_accession.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/state_games.hpp"
#include "tests/support/treaties.hpp"

namespace splinternet::testing {
namespace {

using Codes = std::vector<std::string>;

/// Each member gives all 0.4 at a cost of 1: alone nobody begins, three together gain.
WorldTables binary_good(std::size_t actors) {
  return state_game(actors, [](unsigned state, std::size_t actor) {
    return 0.4 * __builtin_popcount(state) - (is_in(state, actor) ? 1.0 : 0.0);
  });
}

Scenario proposing(const Codes& countries, const std::string& rule = "unanimity") {
  Scenario scenario = table_scenario();
  choose(scenario, "countries.proposal_rule", rule);
  // Nobody moves alone: what proposals bring about is seen by itself.
  choose(scenario, "countries.schedule", "simultaneous_with_prob");
  set(scenario, "countries.revision_probability", 0.0);
  scenario.events = {proposal("together", countries)};
  return scenario;
}

TEST_CASE("proposals: what nobody begins alone, a group begins together if each gains") {
  Scenario alone = table_scenario();
  World world = actor_world(alone, binary_good(5));
  actor_step(world);
  CHECK(members_of_pact(world) == 0);
  for (const Codes& countries : {Codes{"a", "b"}, Codes{"a", "c", "e"}, Codes{"all"}}) {
    World asked = actor_world(proposing(countries), binary_good(5));
    const StepReport report = actor_step(asked);
    const bool few = countries.size() == 2;
    CHECK(members_of_pact(asked) == (few ? 0U : countries.size() == 3 ? 0b10101U : 0b11111U));
    CHECK(report.proposals[0] == 1.0);
    CHECK(report.proposals_accepted[0] == (few ? 0.0 : 1.0));
    CHECK(report.acts.size() == (few ? 0U : countries.size() == 3 ? 3U : 5U));
    for (const Act& act : report.acts) {
      CHECK(act.kind == ActKind::kJointAccession);
      CHECK(act.organisation == kNoCountry);
    }
  }
}

TEST_CASE("proposals: it takes all of the group, or more than half of it, and then only those who gain accede") {
  // "a" to "d" gain by a coalition of any size above one, as many of them as told; the others lose.
  for (std::size_t winners = 0; winners <= 4; ++winners) {
    const WorldTables tables = state_game(4, [winners](unsigned state, std::size_t actor) {
      if (__builtin_popcount(state) < 2 || !is_in(state, actor)) return 0.0;
      return actor < winners ? 1.0 : -1.0;
    });
    World all = actor_world(proposing({"all"}), tables);
    actor_step(all);
    CHECK(members_of_pact(all) == (winners == 4 ? 0b1111U : 0U));
    World most = actor_world(proposing({"all"}, "majority"), tables);
    actor_step(most);
    CHECK(members_of_pact(most) == (winners == 4 ? 0b1111U : winners == 3 ? 0b0111U : 0U));
  }
}

TEST_CASE("proposals: to gain nothing is not to gain") {
  const WorldTables tables = state_game(3, [](unsigned, std::size_t) { return 1.0; });
  World world = actor_world(proposing({"all"}), tables);
  CHECK(actor_step(world).proposals[0] == 1.0);
  CHECK(members_of_pact(world) == 0);
}

TEST_CASE("proposals: members are not asked again, and who has just acceded with others does not reconsider at once") {
  Scenario scenario = proposing({"all"});
  choose(scenario, "countries.schedule", "fixed_order");
  World world = actor_world(scenario, binary_good(6));
  put_in(world, 0b000011);
  const StepReport report = actor_step(world);
  CHECK(report.acts.size() >= 4);
  // The four that acceded stay; "a" and "b" reconsider alone, and leave.
  CHECK(members_of_pact(world) == 0b111100U);
  CHECK(report.decisions.size() == 2);
  actor_step(world);
  CHECK(members_of_pact(world) == 0U);
}

TEST_CASE("proposals: they happen in the order of their dates, each on what the last one left") {
  Scenario scenario = proposing({"a", "b"});
  scenario.events = {proposal("first", {"a", "b", "c"}), proposal("second", {"d", "e"})};
  // Two of five gain only beside others who are in.
  const WorldTables tables = binary_good(5);
  World world = actor_world(scenario, tables);
  const StepReport report = actor_step(world);
  CHECK(members_of_pact(world) == 0b00111U);
  CHECK(report.proposals[0] == 2.0);
  CHECK(report.proposals_accepted[0] == 1.0);
}

TEST_CASE("proposals: members admit the group as a whole, or not") {
  Scenario scenario = proposing({"c", "d", "e"});
  choose(scenario, "framework.pact.admission", "unanimity");
  for (const double harm : {0.0, 1.0}) {
    const WorldTables tables = state_game(5, [harm](unsigned state, std::size_t actor) {
      if (actor < 2) return is_in(state, 4) ? -harm : 0.0;
      return is_in(state, actor) ? 1.0 : 0.0;
    });
    World world = actor_world(scenario, tables);
    put_in(world, 0b00011);
    const StepReport report = actor_step(world);
    CHECK(members_of_pact(world) == (harm == 0.0 ? 0b11111U : 0b00011U));
    CHECK(report.refused_admissions[0] == harm);
    CHECK(report.proposals_accepted[0] == 1.0 - harm);
  }
}

TEST_CASE("proposals: on a map those who may not decide are left out, and signatures of a rival are swapped") {
  Scenario scenario = small_scenario();
  scenario.terms = {"peers"};
  scenario.has_firms = false;
  choose(scenario, "countries.choice", "best_response");
  set(scenario, "countries.spontaneous_rate", 0.0);
  EventSpec event = event_in_month("together", EventKind::kPropose, 2);
  event.framework = "gids";
  event.countries = {"all"};
  add_event(scenario, event);
  World world = make_world(scenario, small_tables());
  let_events_pass(world, 2);
  REQUIRE(splinternet::contains(world.membership(kCcc), kClean));
  StepReport report;
  report.clear(world.frameworks());
  ++world.step;
  report.events = apply_events(world);
  refresh(world);
  revise_memberships(world, {}, report);
  CHECK(world.membership(kAaa) == bit(kClean));
  for (const std::size_t i : {kBbb, kCcc, kDdd, kEee, kFff}) CHECK(world.signed_membership(i) == bit(kGids));
  std::size_t joint = 0, withdrawn = 0, lapsed = 0;
  for (const Act& act : report.acts) {
    joint += act.kind == ActKind::kJointAccession ? 1 : 0;
    withdrawn += act.kind == ActKind::kWithdraw && act.country == kCcc ? 1 : 0;
    lapsed += act.kind == ActKind::kListingLapsed && act.country == kDdd ? 1 : 0;
  }
  CHECK(joint == 4);
  CHECK(withdrawn == 1);
  CHECK(lapsed == 1);
}

TEST_CASE("proposals: while the framework is closed nobody is asked") {
  Scenario scenario = small_scenario();
  EventSpec event = event_in_month("together", EventKind::kPropose, 0);
  event.framework = "gids";  // opens two months later
  event.countries = {"all"};
  add_event(scenario, event);
  set(scenario, "countries.proposals_per_step", 3);
  World world = make_world(scenario, small_tables());
  StepReport report;
  report.clear(world.frameworks());
  ++world.step;
  report.events = apply_events(world);
  std::vector<std::uint8_t> answered(world.countries(), 0);
  decide_proposals(world, answered, report);
  CHECK(report.proposals[kGids] == 0.0);
  CHECK(report.proposals[kClean] == 3.0);  // drawn, among the open ones
}

/// Who is asked by the drawn proposals of one step: all of them, because acceding costs nothing and gives 1.
Codes acceding(std::uint64_t seed, double proposals, double size, const WorldTables& tables) {
  Scenario scenario = proposing({"all"});
  scenario.events.clear();
  scenario.run.seed = seed;
  set(scenario, "countries.proposals_per_step", proposals);
  set(scenario, "countries.proposal_size", size);
  World world = actor_world(scenario, tables);
  const StepReport report = actor_step(world);
  Codes codes;
  for (const Act& act : report.acts) codes.push_back(world.setting().countries.code[act.country]);
  return codes;
}

WorldTables everybody_gains(std::size_t actors) {
  return state_game(actors, [](unsigned state, std::size_t actor) { return is_in(state, actor) ? 1.0 : 0.0; });
}

TEST_CASE("proposals: drawn groups have the size asked for, each actor with the same probability") {
  const WorldTables tables = everybody_gains(8);
  std::vector<double> asked(8, 0.0);
  constexpr int kSeeds = 1600;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Codes group = acceding(seed, 1, 3, tables);
    CHECK(group.size() == 3);
    CHECK(std::is_sorted(group.begin(), group.end()));
    for (const std::string& code : group) asked[static_cast<std::size_t>(code[0] - 'a')] += 1.0;
  }
  const double p = 3.0 / 8.0;
  for (const double count : asked) CHECK(std::fabs(count / kSeeds - p) < 4.5 * std::sqrt(p * (1.0 - p) / kSeeds));
}

TEST_CASE("proposals: the second group is drawn among those whom the first one left outside") {
  const WorldTables tables = everybody_gains(8);
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Codes two = acceding(seed, 2, 3, tables);
    CHECK(two.size() == 6);
    const Codes one = acceding(seed, 1, 3, tables);
    CHECK(std::equal(one.begin(), one.end(), two.begin()));
    std::sort(two.begin(), two.end());
    CHECK(std::unique(two.begin(), two.end()) == two.end());
    CHECK(acceding(seed, 5, 3, tables).size() == 8);  // the third group are the two that are left
  }
}

TEST_CASE("proposals: another actor enters a drawn group by a draw of its own") {
  // Whether "h" exists or not, the others of the group are those with the lowest draws.
  std::size_t changed = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Codes with = acceding(seed, 1, 3, everybody_gains(8));
    const Codes without = acceding(seed, 1, 3, everybody_gains(7));
    std::size_t common = 0;
    for (const std::string& code : with) common += std::count(without.begin(), without.end(), code) > 0 ? 1U : 0U;
    const bool has_h = std::find(with.begin(), with.end(), "h") != with.end();
    CHECK(common == (has_h ? 2U : 3U));
    changed += has_h ? 1 : 0;
  }
  CHECK(changed > 15);
  CHECK(changed < 65);
}

TEST_CASE("proposals: the order of the rows does not matter") {
  const std::vector<std::size_t> order = random_order(4, 12);
  const WorldTables tables = random_tables(9, 12);
  Scenario scenario = small_scenario();
  scenario.terms = {"alignment", "peers", "inertia"};
  set(scenario, "countries.peers", 2.0);
  set(scenario, "countries.proposals_per_step", 4);
  set(scenario, "countries.proposal_size", 3);
  choose(scenario, "countries.proposal_rule", "majority");
  std::vector<Codes> acceded;
  for (const WorldTables& world_tables : {tables, permuted(tables, order)}) {
    World world = make_world(scenario, world_tables);
    Codes& codes = acceded.emplace_back();
    for (int step = 0; step < 4; ++step) {
      let_events_pass(world, 1);
      StepReport report;
      report.clear(world.frameworks());
      std::vector<std::uint8_t> answered(world.countries(), 0);
      decide_proposals(world, answered, report);
      for (const Act& act : report.acts) codes.push_back(world.setting().countries.code[act.country]);
    }
  }
  CHECK_FALSE(acceded[0].empty());
  CHECK(acceded[0] == acceded[1]);
}

/// The ten countries of Li & Rus (2019) with their payoffs in the term `public_good`.
World ten_countries(const Codes& group, const std::string& schedule = "random_sequential") {
  Scenario scenario = pact_scenario(0);
  scenario.terms = {"public_good"};
  choose(scenario, "countries.choice", "best_response");
  choose(scenario, "countries.schedule", schedule);
  if (!group.empty()) scenario.events = {proposal("treaty", group)};
  WorldTables tables = lettered_actors(10);
  tables.actors->attribute = {"alpha", "beta", "phi"};
  tables.actors->value.resize(3);
  for (const coalition::PublicGoodTaste& taste : ten_tastes()) {
    tables.actors->value[0].push_back(taste.own_linear);
    tables.actors->value[1].push_back(taste.own_quadratic);
    tables.actors->value[2].push_back(taste.good_quadratic);
  }
  return actor_world(scenario, tables);
}

constexpr unsigned kStableTreaty = 0b0000111010;  // countries 2, 4, 5 and 6

TEST_CASE("proposals: the treaty of Li and Rus never starts by single accessions") {
  World world = ten_countries({});
  for (int step = 0; step < 10; ++step) actor_step(world);
  CHECK(members_of_pact(world) == 0);
}

TEST_CASE("proposals: asked together, countries 2, 4, 5 and 6 of Li and Rus accede and stay, and nobody follows") {
  World world = ten_countries({"b", "d", "e", "f"});
  CHECK(actor_step(world).proposals_accepted[0] == 1.0);
  CHECK(members_of_pact(world) == kStableTreaty);
  for (int step = 0; step < 10; ++step) CHECK(actor_step(world).acts.empty());
}

TEST_CASE("proposals: from the treaty of all ten of Li and Rus countries leave one by one down to 2, 4, 5 and 6") {
  World world = ten_countries({});
  put_in(world, 0b1111111111);
  // The most eager one leaves first.
  for (int exits = 0; exits < 10; ++exits) {
    PricedOptions priced;
    for (std::size_t i = 0; i < 10; ++i) {
      if (is_in(members_of_pact(world), i)) priced.options.add(i, 0);
    }
    price(world, priced);
    const auto best = std::max_element(priced.total.begin(), priced.total.end());
    if (best == priced.total.end() || *best <= 0.0) break;
    withdraw(world, priced.options.country[static_cast<std::size_t>(best - priced.total.begin())], 0);
  }
  CHECK(members_of_pact(world) == kStableTreaty);
  CHECK(actor_step(world).acts.empty());
}

/// The message with which a changed scenario of two frameworks is refused.
template <class Change>
std::string refusal(const Change& change) {
  Scenario scenario = small_scenario();
  EventSpec event = event_in_month("together", EventKind::kPropose, 5);
  event.framework = "clean";
  event.countries = {"EEE", "FFF"};
  change(scenario, event);
  add_event(scenario, event);
  return error_message([&] { make_world(scenario, small_tables()); });
}

TEST_CASE("proposals: a group that could never accede is refused before the run") {
  const auto named = [](Codes codes) {
    return refusal([&](Scenario&, EventSpec& event) { event.countries = std::move(codes); });
  };
  CHECK(named({"EEE", "FFF"}) == "no error");
  CHECK(named({"all"}) == "no error");
  CHECK(named({"AAA", "FFF"}) == "no error");  // in already
  CHECK_THAT(named({"FFF", "BBB"}), contains_substring("BBB is an untrusted home of clean"));
  const std::string rival = refusal([](Scenario&, EventSpec& event) {
    event.framework = "gids";
    event.countries = {"EEE", "AAA"};
  });
  CHECK_THAT(rival, contains_substring("AAA is committed to clean"));
  CHECK_THAT(rival, contains_substring("event.together.countries[1]"));
  CHECK_THAT(refusal([](Scenario& scenario, EventSpec&) { scenario.events.erase(scenario.events.begin()); }),
             contains_substring("clean never opens"));
  CHECK_THAT(refusal([](Scenario& scenario, EventSpec&) {
               EventSpec close = event_in_month("close", EventKind::kClose, 3);
               close.framework = "clean";
               add_event(scenario, close);
             }),
             contains_substring("clean is closed since 2020-11-01"));
  CHECK_THAT(refusal([](Scenario& scenario, EventSpec&) { scenario.terms.clear(); }),
             contains_substring("no payoffs to decide by"));
  CHECK_THAT(refusal([](Scenario& scenario, EventSpec&) {
               set(scenario, "countries.proposals_per_step", 1);
               set(scenario, "countries.proposal_size", 7);
             }),
             contains_substring("a group of 7 is larger than the world"));
}

}  // namespace
}  // namespace splinternet::testing
