#include "sim/core/check.hpp"
#include "sim/model/build_world.hpp"
#include "sim/model/world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("a World starts with the memberships of its start date; later acts are no input") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(world.step == 0);
  CHECK(world.signed_membership(kCcc) == bit(kClean));
  CHECK(world.membership(kDdd) == bit(kClean));
  CHECK(world.membership(kEee) == 0);
  CHECK(world.members.depth[world.at(kCcc, kClean)] == 0.25);
  CHECK(world.members.signed_step[world.at(kCcc, kClean)] == 0);
  CHECK(world.members.signed_step[world.at(kEee, kGids)] == -1);
}

TEST_CASE("the day of the start counts, the day after does not") {
  WorldTables tables = small_tables();
  tables.initial_memberships = {{kEee, "gids", MembershipLevel::kSigned, Date{2020, 8, 1}},
                                {kFff, "gids", MembershipLevel::kSigned, Date{2020, 8, 2}}};
  const World world = make_world(small_scenario(), tables);
  CHECK(world.membership(kEee) == bit(kGids));
  CHECK(world.membership(kFff) == 0);
}

TEST_CASE("a scenario may start with all countries outside, and ignores frameworks that it does not have") {
  Scenario scenario = small_scenario();
  WorldTables tables = small_tables();
  tables.initial_memberships.push_back({kFff, "third", MembershipLevel::kSigned, Date{2020, 1, 1}});
  CHECK(make_world(scenario, tables).membership(kFff) == 0);
  scenario.world.initial_memberships = false;
  const World world = make_world(scenario, tables);
  for (std::size_t i = 0; i < 6; ++i) CHECK(world.membership(i) == 0);
}

TEST_CASE("no country may start as a signatory of two incompatible frameworks, nor of a rival of what it sponsors") {
  const Date before{2020, 1, 1};
  WorldTables tables = small_tables();
  tables.initial_memberships = {{kEee, "clean", MembershipLevel::kSigned, before},
                                {kEee, "gids", MembershipLevel::kSigned, before}};
  CHECK_THROWS_AS(make_world(small_scenario(), tables), DataError);
  CHECK_THROWS_WITH(make_world(small_scenario(), tables), contains_substring("EEE"));
  tables.initial_memberships = {{kAaa, "gids", MembershipLevel::kSigned, before}};
  CHECK_THROWS_AS(make_world(small_scenario(), tables), DataError);
  CHECK_THROWS_WITH(make_world(small_scenario(), tables), contains_substring("AAA has signed gids but sponsors clean"));
  // A listing is no signature: it lapses when the sponsor signs its own.
  tables.initial_memberships = {{kAaa, "gids", MembershipLevel::kListed, before},
                                {kEee, "clean", MembershipLevel::kListed, before},
                                {kEee, "gids", MembershipLevel::kSigned, before}};
  World world = make_world(small_scenario(), tables);
  advance(world);
  CHECK(world.membership(kAaa) == bit(kClean));
  CHECK(world.membership(kEee) == (bit(kClean) | bit(kGids)));
  CHECK(world.signed_membership(kEee) == bit(kGids));
}

TEST_CASE("nothing binds at step 0: pairs, paths and trade are the baseline although members stand") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(world.derived.depth == std::vector<double>(12, 0.0));
  CHECK(world.derived.restrictiveness == world.derived.baseline_restrictiveness);
  CHECK(world.derived.restrictiveness[kCcc * 6 + kBbb] == near(1 - 0.9 * 0.55));
  CHECK(world.derived.data_access == world.derived.baseline_data_access);
  CHECK(world.trade.log_wage == std::vector<double>(6, 0.0));
  CHECK(world.derived.observed.member_count == std::vector<double>{2, 0});
}

TEST_CASE("the baseline is that of home rules alone, whatever the initial members would change") {
  Scenario scenario = small_scenario();
  const World with = make_world(scenario, small_tables());
  scenario.world.initial_memberships = false;
  const World without = make_world(scenario, small_tables());
  CHECK(with.derived.baseline_restrictiveness == without.derived.baseline_restrictiveness);
  CHECK(with.derived.baseline_data_access == without.derived.baseline_data_access);
  CHECK(with.derived.routing.baseline_distance == without.derived.routing.baseline_distance);
}

TEST_CASE("nobody has refused, received or replaced anything, and no event has fired") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(world.members.refused_until == std::vector<std::int32_t>(12, -1));
  CHECK(world.members.side_payment_busd == std::vector<double>(12, 0.0));
  CHECK(world.members.vendor_base == std::vector<double>(12, 1.0));
  CHECK(world.frameworks_state.status == std::vector<std::uint8_t>(2, 0));
  CHECK(world.frameworks_state.credibility == std::vector<double>{0.5, 0.3});
  CHECK(world.events.fired_step == std::vector<std::int32_t>(2, -1));
  CHECK(world.organisations.refused_until == std::vector<std::int32_t>(4, -1));
}

TEST_CASE("firms start with the stances that the tables report, others unaligned") {
  const World world = make_world(small_scenario(), small_tables());
  REQUIRE(world.firms.stance.size() == 49);
  for (std::size_t f = 0; f < 49; ++f) CHECK(world.firms.stance[f] == (f == 8 ? 1 : 0));  // Gamma Telecom
  CHECK(world.firms.market_revenue_busd == world.setting().firms->market_revenue_busd);
}

}  // namespace
}  // namespace splinternet::testing
