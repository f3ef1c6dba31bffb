#include "sim/io/text/world_tables_file.hpp"

#include <algorithm>

#include "tests/io/text/tiny_world.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using testing::changed;
using testing::Files;
using testing::read_files;
using testing::tiny_world;

TEST_CASE("All tables of a world are read, countries sorted by code") {
  const WorldTables tables = read_files(tiny_world());
  CHECK(tables.countries.code == std::vector<std::string>{"CHN", "DEU", "JPN", "KOR"});
  CHECK(tables.countries.gdp_busd == std::vector<double>{30, 40, 20, 10});
  CHECK(tables.goods_trade_busd[0 * 4 + 1] == 3.0);
  CHECK(tables.services_trade_busd[1 * 4 + 2] == 0.5);
  CHECK(tables.common_language[2 * 4 + 3] == 1);
  CHECK(tables.links.size() == 3);
  CHECK(tables.vendor_shares.size() == 2);
  CHECK(tables.groupings.size() == 2);
  CHECK(tables.organisations.size() == 2);
  CHECK(tables.firms.size() == 2);
  CHECK(tables.firm_stances.size() == 1);
  CHECK(tables.initial_memberships.size() == 1);
  CHECK(tables.hosting[1 * 4 + 2] == 0.25);
  CHECK(tables.data_demand[0] == 4.0);
  CHECK(tables.imputed == std::vector<std::string>{"countries.goods_domestic_busd DEU",
                                                   "goods_trade.value_musd JPN-KOR",
                                                   "services_trade.value_musd (all rows)", "links.capacity_tbps l1"});
}

TEST_CASE("Tables that tables.toml does not list are absent") {
  Files files = tiny_world();
  std::string& manifest = files["tables.toml"];
  manifest = manifest.substr(0, manifest.find("[services_trade]")) + "[links]\nfile = \"links.csv\"\nrows = 3\n";
  const WorldTables tables = read_files(files);
  CHECK(tables.services_trade_busd == std::vector<double>(16, 0.0));
  CHECK(tables.common_language[0] == 1);
  CHECK(std::count(tables.common_language.begin(), tables.common_language.end(), 1) == 4);
  CHECK(tables.firms.empty());
  CHECK(tables.organisations.empty());
  CHECK(tables.initial_memberships.empty());
  CHECK(tables.hosting.empty());
  CHECK(tables.data_demand.empty());
}

TEST_CASE("The order of rows does not matter, but every byte counts in the digest") {
  const WorldTables tables = read_files(tiny_world());
  const WorldTables swapped = read_files(
      changed("goods_trade.csv", "CHN,DEU,3000,x,0\nDEU,CHN,2000,x,0\n", "DEU,CHN,2000,x,0\nCHN,DEU,3000,x,0\n"));
  CHECK(tables.goods_trade_busd == swapped.goods_trade_busd);
  CHECK(tables.digest == read_files(tiny_world()).digest);
  CHECK(tables.digest != swapped.digest);
  for (const auto& [name, content] : tiny_world()) {
    Files files = tiny_world();
    files[name] = name == "tables.toml" ? content + "# a comment\n" : "\xEF\xBB\xBF" + content;
    CHECK(read_files(files).digest != tables.digest);
  }
}

TEST_CASE("The shipped worlds are read in full and without contradiction") {
  const std::string folder = std::string(SPLINTERNET_SOURCE_DIR) + "/scenarios/data/";
  const WorldTables classroom = read_world_tables(folder + "classroom-12", false);
  CHECK(classroom.countries.size() == 12);
  CHECK(classroom.imputed.empty());
  CHECK(classroom.organisations.size() == 2);
  const WorldTables world = read_world_tables(folder + "world-2020", false);
  CHECK(world.countries.size() == 198);
  CHECK(std::is_sorted(world.countries.code.begin(), world.countries.code.end()));
  double gdp_busd = 0.0;
  for (const double value : world.countries.gdp_busd) gdp_busd += value;
  CHECK(gdp_busd > 80000);
  CHECK(gdp_busd < 95000);
  CHECK(world.initial_memberships.size() == 20);
  CHECK_FALSE(world.imputed.empty());
}

TEST_CASE("In the classroom world, Germany reaches Japan through Russia and China, and around them") {
  const WorldTables world =
      read_world_tables(std::string(SPLINTERNET_SOURCE_DIR) + "/scenarios/data/classroom-12", false);
  const auto reaches = [&](const std::vector<std::string>& forbidden) {
    std::vector<std::uint8_t> open(world.countries.size(), 1);
    for (const std::string& code : forbidden) open[world.countries.find(code)] = 0;
    std::vector<std::uint8_t> reached(world.countries.size(), 0);
    reached[world.countries.find("DEU")] = 1;
    for (std::size_t round = 0; round < world.countries.size(); ++round) {
      for (const LinkRow& link : world.links) {
        if (open[link.a] == 0 || open[link.b] == 0) continue;
        if (reached[link.a] != reached[link.b]) reached[link.a] = reached[link.b] = 1;
      }
    }
    return reached[world.countries.find("JPN")] == 1;
  };
  CHECK(reaches({"CHN", "RUS"}));
  CHECK(reaches({"USA"}));
  CHECK_FALSE(reaches({"CHN", "USA"}));
}
