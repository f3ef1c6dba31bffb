#include <algorithm>
#include <limits>

#include "sim/io/text/country_table.hpp"
#include "tests/io/text/tiny_world.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using testing::changed;
using testing::read_files;

namespace {

constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

/// Five countries: two subregions of one region, and a region of its own.
CountryTable five_countries() {
  CountryTable countries;
  countries.code = {"AAA", "BBB", "CCC", "DDD", "EEE"};
  countries.name = countries.code;
  countries.region = {"R", "R", "R", "R", "S"};
  countries.subregion = {"north", "north", "north", "south", "other"};
  countries.population_mn = {10, 20, 30, 40, 50};
  countries.gdp_busd = {100, 400, 900, 1600, 50};
  countries.internet_users_pct = {10, 20, 60, 80, 99};
  countries.ideal_point_sd = {-1, 0, 1, 2, 0};
  countries.home_restrictiveness = {0.1, 0.2, 0.3, 0.4, 0.5};
  countries.goods_domestic_busd = {50, 100, 90, 160, 5};
  countries.services_domestic_busd = {50, 100, 90, 160, 5};
  return countries;
}

}  // namespace

TEST_CASE("A gap takes the median of its subregion") {
  CountryTable countries = five_countries();
  countries.internet_users_pct[0] = kGap;
  std::vector<std::string> imputed;
  fill_country_gaps(countries, "c.csv", imputed);
  CHECK(countries.internet_users_pct[0] == 40.0);
  CHECK(imputed == std::vector<std::string>{"countries.internet_users_pct AAA"});
}

TEST_CASE("Where the whole subregion has gaps, the region stands in") {
  CountryTable countries = five_countries();
  countries.ideal_point_sd[3] = kGap;
  std::vector<std::string> imputed;
  fill_country_gaps(countries, "c.csv", imputed);
  CHECK(countries.ideal_point_sd[3] == 0.0);
}

TEST_CASE("GDP is filled per head, and domestic absorption per GDP, also of a GDP that was filled") {
  CountryTable countries = five_countries();
  countries.gdp_busd[0] = kGap;
  countries.goods_domestic_busd[0] = kGap;
  std::vector<std::string> imputed;
  fill_country_gaps(countries, "c.csv", imputed);
  CHECK(countries.gdp_busd[0] == 10 * 25.0);
  CHECK(countries.goods_domestic_busd[0] == Approx(250 * 0.5 * (100.0 / 400 + 90.0 / 900)).epsilon(1e-15));
  CHECK(imputed.size() == 2);
}

TEST_CASE("Gaps do not feed on gaps that were filled before") {
  CountryTable countries = five_countries();
  countries.internet_users_pct = {kGap, kGap, 60, 80, 99};
  std::vector<std::string> imputed;
  fill_country_gaps(countries, "c.csv", imputed);
  CHECK(countries.internet_users_pct[0] == 60.0);
  CHECK(countries.internet_users_pct[1] == 60.0);
}

TEST_CASE("A region without any value cannot be filled") {
  CountryTable countries = five_countries();
  countries.home_restrictiveness[4] = kGap;
  std::vector<std::string> imputed;
  CHECK(testing::message_of<DataError>([&] { fill_country_gaps(countries, "c.csv", imputed); }) ==
        "c.csv: column \"home_restrictiveness\" is empty for EEE and for its whole region (S): there is no median to "
        "fill "
        "it with; fill in at least one value.");
}

TEST_CASE("A table without gaps stays as it is") {
  CountryTable countries = five_countries();
  std::vector<std::string> imputed;
  fill_country_gaps(countries, "c.csv", imputed);
  CHECK(imputed.empty());
  CHECK(countries.gdp_busd == five_countries().gdp_busd);
}

TEST_CASE("Gaps in a file are filled when the scenario asks for it, and listed") {
  const WorldTables tables = read_files(changed("countries.csv", "-1,0.45", ",0.45"), true);
  CHECK(tables.countries.ideal_point_sd[0] == Approx(0.9).epsilon(1e-15));
  CHECK(std::count(tables.imputed.begin(), tables.imputed.end(), "countries.ideal_point_sd CHN") == 1);
}
