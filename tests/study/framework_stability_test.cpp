#include "sim/study/framework_stability.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/core/parallel.hpp"
#include "sim/model/choice/best_response.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/courting.hpp"
#include "sim/model/membership.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/state_games.hpp"

using namespace splinternet;
using namespace splinternet::testing;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

/// Both frameworks are open and have members besides their sponsors: CCC signed and DDD listed in one, EEE in the
/// other.
World open_world(const Scenario& scenario, const WorldTables& tables = small_tables()) {
  World world = make_world(scenario, tables);
  advance(world, 3);
  const auto row = [&](const char* code) {
    const std::vector<std::string>& codes = world.setting().countries.code;
    return static_cast<std::size_t>(std::find(codes.begin(), codes.end(), code) - codes.begin());
  };
  accede(world, row("EEE"), kGids);
  world.members.side_payment_busd[world.at(row("EEE"), kGids)] = 1.5;
  advance(world);
  return world;
}

const CountryMargin& of(const FrameworkStability& found, std::size_t country) {
  const auto place = std::find_if(found.countries.begin(), found.countries.end(),
                                  [&](const CountryMargin& entry) { return entry.country == country; });
  REQUIRE(place != found.countries.end());
  return *place;
}

double worth(const World& world, std::size_t country, FrameworkSet target, double offer_busd = 0.0) {
  PricedOptions priced;
  priced.options.add(country, target, offer_busd);
  price(world, priced);
  return priced.total[0];
}

std::string codes(const World& world, const FrameworkStability& found, const std::vector<std::uint32_t>& rows) {
  std::string text;
  for (const std::uint32_t row : rows) text += world.setting().countries.code[found.countries[row].country] + " ";
  return text;
}

}  // namespace

TEST_CASE("margins are what price() says a withdrawal or an accession is worth") {
  const World world = open_world(small_scenario());
  const FrameworkStability clean = framework_stability(world, kClean);
  REQUIRE(clean.countries.size() == 5);  // all but BBB, to which it is closed
  CHECK(of(clean, kAaa).standing == Standing::kSponsor);
  CHECK(of(clean, kCcc).standing == Standing::kMember);
  CHECK(of(clean, kCcc).level == MembershipLevel::kSigned);
  CHECK(of(clean, kDdd).standing == Standing::kMember);
  CHECK(of(clean, kDdd).level == MembershipLevel::kListed);
  CHECK(of(clean, kEee).standing == Standing::kOutsider);
  CHECK(of(clean, kFff).standing == Standing::kOutsider);

  CHECK(of(clean, kAaa).change == worth(world, kAaa, 0));
  CHECK(of(clean, kCcc).change == worth(world, kCcc, 0));
  CHECK(of(clean, kCcc).margin == -worth(world, kCcc, 0));
  CHECK(of(clean, kDdd).change == worth(world, kDdd, 0));
  CHECK(of(clean, kEee).change == worth(world, kEee, bit(kClean)));  // a swap
  CHECK(of(clean, kEee).margin == worth(world, kEee, bit(kClean)));
  CHECK(of(clean, kFff).change == worth(world, kFff, bit(kClean)));
  CHECK(of(clean, kCcc).margin_money == of(clean, kCcc).margin / 100.0 * 3000);
  // The sum it took is lost with the membership.
  CHECK(of(framework_stability(world, kGids), kEee).change == worth(world, kEee, 0));
}

TEST_CASE("stability, surplus and order of going follow from the margins by their definitions") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Scenario scenario = small_scenario();
    set(scenario, "countries.inertia_leave", seed % 3 == 0 ? 0.0 : 0.3);
    World world = make_world(scenario, random_tables(seed, 14));
    advance(world, 3);
    for (std::size_t i = 2; i < 9; ++i) {
      if (may_decide_on(world, i, i % 2) && accession_or_swap(world, i, i % 2) == bit(i % 2)) accede(world, i, i % 2);
    }
    advance(world);
    for (const std::size_t k : {kClean, kGids}) {
      const FrameworkStability found = framework_stability(world, k);
      double surplus = 0.0, sponsors = 0.0;
      std::size_t gain_by_leaving = 0, gain_by_acceding = 0, members = 0;
      for (const CountryMargin& entry : found.countries) {
        const bool in = contains(world.membership(entry.country), k);
        CHECK(in == (entry.standing != Standing::kOutsider));
        CHECK(entry.margin == (in ? -entry.change : entry.change));
        (entry.standing == Standing::kSponsor ? sponsors : surplus) += in ? entry.margin_money : 0.0;
        members += entry.standing == Standing::kMember ? 1 : 0;
        if (entry.change <= 1e-9 || entry.standing == Standing::kSponsor) continue;
        ++(in ? gain_by_leaving : gain_by_acceding);
      }
      CAPTURE(seed, k, members, gain_by_leaving, gain_by_acceding);
      CHECK(found.internal == (gain_by_leaving == 0));
      CHECK(found.external == (gain_by_acceding == 0));
      CHECK_THAT(found.surplus_money, WithinRel(surplus, 1e-12) || WithinAbs(0.0, 1e-12));
      CHECK_THAT(found.sponsors_money, WithinRel(sponsors, 1e-12));
      CHECK(found.potentially_internal == (surplus >= -1e-6));
      CHECK(found.potentially_internal_with_sponsors == (surplus + sponsors >= -1e-6));
      CHECK(found.first_to_leave.size() == members);
      for (std::size_t n = 1; n < found.first_to_leave.size(); ++n) {
        CHECK(found.countries[found.first_to_leave[n - 1]].margin <= found.countries[found.first_to_leave[n]].margin);
      }
      for (std::size_t n = 1; n < found.first_to_join.size(); ++n) {
        CHECK(found.countries[found.first_to_join[n - 1]].change >= found.countries[found.first_to_join[n]].change);
      }
    }
  }
}

TEST_CASE("a country that gains by leaving unsettles the framework, and a transfer can hold it") {
  Scenario scenario = small_scenario();
  scenario.terms = {"alignment", "side_payment", "inertia"};
  set(scenario, "countries.inertia_leave", 0.0);
  World world = make_world(scenario, small_tables());
  advance(world, 3);
  accede(world, kFff, kClean);  // small, and slightly on the other side
  const FrameworkStability found = framework_stability(world, kClean);
  CHECK(of(found, kFff).change > 0.0);
  CHECK_FALSE(found.internal);
  CHECK(codes(world, found, found.first_to_leave) == "FFF DDD CCC ");
  CHECK(of(found, kFff).tip_busd == 0.0);
  CHECK(found.potentially_internal);  // CCC gains far more than FFF loses
  CHECK(found.surplus_money ==
        of(found, kCcc).margin_money + of(found, kDdd).margin_money + of(found, kFff).margin_money);
}

TEST_CASE("indifference is stable, but not strictly") {
  Scenario scenario = small_scenario();
  scenario.terms = {"side_payment"};
  World world = make_world(scenario, small_tables());
  advance(world, 3);
  const FrameworkStability found = framework_stability(world, kClean);
  CHECK((found.internal && found.external && found.potentially_internal));
  CHECK_FALSE((found.strictly_internal || found.strictly_external));
  CHECK(found.surplus_money == 0.0);
  CHECK(codes(world, found, found.first_to_join) == "EEE FFF ");  // ties by code
}

TEST_CASE("any more than the payment that tips flips a best response, and any less does not") {
  Scenario scenario = small_scenario();
  set(scenario, "countries.choice", 1);
  const World world = open_world(scenario);
  std::size_t flips = 0;
  for (const std::size_t k : {kClean, kGids}) {
    for (const CountryMargin& entry : framework_stability(world, k).countries) {
      const bool in = entry.standing != Standing::kOutsider;
      const FrameworkSet target =
          in ? world.membership(entry.country) & ~bit(k) : accession_or_swap(world, entry.country, k);
      const auto choice = [&](double offer_busd) {
        const double utility[] = {0.0, worth(world, entry.country, target, offer_busd)};
        return choose_best_response(utility, get(scenario, "countries.tie_eps"), OnTie::kStay, 0.5);
      };
      CHECK(std::isnan(entry.probability));
      CHECK(std::isnan(entry.target_busd));
      CHECK(choice(entry.tip_busd * (1.0 + 1e-9) + 1e-9) == 1);
      if (entry.tip_busd == 0.0) continue;
      CHECK(choice(entry.tip_busd * (1.0 - 1e-6)) == 0);
      ++flips;
    }
  }
  CHECK(flips > 4);
}

TEST_CASE("under logit the payments make the change as likely as not, and as likely as sponsors aim at") {
  const World world = open_world(small_scenario());
  const double temperature = get(world.scenario(), "countries.temperature");
  for (const CountryMargin& entry : framework_stability(world, kClean).countries) {
    CHECK_THAT(entry.probability, WithinRel(1.0 / (1.0 + std::exp(-entry.change / temperature)), 1e-12));
    CHECK(entry.target_busd == needed_offer_busd(world, entry.country, entry.change));
    if (entry.standing != Standing::kOutsider || entry.tip_busd == 0.0) continue;
    const FrameworkSet target = accession_or_swap(world, entry.country, kClean);
    CHECK_THAT(worth(world, entry.country, target, entry.tip_busd), WithinAbs(0.0, 1e-12));
    CHECK_THAT(worth(world, entry.country, target, entry.target_busd), WithinRel(temperature * std::log(4.0), 1e-9));
  }
}

TEST_CASE("where countries do not weigh sums of money there is no payment") {
  Scenario scenario = small_scenario();
  scenario.terms = {"alignment", "inertia"};
  World world = open_world(scenario);
  CHECK_FALSE(weighs_payments(world));
  for (const CountryMargin& entry : framework_stability(world, kClean).countries) {
    CHECK(std::isnan(entry.tip_busd));
    CHECK(std::isnan(entry.target_busd));
    CHECK_FALSE(std::isnan(entry.probability));
  }
  Scenario without_annuity = small_scenario();
  set(without_annuity, "countries.annuity", 0.0);
  world = open_world(without_annuity);
  CHECK_FALSE(weighs_payments(world));
  CHECK(std::isnan(framework_stability(world, kClean).countries[0].tip_busd));
}

TEST_CASE("those who cannot move are not weighed") {
  WorldTables tables = small_tables();
  tables.countries.chooses[kCcc] = 0;
  tables.countries.chooses[kFff] = 0;
  const World world = open_world(small_scenario(), tables);
  const FrameworkStability clean = framework_stability(world, kClean);
  CHECK(codes(world, clean, clean.first_to_leave) == "DDD ");
  CHECK(codes(world, clean, clean.first_to_join) == "EEE ");
  World closed = world;
  closed.frameworks_state.status[kClean] = static_cast<std::uint8_t>(FrameworkStatus::kClosed);
  CHECK(framework_stability(closed, kClean).first_to_join.empty());
  CHECK(framework_stability(closed, kClean).external);
}

TEST_CASE("neither the order of rows nor the number of threads changes a bit of it") {
  const WorldTables tables = small_tables(10);
  const World world = open_world(small_scenario(), tables);
  const std::vector<std::size_t> order = random_order(3, 10);
  const World other = open_world(small_scenario(), permuted(tables, order));
  for (const std::size_t k : {kClean, kGids}) {
    const FrameworkStability a = framework_stability(world, k);
    const FrameworkStability b = framework_stability(other, k);
    CHECK(codes(world, a, a.first_to_leave) == codes(other, b, b.first_to_leave));
    CHECK(codes(world, a, a.first_to_join) == codes(other, b, b.first_to_join));
    const parallel::ThreadLimit limit(1);
    const FrameworkStability c = framework_stability(world, k);
    REQUIRE(a.countries.size() == b.countries.size());
    for (std::size_t n = 0; n < a.countries.size(); ++n) {
      CHECK(world.setting().countries.code[a.countries[n].country] ==
            other.setting().countries.code[b.countries[n].country]);
      CHECK_THAT(a.countries[n].change, WithinAbs(b.countries[n].change, 1e-9));
      CHECK(a.countries[n].change == c.countries[n].change);
    }
    CHECK(a.surplus_money == c.surplus_money);
  }
}

TEST_CASE("payoffs with a unit of their own are summed as they are, whatever the sizes of the actors") {
  // Both are in: "a", a hundred times as large, gains 1 by it, "b" loses 3.
  Scenario scenario = table_scenario();
  WorldTables tables = state_game(
      2, [](unsigned state, std::size_t actor) { return is_in(state, actor) ? (actor == 0 ? 1.0 : -3.0) : 0.0; });
  tables.actors->size[0] = 100.0;
  const auto stability_of = [&](const char* unit) {
    scenario.unit = unit;
    World world = actor_world(scenario, tables);
    put_in(world, 0b11);
    CHECK(has_own_unit(world) == (std::string(unit) != "pp"));
    return framework_stability(world, 0);
  };
  const FrameworkStability own = stability_of("points");
  CHECK(own.surplus_money == -2.0);
  CHECK_FALSE(own.potentially_internal);
  CHECK_FALSE(own.internal);
  const FrameworkStability income = stability_of("pp");
  CHECK_THAT(income.surplus_money, WithinRel(0.97, 1e-12));  // percents of 100 and of 1
  CHECK(income.potentially_internal);
}

TEST_CASE("where membership is for good nobody is free to leave, but outsiders may join and rivals be swapped for") {
  Scenario scenario = pact_scenario(0, {}, {"one", "two"});
  scenario.terms = {"intrinsic"};
  scenario.unit = "points";
  scenario.frameworks[1].incompatible_with = {"one"};
  choose(scenario, "countries.choice", "best_response");
  WorldTables tables = lettered_actors(3);
  tables.actors->attribute = {"intrinsic_one"};
  tables.actors->value = {{-2.0, 5.0, 1.0}};
  const auto stability_of = [&](const char* withdrawal, std::size_t framework) {
    choose(scenario, "countries.withdrawal", withdrawal);
    World world = actor_world(scenario, tables);
    accede(world, 0, 0);
    accede(world, 1, 1);
    update_entry_into_force(world);
    return framework_stability(world, framework);
  };
  const FrameworkStability free = stability_of("allowed", 0), for_good = stability_of("never", 0);
  CHECK_FALSE(free.internal);
  CHECK(of(free, 0).change == 2.0);
  CHECK(for_good.first_to_leave.empty());
  CHECK(for_good.internal);
  for (const FrameworkStability& found : {free, for_good}) {
    CHECK(of(found, 1).change == 5.0);  // by a swap
    CHECK(of(found, 2).change == 1.0);
  }
  CHECK(of(stability_of("never", 1), 0).change == 2.0);  // the way out of the first is the second
}

TEST_CASE("rules that weigh no payoffs leave nothing to tell of stability") {
  Scenario scenario = pact_scenario(4);
  scenario.terms = {};
  choose(scenario, "countries.choice", "threshold");
  const FrameworkStability found = framework_stability(actor_world(scenario), 0);
  CHECK(found.countries.empty());
  CHECK(found.first_to_join.empty());
}
