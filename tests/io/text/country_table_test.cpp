#include "sim/io/text/country_table.hpp"

#include "tests/io/text/tiny_world.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using testing::table_refusal;

TEST_CASE("Every column of the countries is read") {
  const CountryTable countries = testing::read_files(testing::tiny_world()).countries;
  REQUIRE(countries.size() == 4);
  CHECK(countries.name[1] == "Germany");
  CHECK(countries.region[1] == "Europe");
  CHECK(countries.subregion[1] == "Western Europe");
  CHECK(countries.latitude_deg[1] == 52);
  CHECK(countries.longitude_deg[1] == 13);
  CHECK(countries.population_mn[1] == 80);
  CHECK(countries.internet_users_pct[1] == 90);
  CHECK(countries.ideal_point_sd[1] == 1.2);
  CHECK(countries.home_restrictiveness[1] == 0.1);
  CHECK(countries.goods_domestic_busd[1] == 20);
  CHECK(countries.services_domestic_busd[1] == 30);
  CHECK(countries.chooses == std::vector<std::uint8_t>{1, 1, 1, 0});
}

TEST_CASE("Codes must be three capital letters and stand once") {
  CHECK(table_refusal("countries.csv", "\nCHN", "\nChn")
            .starts_with("countries.csv:3:1: column \"iso3\": \"Chn\" is not a code"));
  CHECK(table_refusal("countries.csv", "\nCHN", "\nCHIN")
            .starts_with("countries.csv:3:1: column \"iso3\": \"CHIN\" is not"));
  CHECK(table_refusal("countries.csv", "\nCHN", "\nDEU").find("stands already in line 2") != std::string::npos);
}

TEST_CASE("Numbers of countries are checked for their range") {
  CHECK(table_refusal("countries.csv", "DEU,Germany,Europe,Western Europe,52", "DEU,Germany,Europe,Western Europe,91")
            .find("allowed is from -90 to 90") != std::string::npos);
  CHECK(table_refusal("countries.csv", "0.45,1,15", "1.45,1,15").find("allowed is from 0 to 1") != std::string::npos);
  CHECK(table_refusal("countries.csv", "0.45,1,15", "0.45,yes,15").find("is neither 0 nor 1") != std::string::npos);
  CHECK(table_refusal("countries.csv", "30,1400", "30,0").find("allowed is a number above 0") != std::string::npos);
}

TEST_CASE("Columns are checked by name") {
  CHECK(table_refusal("countries.csv", "subregion", "subregio").find("Did you mean \"subregion\"?") !=
        std::string::npos);
}

TEST_CASE("An empty cell is refused with the way to have it filled, if there is one") {
  CHECK(table_refusal("countries.csv", "-1,0.45", ",0.45")
            .ends_with("the cell is empty; fill it in, or write impute = \"region_median\" in [world]."));
  CHECK(table_refusal("countries.csv", "30,1400", "30,", true).ends_with("no rule can fill it; fill it in."));
  CHECK(table_refusal("countries.csv", "30,1400", "30,").ends_with("no rule can fill it; fill it in."));
}

TEST_CASE("A world without countries is refused") {
  const CsvTable header = parse_csv(
      "iso3,name,region,subregion,latitude_deg,longitude_deg,gdp_busd,population_mn,internet_users_pct,"
      "ideal_point_sd,home_restrictiveness,chooses,goods_domestic_busd,services_domestic_busd\n",
      "c.csv");
  std::vector<std::string> imputed;
  CHECK_THROWS_AS(read_country_table(header, Gaps::kRefuse, imputed), DataError);
}
