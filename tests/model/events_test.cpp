#include "sim/model/events.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/model/framework_parameters.hpp"
#include "sim/model/membership.hpp"
#include "sim/model/policy.hpp"
#include "sim/scenario/provisions.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

constexpr auto kOpenStatus = static_cast<std::uint8_t>(FrameworkStatus::kOpen);
constexpr auto kClosedStatus = static_cast<std::uint8_t>(FrameworkStatus::kClosed);

Scenario quiet() {
  Scenario scenario = small_scenario();
  scenario.events.clear();
  return scenario;
}

EventSpec on_day(std::string id, EventKind kind, Date date) {
  EventSpec event = event_in_month(std::move(id), kind, 0);
  event.date = date;
  return event;
}

EventSpec following(std::string id, EventKind kind, std::string cause, int delay_months) {
  EventSpec event = event_in_month(std::move(id), kind, 0);
  event.date.reset();
  event.after = std::move(cause);
  event.delay_months = delay_months;
  return event;
}

EventSpec fraud(EventSpec event, double amount) {
  event.amount = amount;
  return event;
}

/// Applies events for some steps and tells when each fired (-1: never).
std::vector<int> fired_steps(const Scenario& scenario, int steps) {
  World world = make_world(scenario, small_tables());
  for (int step = 0; step < steps; ++step) {
    ++world.step;
    apply_events(world);
  }
  return {world.events.fired_step.begin(), world.events.fired_step.end()};
}

World after_steps(const Scenario& scenario, int steps) {
  World world = make_world(scenario, small_tables());
  advance(world, steps);
  return world;
}

TEST_CASE(
    "an event fires in the step of the nearest month: the first half of a month counts for it, the rest for the next") {
  Scenario scenario = quiet();
  const auto kind = EventKind::kFraudShock;
  scenario.events = {fraud(on_day("a", kind, {2020, 8, 1}), 1),   fraud(on_day("b", kind, {2020, 8, 15}), 1),
                     fraud(on_day("c", kind, {2020, 8, 16}), 1),  fraud(on_day("d", kind, {2020, 10, 5}), 1),
                     fraud(on_day("e", kind, {2020, 10, 31}), 1), fraud(on_day("f", kind, {2018, 7, 6}), 1),
                     fraud(on_day("g", kind, {2021, 1, 20}), 1)};
  CHECK(fired_steps(scenario, 12) == std::vector<int>{1, 1, 2, 3, 4, 1, 7});
}

TEST_CASE("shorter and longer steps meet events in the step that holds their month") {
  Scenario scenario = quiet();
  const auto kind = EventKind::kFraudShock;
  scenario.events = {fraud(on_day("a", kind, {2020, 8, 1}), 1), fraud(on_day("b", kind, {2020, 9, 1}), 1),
                     fraud(on_day("c", kind, {2020, 12, 1}), 1)};
  scenario.run.step_months = 0.5;
  CHECK(fired_steps(scenario, 12) == std::vector<int>{1, 3, 9});
  scenario.run.step_months = 3;
  CHECK(fired_steps(scenario, 12) == std::vector<int>{1, 1, 2});
}

TEST_CASE("an event follows another after its delay; a chain without delay fires at once, whatever the order of ids") {
  Scenario scenario = quiet();
  const auto kind = EventKind::kFraudShock;
  scenario.events = {fraud(following("a", kind, "b", 0), 1), fraud(following("b", kind, "c", 0), 1),
                     fraud(event_in_month("c", kind, 2), 1), fraud(following("d", kind, "c", 2), 1),
                     fraud(following("e", kind, "d", 1), 1)};
  CHECK(fired_steps(scenario, 12) == std::vector<int>{3, 3, 3, 5, 6});
  scenario.run.step_months = 0.5;
  CHECK(fired_steps(scenario, 20) == std::vector<int>{5, 5, 5, 9, 11});
}

TEST_CASE("an event that follows one switched off, or itself in a circle, never fires") {
  Scenario scenario = quiet();
  const auto kind = EventKind::kFraudShock;
  scenario.events = {fraud(following("a", kind, "gone", 0), 1), fraud(following("b", kind, "a", 0), 1),
                     fraud(following("c", kind, "d", 0), 1), fraud(following("d", kind, "c", 0), 1)};
  CHECK(fired_steps(scenario, 24) == std::vector<int>{-1, -1, -1, -1});
}

TEST_CASE("the events that fired are reported once, in order of (date, id)") {
  Scenario scenario = quiet();
  const auto kind = EventKind::kFraudShock;
  scenario.events = {fraud(on_day("a", kind, {2020, 8, 3}), 1), fraud(on_day("b", kind, {2020, 8, 2}), 1),
                     fraud(on_day("c", kind, {2020, 8, 2}), 1), fraud(following("d", kind, "a", 0), 1)};
  World world = make_world(scenario, small_tables());
  world.step = 1;
  CHECK(apply_events(world) == std::vector<std::size_t>{1, 2, 0, 3});
  world.step = 2;
  CHECK(apply_events(world).empty());
}

TEST_CASE("the end of an event undoes exactly what it did") {
  Scenario scenario = quiet();
  for (const auto& [id, amount, from, to] :
       {std::tuple{"a", 1.7, 0, 6}, std::tuple{"b", 1.3, 2, 4}, std::tuple{"c", 0.9, 3, 3}}) {
    EventSpec event = fraud(event_in_month(id, EventKind::kFraudShock, from), amount);
    event.until = add_months({2020, 8, 1}, to);
    add_event(scenario, event);
  }
  World world = make_world(scenario, small_tables());
  std::vector<double> factor;
  for (int step = 1; step <= 8; ++step) {
    world.step = step;
    apply_events(world);
    factor.push_back(world.derived.effects.fear_factor);
  }
  CHECK(factor == std::vector<double>{1.7, 1.7, 1.7 * 1.3, 1.7 * 1.3, 1.7, 1.7, 1.0, 1.0});
  CHECK(world.events.fired_step == std::vector<std::int32_t>{1, 3, 4});
}

TEST_CASE("opening makes the sponsors signatories and starts courting; closing courting leaves the framework open") {
  Scenario scenario = small_scenario();
  EventSpec stop = event_in_month("stop", EventKind::kCloseCourting, 3);
  EventSpec close = event_in_month("zclose", EventKind::kClose, 4);
  stop.framework = close.framework = "clean";
  add_event(scenario, stop);
  add_event(scenario, close);
  World world = make_world(scenario, small_tables());
  CHECK(world.frameworks_state.status[kClean] == 0);
  advance(world);
  CHECK(world.frameworks_state.status[kClean] == kOpenStatus);
  CHECK(world.frameworks_state.courting[kClean] == 1);
  CHECK(world.signed_membership(kAaa) == bit(kClean));
  CHECK(world.members.signed_step[world.at(kAaa, kClean)] == 1);
  CHECK(world.frameworks_state.status[kGids] == 0);
  advance(world, 2);
  CHECK(world.signed_membership(kBbb) == bit(kGids));
  advance(world);
  CHECK(world.frameworks_state.courting[kClean] == 0);
  CHECK(world.frameworks_state.status[kClean] == kOpenStatus);
  advance(world);
  CHECK(world.frameworks_state.status[kClean] == kClosedStatus);
  CHECK(world.frameworks_state.in_force[kClean] == 1);
  CHECK(world.signed_membership(kCcc) == bit(kClean));
}

TEST_CASE("a briefing saves up months of missions") {
  Scenario scenario = quiet();
  EventSpec briefing = event_in_month("briefing", EventKind::kBriefing, 0);
  briefing.framework = "clean";
  briefing.amount = 3;
  add_event(scenario, briefing);
  CHECK(after_steps(scenario, 4).frameworks_state.missions_saved[kClean] == 6.0);  // 2 a month
}

TEST_CASE("a revelation costs credibility, never below none, and only once") {
  Scenario scenario = quiet();
  set(scenario, "frameworks.credibility_recovery", 0);
  EventSpec scandal = event_in_month("scandal", EventKind::kRevelation, 1);
  scandal.framework = "gids";
  scandal.amount = 0.2;
  add_event(scenario, scandal);
  CHECK(after_steps(scenario, 1).frameworks_state.credibility[kGids] == 0.3);
  CHECK(after_steps(scenario, 5).frameworks_state.credibility[kGids] == near(0.1));
  scenario.events[0].amount = 0.9;
  CHECK(after_steps(scenario, 5).frameworks_state.credibility[kGids] == 0.0);
}

TEST_CASE("amendments and shocks change a parameter while they last and restore it exactly") {
  Scenario scenario = quiet();
  EventSpec amend = event_in_month("amend", EventKind::kAmend, 1);
  amend.framework = "gids";
  amend.parameter = "local_law";
  amend.amount = 0.25;
  amend.until = Date{2020, 11, 1};
  EventSpec shock = event_in_month("shock", EventKind::kShock, 2);
  shock.parameter = "policy.trust";
  shock.amount = 0.4;
  shock.until = Date{2020, 12, 1};
  add_event(scenario, amend);
  add_event(scenario, shock);
  World world = make_world(scenario, small_tables());
  const auto law = [&] { return world.derived.parameters(kProvisionStrength[9], kGids); };
  const auto trust = [&] { return world.derived.parameters(parameters::kTrust); };
  std::vector<std::pair<double, double>> seen;
  for (int step = 0; step < 5; ++step) {
    advance(world);
    seen.emplace_back(law(), trust());
  }
  using Pairs = std::vector<std::pair<double, double>>;
  CHECK(seen == Pairs{{1.0, 0.1}, {0.25, 0.1}, {0.25, 0.4}, {1.0, 0.4}, {1.0, 0.1}});
  CHECK(world.derived.parameters.values().size() == scenario.parameters.size());
  for (std::size_t p = 0; p < scenario.parameters.size(); ++p) {
    REQUIRE(world.derived.parameters.value(p) == scenario.parameters.value(p));
  }
}

TEST_CASE("the later of two shocks to one parameter holds; of one day, the later id") {
  Scenario scenario = quiet();
  for (const auto& [id, month, amount] : {std::tuple{"a", 2, 0.1}, std::tuple{"b", 1, 0.2}, std::tuple{"c", 2, 0.3}}) {
    EventSpec shock = event_in_month(id, EventKind::kShock, month);
    shock.parameter = "policy.trust";
    shock.amount = amount;
    add_event(scenario, shock);
  }
  CHECK(after_steps(scenario, 2).derived.parameters(parameters::kTrust) == 0.2);
  CHECK(after_steps(scenario, 3).derived.parameters(parameters::kTrust) == 0.3);
}

TEST_CASE("a tariff lies on both directions of every pair named, once, and on nobody else") {
  Scenario scenario = quiet();
  EventSpec tariff = event_in_month("tariff", EventKind::kTariff, 0);
  tariff.countries = {"AAA", "CCC"};
  tariff.partners = {"BBB", "CCC", "AAA"};
  tariff.amount = 0.25;
  add_event(scenario, tariff);
  const World world = after_steps(scenario, 1);
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (const Effects::Tariff& one : world.derived.effects.tariffs) {
    CHECK(one.log_iceberg == math::log(1.25));
    pairs.emplace_back(one.exporter, one.importer);
  }
  std::sort(pairs.begin(), pairs.end());
  using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;
  CHECK(pairs == Pairs{{kAaa, kBbb}, {kAaa, kCcc}, {kBbb, kAaa}, {kBbb, kCcc}, {kCcc, kAaa}, {kCcc, kBbb}});
}

TEST_CASE("a tariff between blocs follows their memberships") {
  Scenario scenario = small_scenario();
  EventSpec tariff = event_in_month("tariff", EventKind::kTariff, 0);
  tariff.countries = {"members:clean"};
  tariff.partners = {"members:gids"};
  tariff.amount = 0.25;
  add_event(scenario, tariff);
  World world = make_world(scenario, small_tables());
  advance(world, 2);
  CHECK(world.derived.effects.tariffs.empty());
  advance(world);
  CHECK(world.derived.effects.tariffs.size() == 6);  // BBB against AAA, CCC, DDD
  accede(world, kEee, kGids);
  advance(world);
  CHECK(world.derived.effects.tariffs.size() == 12);
}

TEST_CASE("rules, leaders and pressure touch the countries named, each once") {
  Scenario scenario = quiet();
  EventSpec rule = event_in_month("a_rule", EventKind::kDomesticRule, 0);
  rule.countries = {"DDD", "members:clean"};  // DDD is one of them
  rule.amount = 0.1;
  EventSpec leader = event_in_month("b_leader", EventKind::kLeaderChange, 0);
  leader.countries = {"EEE"};
  leader.amount = -0.5;
  EventSpec pressure = event_in_month("c_pressure", EventKind::kPressure, 0);
  pressure.framework = "gids";
  pressure.countries = {"FFF", "EEE"};
  for (const EventSpec& event : {rule, leader, pressure}) add_event(scenario, event);
  const Effects effects = after_steps(scenario, 1).derived.effects;
  CHECK(effects.restrictiveness_shift == std::vector<double>{0, 0, 0.1, 0.1, 0, 0});
  CHECK(effects.ideal_point_shift == std::vector<double>{0, 0, 0, 0, -0.5, 0});
  CHECK(effects.pressed == std::vector<std::uint8_t>{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1});
}

TEST_CASE("bans, sales and stopped supplies name firm, market and buyer") {
  Scenario scenario = quiet();
  EventSpec ban = event_in_month("a_ban", EventKind::kBan, 0);
  ban.firm = "Beta Video";
  ban.countries = {"CCC"};
  EventSpec sale = event_in_month("b_sale", EventKind::kDivest, 0);
  sale.firm = "Beta Video";
  sale.buyer = "Alpha Cloud";
  sale.countries = {"AAA"};
  EventSpec stop = event_in_month("c_stop", EventKind::kEntityList, 0);
  stop.firm = "Beta Networks";
  stop.partners = {"AAA", "CCC"};
  EventSpec nobody = event_in_month("d_nobody", EventKind::kBan, 0);
  nobody.firm = "Unknown Firm";
  nobody.countries = {"all"};
  for (const EventSpec& event : {ban, sale, stop, nobody}) add_event(scenario, event);
  const Effects effects = after_steps(scenario, 1).derived.effects;
  REQUIRE(effects.market_losses.size() == 2);
  CHECK(effects.market_losses[0].firm == 5);
  CHECK(effects.market_losses[0].market == kCcc);
  CHECK(effects.market_losses[0].buyer == kNoFirm);
  CHECK(effects.market_losses[1].market == kAaa);
  CHECK(effects.market_losses[1].buyer == 1);
  REQUIRE(effects.supply_stops.size() == 2);
  CHECK(effects.supply_stops[0].firm == 4);
  CHECK(effects.supply_stops[0].home == kAaa);
  CHECK(effects.supply_stops[1].home == kCcc);
  scenario.has_firms = false;
  CHECK(after_steps(scenario, 1).derived.effects.market_losses.empty());
}

TEST_CASE("cutting a cable takes all its segments, and none without the data section") {
  Scenario scenario = quiet();
  EventSpec cut = event_in_month("cut", EventKind::kCableCut, 0);
  cut.cable = "north";
  add_event(scenario, cut);
  WorldTables tables = small_tables();
  tables.links[6].cable = "north";
  World world = make_world(scenario, tables);
  advance(world);
  CHECK(world.derived.effects.cut_link == std::vector<std::uint8_t>{0, 0, 1, 0, 0, 0, 1, 0, 0});
  scenario.has_data = false;
  CHECK(after_steps(scenario, 1).derived.effects.cut_link.empty());
}

TEST_CASE("an event that names a country breaks its refusals; a tariff and an event that names others do not") {
  Scenario scenario = quiet();
  EventSpec leader = event_in_month("leader", EventKind::kLeaderChange, 0);
  leader.countries = {"EEE"};
  leader.amount = 0.1;
  EventSpec tariff = event_in_month("tariff", EventKind::kTariff, 0);
  tariff.countries = {"FFF"};
  tariff.partners = {"BBB"};
  tariff.amount = 0.1;
  add_event(scenario, leader);
  add_event(scenario, tariff);
  World world = make_world(scenario, small_tables());
  world.members.refused_until.assign(world.members.refused_until.size(), 30);
  advance(world);
  for (std::size_t i = 0; i < world.countries(); ++i) {
    for (std::size_t k = 0; k < 2; ++k) CHECK(world.members.refused_until[world.at(i, k)] == (i == kEee ? -1 : 30));
  }
  world.members.refused_until.assign(world.members.refused_until.size(), 40);
  advance(world);
  CHECK(world.members.refused_until[world.at(kEee, kGids)] == 40);  // it fired once
}

TEST_CASE("names stand for codes, all, or the members of a framework; each country comes once, in order of code") {
  const World world = make_world(small_scenario(), small_tables());
  const auto rows = [&](std::vector<std::string> names) { return named_countries(world, names); };
  using Rows = std::vector<std::uint32_t>;
  CHECK(rows({}).empty());
  CHECK(rows({"EEE", "AAA"}) == Rows{kAaa, kEee});
  CHECK(rows({"members:clean"}) == Rows{kCcc, kDdd});
  CHECK(rows({"DDD", "members:clean", "DDD"}) == Rows{kCcc, kDdd});
  CHECK(rows({"CCC", "all"}) == Rows{0, 1, 2, 3, 4, 5});
  CHECK_THROWS_AS(rows({"ZZZ"}), InternalError);
  CHECK_THROWS_AS(rows({"members:none"}), InternalError);
  const std::vector<std::size_t> order = {5, 4, 3, 2, 1, 0};
  const World reversed = make_world(small_scenario(), permuted(small_tables(), order));
  const std::vector<std::string> two = {"BBB", "EEE"};
  CHECK(named_countries(reversed, two) == Rows{4, 1});
}

TEST_CASE("effects rebuilt from the state are those at hand") {
  Scenario scenario = small_scenario();
  EventSpec rule = event_in_month("rule", EventKind::kDomesticRule, 0);
  rule.countries = {"all"};
  rule.amount = 0.1;
  add_event(scenario, rule);
  World world = after_steps(scenario, 3);
  World copy = world;
  copy.derived.effects = Effects{};
  rebuild_effects(copy);
  CHECK(copy.derived.effects.restrictiveness_shift == world.derived.effects.restrictiveness_shift);
  CHECK(copy.derived.effects.cut_link == world.derived.effects.cut_link);
  CHECK(is_in_force(copy, 2));
  CHECK(state_digest(copy) == state_digest(world));
}

}  // namespace
}  // namespace splinternet::testing
