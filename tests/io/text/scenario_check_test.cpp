#include "sim/io/text/scenario_check.hpp"

#include "tests/io/text/scenario_text.hpp"
#include "tests/io/text/tiny_world.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using testing::holds;
using testing::kHead;

namespace {

const WorldTables& tables() {
  static const WorldTables kTables = testing::read_files(testing::tiny_world());
  return kTables;
}

void check(const std::string& text) {
  check_against_tables(testing::parse(kHead + text), tables());
}

std::string refusal(const std::string& text) {
  return testing::message_of<ScenarioError>([&] { check(text); });
}

const std::string kEvent = "[event.e]\ndate = 2020-09-01\n";

}  // namespace

TEST_CASE("A scenario whose names all stand in the tables passes") {
  CHECK_NOTHROW(
      check("[framework.gids]\nsponsors = [\"CHN\"]\nuntrusted_homes = [\"JPN\"]\nuntrusted_firms = [\"Han\"]\n"
            "[event.a]\ndate = 2020-09-01\nkind = \"ban\"\nfirm = \"Han\"\ncountries = [\"all\"]\n"
            "[event.b]\ndate = 2020-09-01\nkind = \"tariff\"\ncountries = [\"DEU\"]\npartners = "
            "[\"members:gids\"]\namount = 1\n"
            "[event.c]\ndate = 2020-09-01\nkind = \"cable_cut\"\ncable = \"East\"\n"
            "[organisation.west]\nrule = \"leader\"\nleader = \"DEU\"\n"));
}

TEST_CASE("An unknown country is refused with its place and the country that was meant") {
  CHECK(refusal("[framework.gids]\nsponsors = [\"CHN\", \"Germny\"]\n") ==
        "s.toml:6:20: unknown country \"Germny\"\n  key      framework.gids.sponsors[1]\n"
        "  allowed  codes (ISO 3166-1 alpha-3) of data/none: CHN, DEU, JPN, KOR\n"
        "  remedy   write the code. Did you mean \"DEU\" (Germany)?");
  const auto hint = [](const std::string& code) {
    return refusal("[framework.g]\nuntrusted_homes = [\"" + code + "\"]\n");
  };
  CHECK(hint("GER").ends_with("Did you mean \"DEU\" (Germany)?"));
  CHECK(hint("chn").ends_with("Did you mean \"CHN\" (China)?"));
  CHECK(hint("KRO").ends_with("Did you mean \"KOR\" (South Korea)?"));
  CHECK(hint("japan").ends_with("Did you mean \"JPN\" (Japan)?"));
  CHECK(hint("Atlantis").ends_with("write the code."));
  CHECK(hint("all").starts_with("s.toml:6:20: unknown country \"all\""));
}

TEST_CASE("Countries, firms, buyers and cables of events are checked") {
  CHECK(holds(refusal(kEvent + "kind = \"tariff\"\ncountries = [\"DEU\"]\npartners = [\"XXX\"]\namount = 1\n"),
              "s.toml:9:13: unknown country \"XXX\"\n  key      event.e.partners[0]"));
  CHECK(
      holds(refusal(kEvent + "kind = \"domestic_rule\"\ncountries = [\"XXX\"]\namount = 1\n"), "event.e.countries[0]"));
  CHECK(
      refusal(kEvent + "kind = \"ban\"\nfirm = \"Hann\"\ncountries = [\"DEU\"]\n").ends_with("Did you mean \"Han\"?"));
  CHECK(holds(refusal(kEvent + "kind = \"divest\"\nfirm = \"Han\"\nbuyer = \"Rhin\"\ncountries = [\"DEU\"]\n"),
              "unknown firm \"Rhin\"\n  key      event.e.buyer"));
  CHECK(refusal(kEvent + "kind = \"cable_cut\"\ncable = \"Silkroad\"\n").ends_with("Did you mean \"Silk Road\"?"));
  CHECK(holds(refusal("[framework.g]\nuntrusted_firms = [\"Hann\"]\n"), "framework.g.untrusted_firms[0]"));
}

TEST_CASE("Organisations must stand in the tables, and leaders must be their members") {
  CHECK(refusal("[organisation.wset]\n").starts_with("s.toml:5:1: unknown organisation \"wset\""));
  CHECK(refusal("[organisation.wset]\n").ends_with("Did you mean \"west\"?"));
  CHECK(holds(refusal("[organisation.west]\nrule = \"leader\"\nleader = \"CHN\"\n"), "CHN is no member of west"));
  CHECK(holds(refusal("[organisation.west]\nrule = \"leader\"\nleader = \"CHX\"\n"), "unknown country \"CHX\""));
}

TEST_CASE("Where the tables have no firms, the message says so") {
  WorldTables without = tables();
  without.firms.clear();
  const Scenario scenario = testing::parse(kHead + kEvent + "kind = \"ban\"\nfirm = \"Han\"\ncountries = [\"DEU\"]\n");
  CHECK(holds(testing::message_of<ScenarioError>([&] { check_against_tables(scenario, without); }),
              "none: the tables of data/none have no firms"));
}

TEST_CASE("A scenario without places is named instead") {
  Scenario scenario = testing::parse(kHead + "[framework.g]\nsponsors = [\"XXX\"]\n");
  scenario.places.clear();
  CHECK(testing::message_of<ScenarioError>([&] {
          check_against_tables(scenario, tables());
        }).starts_with("s.toml: unknown"));
}

TEST_CASE("A country without trade is refused at its row, but only if trade is to be solved") {
  WorldTables island = tables();
  const std::size_t n = island.countries.size();
  const std::size_t i = island.countries.find("CHN");
  for (std::size_t j = 0; j < n; ++j) {
    for (std::vector<double>* flow : {&island.goods_trade_busd, &island.services_trade_busd}) {
      (*flow)[i * n + j] = (*flow)[j * n + i] = 0.0;
    }
  }
  CHECK_NOTHROW(check_against_tables(testing::parse(kHead), island));
  const Scenario trading = testing::parse(kHead + "[trade]\n");
  const std::string message = testing::message_of<ScenarioError>([&] { check_against_tables(trading, island); });
  CHECK(holds(message, "countries.csv:3:1: CHN trades with no other country"));
  CHECK_NOTHROW(check_against_tables(trading, tables()));
}

TEST_CASE("Payoff terms of games have no place on a map, nor those of the map among actors") {
  const std::string head = "run.start = 2020-08-01\nrun.horizon = 12\n";
  const auto said = [&](const std::string& text, const WorldTables& world) {
    return testing::message_of<ScenarioError>(
        [&] { check_against_tables(parse_scenario(head + text, "s.toml", ""), world); });
  };
  const std::string map = "world.tables = \"t\"\n[countries]\n";
  const std::string actors = "world.actors = 5\n[countries]\n";
  CHECK(said(map + "terms = [\"peers\", \"public_good\"]\n", tables())
            .starts_with("s.toml:5:19: the payoff term public_good is of games among actors"));
  const std::string message = said(actors + "terms = [\"market_access\"]\n", {});
  CHECK(message.starts_with("s.toml:5:10: the payoff term market_access needs countries on a map"));
  CHECK(holds(message, "peers, inertia, taste, pairwise"));
  CHECK(holds(said(actors, {}), "s.toml:4:1: the payoff term market_access"));  // those that nobody named
  CHECK_NOTHROW(check_against_tables(
      parse_scenario(head + actors + "terms = [\"peers\", \"network_effect\"]\n", "s.toml", ""), {}));
}

TEST_CASE("Synthetic actors are named by their number with leading zeros") {
  const auto said = [](const std::string& sponsor) {
    const std::string text =
        "run.start = 2020-08-01\nrun.horizon = 12\nworld.actors = 120\n[countries]\nterms = []\n"
        "choice = \"threshold\"\n[framework.pact]\nsponsors = [\"" +
        sponsor + "\"]\n";
    try {
      check_against_tables(parse_scenario(text, "s.toml", ""), {});
    } catch (const ScenarioError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(said("001").empty());
  CHECK(said("120").empty());
  for (const char* wrong : {"1", "121", "000", "12a", "DEU"}) {
    CHECK(said(wrong).starts_with("s.toml:8:13: unknown actor \"" + std::string(wrong) +
                                  "\"\n  key      framework.pact.sponsors[0]\n  allowed  \"001\" to \"120\"\n"));
  }
}

TEST_CASE("Only games may declare their own unit") {
  const std::string head = "run.start = 2020-08-01\nrun.horizon = 12\n";
  const std::string text = "[countries]\nterms = [\"inertia\"]\nunit = \"ducats\"\n";
  const Scenario map = parse_scenario(head + "world.tables = \"t\"\n" + text, "s.toml", "");
  const std::string message = testing::message_of<ScenarioError>([&] { check_against_tables(map, tables()); });
  CHECK(message.starts_with("s.toml:6:8: payoffs of countries are percentage points"));
  CHECK_NOTHROW(check_against_tables(parse_scenario(head + "world.actors = 3\n" + text, "s.toml", ""), {}));
}
