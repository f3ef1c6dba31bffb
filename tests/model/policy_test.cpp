#include "sim/model/policy.hpp"

#include <algorithm>
#include <vector>

#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

using Depth = std::vector<double>;  // [framework]: clean, gids
const Depth kOutside = {0.0, 0.0};

double how_treats(const World& world, std::size_t i, const Depth& depth_i, std::size_t j, const Depth& depth_j) {
  World alone = world;
  const std::size_t n = world.countries();
  for (std::size_t k = 0; k < depth_j.size(); ++k) alone.derived.depth_by_framework[k * n + j] = depth_j[k];
  std::vector<double> towards(n), by(n);
  restrictiveness_towards(alone, i, depth_i, towards);
  // The same seen from the other side.
  for (std::size_t k = 0; k < depth_i.size(); ++k) alone.derived.depth_by_framework[k * n + i] = depth_i[k];
  FrameworkSet untrusted = 0;
  for (std::size_t k = 0; k < depth_j.size(); ++k) {
    if (world.setting().frameworks.untrusted_home[k * n + j] != 0) untrusted |= bit(k);
  }
  rules_by(alone, depth_j, untrusted, by);
  const std::vector<double>& shift = world.derived.effects.pair_rule_shift;
  const double of_pair = shift.empty() ? 0.0 : shift[i * n + j];
  CHECK(std::clamp((home_rules(world, i) + by[i]) + of_pair, 0.0, 1.0) == towards[j]);
  return towards[j];
}

TEST_CASE("strengths bind as means of their group times what the parameters say") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.clean.member_restrictiveness", 0.6);
  set(scenario, "framework.clean.provisions.clean_apps", 0.4);     // mean of the six: 0.9
  set(scenario, "framework.clean.provisions.clean_carrier", 0.7);  // mean: 0.85
  set(scenario, "framework.clean.provisions.clean_cable", 0.5);    // mean: 0.7666…
  set(scenario, "framework.gids.provisions.no_backdoors", 0.1);    // mean of the three: 0.7
  set(scenario, "framework.gids.provisions.local_law", 0.5);
  set(scenario, "framework.gids.provisions.mutual_recognition", 0.8);
  set(scenario, "framework.gids.provisions.evidence_based", 0.3);
  const World world = make_world(scenario, small_tables());
  const std::vector<BindingStrengths> strengths = binding_strengths(world);
  CHECK(strengths[kClean].exclusion == near(0.6 * (0.7 + 0.5 + 1 + 1 + 1 + 0.4) / 6));
  CHECK(strengths[kClean].link_filter == 0.7);
  CHECK(strengths[kClean].trust == 0.0);
  CHECK(strengths[kGids].exclusion == 0.0);
  CHECK(strengths[kGids].link_filter == 0.0);
  CHECK(strengths[kGids].trust == near(0.10 * 0.3 * 0.7));
  CHECK(strengths[kGids].local_law == near(0.02 * 0.5));
  CHECK(strengths[kGids].recognition == near(0.10 * 0.8));
  CHECK(strengths[kGids].shield == 0.3);
}

TEST_CASE("outside all frameworks a country treats others by its home rules alone") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(how_treats(world, kCcc, kOutside, kBbb, kOutside) == 0.10);
  CHECK(how_treats(world, kBbb, kOutside, kCcc, kOutside) == 0.45);
  CHECK(how_treats(world, kEee, kOutside, kAaa, {1.0, 0.0}) == 0.30);
}

TEST_CASE("exclusions hit untrusted homes only, at the depth of the one who excludes") {
  const World world = make_world(small_scenario(), small_tables());
  CHECK(how_treats(world, kCcc, {0.25, 0.0}, kBbb, kOutside) == near(0.10 + 0.25 * 0.5));
  CHECK(how_treats(world, kCcc, {1.0, 0.0}, kBbb, kOutside) == near(0.10 + 0.5));
  CHECK(how_treats(world, kCcc, {1.0, 0.0}, kEee, kOutside) == 0.10);
  CHECK(how_treats(world, kBbb, kOutside, kCcc, {1.0, 0.0}) == 0.45);
}

TEST_CASE("local law makes members stricter towards non-members, recognition milder among members") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.gids.provisions.mutual_recognition", 1.0);
  const World world = make_world(scenario, small_tables());
  CHECK(how_treats(world, kEee, {0.0, 0.5}, kAaa, kOutside) == near(0.30 + 0.5 * 0.02));
  CHECK(how_treats(world, kEee, {0.0, 0.5}, kFff, {0.0, 0.4}) == near(0.30 - 0.4 * 0.10));
  CHECK(how_treats(world, kFff, {0.0, 0.4}, kEee, {0.0, 0.5}) == near(0.25 - 0.4 * 0.10));
  CHECK(how_treats(world, kAaa, kOutside, kEee, {0.0, 0.5}) == 0.08);
}

TEST_CASE("evidence_based shields fellow members from exclusions, to the smaller of the two depths") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.gids.provisions.evidence_based", 0.6);
  const World world = make_world(scenario, small_tables());
  CHECK(how_treats(world, kCcc, {1.0, 0.5}, kBbb, {0.0, 0.8}) == near(0.10 + 0.5 * (1.0 - 0.5 * 0.6)));
  CHECK(how_treats(world, kCcc, {1.0, 0.5}, kBbb, kOutside) == near(0.10 + 0.5 * 0.02 + 0.5));
}

TEST_CASE("restrictiveness is cut to [0, 1] at both ends") {
  Scenario scenario = small_scenario();
  set(scenario, "framework.clean.member_restrictiveness", 1.0);
  set(scenario, "policy.recognition", 1.0);
  set(scenario, "framework.gids.provisions.mutual_recognition", 1.0);
  const World world = make_world(scenario, small_tables());
  CHECK(how_treats(world, kCcc, {1.0, 0.0}, kBbb, kOutside) == 1.0);
  CHECK(how_treats(world, kEee, {0.0, 1.0}, kFff, {0.0, 1.0}) == 0.0);
}

TEST_CASE("a domestic rule adds to what the country asks of all others") {
  Scenario scenario = small_scenario();
  EventSpec rule = event_in_month("rule", EventKind::kDomesticRule, 0);
  rule.countries = {"DDD"};
  rule.amount = 0.15;
  add_event(scenario, rule);
  World world = make_world(scenario, small_tables());
  advance(world);
  CHECK(how_treats(world, kDdd, kOutside, kAaa, kOutside) == near(0.35));
  CHECK(how_treats(world, kAaa, kOutside, kDdd, kOutside) == 0.08);
}

TEST_CASE("a domestic rule that names partners adds to what the country asks of them alone, and ends") {
  Scenario scenario = small_scenario();
  EventSpec towards_all = event_in_month("a_rule", EventKind::kDomesticRule, 0);
  towards_all.countries = {"DDD"};
  towards_all.amount = 0.15;
  EventSpec towards_some = event_in_month("b_rule", EventKind::kDomesticRule, 0);
  towards_some.countries = {"DDD", "EEE"};
  towards_some.partners = {"AAA", "members:clean"};  // CCC and DDD are members at the start, AAA from its opening
  towards_some.amount = 0.3;
  towards_some.until = add_months({2020, 8, 1}, 2);
  add_event(scenario, towards_all);
  add_event(scenario, towards_some);
  World world = make_world(scenario, small_tables());
  advance(world);
  CHECK(how_treats(world, kDdd, kOutside, kAaa, kOutside) == near(0.20 + 0.15 + 0.3));  // named twice, once meant
  CHECK(how_treats(world, kDdd, kOutside, kEee, kOutside) == near(0.20 + 0.15));
  CHECK(how_treats(world, kEee, kOutside, kCcc, kOutside) == near(0.30 + 0.3));
  CHECK(how_treats(world, kEee, kOutside, kBbb, kOutside) == near(0.30));
  CHECK(how_treats(world, kAaa, kOutside, kDdd, kOutside) == 0.08);
  CHECK(world.derived.own_restrictiveness[kDdd * world.countries() + kDdd] == 0.0);
  advance(world, 2);
  CHECK(how_treats(world, kDdd, kOutside, kAaa, kOutside) == near(0.20 + 0.15));
  CHECK(world.derived.effects.pair_rule_shift.empty());
}

TEST_CASE("a pair feels both sides, or the stricter one by pair_rule") {
  Scenario scenario = small_scenario();
  const World both = make_world(scenario, small_tables());
  CHECK(pair_restrictiveness(both.derived.costs, 0.2, 0.5) == near(0.6));
  CHECK(pair_restrictiveness(both.derived.costs, 0.0, 0.0) == 0.0);
  CHECK(pair_restrictiveness(both.derived.costs, 1.0, 0.3) == 1.0);
  set(scenario, "policy.pair_rule", 1);
  const World maximum = make_world(scenario, small_tables());
  CHECK(pair_restrictiveness(maximum.derived.costs, 0.2, 0.5) == 0.5);
  CHECK(pair_restrictiveness(maximum.derived.costs, 0.5, 0.2) == 0.5);
}

TEST_CASE("trust comes from promises of conduct, times credibility") {
  World world = make_world(small_scenario(), small_tables());
  CHECK(world.derived.strengths[kGids].trust == near(0.10 * 0.3));
  CHECK(world.derived.strengths[kClean].trust == 0.0);  // promises no conduct
  world.frameworks_state.credibility[kGids] = 0.6;
  apply_policy(world);
  CHECK(world.derived.strengths[kGids].trust == near(0.10 * 0.6));
}

TEST_CASE("the phase fills depths and pairs from memberships in force") {
  World world = make_world(small_scenario(), small_tables());
  CHECK(world.derived.restrictiveness == world.derived.baseline_restrictiveness);
  advance(world, 3);  // "clean" since step 1 at depth .25, .2625, .275; "gids" since step 3
  const double deep = 0.25 + 2 * 0.75 / 60;
  CHECK(world.derived.depth[world.at(kCcc, kClean)] == near(deep));
  CHECK(world.derived.depth[world.at(kDdd, kClean)] == 0.25);
  CHECK(world.derived.depth[world.at(kBbb, kGids)] == 0.25);
  const std::size_t n = world.countries();
  const double ccc_of_bbb = 0.10 + deep * 0.5;
  const double bbb_of_ccc = 0.45 + 0.25 * 0.02;
  CHECK(world.derived.own_restrictiveness[kCcc * n + kBbb] == near(ccc_of_bbb));
  CHECK(world.derived.own_restrictiveness[kBbb * n + kCcc] == near(bbb_of_ccc));
  CHECK(world.derived.restrictiveness[kCcc * n + kBbb] == near(1 - (1 - ccc_of_bbb) * (1 - bbb_of_ccc)));
  CHECK(world.derived.restrictiveness[kEee * n + kFff] == world.derived.baseline_restrictiveness[kEee * n + kFff]);
}

TEST_CASE("in random worlds pairs are symmetric, within [0, 1], free at home, and deeper exclusion is never milder") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    World world = make_world(small_scenario(), random_tables(seed, 12));
    advance(world, 4);
    const std::size_t n = world.countries();
    for (std::size_t i = 0; i < n; ++i) {
      REQUIRE(world.derived.restrictiveness[i * n + i] == 0.0);
      for (std::size_t j = 0; j < n; ++j) {
        const double pair = world.derived.restrictiveness[i * n + j];
        REQUIRE(pair == world.derived.restrictiveness[j * n + i]);
        REQUIRE((pair >= 0.0 && pair <= 1.0));
        REQUIRE(pair >=
                std::max(world.derived.own_restrictiveness[i * n + j], world.derived.own_restrictiveness[j * n + i]) -
                    1e-15);
      }
      const Draws draws(seed, Purpose::kTest, 0, static_cast<std::uint32_t>(i));
      const double shallow = draws.uniform(0);
      const double deep = shallow + (1.0 - shallow) * draws.uniform(1);
      REQUIRE(how_treats(world, i, {deep, 0.0}, kBbb, kOutside) >=
              how_treats(world, i, {shallow, 0.0}, kBbb, kOutside));
    }
  }
}

}  // namespace
}  // namespace splinternet::testing
