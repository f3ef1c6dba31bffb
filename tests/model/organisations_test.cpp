#include "sim/model/organisations.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kLeague = 0;  // DDD, EEE, FFF by majority
constexpr std::size_t kUnion = 1;   // CCC, DDD by consensus

/// Both frameworks are open; CCC has signed "clean", DDD is listed there.
World opened(const Scenario& scenario = small_scenario(), const WorldTables& tables = small_tables()) {
  World world = make_world(scenario, tables);
  let_events_pass(world, 3);
  return world;
}

std::vector<double> utilities(double ccc, double ddd, double eee, double fff) {
  return {-kInfinity, -kInfinity, ccc, ddd, eee, fff};
}

Mission visit(std::size_t organisation, std::size_t framework, double utility) {
  Mission mission;
  mission.framework = static_cast<std::uint32_t>(framework);
  mission.organisation = static_cast<std::uint32_t>(organisation);
  mission.utility = utility;
  return mission;
}

Scenario league_decides_by(OrganisationRule rule, std::string leader = "") {
  Scenario scenario = small_scenario();
  scenario.organisations = {{"league", true, rule, std::move(leader)}};
  return scenario;
}

TEST_CASE("organisations: a majority follows the lower median of its members") {
  const World world = opened();
  CHECK(organisation_utility(world, kLeague, kGids, utilities(0, 0.3, -0.1, 0.2)) == 0.2);
  CHECK(organisation_utility(world, kLeague, kGids, utilities(0, -0.3, -0.1, 0.2)) == -0.1);
}

TEST_CASE("organisations: a consensus follows the least willing, a leader itself") {
  const std::vector<double> utility = utilities(0, 0.3, -0.1, 0.2);
  CHECK(organisation_utility(opened(league_decides_by(OrganisationRule::kConsensus)), kLeague, kGids, utility) == -0.1);
  CHECK(organisation_utility(opened(league_decides_by(OrganisationRule::kLeader, "DDD")), kLeague, kGids, utility) ==
        0.3);
}

TEST_CASE("organisations: under consensus a signatory of the rival is a veto, a listing is not") {
  World world = opened();
  CHECK(organisation_utility(world, kUnion, kGids, utilities(5, 5, 5, 5)) == -kInfinity);
  withdraw(world, kCcc, kClean);
  CHECK(organisation_utility(world, kUnion, kGids, utilities(5, 4, 5, 5)) == 4.0);
}

TEST_CASE("organisations: under majority a signatory of the rival is one vote against") {
  World world = opened();
  accede(world, kEee, kClean);
  CHECK(organisation_utility(world, kLeague, kGids, utilities(0, 0.3, 9, 0.2)) == 0.2);
  accede(world, kFff, kClean);
  CHECK(organisation_utility(world, kLeague, kGids, utilities(0, 0.3, 9, 9)) == -kInfinity);
}

TEST_CASE("organisations: members already in are votes in favour, until nobody is left to join") {
  World world = opened();
  accede(world, kFff, kGids);
  CHECK(organisation_utility(world, kLeague, kGids, utilities(0, 0.3, -0.1, -9)) == 0.3);
  accede(world, kEee, kGids);
  CHECK(organisation_utility(world, kLeague, kGids, utilities(0, 0.3, -0.1, -9)) == kInfinity);
  accede(world, kDdd, kGids);
  CHECK(organisation_utility(world, kLeague, kGids, utilities(0, 0.3, -0.1, -9)) == -kInfinity);
}

TEST_CASE("organisations: a member that is listed already neither vetoes nor has to join") {
  World world = opened();
  CHECK(joining_members(world, kUnion, kClean).empty());
  withdraw(world, kCcc, kClean);
  CHECK(joining_members(world, kUnion, kClean) == std::vector<std::uint32_t>{kCcc});
  CHECK(organisation_utility(world, kUnion, kClean, utilities(0.4, -kInfinity, 0, 0)) == 0.4);
}

TEST_CASE("organisations: those who do not choose have no vote and do not join") {
  WorldTables tables = small_tables();
  tables.countries.chooses[kEee] = 0;
  const World world = opened(small_scenario(), tables);
  CHECK(organisation_utility(world, kLeague, kGids, utilities(0, 0.3, -9, 0.2)) == 0.2);
  CHECK(joining_members(world, kLeague, kGids) == std::vector<std::uint32_t>{kDdd, kFff});
}

TEST_CASE("organisations: a joint accession brings in those outside the rival and ends their listings") {
  World world = opened();
  accede(world, kEee, kClean);
  CHECK(joining_members(world, kLeague, kGids) == std::vector<std::uint32_t>{kDdd, kFff});
  StepReport report;
  report.clear(2);
  std::vector<std::uint8_t> answered(6, 0);
  const std::vector<Mission> missions{visit(kLeague, kGids, kInfinity)};
  decide_organisations(world, missions, answered, report);
  CHECK(world.membership(kDdd) == bit(kGids));
  CHECK(world.membership(kEee) == bit(kClean));
  CHECK(world.membership(kFff) == bit(kGids));
  CHECK(answered == std::vector<std::uint8_t>{0, 0, 0, 1, 0, 1});
  REQUIRE(report.acts.size() == 3);
  CHECK(report.acts[0].country == kDdd);
  CHECK(report.acts[0].framework == kClean);
  CHECK(report.acts[0].kind == ActKind::kListingLapsed);
  for (const std::size_t a : {1U, 2U}) {
    CHECK(report.acts[a].framework == kGids);
    CHECK(report.acts[a].kind == ActKind::kJointAccession);
    CHECK(report.acts[a].organisation == kLeague);
  }
  CHECK(report.refusals[kGids] == 0.0);
  CHECK(report.acceptances[kGids] == 1.0);
}

TEST_CASE("organisations: a refusal changes nobody and is remembered") {
  World world = opened();
  const std::uint64_t members = world.membership(kDdd);
  StepReport report;
  report.clear(2);
  std::vector<std::uint8_t> answered(6, 0);
  const std::vector<Mission> missions{visit(kLeague, kGids, -kInfinity)};
  decide_organisations(world, missions, answered, report);
  CHECK(world.membership(kDdd) == members);
  CHECK(report.acts.empty());
  CHECK(report.refusals[kGids] == 1.0);
  CHECK(report.acceptances[kGids] == 0.0);
  CHECK(world.organisations.refused_until[kLeague * 2 + kGids] == world.step + 6);
  CHECK(answered == std::vector<std::uint8_t>(6, 0));
}

TEST_CASE("organisations: the answer is the logit of the joint utility by the organisation's own draw") {
  Scenario scenario = small_scenario();
  int accessions = 0;
  double expected = 0.0;
  constexpr int kSeeds = 400;
  for (int seed = 1; seed <= kSeeds; ++seed) {
    scenario.run.seed = static_cast<std::uint64_t>(seed);
    set(scenario, "firms.synthetic", 0);
    scenario.has_data = scenario.has_trade = scenario.has_firms = false;
    World world = opened(scenario);
    StepReport report;
    report.clear(2);
    std::vector<std::uint8_t> answered(6, 0);
    const std::vector<Mission> missions{visit(kLeague, kGids, 0.05)};
    decide_organisations(world, missions, answered, report);
    const bool acceded = contains(world.membership(kFff), kGids);
    const double uniform = Draws(scenario.run.seed, Purpose::kOrganisationChoice, 3, entity_key("league"),
                                 static_cast<std::uint16_t>(entity_key("gids") & 0xffffU))
                               .uniform();
    CHECK(acceded == (uniform < math::logistic(0.5)));
    accessions += acceded ? 1 : 0;
    expected += math::logistic(0.5);
  }
  CHECK(std::fabs(accessions - expected) < 4.0 * std::sqrt(kSeeds * 0.25));
}

TEST_CASE("organisations: ballots are those of members that decide, or of the leader alone") {
  const World world = opened();
  const std::vector<Ballot> league = cast_ballots(world, kLeague, kClean, utilities(0, 0.3, -0.1, 0.2));
  REQUIRE(league.size() == 3);
  CHECK(league[0].country == kDdd);
  CHECK(league[0].utility == kInfinity);  // listed in "clean" before the start
  CHECK(league[1].utility == -0.1);
  CHECK(cast_ballots(world, kUnion, kGids, utilities(0, 0.3, -0.1, 0.2))[0].utility == -kInfinity);
  const std::vector<Ballot> led = cast_ballots(opened(league_decides_by(OrganisationRule::kLeader, "EEE")), kLeague,
                                               kGids, utilities(0, 0.3, -0.1, 0.2));
  REQUIRE(led.size() == 1);
  CHECK(led[0].country == kEee);
  CHECK(led[0].utility == -0.1);
}

TEST_CASE("organisations: utilities of members make the body's by its rule") {
  CHECK(collective_utility(OrganisationRule::kConsensus, {0.3, -0.1, 0.2}) == -0.1);
  CHECK(collective_utility(OrganisationRule::kMajority, {0.3, -0.1, 0.2}) == 0.2);
  CHECK(collective_utility(OrganisationRule::kMajority, {0.3, -0.1, kInfinity, 0.2}) == 0.2);
  CHECK(collective_utility(OrganisationRule::kLeader, {0.7}) == 0.7);
}

TEST_CASE("organisations: answers are reported with the ballots of the mission if decisions are recorded") {
  for (const bool recorded : {true, false}) {
    Scenario scenario = small_scenario();
    scenario.record.decisions = recorded;
    World world = opened(scenario);
    StepReport report;
    report.clear(2);
    std::vector<std::uint8_t> answered(6, 0);
    Mission mission = visit(kLeague, kGids, kInfinity);
    mission.first_ballot = 4;
    mission.ballot_count = 3;
    decide_organisations(world, std::vector<Mission>{mission}, answered, report);
    REQUIRE(report.answers.size() == (recorded ? 1U : 0U));
    if (!recorded) continue;
    CHECK(report.answers[0].organisation == kLeague);
    CHECK(report.answers[0].framework == kGids);
    CHECK(report.answers[0].first_ballot == 4);
    CHECK(report.answers[0].ballot_count == 3);
    CHECK(report.answers[0].utility == kInfinity);
    CHECK((report.answers[0].uniform > 0.0 && report.answers[0].uniform < 1.0));
    CHECK(report.answers[0].accepted);
  }
}

TEST_CASE("organisations: a mission to a country is none of their business") {
  World world = opened();
  StepReport report;
  report.clear(2);
  std::vector<std::uint8_t> answered(6, 0);
  Mission mission;
  mission.framework = kGids;
  mission.country = kEee;
  mission.utility = kInfinity;
  const std::uint64_t before = state_digest(world);
  const std::vector<Mission> missions{mission};
  decide_organisations(world, missions, answered, report);
  CHECK(state_digest(world) == before);
}

}  // namespace
}  // namespace splinternet::testing
