#include "sim/study/analysis_text.hpp"

#include "sim/model/countries.hpp"
#include "sim/model/membership.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/state_games.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

World small(const Scenario& scenario) {
  World world = make_world(scenario, small_tables());
  advance(world, 4);
  return world;
}

Analysis analysis_of(const World& world) {
  Analysis analysis{world, {}, {}, {}};
  for (const std::size_t k : {kClean, kGids}) {
    analysis.frameworks.push_back({framework_stability(world, k), entry_power(world, k), traffic_values(world, k)});
  }
  return analysis;
}

/// Worths that are known by hand: only costs of change and payments.
Scenario by_costs() {
  Scenario scenario = small_scenario();
  scenario.terms = {"side_payment", "inertia"};
  scenario.has_data = scenario.has_trade = scenario.has_firms = false;
  set(scenario, "countries.inertia_join", 0.25);
  set(scenario, "countries.inertia_leave", 0.5);
  set(scenario, "countries.temperature", 0.1);
  set(scenario, "countries.annuity", 0.15);
  set(scenario, "framework.clean.entry_into_force_members", 2);
  set(scenario, "framework.gids.entry_into_force_members", 3);
  return scenario;
}

}  // namespace

TEST_CASE("an analysis reads like an answer") {
  Analysis analysis = analysis_of(small(by_costs()));
  Pivotality held_out;
  held_out.country = kCcc;
  held_out.frameworks = {{MembershipLevel::kSigned, 4, 2, {kDdd, kFff}, {}},
                         {MembershipLevel::kNone, 1, 2, {}, {kFff}}};
  analysis.pivotal.push_back(held_out);
  CHECK(analysis_text(analysis) ==
        R"(Coalitions in "Two frameworks, few countries", seed 20200805, at the end of step 4 (2020-11)
What a change is worth to a country, in pp of real income a year, by all payoff terms, all others staying as they are.

Clean: 3 members (2 signed, 1 listed), 62.2 % of world GDP; open, in force
  Internally stable: yes: none of 2 members free to leave would gain by leaving, though some would lose nothing.
  Externally stable: yes: none of 2 outsiders free to accede would gain by acceding.
  Internally stable with transfers among members: yes: being in is worth USD +15.00 bn a year to them in all.
  Committed: AAA (leaving would be worth -0.500).
  First to leave    worth  probability   USD bn to tip      for 80 %
    DDD Land DDD   +0.000       50.0 %               0         7.394
    CCC Land CCC   -0.500        0.7 %             100         127.7
  First to join     worth  probability   USD bn to tip      for 80 %
    EEE Land EEE   -0.250        7.6 %           6.667         10.36
    FFF Land FFF   -0.250        7.6 %               1         1.555
  Entry into force needs 2 signatories; 25.0 % of the coalitions of its 2 signatories would do.
  Their power (all coalitions counted):
                    Shapley-Shubik           Banzhaf       may prevent
    AAA Land AAA            0.5000            0.5000            1.0000
    CCC Land CCC            0.5000            0.5000            1.0000

GIDS: 1 member (1 signed, 0 listed), 36.6 % of world GDP; open, not in force
  Internally stable: yes: no member may leave.
  Externally stable: yes: none of 4 outsiders free to accede would gain by acceding.
  Internally stable with transfers among members: yes: being in is worth USD +0.00 bn a year to them in all.
  Committed: BBB (leaving would be worth -0.500).
  First to join     worth  probability   USD bn to tip      for 80 %
    DDD Land DDD   -0.250        7.6 %           13.33         20.73
    EEE Land EEE   -0.250        7.6 %           6.667         10.36
    FFF Land FFF   -0.250        7.6 %               1         1.555
    CCC Land CCC   -0.750        0.1 %             150         177.7
  Entry into force needs 3 signatories; there is 1 with 36.6 %.

Without Land CCC (CCC), held out of everything from the start, same random numbers:
  Clean: 2 other members instead of 4; not in: DDD and FFF.
  GIDS: 2 other members instead of 1 (it was no member itself); in instead: FFF.
)");
}

TEST_CASE("under best response no probability is told, and without payments no sum") {
  Scenario scenario = by_costs();
  set(scenario, "countries.choice", 1);
  const std::string best = analysis_text(analysis_of(small(scenario)));
  CHECK_THAT(best, !contains_substring("probability") && contains_substring("USD bn to tip"));
  scenario.terms = {"inertia"};
  const std::string unpaid = analysis_text(analysis_of(small(scenario)));
  CHECK_THAT(unpaid, !contains_substring("probability") && !contains_substring("USD bn to tip"));
}

TEST_CASE("verdicts name how many would move, ties, and who could pay") {
  Scenario scenario = by_costs();
  set(scenario, "countries.inertia_leave", 0.0);
  set(scenario, "countries.inertia_join", 0.0);
  CHECK_THAT(analysis_text(analysis_of(small(scenario))),
             contains_substring("Internally stable: yes: none of 2 members free to leave would gain by leaving, though "
                                "some would lose nothing."));
  Analysis analysis = analysis_of(small(by_costs()));
  FrameworkStability& gids = analysis.frameworks[kGids].stability;
  gids.internal = gids.external = gids.potentially_internal = false;
  gids.potentially_internal_with_sponsors = true;
  gids.surplus_money = -2.5;
  gids.sponsors_money = 4.0;
  gids.countries.back().change = 0.3;
  const std::string text = analysis_text(analysis);
  CHECK_THAT(text, contains_substring("Externally stable: no: 1 of "));
  CHECK_THAT(text,
             contains_substring("Internally stable with transfers among members: no: being in is worth USD -2.50 bn "
                                "a year to them in all; yes if sponsors pay too, to whom it is worth USD +4.00 "
                                "bn a year."));
}

TEST_CASE("sampled power is told with its errors, long lists are cut") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.clean.entry_into_force_members", 40);
  set(scenario, "framework.clean.entry_into_force_gdp_share", 0.2);
  World world = make_world(scenario, random_tables(5, 80));
  advance(world);
  for (std::size_t i = 2; i < 75; ++i) {
    if (may_decide_on(world, i, kClean)) accede(world, i, kClean);
  }
  advance(world, 3);
  const std::string text = analysis_text(analysis_of(world));
  CHECK_THAT(text, contains_substring("Entry into force needs 40 signatories and 20.0 % of world GDP; "));
  CHECK_THAT(text, contains_substring("sampled, ± standard errors"));
  CHECK_THAT(text, contains_substring(" ± 0.0"));
  CHECK_THAT(text, contains_substring("    and 6"));
}

TEST_CASE("actors are told by their codes, worths and sums in the unit of the scenario") {
  Scenario scenario = table_scenario();
  scenario.unit = "points";
  set(scenario, "framework.pact.entry_into_force_members", 2);
  WorldTables tables = state_game(
      3, [](unsigned state, std::size_t actor) { return is_in(state, actor) ? (actor == 0 ? 2.5 : -1e9) : 0.0; });
  tables.countries.name[1] = "Beta";
  World world = actor_world(scenario, tables);
  put_in(world, 0b011);
  Analysis analysis{world, {}, {}, {}};
  analysis.frameworks.push_back({framework_stability(world, 0), entry_power(world, 0), {}});
  CHECK(analysis_text(analysis) == R"(Coalitions in "pact", seed 1, at the end of step 0 (2020-01)
What a change is worth to an actor, in points, by all payoff terms, all others staying as they are.

pact: 2 members (2 signed, 0 listed), 66.7 % of all by size; open, in force
  Internally stable: no: 1 of 2 members free to leave would gain by leaving.
  Externally stable: yes: none of 1 outsider free to accede would gain by acceding.
  Internally stable with transfers among members: no: being in is worth -1e+09 points to them in all.
  First to leave         worth
    b Beta              +1e+09
    a                     -2.5
  First to join          worth
    c                   -1e+09
  Entry into force needs 2 signatories; 25.0 % of the coalitions of its 2 signatories would do.
  Their power (all coalitions counted):
                    Shapley-Shubik           Banzhaf       may prevent
    a                       0.5000            0.5000            1.0000
    b Beta                  0.5000            0.5000            1.0000
)");
}

TEST_CASE("where membership is for good it is said, and where no payoffs are weighed nothing is told of them") {
  Scenario scenario = table_scenario();
  choose(scenario, "countries.withdrawal", "never");
  World world = actor_world(scenario, state_game(2, [](unsigned, std::size_t) { return 1.0; }));
  put_in(world, 0b11);
  Analysis analysis{world, {}, {}, {}};
  analysis.frameworks.push_back({framework_stability(world, 0), entry_power(world, 0), {}});
  const std::string text = analysis_text(analysis);
  CHECK_THAT(text, contains_substring("Internally stable: yes: no member may leave, but for a rival.\n"));
  CHECK_THAT(text, !contains_substring("with transfers"));

  Scenario crowd = pact_scenario(4);
  crowd.terms = {};
  choose(crowd, "countries.choice", "imitate");
  const World looking = actor_world(crowd);
  Analysis peers{looking, {}, {}, {}};
  peers.frameworks.push_back({framework_stability(looking, 0), entry_power(looking, 0), {}});
  CHECK(analysis_text(peers) == R"(Coalitions in "pact", seed 1, at the end of step 0 (2020-01)
The rule "imitate" weighs no payoffs: what holds a framework together cannot be told by them.

pact: 0 members (0 signed, 0 listed), 0.0 % of all by size; open, in force
  Entry into force: its provisions bind without any quorum.
)");
}
