// What countries may answer when they revise, and what follows from the answer.
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/model_step.hpp"
#include "tests/support/revising.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("answers: options are staying, accessions or swaps, then withdrawals") {
  Scenario scenario = quick(Schedule::kSimultaneous);
  set(scenario, "countries.temperature", 1e-6);
  set(scenario, "countries.inertia_join", 100.0);
  set(scenario, "countries.inertia_leave", 100.0);
  World world = opened(scenario);
  const StepReport report = revise(world);
  REQUIRE(report.decisions.size() == 4);
  const auto targets = [&](std::size_t d) {
    const Decision& decision = report.decisions[d];
    const auto first = report.option_target.begin() + decision.first_row;
    return std::vector<FrameworkSet>(first, first + decision.row_count);
  };
  CHECK(targets(0) == std::vector<FrameworkSet>{bit(kClean), bit(kGids), 0});  // CCC, a signatory
  // DDD is listed in "clean" already: signing it changes no set, leaving it ends the listing.
  CHECK(targets(1) == std::vector<FrameworkSet>{bit(kClean), bit(kGids), 0});
  CHECK(targets(2) == std::vector<FrameworkSet>{0, bit(kClean), bit(kGids)});
  CHECK(targets(3) == std::vector<FrameworkSet>{0, bit(kClean), bit(kGids)});
}

TEST_CASE("answers: a refusal stands for refusal_months, against courting and own initiative") {
  Scenario scenario = quick(Schedule::kCourted);
  set(scenario, "countries.spontaneous_rate", 0.0);
  set(scenario, "countries.inertia_join", 100.0);
  set(scenario, "framework.clean.missions_per_month", 10);
  World world = make_world(scenario, small_tables());
  StepReport report;
  run_step(world, report);
  CHECK(report.refusals[kClean] == 2.0);
  for (const std::size_t i : {kEee, kFff}) CHECK(world.members.refused_until[world.at(i, kClean)] == 7);
  for (int step = 2; step <= 7; ++step) {
    run_step(world, report);
    CHECK(report.missions_sent[kClean] == 0.0);
  }
  run_step(world, report);
  CHECK(report.missions_sent[kClean] == 2.0);
}

TEST_CASE("answers: one who has refused lately does not reconsider on its own") {
  Scenario scenario = quick(Schedule::kSimultaneous);
  World world = opened(scenario);
  world.members.refused_until[world.at(kEee, kClean)] = world.step;
  const StepReport report = revise(world);
  const Decision& decision = report.decisions[2];
  REQUIRE(decision.country == kEee);
  CHECK(decision.row_count == 2);
  CHECK(report.option_target[decision.first_row + 1] == bit(kGids));
}

TEST_CASE("answers: a change of leader breaks the refusals of its country alone") {
  Scenario scenario = quick(Schedule::kCourted);
  EventSpec change = event_in_month("change", EventKind::kLeaderChange, 3);
  change.countries = {"EEE"};
  change.amount = 0.1;
  add_event(scenario, change);
  World world = opened(scenario);
  world.members.refused_until[world.at(kEee, kClean)] = 20;
  world.members.refused_until[world.at(kFff, kClean)] = 20;
  let_events_pass(world, 1);
  CHECK(world.members.refused_until[world.at(kEee, kClean)] == -1);
  CHECK(world.members.refused_until[world.at(kFff, kClean)] == 20);
}

TEST_CASE("answers: by invitation nobody accedes on its own") {
  Scenario scenario = quick(Schedule::kSimultaneous);
  set(scenario, "framework.clean.admission", 1);
  World world = opened(scenario);
  World fork = world;
  const StepReport alone = revise(world);
  for (const Decision& decision : alone.decisions) {
    for (std::size_t n = decision.first_row + 1; n < decision.first_row + decision.row_count; ++n) {
      const FrameworkSet stay = alone.option_target[decision.first_row];
      CHECK_FALSE(contains(alone.option_target[n] & ~stay, kClean));
    }
  }
  const StepReport invited = revise(fork, {visit(kFff, kClean)});
  const Decision& decision = invited.decisions[3];
  REQUIRE(decision.country == kFff);
  CHECK(invited.option_target[decision.first_row + 1] == bit(kClean));
}

TEST_CASE("answers: what is accepted is paid, an unaccepted offer is a refusal") {
  Scenario scenario = quick(Schedule::kCourted);
  set(scenario, "countries.spontaneous_rate", 0.0);
  set(scenario, "countries.temperature", 1e-3);
  World world = opened(scenario);
  // USD 10 bn are far more than FFF needs; CCC would lose .2 pp twice over.
  const StepReport report = revise(world, {visit(kFff, kClean, 10.0), visit(kCcc, kGids, 0.001)});
  CHECK(world.signed_membership(kFff) == bit(kClean));
  CHECK(world.members.side_payment_busd[world.at(kFff, kClean)] == 10.0);
  CHECK(report.accepted_busd[kClean] == 10.0);
  CHECK(world.frameworks_state.spent_busd == std::vector<double>{10.0, 0.0});
  CHECK(report.acceptances == std::vector<double>{1.0, 0.0});
  CHECK(report.accepted_busd[kGids] == 0.0);
  CHECK(report.refusals[kGids] == 1.0);
  CHECK(world.members.refused_until[world.at(kCcc, kGids)] == world.step + 6);
  REQUIRE(report.acts.size() == 1);
  CHECK(report.acts[0].kind == ActKind::kAccede);
  CHECK(report.acts[0].offer_busd == 10.0);
}

TEST_CASE("answers: a swap leaves one framework for another, a listing lapses") {
  Scenario scenario = quick(Schedule::kCourted);
  set(scenario, "countries.spontaneous_rate", 0.0);
  set(scenario, "countries.temperature", 1e-3);
  World world = opened(scenario);
  const StepReport report = revise(world, {visit(kDdd, kGids, 100.0), visit(kCcc, kGids, 1000.0)});
  CHECK(world.membership(kCcc) == bit(kGids));
  CHECK(world.membership(kDdd) == bit(kGids));
  REQUIRE(report.acts.size() == 4);
  CHECK(report.acts[0].country == kCcc);
  CHECK(report.acts[0].kind == ActKind::kWithdraw);
  CHECK(report.acts[1].kind == ActKind::kAccede);
  CHECK(report.acts[2].country == kDdd);
  CHECK(report.acts[2].kind == ActKind::kListingLapsed);
  CHECK(report.acts[3].kind == ActKind::kAccede);
  CHECK(world.members.depth[world.at(kCcc, kClean)] == 0.0);
}

}  // namespace
}  // namespace splinternet::testing
