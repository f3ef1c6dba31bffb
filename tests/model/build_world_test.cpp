#include "sim/model/build_world.hpp"

#include "sim/core/check.hpp"
#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("countries keep their columns; keys come from codes, shares from GDP") {
  const WorldTables tables = small_tables();
  const auto setting = make_setting(small_scenario(), tables);
  const CountrySetting& countries = setting->countries;
  CHECK(countries.count == 6);
  CHECK(countries.code == tables.countries.code);
  CHECK(countries.key[kDdd] == entity_key("DDD"));
  CHECK(countries.rank == std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5});
  CHECK(countries.users_mn[kBbb] == near(980.0));
  double sum = 0.0;
  for (const double share : countries.gdp_share) sum += share;
  CHECK(sum == near(1.0));
  CHECK(countries.gdp_share[kCcc] == near(3000.0 / 38260.0));
  CHECK(setting->tables_digest == 1);
}

TEST_CASE("ranks follow the codes when the rows do not") {
  const std::vector<std::size_t> order = {3, 0, 5, 1, 4, 2};
  const auto setting = make_setting(small_scenario(), permuted(small_tables(), order));
  CHECK(setting->countries.rank == std::vector<std::uint32_t>{3, 0, 5, 1, 4, 2});
  CHECK(setting->countries.key[0] == entity_key("DDD"));
}

TEST_CASE("frameworks know sponsors, untrusted homes and installed equipment") {
  const auto setting = make_setting(small_scenario(), small_tables());
  const FrameworkSetting& frameworks = setting->frameworks;
  CHECK(frameworks.id == std::vector<std::string>{"clean", "gids"});
  CHECK(frameworks.sponsors[kGids] == std::vector<std::uint32_t>{kBbb});
  CHECK(frameworks.committed == std::vector<std::uint8_t>{1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0});
  CHECK(frameworks.untrusted_home == std::vector<std::uint8_t>{0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  CHECK(frameworks.leading_untrusted_home == std::vector<std::uint32_t>{kBbb, kNoCountry});
  CHECK(frameworks.untrusted_share[kClean * 6 + kEee] == 0.60);
  CHECK(frameworks.untrusted_share[kGids * 6 + kEee] == 0.0);
  CHECK(frameworks.sponsor_vendor_share[kClean * 6 + kEee] == 0.10);
  CHECK(frameworks.sponsor_vendor_share[kGids * 6 + kEee] == 0.60);
}

TEST_CASE("incompatibility follows from an exclusion of the other's sponsor against an open supply chain, both ways") {
  const auto clash = [](const Scenario& scenario) {
    const auto setting = make_setting(scenario, small_tables());
    CHECK(setting->frameworks.incompatible[1] == setting->frameworks.incompatible[2]);
    CHECK(setting->frameworks.incompatible[0] == 0);
    CHECK(setting->frameworks.incompatible[3] == 0);
    return setting->frameworks.incompatible[1] != 0;
  };
  const Scenario scenario = small_scenario();
  CHECK(clash(scenario));
  Scenario closed = scenario;
  set(closed, "framework.gids.provisions.open_supply_chain", 0);
  CHECK_FALSE(clash(closed));
  Scenario mild = scenario;
  for (const char* provision :
       {"clean_carrier", "clean_cable", "clean_path", "clean_cloud", "clean_store", "clean_apps"}) {
    set(mild, std::string("framework.clean.provisions.") + provision, 0);
  }
  CHECK_FALSE(clash(mild));
  Scenario other_home = scenario;
  other_home.frameworks[kClean].untrusted_homes = {"EEE"};
  CHECK_FALSE(clash(other_home));
  other_home.frameworks[kGids].incompatible_with = {"clean"};
  CHECK(clash(other_home));
}

TEST_CASE("organisations come by id; the scenario may switch them off, change their rule or name a leader") {
  Scenario scenario = small_scenario();
  CHECK(make_setting(scenario, small_tables())->organisations.size() == 2);
  scenario.organisations = {{"league", true, OrganisationRule::kLeader, "EEE"}, {"union", false, {}, ""}};
  const auto setting = make_setting(scenario, small_tables());
  REQUIRE(setting->organisations.size() == 1);
  CHECK(setting->organisations[0].id == "league");
  CHECK(setting->organisations[0].rule == OrganisationRule::kLeader);
  CHECK(setting->organisations[0].leader == kEee);
  CHECK(setting->organisations[0].members == std::vector<std::uint32_t>{kDdd, kEee, kFff});
}

TEST_CASE("sections that the scenario does not have are left out") {
  Scenario scenario = small_scenario();
  scenario.has_data = scenario.has_trade = scenario.has_firms = scenario.has_countries = false;
  const auto setting = make_setting(scenario, small_tables());
  CHECK(setting->influence == nullptr);
  CHECK(setting->demand == nullptr);
  CHECK(setting->links == nullptr);
  CHECK(setting->trade == nullptr);
  CHECK(setting->firms == nullptr);
}

TEST_CASE("initial memberships are left out if the scenario says so") {
  Scenario scenario = small_scenario();
  CHECK(make_setting(scenario, small_tables())->initial_memberships.size() == 3);
  scenario.world.initial_memberships = false;
  CHECK(make_setting(scenario, small_tables())->initial_memberships.empty());
}

void check_refused(const Scenario& scenario, const WorldTables& tables, const std::vector<std::string>& parts) {
  CHECK_THROWS_AS(make_setting(scenario, tables), ScenarioError);
  for (const std::string& part : parts) {
    CHECK_THROWS_WITH(make_setting(scenario, tables), contains_substring(part));
  }
}

TEST_CASE("a sponsor that is not in the tables is refused by name") {
  Scenario scenario = small_scenario();
  scenario.frameworks[kGids].sponsors = {"QQQ"};
  check_refused(scenario, small_tables(), {"QQQ"});
}

TEST_CASE("a sponsor cannot be an untrusted home of its own framework, nor sponsor two that are incompatible") {
  Scenario scenario = small_scenario();
  scenario.frameworks[kClean].sponsors = {"AAA", "BBB"};
  check_refused(scenario, small_tables(), {"clean", "BBB is a sponsor", "untrusted"});
  scenario = small_scenario();
  scenario.frameworks[kGids].sponsors = {"BBB", "AAA"};
  check_refused(scenario, small_tables(), {"AAA", "clean", "gids", "incompatible"});
  set(scenario, "framework.gids.provisions.open_supply_chain", 0);
  CHECK(make_setting(scenario, small_tables())->frameworks.sponsors[kGids].size() == 2);
}

TEST_CASE("more than eight frameworks are refused") {
  Scenario scenario = small_scenario();
  scenario.frameworks.resize(9, scenario.frameworks[0]);
  check_refused(scenario, small_tables(), {"9", "at most 8"});
}

TEST_CASE("a body that decides by its leader needs one") {
  Scenario scenario = small_scenario();
  scenario.organisations = {{"league", true, OrganisationRule::kLeader, ""}};
  check_refused(scenario, small_tables(), {"league decides by its leader"});
}

TEST_CASE("two names that hash alike would draw alike, so they are refused") {
  REQUIRE(entity_key("costarring") == entity_key("liquid"));  // a known collision of 32-bit FNV-1a
  WorldTables tables = small_tables();
  tables.firms[0].name = "costarring";
  tables.firms[1].name = "liquid";
  check_refused(small_scenario(), tables, {"\"costarring\" and \"liquid\""});
}

TEST_CASE("flows from which no world economy can be made are refused with the country's name") {
  WorldTables tables = small_tables();
  for (std::size_t j = 0; j < 6; ++j) {
    if (j == kFff) continue;
    tables.goods_trade_busd[kFff * 6 + j] = tables.goods_trade_busd[j * 6 + kFff] = 0.0;
    tables.services_trade_busd[kFff * 6 + j] = tables.services_trade_busd[j * 6 + kFff] = 0.0;
  }
  CHECK_THROWS_AS(make_setting(small_scenario(), tables), DataError);
  CHECK_THROWS_WITH(make_setting(small_scenario(), tables), contains_substring("FFF"));
}

TEST_CASE("one setting serves many Worlds and does not change") {
  const auto setting = make_setting(small_scenario(), small_tables());
  World one(setting);
  World two(setting);
  CHECK(state_digest(one) == state_digest(two));
  advance(one, 3);
  CHECK(state_digest(World(setting)) == state_digest(two));
}

}  // namespace
}  // namespace splinternet::testing
