#include "sim/model/hosting.hpp"

#include <algorithm>

#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

double row_sum(std::span<const double> matrix, std::size_t n, std::size_t row) {
  double total = 0.0;
  for (const double value : matrix.subspan(row * n, n)) total += value;
  return total;
}

TEST_CASE("constructed hosting is home, cloud firms by what they sell there, and the nearest hub") {
  Scenario scenario = small_scenario();
  set(scenario, "data.hosting_home_share", 0.4);
  set(scenario, "data.hosting_cloud_share", 0.75);
  set(scenario, "data.hosting_hubs", 1);  // AAA, the largest digital economy
  WorldTables tables = small_tables();
  // Alpha Cloud (AAA, 90 bn) sells in CCC, DDD, EEE; Beta Cloud (BBB, 40 bn) in DDD alone beside its home.
  tables.firms.push_back({"Beta Cloud", kBbb, FirmSector::kCloud, 40, {kBbb, kDdd}});
  const std::vector<double> hosting = hosting_matrix(scenario, tables);
  const auto h = [&](std::size_t user, std::size_t host) { return hosting[user * 6 + host]; };
  const double cloud = 0.6 * 0.75;
  const double hub = 0.6 * 0.25;
  const double alpha = 45.0 * 800 / (3000 + 800 + 400);  // in DDD, by GDP
  CHECK(h(kDdd, kDdd) == near(0.4));
  CHECK(h(kDdd, kAaa) == near(cloud * alpha / (alpha + 20.0) + hub));
  CHECK(h(kDdd, kBbb) == near(cloud * 20.0 / (alpha + 20.0)));
  CHECK(h(kCcc, kAaa) == near(0.6));
  CHECK(h(kAaa, kAaa) == near(1.0));
  CHECK(h(kBbb, kBbb) == near(0.4 + cloud));
  CHECK(h(kBbb, kAaa) == near(hub));
  // Nobody is known to sell clouds in FFF: by what is sold abroad, 45 bn from AAA, 20 bn from BBB.
  CHECK(h(kFff, kFff) == near(0.4));
  CHECK(h(kFff, kAaa) == near(cloud * 45.0 / 65.0 + hub));
  CHECK(h(kFff, kBbb) == near(cloud * 20.0 / 65.0));
}

TEST_CASE("a hub hosts for itself, others use the nearest one") {
  Scenario scenario = small_scenario();
  set(scenario, "data.hosting_home_share", 0.0);
  set(scenario, "data.hosting_cloud_share", 0.0);
  set(scenario, "data.hosting_hubs", 3);  // AAA, BBB, CCC
  const WorldTables tables = small_tables();
  const std::vector<double> hosting = hosting_matrix(scenario, tables);
  // Latitude falls and longitude rises by the same amount from one row to the next: CCC is next to DDD, EEE, FFF.
  for (const std::size_t hub : {kAaa, kBbb, kCcc}) CHECK(hosting[hub * 6 + hub] == 1.0);
  for (const std::size_t user : {kDdd, kEee, kFff}) CHECK(hosting[user * 6 + kCcc] == 1.0);
  set(scenario, "data.hosting_hubs", 2000);
  const std::vector<double> all = hosting_matrix(scenario, tables);
  for (std::size_t i = 0; i < 6; ++i) CHECK(all[i * 6 + i] == 1.0);
}

TEST_CASE("equally near hubs and equally large economies go to the lowest code, whatever the order of rows") {
  Scenario scenario = small_scenario();
  set(scenario, "data.hosting_home_share", 0.0);
  set(scenario, "data.hosting_cloud_share", 0.0);
  WorldTables tables = small_tables();
  std::fill(tables.countries.gdp_busd.begin(), tables.countries.gdp_busd.end(), 100.0);
  std::fill(tables.countries.internet_users_pct.begin(), tables.countries.internet_users_pct.end(), 50.0);
  std::fill(tables.countries.latitude_deg.begin(), tables.countries.latitude_deg.end(), 0.0);
  std::fill(tables.countries.longitude_deg.begin(), tables.countries.longitude_deg.end(), 0.0);
  tables.countries.longitude_deg[kFff] = 90.0;
  const std::vector<std::size_t> order = {5, 3, 1, 0, 4, 2};
  const WorldTables other = permuted(tables, order);
  for (const int hubs : {1, 2, 3}) {
    set(scenario, "data.hosting_hubs", hubs);
    const std::vector<double> one = hosting_matrix(scenario, tables);
    const std::vector<double> two = hosting_matrix(scenario, other);
    CHECK(one[kFff * 6 + kAaa] == 1.0);
    CHECK(one[kBbb * 6 + (hubs > 1 ? kBbb : kAaa)] == 1.0);
    CHECK(two[0 * 6 + 3] == 1.0);
  }
}

TEST_CASE("without cloud firms all that is not at home is at the hub") {
  Scenario scenario = small_scenario();
  set(scenario, "data.hosting_hubs", 1);
  WorldTables tables = small_tables();
  std::erase_if(tables.firms, [](const FirmRow& firm) { return firm.sector == FirmSector::kCloud; });
  const std::vector<double> hosting = hosting_matrix(scenario, tables);
  CHECK(hosting[kEee * 6 + kEee] == 0.5);
  CHECK(hosting[kEee * 6 + kAaa] == 0.5);
}

TEST_CASE("a table of hosting overrules the construction, its rounding scaled away") {
  WorldTables tables = small_tables();
  tables.hosting.assign(36, 0.0);
  for (std::size_t i = 0; i < 6; ++i) {
    tables.hosting[i * 6 + i] = 0.25;
    tables.hosting[i * 6 + (i + 1) % 6] = 0.7500005;
  }
  const std::vector<double> hosting = hosting_matrix(small_scenario(), tables);
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(row_sum(hosting, 6, i) == near(1.0, 1e-15));
    CHECK(hosting[i * 6 + (i + 1) % 6] == near(0.7500005 / 1.0000005));
  }
}

TEST_CASE("rows of constructed hosting sum to 1 in random worlds at any shares") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Scenario scenario = small_scenario();
    const Draws draws(seed, Purpose::kTest, 0, 99);
    set(scenario, "data.hosting_home_share", draws.uniform(0));
    set(scenario, "data.hosting_cloud_share", draws.uniform(1));
    set(scenario, "data.hosting_hubs", 1.0 + draws.below(9, 2));
    const std::vector<double> hosting = hosting_matrix(scenario, random_tables(seed, 17));
    for (const double share : hosting) REQUIRE((share >= 0.0 && share <= 1.0 + 1e-15));
    for (std::size_t i = 0; i < 17; ++i) REQUIRE(row_sum(hosting, 17, i) == near(1.0, 1e-14));
  }
}

TEST_CASE("what untrusted hosts held goes to the others in proportion, home included") {
  std::vector<double> row = {0.2, 0.5, 0.1, 0.2};
  rehost(row, 0, std::vector<std::uint8_t>{0, 1, 0, 0});
  CHECK(row[0] == near(0.4));
  CHECK(row[1] == 0.0);
  CHECK(row[2] == near(0.2));
  CHECK(row[3] == near(0.4));
}

TEST_CASE("without a host to trust all of it comes home, and home is never left") {
  std::vector<double> row = {0.0, 0.6, 0.4};
  rehost(row, 0, std::vector<std::uint8_t>{0, 1, 1});
  CHECK(row == std::vector<double>{1.0, 0.0, 0.0});
  std::vector<double> own = {0.25, 0.5, 0.25};
  rehost(own, 1, std::vector<std::uint8_t>{0, 1, 1});
  CHECK(own[2] == 0.0);
  CHECK(own[1] == near(0.5 / 0.75));
}

TEST_CASE("a row without untrusted hosts keeps every bit") {
  const std::vector<double> before = {0.1, 0.2, 0.0, 0.7};
  std::vector<double> row = before;
  rehost(row, 3, std::vector<std::uint8_t>{0, 0, 1, 1});
  CHECK(row == before);
}

TEST_CASE("rehosting keeps sums and can be done twice without further effect") {
  for (std::uint32_t n = 0; n < 200; ++n) {
    const Draws draws(7, Purpose::kTest, 0, n);
    std::vector<double> row(12);
    std::vector<std::uint8_t> untrusted(12);
    double before = 0.0;
    for (std::uint32_t h = 0; h < 12; ++h) {
      row[h] = draws.uniform(2 * h) < 0.3 ? 0.0 : draws.uniform(2 * h);
      untrusted[h] = draws.uniform(2 * h + 1) < 0.5 ? 1 : 0;
      before += row[h];
    }
    rehost(row, n % 12, untrusted);
    double after = 0.0;
    for (std::size_t h = 0; h < 12; ++h) {
      after += row[h];
      REQUIRE((untrusted[h] == 0 || h == n % 12 || row[h] == 0.0));
    }
    REQUIRE(after == near(before, 1e-14));
    const std::vector<double> once = row;
    rehost(row, n % 12, untrusted);
    REQUIRE(row == once);
  }
}

}  // namespace
}  // namespace splinternet::testing
