#include "sim/io/text/resolved_text.hpp"

#include "sim/core/rng.hpp"
#include "tests/io/text/scenario_text.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using testing::holds;
using testing::kFrameworks;
using testing::kHead;
using testing::parse;

namespace {

void check_equal(const EventSpec& a, const EventSpec& b) {
  CHECK(a.id == b.id);
  CHECK(a.kind == b.kind);
  CHECK(a.date == b.date);
  CHECK(a.after == b.after);
  CHECK(a.delay_months == b.delay_months);
  CHECK(a.until == b.until);
  CHECK(a.framework == b.framework);
  CHECK(a.firm == b.firm);
  CHECK(a.buyer == b.buyer);
  CHECK(a.parameter == b.parameter);
  CHECK(a.cable == b.cable);
  CHECK(a.countries == b.countries);
  CHECK(a.partners == b.partners);
  CHECK(a.amount == b.amount);
  CHECK(a.source == b.source);
}

void check_equal(const FrameworkSpec& a, const FrameworkSpec& b) {
  CHECK(a.id == b.id);
  CHECK(a.name == b.name);
  CHECK(a.title == b.title);
  CHECK(a.sponsors == b.sponsors);
  CHECK(a.untrusted_homes == b.untrusted_homes);
  CHECK(a.untrusted_firms == b.untrusted_firms);
  CHECK(a.incompatible_with == b.incompatible_with);
}

void check_equal(const Scenario& a, const Scenario& b) {
  CHECK(a.title == b.title);
  CHECK(a.question == b.question);
  CHECK(a.run.start == b.run.start);
  CHECK(a.run.horizon == b.run.horizon);
  CHECK(a.run.step_months == b.run.step_months);
  CHECK(a.run.seed == b.run.seed);
  CHECK(a.world.tables == b.world.tables);
  CHECK(a.world.impute == b.world.impute);
  CHECK(a.world.initial_memberships == b.world.initial_memberships);
  REQUIRE(a.frameworks.size() == b.frameworks.size());
  for (std::size_t n = 0; n < a.frameworks.size(); ++n) check_equal(a.frameworks[n], b.frameworks[n]);
  REQUIRE(a.events.size() == b.events.size());
  for (std::size_t n = 0; n < a.events.size(); ++n) check_equal(a.events[n], b.events[n]);
  REQUIRE(a.organisations.size() == b.organisations.size());
  for (std::size_t n = 0; n < a.organisations.size(); ++n) {
    CHECK(a.organisations[n].id == b.organisations[n].id);
    CHECK(a.organisations[n].enabled == b.organisations[n].enabled);
    CHECK(a.organisations[n].rule == b.organisations[n].rule);
    CHECK(a.organisations[n].leader == b.organisations[n].leader);
  }
  CHECK(a.terms == b.terms);
  CHECK(a.unit == b.unit);
  CHECK(a.has_countries == b.has_countries);
  CHECK(a.has_firms == b.has_firms);
  CHECK(a.has_data == b.has_data);
  CHECK(a.has_trade == b.has_trade);
  CHECK(a.record.arrays == b.record.arrays);
  CHECK(a.record.decisions == b.record.decisions);
  CHECK(a.record.market_access_exact == b.record.market_access_exact);
  CHECK(a.parameters.paths() == b.parameters.paths());
  const auto left = a.parameters.values();
  const auto right = b.parameters.values();
  CHECK(std::vector<double>(left.begin(), left.end()) == std::vector<double>(right.begin(), right.end()));
}

const std::string kRich =
    "title = \"A \\\"quoted\\\" title\"\nquestion = \"Why?\"\n" + kHead + kFrameworks +
    "[event.late]\nkind = \"tariff\"\nafter = \"open_gids\"\ndelay_months = 3\nuntil = 2024-01-01\n"
    "countries = [\"USA\"]\npartners = [\"members:gids\", \"RUS\"]\namount = 0.1\nsource = \"law\"\n"
    "[event.rule]\nkind = \"domestic_rule\"\ncountries = [\"members:gids\"]\npartners = [\"USA\"]\namount = 0.2\n"
    "date = 2021-01-01\n"
    "[event.shock]\nkind = \"shock\"\nparameter = \"framework.gids.budget_busd\"\namount = 3\ndate = 2021-01-01\n"
    "[organisation.eu]\nrule = \"leader\"\nleader = \"DEU\"\n[organisation.asean]\nenabled = false\n"
    "[countries]\ntemperature = 0.3\nschedule = \"poisson\"\n[data]\ncongestion = true\n[trade]\n"
    "[record]\narrays = [\"members\"]\nmarket_access_exact = true\n";

}  // namespace

TEST_CASE("The resolved text of a small scenario, as a person reads it") {
  CHECK(parse(kHead + "[framework.gids]\nsponsors = [\"CHN\"]\nprovisions.local_law = 1\n[countries]\n").resolved ==
        "[countries]\nchoice = \"logit\"\nschedule = \"courted\"\ntemperature = 0.2\n"
        "terms = [\"E\", \"A\", \"N\"]\nunit = \"pp\"\n\n"
        "[framework.gids]\nbudget_busd = 1\nincompatible_with = []\nname = \"gids\"\nsponsors = [\"CHN\"]\n"
        "strategy = \"targeted\"\ntitle = \"\"\nuntrusted_firms = []\nuntrusted_homes = []\n\n"
        "[framework.gids.provisions]\nclean_apps = 0\nclean_cable = 0\nclean_carrier = 0\nclean_cloud = 0\n"
        "clean_path = 0\nclean_store = 0\nevidence_based = 0\nlocal_law = 1\nmutual_recognition = 0\n"
        "no_backdoors = 0\nno_illegal_collection = 0\nno_mass_surveillance = 0\nopen_supply_chain = 0\n\n"
        "[metrics]\nweight = -0.5\n\n[policy]\nphase_in_months = 12\n\n[record]\nacts = true\narrays = []\n"
        "decisions = true\n"
        "market_access_exact = false\n\n"
        "[run]\nhorizon = 120\nseed = 1\nstart = 2020-08-01\nstep_months = 1\n\n"
        "[world]\nimpute = \"none\"\ninitial_memberships = true\ntables = \"data/none\"\n");
}

TEST_CASE("The resolved text gives an equal scenario, whose text is the same again") {
  for (const std::string& text : {kHead, kHead + kFrameworks, kRich}) {
    const Scenario scenario = parse(text);
    const Scenario again = parse(scenario.resolved);
    check_equal(scenario, again);
    CHECK(again.resolved == scenario.resolved);
  }
}

TEST_CASE("The resolved text keeps every number to the last bit") {
  for (std::uint32_t n = 0; n < 200; ++n) {
    const Draws draws(7, Purpose::kTest, n, 0);
    Scenario scenario = parse(kRich);
    const std::size_t weight = scenario.parameters.find("metrics.weight");
    const std::size_t temperature = scenario.parameters.find("countries.temperature");
    scenario.parameters.set(weight, draws.normal(0) * draws.pareto(1e-12, 0.1, 1));
    scenario.parameters.set(temperature, 10 * draws.uniform(2));
    scenario.run.seed = draws.bits(3) >> 1U;
    const std::string text = resolved_text(scenario);
    const Scenario again = parse(text);
    check_equal(scenario, again);
    CHECK(again.resolved == text);
  }
}

TEST_CASE("Sections that do not stand in the scenario do not stand in its resolved text") {
  const std::string text = parse(kHead + "[trade]\n").resolved;
  CHECK(holds(text, "[trade]"));
  for (const char* section : {"[countries]", "[firms]", "[data]"}) CHECK_FALSE(holds(text, section));
}

TEST_CASE("The order of entries in the file does not matter") {
  const std::string a = "[framework.a]\nbudget_busd = 2\n";
  const std::string b = "[framework.b]\nsponsors = [\"USA\"]\n";
  CHECK(parse(kHead + a + b).resolved == parse(kHead + b + a).resolved);
}
