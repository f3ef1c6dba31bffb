#include "sim/io/text/pair_tables.hpp"

#include "tests/io/text/tiny_world.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using testing::table_refusal;

namespace {
const CodeList kCountries("country", {"CHN", "DEU", "JPN"});
}

TEST_CASE("Trade is read in USD bn by exporter and importer, and pairs without a row trade nothing") {
  std::vector<std::string> imputed;
  const CsvTable table = parse_csv("exporter,importer,value_musd\nCHN,DEU,2500\nJPN,CHN,0\n", "t.csv");
  const std::vector<double> trade = read_trade(table, "goods_trade", kCountries, imputed);
  CHECK(trade == std::vector<double>{0, 2.5, 0, 0, 0, 0, 0, 0, 0});
  CHECK(imputed.empty());
}

TEST_CASE("Trade with itself, unknown codes, repeated pairs and negative values are refused") {
  CHECK(table_refusal("goods_trade.csv", "JPN,KOR", "JPN,JPN") ==
        "goods_trade.csv:4:5: column \"importer\": JPN is paired with itself; remove the row or correct a code.");
  CHECK(table_refusal("goods_trade.csv", "JPN,KOR", "JPM,KOR") ==
        "goods_trade.csv:4:1: column \"exporter\": \"JPM\" is not a known country; correct or remove it. "
        "Did you mean \"JPN\"?");
  CHECK(table_refusal("goods_trade.csv", "JPN,KOR", "CHN,DEU").find("stands already in line 2") != std::string::npos);
  CHECK(table_refusal("services_trade.csv", "500", "-500").find("allowed is 0 or more") != std::string::npos);
  CHECK(table_refusal("services_trade.csv", "500", "much").find("is not a number") != std::string::npos);
}

TEST_CASE("Languages are symmetric, and each pair stands once in either order") {
  const auto common = read_languages(parse_csv("iso3_a,iso3_b\nDEU,JPN\n", "l.csv"), kCountries);
  CHECK(common == std::vector<std::uint8_t>{1, 0, 0, 0, 1, 1, 0, 1, 1});
  CHECK(testing::message_of<DataError>([] {
          read_languages(parse_csv("iso3_a,iso3_b\nDEU,JPN\nJPN,DEU\n", "l.csv"), kCountries);
        }).starts_with("l.csv:3:5: column \"iso3_b\": the pair JPN, DEU stands already"));
  CHECK(table_refusal("languages.csv", "JPN,KOR", "JPN,JPN").find("is paired with itself") != std::string::npos);
}

TEST_CASE("Links are read with ends, kind, cable and owners") {
  const WorldTables tables = testing::read_files(testing::tiny_world());
  const LinkRow& link = tables.links[1];
  CHECK(link.id == "l2");
  CHECK(link.a == 0);
  CHECK(link.b == 2);
  CHECK(link.kind == LinkKind::kSubmarine);
  CHECK(link.cable == "East");
  CHECK(link.length_km == 2000);
  CHECK(link.place.ends_with("links.csv:3:27"));
  CHECK(link.capacity_tbps == 10);
  CHECK(link.year == 2015);
  CHECK(link.owner_homes == std::vector<std::string>{"CHN", "JPN"});
  CHECK(tables.links[0].kind == LinkKind::kTerrestrial);
  CHECK(tables.links[2].kind == LinkKind::kSatellite);
}

TEST_CASE("Links that cannot be are refused") {
  const auto refusal = [](const std::string& from, const std::string& to) {
    return table_refusal("links.csv", from, to);
  };
  CHECK(refusal("l3,JPN,KOR", "l3,JPN,JPN").find("JPN is paired with itself") != std::string::npos);
  CHECK(refusal("l3,", "l2,").find("stands already in line 3") != std::string::npos);
  CHECK(refusal("satellite", "satelite").find("Did you mean \"satellite\"?") != std::string::npos);
  CHECK(refusal("500,0.1", "0,0.1").find("allowed is a number above 0") != std::string::npos);
  CHECK(refusal("500,0.1", "500,0").find("allowed is a number above 0") != std::string::npos);
  CHECK(refusal("2012", "212").find("allowed is from 1950 to 2100") != std::string::npos);
  CHECK(refusal("CHN|JPN", "CHN|JAP").find("\"JAP\" is not a known country") != std::string::npos);
  CHECK(refusal("500,0.1", "500,").find("the cell is empty") != std::string::npos);
}
