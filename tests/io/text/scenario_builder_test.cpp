#include "sim/io/text/scenario_builder.hpp"

#include <filesystem>

#include "tests/io/text/scenario_text.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using testing::holds;
using testing::kFrameworks;
using testing::kHead;
using testing::parse;
using testing::refusal;
using testing::TemporaryFolder;
using testing::write_file;

TEST_CASE("The shortest scenario has defaults in every other place") {
  const Scenario scenario = parse(kHead);
  CHECK(scenario.name == "s.toml");
  CHECK(scenario.run.start == Date{2020, 8, 1});
  CHECK(scenario.run.horizon == 120);
  CHECK(scenario.run.step_months == 1.0);
  CHECK(scenario.run.seed == 1);
  CHECK(scenario.world.tables == "data/none");
  CHECK_FALSE(scenario.world.impute);
  CHECK(scenario.world.initial_memberships);
  CHECK_FALSE(scenario.has_countries);
  CHECK_FALSE(scenario.has_firms);
  CHECK_FALSE(scenario.has_data);
  CHECK_FALSE(scenario.has_trade);
  CHECK(scenario.terms.empty());
  CHECK(scenario.frameworks.empty());
  CHECK(scenario.record.arrays.empty());
  CHECK(scenario.record.decisions);
  CHECK_FALSE(scenario.record.market_access_exact);
}

TEST_CASE("Every section is read") {
  const Scenario scenario = parse(
      "title = \"T\"\nquestion = \"Q?\"\n"
      "[run]\nstart = 2020-08-01\nhorizon = 60\nstep_months = 0.5\nseed = 9223372036854775807\n"
      "[world]\ntables = \"data/none\"\nimpute = \"region_median\"\ninitial_memberships = false\n"
      "[framework.b]\nname = \"B\"\ntitle = \"of B\"\nsponsors = [\"USA\"]\nuntrusted_homes = [\"CHN\"]\n"
      "untrusted_firms = [\"Huawei\"]\nincompatible_with = [\"a\"]\n[framework.a]\n"
      "[organisation.eu]\nrule = \"leader\"\nleader = \"DEU\"\n[organisation.asean]\nenabled = false\n"
      "[countries]\nterms = [\"N\", \"E\"]\n[firms]\n[data]\n[trade]\n[record]\narrays = [\"members\"]\ndecisions = "
      "false\n");
  CHECK(scenario.title == "T");
  CHECK(scenario.question == "Q?");
  CHECK(scenario.run.step_months == 0.5);
  CHECK(scenario.run.seed == 9223372036854775807U);
  CHECK(scenario.world.impute);
  CHECK_FALSE(scenario.world.initial_memberships);
  REQUIRE(scenario.frameworks.size() == 2);
  CHECK(scenario.frameworks[0].name == "a");
  CHECK(scenario.frameworks[1].name == "B");
  CHECK(scenario.frameworks[1].title == "of B");
  CHECK(scenario.frameworks[1].sponsors == std::vector<std::string>{"USA"});
  CHECK(scenario.frameworks[1].untrusted_homes == std::vector<std::string>{"CHN"});
  CHECK(scenario.frameworks[1].untrusted_firms == std::vector<std::string>{"Huawei"});
  CHECK(scenario.frameworks[1].incompatible_with == std::vector<std::string>{"a"});
  REQUIRE(scenario.organisations.size() == 2);
  CHECK(scenario.organisations[0].id == "asean");
  CHECK_FALSE(scenario.organisations[0].enabled);
  CHECK(scenario.organisations[1].rule == OrganisationRule::kLeader);
  CHECK(scenario.organisations[1].leader == "DEU");
  CHECK(scenario.terms == std::vector<std::string>{"N", "E"});
  CHECK((scenario.has_countries && scenario.has_firms && scenario.has_data && scenario.has_trade));
  CHECK(scenario.record.arrays == std::vector<std::string>{"members"});
  CHECK_FALSE(scenario.record.decisions);
}

TEST_CASE("A section of countries without terms has all of them") {
  CHECK(parse(kHead + "[countries]\n").terms == std::vector<std::string>{"E", "A", "N"});
  CHECK(parse(kHead + "[countries]\nterms = []\n").terms.empty());
}

TEST_CASE("Payoffs are in percentage points of income unless the scenario names another unit, which it keeps") {
  CHECK(testing::parse(kHead + "[countries]\n").unit == "pp");
  const Scenario scenario = testing::parse(kHead + "[countries]\nunit = \"kt CO2\"\n");
  CHECK(scenario.unit == "kt CO2");
  CHECK(testing::parse(scenario.resolved).unit == "kt CO2");
  CHECK(refusal(kHead + "[countries]\nunit = \"\"\n").starts_with("s.toml:6:8: the unit has no name"));
}

TEST_CASE("Places of all entries are kept, down to the elements of lists") {
  const Scenario scenario = parse(kHead + kFrameworks);
  CHECK(scenario.places.at("framework.gids.sponsors[0]") == "s.toml:6:13");
  CHECK(scenario.places.at("event.open_gids") == "s.toml:9:1");
}

TEST_CASE("What a scenario cannot do without is named") {
  CHECK(refusal("").starts_with("s.toml:1:1: \"start\" is missing\n  key      run.start"));
  CHECK(holds(refusal("run.start = 2020-08-01\n"), "\"horizon\" is missing"));
  CHECK(holds(refusal("run.start = 2020-08-01\nrun.horizon = 1\n"), "\"tables\" is missing"));
  CHECK(holds(refusal("run.start = 2020-08-01\nrun.horizon = 1\nworld.tables = \"\"\n"), "the name is empty"));
}

TEST_CASE("Numbers of the run are checked") {
  const auto run = [](const std::string& key, const std::string& value) {
    return refusal(kHead, {{"run." + key, value}});
  };
  CHECK(holds(run("horizon", "0"), "a whole number from 1 to 100000 (steps)"));
  CHECK(holds(run("step_months", "0"), "a number from 0.01 to 120 (months)"));
  CHECK(holds(run("seed", "-1"), "the whole number -1 is out of range"));
  CHECK(holds(run("seed", "1.5"), "the number 1.5 has the wrong type"));
  CHECK(holds(run("start", "soon"), "the string \"soon\" has the wrong type"));
  CHECK(holds(refusal(kHead, {{"world.impute", "median"}}), "\"none\" or \"region_median\""));
}

TEST_CASE("Frameworks, organisations and terms are checked against each other") {
  CHECK(refusal(kHead + kFrameworks, {{"framework.gids.incompatible_with", "[\"clean_netwrok\"]"}})
            .ends_with("Did you mean \"clean_network\"?"));
  CHECK(holds(refusal(kHead + kFrameworks, {{"framework.gids.incompatible_with", "[\"gids\"]"}}),
              "unknown other framework \"gids\""));
  CHECK(holds(refusal(kHead + "[framework.GIDS]\n"), "\"GIDS\" is not a valid id"));
  CHECK(holds(refusal(kHead + "[organisation.eu]\nrule = \"leader\"\n"), "the rule \"leader\" needs a leader"));
  CHECK(holds(refusal(kHead + "[organisation.eu]\nleader = \"DEU\"\n"), "a leader needs the rule \"leader\""));
  CHECK(holds(refusal(kHead + "[organisation.eu]\nrules = \"leader\"\n"), "Did you mean \"rule\"?"));
  CHECK(holds(refusal(kHead + "[organisation.eu]\nrule = \"majorty\"\n"), "Did you mean \"majority\"?"));
  CHECK(holds(refusal(kHead + "[countries]\nterms = [\"E\", \"Z\"]\n"), "unknown payoff term \"Z\""));
  CHECK(holds(refusal(kHead + "[countries]\nterms = [\"E\", \"E\"]\n"), "\"E\" stands twice"));
  CHECK(refusal(kHead + "[record]\narrays = [\"membrs\"]\n").ends_with("Did you mean \"members\"?"));
  CHECK(parse(kHead + "[record]\nmarket_access_exact = true\n").record.market_access_exact);
  CHECK(refusal(kHead + "[record]\nmarket_access_exact = true\ndecisions = false\n")
            .ends_with("set decisions = true, or remove market_access_exact"));
  CHECK(holds(refusal("title = 3\n" + kHead), "the whole number 3 has the wrong type"));
}

TEST_CASE("A misspelt key is reported before what is missing because of it") {
  CHECK(holds(refusal("run.start = 2020-08-01\nrun.horizn = 1\n"), "unknown key \"horizn\""));
}

TEST_CASE("Tables are looked for beside the file that names them, and named without the path of this machine") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "shipped/data/world");
  std::filesystem::create_directories(folder / "own");
  write_file(folder / "shipped/base.toml", "run.start = 2020-08-01\nrun.horizon = 1\nworld.tables = \"data/world\"\n");
  write_file(folder / "own/mine.toml", "extends = \"../shipped/base.toml\"\n");
  const Scenario scenario = read_scenario(folder / "own/mine.toml", {}, testing::small_vocabulary());
  CHECK(scenario.name == "mine");
  CHECK(scenario.world.tables == "data/world");
  CHECK(scenario.world.tables_path == (folder / "shipped/data/world").string());
  const std::vector<Override> absolute = {{"world.tables", "\"" + (folder / "shipped/data/world").string() + "\""}};
  const Scenario other = read_scenario(folder / "own/mine.toml", absolute, testing::small_vocabulary());
  CHECK(other.world.tables == "data/world");
  CHECK(other.world.tables_path == scenario.world.tables_path);
}
