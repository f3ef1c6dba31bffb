#include "sim/study/analysis_csv.hpp"

#include <cstdlib>
#include <map>
#include <sstream>

#include "tests/support/catch.hpp"
#include "tests/support/small_world.hpp"
#include "tests/support/state_games.hpp"

using namespace splinternet;
using namespace splinternet::testing;

namespace {

/// Both frameworks analysed in step 4, one of them with a rule of entry into force; FFF held out.
Analysis small_analysis(Scenario scenario) {
  set(scenario, "framework.clean.entry_into_force_members", 2);
  World world = make_world(scenario, small_tables());
  advance(world, 4);
  Analysis analysis{world, {}, {}, {}};
  for (const std::size_t k : {kClean, kGids}) {
    analysis.frameworks.push_back({framework_stability(world, k), entry_power(world, k), traffic_values(world, k)});
  }
  Pivotality held_out;
  held_out.country = kFff;
  held_out.frameworks = {{MembershipLevel::kNone, 4, 3, {kCcc, kDdd}, {kEee}},
                         {MembershipLevel::kSigned, 1, 1, {}, {}}};
  analysis.pivotal.push_back(held_out);
  return analysis;
}

using Table = std::map<std::string, std::vector<std::string>>;  // by "part,framework,country,quantity"

Table parse(const std::string& csv) {
  Table table;
  std::istringstream lines(csv);
  std::string line;
  std::getline(lines, line);
  CHECK(line == "part,framework,country,quantity,value,standard_error,unit");
  while (std::getline(lines, line)) {
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    CAPTURE(line);
    REQUIRE(cells.size() == 7);
    CHECK(table
              .emplace(cells[0] + "," + cells[1] + "," + cells[2] + "," + cells[3],
                       std::vector<std::string>(cells.begin() + 4, cells.end()))
              .second);
  }
  return table;
}

double number(const Table& table, const std::string& row) {
  const auto found = table.find(row);
  REQUIRE(found != table.end());
  return std::strtod(found->second[0].c_str(), nullptr);
}

}  // namespace

TEST_CASE("every number of an analysis stands in one row of its own and reads back to the same bits") {
  const Analysis analysis = small_analysis(small_scenario());
  const Table table = parse(analysis_csv(analysis));
  const char* ids[] = {"clean", "gids"};
  const CountrySetting& countries = analysis.world.setting().countries;
  for (std::size_t k = 0; k < 2; ++k) {
    const FrameworkAnalysis& one = analysis.frameworks[k];
    const std::string id = ids[k];
    CHECK(number(table, "stability," + id + ",,internal") == (one.stability.internal ? 1.0 : 0.0));
    CHECK(number(table, "stability," + id + ",,surplus") == one.stability.surplus_money);
    for (const CountryMargin& entry : one.stability.countries) {
      const std::string row = "margin," + id + "," + countries.code[entry.country] + ",";
      CHECK(number(table, row + "worth_of_change") == entry.change);
      CHECK(number(table, row + "margin_money") == entry.margin_money);
      CHECK(number(table, row + "probability_of_change") == entry.probability);
      CHECK(number(table, row + "payment_to_tip") == entry.tip_busd);
      CHECK(number(table, row + "payment_to_target") == entry.target_busd);
      CHECK(number(table, row + "committed") == (entry.standing == Standing::kSponsor ? 1.0 : 0.0));
    }
    for (const TrafficValue& value : one.traffic) {
      CHECK(number(table, "traffic," + id + "," + countries.code[value.country] + ",shapley_value") == value.value);
    }
  }
}

TEST_CASE("power stands in the table where there is a game, with errors where it was sampled") {
  Analysis analysis = small_analysis(small_scenario());
  Table table = parse(analysis_csv(analysis));
  CHECK(number(table, "power,clean,,quota_members") == 2.0);
  CHECK(number(table, "power,clean,AAA,shapley_shubik") == 0.5);
  CHECK(table.at("power,clean,AAA,shapley_shubik")[1].empty());
  CHECK(table.count("power,gids,BBB,shapley_shubik") == 0);
  analysis.frameworks[kClean].power.indices.shapley_shubik[0] = {0.25, 0.125};
  table = parse(analysis_csv(analysis));
  CHECK(table.at("power,clean,AAA,shapley_shubik") == std::vector<std::string>{"0.25", "0.125", "1"});
}

TEST_CASE("who is lost or gained without a country is named in the table") {
  const Table table = parse(analysis_csv(small_analysis(small_scenario())));
  CHECK(number(table, "pivotal,clean,FFF,other_members") == 4.0);
  CHECK(number(table, "pivotal,clean,FFF,other_members_without") == 3.0);
  CHECK(number(table, "pivotal,gids,FFF,level") == 2.0);
  std::size_t named = 0;
  for (const auto& [row, cells] : table) {
    if (row.find(",lost_") != std::string::npos || row.find(",gained_") != std::string::npos) ++named;
  }
  CHECK(named == 3);
  CHECK(table.count("pivotal,clean,FFF,lost_DDD") == 1);
  CHECK(table.count("pivotal,clean,FFF,gained_EEE") == 1);
}

TEST_CASE("what there is not stays empty in the table") {
  Scenario scenario = small_scenario();
  set(scenario, "countries.choice", 1);
  const Table table = parse(analysis_csv(small_analysis(scenario)));
  CHECK(table.at("margin,clean,CCC,probability_of_change")[0].empty());
  CHECK(table.at("margin,clean,CCC,payment_to_target")[0].empty());
  CHECK_FALSE(table.at("margin,clean,CCC,payment_to_tip")[0].empty());
}

TEST_CASE("margins bear the unit of the scenario, and stand in no table where no payoffs are weighed") {
  Scenario scenario = table_scenario();
  scenario.unit = "size, squared";
  const auto csv_of = [](const Scenario& posed, const WorldTables& tables) {
    const World world = actor_world(posed, tables);
    Analysis analysis{world, {}, {}, {}};
    analysis.frameworks.push_back({framework_stability(world, 0), entry_power(world, 0), {}});
    return analysis_csv(analysis);
  };
  const std::string csv = csv_of(scenario, state_game(2, [](unsigned, std::size_t) { return 1.0; }));
  CHECK(csv.find("margin,pact,a,margin,0,,\"size, squared\"\n") != std::string::npos);
  CHECK(csv.find("stability,pact,,surplus,0,,\"size, squared\"\n") != std::string::npos);
  Scenario crowd = pact_scenario(2);
  crowd.terms = {};
  choose(crowd, "countries.choice", "threshold");
  const std::string none = csv_of(crowd, {});
  CHECK(none.find("margin,") == std::string::npos);
  CHECK(none.find("stability,") == std::string::npos);
  CHECK(none.find("power,pact,,quota_members,0") != std::string::npos);
}
