#include "sim/model/transfers.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/model_step.hpp"
#include "tests/support/near.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

constexpr double kEqual = 1;
constexpr double kStability = 2;

/// Members of "clean": AAA, its sponsor, CCC (z = 1.0, GDP 3000) and DDD (z = 0.1, GDP 800), who stay for the sake of
/// alignment alone: margin = 0.2·z·GDP/100.
Scenario aligned_scenario(double transfers) {
  Scenario scenario = small_scenario();
  scenario.terms = {"alignment", "side_payment"};
  set(scenario, "framework.clean.transfers", transfers);
  return scenario;
}

World settled(const Scenario& scenario, const WorldTables& tables = small_tables()) {
  World world = make_world(scenario, tables);
  let_events_pass(world, 1);
  settle_transfers(world);
  return world;
}

double transfer(const World& world, std::size_t country, std::size_t framework = kClean) {
  return world.members.transfer_busd[world.at(country, framework)];
}

double leaving(const World& world, std::size_t country) {
  PricedOptions priced;
  priced.options.add(country, world.membership(country) & ~bit(kClean));
  price(world, priced);
  return priced.total[0];
}

TEST_CASE("transfers: each of two members gets its outside option and half of the surplus") {
  const World world = settled(aligned_scenario(kStability));
  const double ccc = 0.2 * 1.0 / 100.0 * 3000.0, ddd = 0.2 * 0.1 / 100.0 * 800.0;
  CHECK(transfer(world, kCcc) == near((ddd - ccc) / 2.0));
  CHECK(transfer(world, kDdd) == near((ccc - ddd) / 2.0));
  CHECK(leaving(world, kCcc) == near(-100.0 * (ccc + ddd) / 2.0 / 3000.0));
  CHECK(leaving(world, kDdd) == near(-100.0 * (ccc + ddd) / 2.0 / 800.0));
}

TEST_CASE("transfers: shares by GDP make leaving cost all the same percentage") {
  Scenario scenario = aligned_scenario(kStability);
  set(scenario, "framework.clean.transfer_shares", 1);
  const World world = settled(scenario);
  const double mean_pp = 0.2 * (1.0 * 3000.0 + 0.1 * 800.0) / 3800.0;
  CHECK(leaving(world, kCcc) == near(-mean_pp));
  CHECK(leaving(world, kDdd) == near(-mean_pp));
}

TEST_CASE("transfers: neither sponsors nor outsiders take part, and the default is none") {
  const World world = settled(aligned_scenario(kStability));
  for (const std::size_t i : {kAaa, kBbb, kEee, kFff}) CHECK(transfer(world, i) == 0.0);
  CHECK_FALSE(may_leave(world, kAaa, kClean));
  CHECK(may_leave(world, kDdd, kClean));
  CHECK_FALSE(may_leave(world, kEee, kClean));
  const World without = settled(aligned_scenario(0));
  CHECK(without.members.transfer_busd == std::vector<double>(12, 0.0));
}

TEST_CASE("transfers: a deficit is shared under equal, and under stability nobody pays for it") {
  WorldTables tables = small_tables();
  tables.countries.ideal_point_sd[kCcc] = -0.1;
  const double ccc = 0.2 * -0.1 / 100.0 * 3000.0, ddd = 0.2 * 0.1 / 100.0 * 800.0;
  REQUIRE(ccc + ddd < 0.0);
  const World equal = settled(aligned_scenario(kEqual), tables);
  CHECK(transfer(equal, kCcc) == near((ddd - ccc) / 2.0));
  CHECK(transfer(equal, kDdd) == near((ccc - ddd) / 2.0));
  const World stability = settled(aligned_scenario(kStability), tables);
  CHECK(transfer(stability, kCcc) == 0.0);
  CHECK(transfer(stability, kDdd) == 0.0);
}

TEST_CASE("transfers: a surplus that just holds all is shared, one that just fails is not") {
  // CCC loses 0.2·z·30 by staying, DDD gains 0.2·0.1·8.
  for (const double gap : {-1e-4, 1e-4}) {
    WorldTables tables = small_tables();
    tables.countries.ideal_point_sd[kCcc] = -0.8 / 30.0 + gap;
    const World world = settled(aligned_scenario(kStability), tables);
    CHECK((transfer(world, kCcc) > 0.0) == (gap > 0.0));
    CHECK(leaving(world, kCcc) <= (gap > 0.0 ? 0.0 : INFINITY));
  }
}

TEST_CASE("transfers: a framework that is not in force settles none") {
  Scenario scenario = aligned_scenario(kStability);
  set(scenario, "framework.clean.entry_into_force_members", 5);
  CHECK(settled(scenario).members.transfer_busd == std::vector<double>(12, 0.0));
}

TEST_CASE("transfers: settling again changes no bit, and margins then are the shares of the surplus") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    Scenario scenario = small_scenario();
    set(scenario, "framework.clean.transfers", kEqual);
    World world = make_world(scenario, random_tables(seed, 14));
    let_events_pass(world, 1);
    for (std::size_t i = 6; i < 11; ++i) accede(world, i, kClean);
    refresh(world);
    const std::vector<double> before = membership_margins_busd(world, kClean);
    double surplus = 0.0, balance = 0.0, members = 0.0;
    settle_transfers(world);
    const std::vector<double> after = membership_margins_busd(world, kClean);
    for (std::size_t i = 0; i < world.countries(); ++i) {
      surplus += before[i];
      balance += transfer(world, i);
      members += may_leave(world, i, kClean) ? 1.0 : 0.0;
    }
    REQUIRE(members == 7.0);
    for (std::size_t i = 0; i < world.countries(); ++i) {
      CHECK(after[i] == near(may_leave(world, i, kClean) ? surplus / members : 0.0, 1e-9, 1e-11));
    }
    CHECK(balance == near(0.0, 0.0, 1e-11));
    const std::vector<double> first = world.members.transfer_busd;
    settle_transfers(world);
    CHECK(world.members.transfer_busd == first);
  }
}

TEST_CASE("transfers: in a run they sum to zero at every step and hold all whom the surplus can hold") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    Scenario scenario = small_scenario();
    for (const char* framework : {"clean", "gids"}) {
      set(scenario, std::string("framework.") + framework + ".transfers", kStability);
      set(scenario, std::string("framework.") + framework + ".missions_per_month", 3);
    }
    set(scenario, "countries.spontaneous_rate", 0.2);
    set(scenario, "framework.gids.transfer_shares", 1);
    World world = make_world(scenario, random_tables(seed, 14));
    StepReport report;
    std::size_t shared = 0;
    for (int step = 0; step < 8; ++step) {
      const std::vector<Mission> missions = begin_step(world, report);
      for (const std::size_t k : {kClean, kGids}) {
        double balance = 0.0;
        bool any = false;
        const std::vector<double> margin = membership_margins_busd(world, k);
        for (std::size_t i = 0; i < world.countries(); ++i) {
          balance += transfer(world, i, k);
          any = any || transfer(world, i, k) != 0.0;
        }
        CHECK(balance == near(0.0, 0.0, 1e-10));
        if (!any) continue;
        ++shared;
        CHECK(std::all_of(margin.begin(), margin.end(), [](double m) { return m >= -1e-9; }));
      }
      const std::vector<double> at_beginning = world.members.transfer_busd;
      end_step(world, missions, report);
      CHECK(world.members.transfer_busd == at_beginning);
    }
    CHECK(shared > 0);
  }
}

TEST_CASE("transfers: the order of the rows changes no bit") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.clean.transfers", kEqual);
  scenario.terms = {"alignment", "side_payment", "inertia"};
  const WorldTables tables = random_tables(9, 14);
  const std::vector<std::size_t> order = random_order(5, 14);
  const auto of = [&](const WorldTables& of_tables) {
    World world = make_world(scenario, of_tables);
    let_events_pass(world, 1);
    for (std::size_t i = 0; i < 14; ++i) {
      const std::string& code = world.setting().countries.code[i];
      if (code == "GGG" || code == "HHH" || code == "JJJ") accede(world, i, kClean);
    }
    update_entry_into_force(world);
    settle_transfers(world);
    return world.members.transfer_busd;
  };
  const std::vector<double> plain = of(tables), shuffled = of(permuted(tables, order));
  for (std::size_t row = 0; row < 14; ++row) CHECK(shuffled[row * 2 + kClean] == plain[order[row] * 2 + kClean]);
}

}  // namespace
}  // namespace splinternet::testing
