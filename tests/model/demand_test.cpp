#include "sim/model/demand.hpp"

#include <cmath>
#include <limits>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/hosting.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

enum Kind { kGravity, kHosting, kFile };

double sum(std::span<const double> values) {
  double total = 0.0;
  for (const double value : values) total += value;
  return total;
}

double column_sum(std::span<const double> matrix, std::size_t n, std::size_t column) {
  double total = 0.0;
  for (std::size_t i = 0; i < n; ++i) total += matrix[i * n + column];
  return total;
}

/// A positive random matrix over the countries, keyed by `kind`.
std::vector<double> random_matrix(std::size_t n, std::uint16_t kind) {
  std::vector<double> matrix(n * n);
  for (std::size_t e = 0; e < matrix.size(); ++e) {
    matrix[e] = 0.1 + Draws(1, Purpose::kTest, 0, static_cast<std::uint32_t>(e), kind).uniform();
  }
  return matrix;
}

TEST_CASE("distances are great circles, and a country is as far from itself as its population is large") {
  WorldTables tables = small_tables();
  tables.countries.latitude_deg = {0, 0, 90, 0, 45, 45};
  tables.countries.longitude_deg = {0, 90, 0, 180, 10, 10};
  const double radius = 6371.0;
  const double pi = 3.14159265358979323846;
  CHECK(distance_km(tables.countries, 0, 1) == near(radius * pi / 2));
  CHECK(distance_km(tables.countries, 0, 2) == near(radius * pi / 2));
  CHECK(distance_km(tables.countries, 0, 3) == near(radius * pi));
  CHECK(distance_km(tables.countries, 4, 5) == 0.0);
  CHECK(distance_km(tables.countries, 3, 1) == near(distance_km(tables.countries, 1, 3)));
  tables.countries.population_mn = {10, 40, 0.01, 1000, 1, 1};
  CHECK(distance_km(tables.countries, 0, 0) == 120.0);
  CHECK(distance_km(tables.countries, 1, 1) == 240.0);
  CHECK(distance_km(tables.countries, 2, 2) == 50.0);
  CHECK(distance_km(tables.countries, 3, 3) == near(1200.0));
}

TEST_CASE("demand from and to a country is in proportion to users times GDP per head") {
  for (const std::size_t n : {std::size_t{6}, std::size_t{15}}) {
    const WorldTables tables = small_tables(n);
    const DemandSetting demand = gravity_demand(small_scenario(), tables);
    std::vector<double> mass;
    for (std::size_t i = 0; i < n; ++i) {
      mass.push_back(tables.countries.gdp_busd[i] * tables.countries.internet_users_pct[i]);
    }
    const double world = sum(mass);
    for (std::size_t i = 0; i < n; ++i) {
      double received = 0.0;
      for (std::size_t o = 0; o < n; ++o) received += demand.share[o * n + i];
      CHECK(sum(std::span(demand.share).subspan(i * n, n)) == near(mass[i] / world, 1e-11));
      CHECK(received == near(mass[i] / world, 1e-11));
    }
    CHECK(sum(demand.share) == near(1.0, 1e-11));
  }
}

TEST_CASE("demand is symmetric where its parts are, and product of sizes without distance and language") {
  Scenario scenario = small_scenario();
  const WorldTables tables = small_tables();
  const std::size_t n = tables.countries.size();
  const DemandSetting gravity = gravity_demand(scenario, tables);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) CHECK(gravity.share[i * n + j] == near(gravity.share[j * n + i], 1e-10));
  }
  set(scenario, "data.distance_exponent", 0);
  set(scenario, "data.language_effect", 0);
  const DemandSetting free = gravity_demand(scenario, tables);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double product =
          sum(std::span(free.share).subspan(i * n, n)) * sum(std::span(free.share).subspan(j * n, n));
      CHECK(free.share[i * n + j] == near(product, 1e-10));
    }
  }
}

TEST_CASE("odds of demand follow distance and language, which no balancing can change") {
  const Scenario scenario = small_scenario();
  const WorldTables tables = small_tables();
  const std::size_t n = tables.countries.size();
  const DemandSetting demand = gravity_demand(scenario, tables);
  // Cross ratio T_ac·T_bd / (T_ad·T_bc): sizes and balancing factors cancel. AAA and CCC share a language.
  const auto t = [&](std::size_t o, std::size_t d) { return demand.share[o * n + d]; };
  const auto km = [&](std::size_t o, std::size_t d) { return distance_km(tables.countries, o, d); };
  const double ratio = t(kAaa, kCcc) * t(kBbb, kDdd) / (t(kAaa, kDdd) * t(kBbb, kCcc));
  const double distances = km(kAaa, kCcc) * km(kBbb, kDdd) / (km(kAaa, kDdd) * km(kBbb, kCcc));
  CHECK(ratio == near(math::pow(distances, -0.7) * math::exp(0.5), 1e-10));
}

TEST_CASE("data use is shared out over origins, one's own included") {
  const WorldTables tables = small_tables();
  const std::size_t n = tables.countries.size();
  const DemandSetting demand = gravity_demand(small_scenario(), tables);
  for (std::size_t i = 0; i < n; ++i) {
    double total = 0.0;
    double use = 0.0;
    for (std::size_t o = 0; o < n; ++o) {
      total += demand.use_share[o * n + i];
      use += demand.share[o * n + i];
    }
    CHECK(total == near(1.0));
    CHECK(demand.use_share[i * n + i] == near(demand.share[i * n + i] / use));
    CHECK(demand.use_share[i * n + i] > 0.0);
  }
}

TEST_CASE("the scenario chooses the kind of demand, gravity by default") {
  Scenario scenario = small_scenario();
  WorldTables tables = small_tables();
  tables.data_demand = random_matrix(6, 1);
  CHECK(baseline_demand(scenario, tables).share == gravity_demand(scenario, tables).share);
  set(scenario, "data.demand", kHosting);
  CHECK(baseline_demand(scenario, tables).share == hosted_demand(scenario, tables).share);
  set(scenario, "data.demand", kFile);
  CHECK(baseline_demand(scenario, tables).share == given_demand(scenario, tables).share);
}

TEST_CASE("hosted demand of a user is in proportion to its size and to what each host serves") {
  const WorldTables tables = small_tables(12);
  const std::size_t n = 12;
  Scenario scenario = small_scenario();
  for (const double exponent : {1.0, 0.5}) {
    set(scenario, "data.origin_exponent", exponent);
    const std::vector<double> hosting = hosting_matrix(scenario, tables);
    const DemandSetting demand = hosted_demand(scenario, tables);
    double world = 0.0;
    for (const double mass : digital_mass(tables.countries)) world += math::pow(mass, exponent);
    for (std::size_t user = 0; user < n; ++user) {
      const double size = math::pow(digital_mass(tables.countries)[user], exponent) / world;
      for (std::size_t host = 0; host < n; ++host) {
        REQUIRE(demand.share[user * n + host] == near(size * hosting[user * n + host], 1e-13));
        REQUIRE(demand.use_share[host * n + user] == hosting[user * n + host]);
      }
    }
    CHECK(sum(demand.share) == near(1.0));
    CHECK(demand.rows == DemandRows::kUsers);
  }
}

TEST_CASE("a user uses an origin over the pair in its own row if rows are users, else in the origin's") {
  DemandSetting demand;
  CHECK(demand.place_of_use(2, 5, 7) == 2 * 7 + 5);
  demand.rows = DemandRows::kUsers;
  CHECK(demand.place_of_use(2, 5, 7) == 5 * 7 + 2);
}

TEST_CASE("of a matrix of the user only shares matter, in any unit") {
  Scenario scenario = small_scenario();
  set(scenario, "data.demand", kFile);
  WorldTables tables = small_tables();
  tables.data_demand = random_matrix(6, 2);
  const std::vector<double> given = tables.data_demand;
  const DemandSetting demand = given_demand(scenario, tables);
  for (std::size_t e = 0; e < given.size(); ++e) CHECK(demand.share[e] == near(given[e] / sum(given)));
  for (std::size_t d = 0; d < 6; ++d) CHECK(column_sum(demand.use_share, 6, d) == near(1.0));
  CHECK(demand.use_share[kAaa * 6 + kDdd] == near(given[kAaa * 6 + kDdd] / column_sum(given, 6, kDdd)));
  CHECK(demand.rows == DemandRows::kOrigins);
  for (double& cell : tables.data_demand) cell *= 1024.0;  // exact in binary
  CHECK(given_demand(scenario, tables).share == demand.share);
}

TEST_CASE("a matrix of the user is balanced to size if asked: totals follow size, odds stay as given") {
  Scenario scenario = small_scenario();
  set(scenario, "data.file_totals", 1);
  WorldTables tables = small_tables();
  const std::size_t n = 6;
  tables.data_demand = random_matrix(n, 3);
  const DemandSetting demand = given_demand(scenario, tables);
  const std::vector<double> mass = digital_mass(tables.countries);
  for (std::size_t i = 0; i < n; ++i) {
    CHECK(sum(std::span(demand.share).subspan(i * n, n)) == near(mass[i] / sum(mass), 1e-11));
    CHECK(column_sum(demand.share, n, i) == near(mass[i] / sum(mass), 1e-11));
  }
  const auto odds = [&](std::span<const double> t) {
    return t[kAaa * n + kBbb] * t[kCcc * n + kDdd] / (t[kAaa * n + kDdd] * t[kCcc * n + kBbb]);
  };
  CHECK(odds(demand.share) == near(odds(tables.data_demand), 1e-10));
}

TEST_CASE("a file that is not there, or that no totals fit, is refused at the entry of the scenario") {
  Scenario scenario = small_scenario();
  set(scenario, "data.demand", kFile);
  scenario.places["data.demand"] = "s.toml:3:10";
  scenario.places["data.file_totals"] = "s.toml:4:15";
  WorldTables tables = small_tables();
  CHECK_THROWS_WITH(baseline_demand(scenario, tables),
                    contains_substring("s.toml:3:10: the tables have no table data_demand") &&
                        contains_substring("origin, destination, demand"));
  // AAA and BBB only with each other: BBB is smaller, so no totals by size can be met.
  tables.data_demand = random_matrix(6, 4);
  for (std::size_t j = 0; j < 6; ++j) {
    if (j != kBbb) tables.data_demand[kAaa * 6 + j] = 0.0;
  }
  CHECK_NOTHROW(baseline_demand(scenario, tables));
  set(scenario, "data.file_totals", 1);
  CHECK_THROWS_WITH(
      baseline_demand(scenario, tables),
      contains_substring("s.toml:4:15: the table data_demand cannot be balanced") && contains_substring("as_given"));
}

TEST_CASE("the order of countries does not matter to hosted and to given demand") {
  Scenario scenario = small_scenario();
  WorldTables tables = small_tables(11);
  tables.data_demand = random_matrix(11, 5);
  const std::vector<std::size_t> order = random_order(4, 11);
  const WorldTables other = permuted(tables, order);
  for (const Kind kind : {kHosting, kFile}) {
    set(scenario, "data.demand", kind);
    const DemandSetting one = baseline_demand(scenario, tables);
    const DemandSetting two = baseline_demand(scenario, other);
    for (std::size_t i = 0; i < 11; ++i) {
      for (std::size_t j = 0; j < 11; ++j) {
        REQUIRE(two.share[i * 11 + j] == near(one.share[order[i] * 11 + order[j]], 1e-12));
        REQUIRE(two.use_share[i * 11 + j] == near(one.use_share[order[i] * 11 + order[j]], 1e-12));
      }
    }
  }
}

}  // namespace
}  // namespace splinternet::testing
