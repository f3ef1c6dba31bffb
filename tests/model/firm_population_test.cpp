#include "sim/model/firm_population.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/model/world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

Scenario with_synthetic(double count) {
  Scenario scenario = small_scenario();
  set(scenario, "firms.synthetic", count);
  return scenario;
}

std::vector<std::uint32_t> markets_of(const FirmSetting& firms, std::size_t f) {
  return {firms.market.begin() + firms.first_market[f], firms.market.begin() + firms.first_market[f + 1]};
}

TEST_CASE("firm population: the named firms come first, then as many synthetic ones as asked for") {
  const World world = make_world(with_synthetic(40), small_tables());
  const FirmSetting& firms = *world.setting().firms;
  CHECK(firms.named == 9);
  CHECK(firms.count == 49);
  CHECK(firms.name[4] == "Beta Networks");
  CHECK(firms.home[4] == kBbb);
  CHECK(firms.sector[4] == FirmSector::kEquipment);
  CHECK(firms.revenue_busd[4] == 80.0);
  CHECK(markets_of(firms, 4) == std::vector<std::uint32_t>{kBbb, kCcc, kDdd, kEee, kFff});
}

TEST_CASE("firm population: half is sold at home and the rest over the other markets by GDP") {
  const World world = make_world(with_synthetic(0), small_tables());
  const FirmSetting& firms = *world.setting().firms;
  const std::size_t first = firms.first_market[3];  // Beta Devices: BBB, DDD (800), EEE (400)
  CHECK(firms.market_revenue_busd[first] == near(35.0));
  CHECK(firms.market_revenue_busd[first + 1] == near(35.0 * 2.0 / 3));
  CHECK(firms.market_revenue_busd[first + 2] == near(35.0 / 3));
  CHECK(firms.market_revenue_busd[firms.first_market[6]] == 12.0);  // Delta Telecom sells at home only
}

TEST_CASE("firm population: sales add up to revenue, nobody sells twice in a market, all sell at home") {
  const World world = make_world(with_synthetic(500), random_tables(3, 15));
  const FirmSetting& firms = *world.setting().firms;
  for (std::size_t f = 0; f < firms.count; ++f) {
    double sales = 0.0;
    for (std::size_t e = firms.first_market[f]; e < firms.first_market[f + 1]; ++e) {
      sales += firms.market_revenue_busd[e];
      CHECK(firms.firm_of_edge[e] == f);
    }
    CHECK(sales == near(firms.revenue_busd[f]));
    const std::vector<std::uint32_t> markets = markets_of(firms, f);
    CHECK(markets.front() == firms.home[f]);
    CHECK(std::set<std::uint32_t>(markets.begin(), markets.end()).size() == markets.size());
  }
}

TEST_CASE("firm population: a larger population contains the smaller one") {
  const World small = make_world(with_synthetic(100), random_tables(3, 15));
  const World large = make_world(with_synthetic(400), random_tables(3, 15));
  const FirmSetting& a = *small.setting().firms;
  const FirmSetting& b = *large.setting().firms;
  REQUIRE(b.count == a.count + 300);
  for (std::size_t f = 0; f < a.count; ++f) {
    CHECK(a.key[f] == b.key[f]);
    CHECK(a.home[f] == b.home[f]);
    CHECK(a.sector[f] == b.sector[f]);
    CHECK(a.revenue_busd[f] == b.revenue_busd[f]);
    CHECK(markets_of(a, f) == markets_of(b, f));
  }
}

TEST_CASE("firm population: more named firms move no synthetic one") {
  WorldTables tables = small_tables();
  const World before = make_world(with_synthetic(50), tables);
  tables.firms.push_back({"Zeta Video", kFff, FirmSector::kPlatform, 3, {kFff}});
  const World after = make_world(with_synthetic(50), tables);
  const FirmSetting& a = *before.setting().firms;
  const FirmSetting& b = *after.setting().firms;
  for (std::size_t n = 0; n < 50; ++n) {
    CHECK(a.key[a.named + n] == b.key[b.named + n]);
    CHECK(a.home[a.named + n] == b.home[b.named + n]);
    CHECK(a.revenue_busd[a.named + n] == b.revenue_busd[b.named + n]);
    CHECK(markets_of(a, a.named + n) == markets_of(b, b.named + n));
  }
}

TEST_CASE("firm population: customers are the transpose of suppliers, none its own, none twice") {
  const World world = make_world(with_synthetic(300), random_tables(3, 15));
  const FirmSetting& firms = *world.setting().firms;
  std::set<std::pair<std::uint32_t, std::uint32_t>> supplies;
  for (std::uint32_t f = 0; f < firms.count; ++f) {
    for (std::size_t e = firms.first_supplier[f]; e < firms.first_supplier[f + 1]; ++e) {
      CHECK(firms.supplier[e] != f);
      CHECK(supplies.insert({firms.supplier[e], f}).second);
      const FirmSector sector = firms.sector[firms.supplier[e]];
      CHECK((sector == FirmSector::kEquipment || sector == FirmSector::kDevice ||
             sector == FirmSector::kSemiconductor || sector == FirmSector::kCloud));
    }
  }
  std::size_t customers = 0;
  for (std::uint32_t f = 0; f < firms.count; ++f) {
    for (std::size_t e = firms.first_customer[f]; e < firms.first_customer[f + 1]; ++e) {
      ++customers;
      CHECK(supplies.count({f, firms.customer[e]}) == 1);
    }
  }
  CHECK(customers == supplies.size());
  CHECK(customers > firms.count / 2);
}

TEST_CASE("firm population: every edge stands in the group of its market and sector, once") {
  const World world = make_world(with_synthetic(200), random_tables(3, 15));
  const FirmSetting& firms = *world.setting().firms;
  std::vector<int> seen(firms.market.size(), 0);
  for (std::size_t g = 0; g + 1 < firms.first_in_group.size(); ++g) {
    for (std::size_t n = firms.first_in_group[g]; n < firms.first_in_group[g + 1]; ++n) {
      const std::size_t e = firms.edge_in_group[n];
      ++seen[e];
      CHECK(firms.market[e] == g / kFirmSectorCount);
      CHECK(static_cast<std::size_t>(firms.sector[firms.firm_of_edge[e]]) == g % kFirmSectorCount);
    }
  }
  CHECK(std::count(seen.begin(), seen.end(), 1) == static_cast<long>(seen.size()));
}

TEST_CASE("firm population: sizes follow the Pareto tail that is asked for") {
  const World world = make_world(with_synthetic(20000), small_tables());
  const FirmSetting& firms = *world.setting().firms;
  // Hill's estimator over all: the mean of ln(size/minimum) is 1/tail, with standard error 1/(tail·√n).
  double sum = 0.0;
  for (std::size_t f = firms.named; f < firms.count; ++f) {
    CHECK(firms.revenue_busd[f] >= 0.01);
    sum += std::log(firms.revenue_busd[f] / 0.01);
  }
  const double tail = 20000.0 / sum;
  CHECK(std::fabs(tail - 1.06) < 4.0 * 1.06 / std::sqrt(20000.0));
}

TEST_CASE("firm population: homes come in proportion to GDP times internet users") {
  const World world = make_world(with_synthetic(20000), small_tables());
  const FirmSetting& firms = *world.setting().firms;
  const CountrySetting& countries = world.setting().countries;
  std::vector<double> count(6, 0.0);
  for (std::size_t f = firms.named; f < firms.count; ++f) count[firms.home[f]] += 1.0;
  double mass = 0.0;
  for (std::size_t i = 0; i < 6; ++i) mass += countries.gdp_busd[i] * countries.users_mn[i];
  for (std::size_t i = 0; i < 6; ++i) {
    const double p = countries.gdp_busd[i] * countries.users_mn[i] / mass;
    CHECK(std::fabs(count[i] - 20000.0 * p) <= 4.0 * std::sqrt(20000.0 * p * (1.0 - p)) + 1e-9);
  }
}

TEST_CASE("firm population: untrusted are firms of untrusted homes and those listed by name") {
  const World world = make_world(with_synthetic(40), small_tables());
  const FirmSetting& firms = *world.setting().firms;
  for (std::size_t f = 0; f < firms.count; ++f) {
    const bool listed = f < firms.named && firms.name[f] == "Epsilon Trade";
    CHECK(contains(firms.untrusted_under[f], kClean) == (listed || firms.home[f] == kBbb));
    CHECK_FALSE(contains(firms.untrusted_under[f], kGids));
    double untrusted = 0.0;
    for (std::size_t e = firms.first_supplier[f]; e < firms.first_supplier[f + 1]; ++e) {
      untrusted += contains(firms.untrusted_under[firms.supplier[e]], kClean) ? 1.0 : 0.0;
    }
    const double suppliers = firms.first_supplier[f + 1] - firms.first_supplier[f];
    CHECK(firms.untrusted_inputs[f] == (suppliers > 0 ? untrusted / suppliers : 0.0));
  }
}

TEST_CASE("firm population: pledges before the start are initial stances, later ones are not known yet") {
  WorldTables tables = small_tables();
  tables.firm_stances.push_back({"Alpha Cloud", "clean", Date{2020, 8, 2}});
  const World world = make_world(with_synthetic(5), tables);
  const FirmSetting& firms = *world.setting().firms;
  for (std::size_t f = 0; f < firms.count; ++f) {
    const bool pledged = f < firms.named && firms.name[f] == "Gamma Telecom";
    CHECK(firms.initial_stance[f] == (pledged ? 1 : 0));
  }
  Scenario blank = with_synthetic(5);
  blank.world.initial_memberships = false;
  for (const std::uint8_t stance : make_world(blank, tables).firms.stance) CHECK(stance == 0);
  tables.firm_stances = {{"Nobody", "clean", Date{2020, 7, 1}}};
  CHECK_THROWS_AS(make_world(with_synthetic(5), tables), InternalError);
}

TEST_CASE("firm population: countries in another order have the same firms") {
  const WorldTables tables = random_tables(3, 15);
  const std::vector<std::size_t> order = random_order(5, 15);
  const World plain = make_world(with_synthetic(200), tables);
  const World relabelled = make_world(with_synthetic(200), permuted(tables, order));
  const FirmSetting& a = *plain.setting().firms;
  const FirmSetting& b = *relabelled.setting().firms;
  REQUIRE(a.market.size() == b.market.size());
  for (std::size_t f = 0; f < a.count; ++f) {
    CHECK(order[b.home[f]] == a.home[f]);
    CHECK(a.revenue_busd[f] == b.revenue_busd[f]);
  }
  for (std::size_t e = 0; e < a.market.size(); ++e) CHECK(order[b.market[e]] == a.market[e]);
  CHECK(a.supplier == b.supplier);
}

}  // namespace
}  // namespace splinternet::testing
