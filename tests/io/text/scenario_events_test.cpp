#include "sim/io/text/scenario_events.hpp"

#include "tests/io/text/scenario_text.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;
using testing::holds;
using testing::message_of;

namespace {

const std::vector<std::string> kFrameworks = {"clean_network", "gids"};

std::vector<EventSpec> read(const std::string& text) {
  const ParameterValues::Family families[] = {{"framework.", kFrameworks}};
  const ParameterValues parameters(testing::small_vocabulary().parameters, families);
  return read_events(parse_toml(text, "f"), kFrameworks, parameters);
}

std::string refusal(const std::string& text) {
  return message_of<ScenarioError>([&] { read(text); });
}

/// One event of a kind with all its fields, in the order of the enum.
const std::vector<std::string> kEveryKind = {
    "kind = \"open\"\nframework = \"gids\"\n",
    "kind = \"close_courting\"\nframework = \"gids\"\n",
    "kind = \"close\"\nframework = \"gids\"\n",
    "kind = \"amend\"\nframework = \"gids\"\nparameter = \"local_law\"\namount = 0.5\n",
    "kind = \"briefing\"\nframework = \"gids\"\namount = 6\n",
    "kind = \"ban\"\nfirm = \"Huawei\"\ncountries = [\"USA\", \"JPN\"]\n",
    "kind = \"divest\"\nfirm = \"TikTok\"\nbuyer = \"Oracle\"\ncountries = [\"USA\"]\n",
    "kind = \"entity_list\"\nfirm = \"Huawei\"\npartners = [\"USA\"]\n",
    "kind = \"pressure\"\nframework = \"clean_network\"\ncountries = [\"GBR\"]\n",
    "kind = \"tariff\"\ncountries = [\"USA\"]\npartners = [\"members:gids\"]\namount = 0.25\n",
    "kind = \"domestic_rule\"\ncountries = [\"IND\"]\namount = 0.1\n",
    "kind = \"revelation\"\nframework = \"gids\"\namount = 0.2\n",
    "kind = \"fraud_shock\"\namount = 2\n",
    "kind = \"cable_cut\"\ncable = \"SEA-ME-WE 3\"\n",
    "kind = \"leader_change\"\ncountries = [\"BRA\"]\namount = -0.5\n",
    "kind = \"shock\"\nparameter = \"framework.gids.budget_busd\"\namount = 7\n",
    "kind = \"propose\"\nframework = \"gids\"\ncountries = [\"KEN\", \"BRA\"]\n",
};

}  // namespace

TEST_CASE("Every kind of event is read with all its fields") {
  REQUIRE(kEveryKind.size() == kEventKindCount);
  for (std::size_t n = 0; n < kEventKindCount; ++n) {
    const std::vector<EventSpec> events = read("[event.e]\ndate = 2020-09-01\n" + kEveryKind[n]);
    REQUIRE(events.size() == 1);
    const EventSpec& event = events[0];
    CHECK(event.kind == static_cast<EventKind>(n));
    CHECK(event.date == Date{2020, 9, 1});
    CHECK(event.framework.empty() != needs(event.kind, EventField::kFramework));
    CHECK(event.firm.empty() != needs(event.kind, EventField::kFirm));
    CHECK(event.buyer.empty() != needs(event.kind, EventField::kBuyer));
    CHECK(event.parameter.empty() != needs(event.kind, EventField::kParameter));
    CHECK(event.cable.empty() != needs(event.kind, EventField::kCable));
    CHECK(event.countries.empty() != needs(event.kind, EventField::kCountries));
    CHECK(event.partners.empty() != needs(event.kind, EventField::kPartners));
    CHECK((event.amount == 0.0) != needs(event.kind, EventField::kAmount));
  }
}

TEST_CASE("A field that is missing or that the kind does not have is refused for every kind") {
  const std::vector<std::string> fields = {"framework = \"gids\"\n", "firm = \"x\"\n",  "buyer = \"x\"\n",
                                           "parameter = \"x\"\n",    "cable = \"x\"\n", "countries = [\"USA\"]\n",
                                           "partners = [\"USA\"]\n", "amount = 0.5\n"};
  for (std::size_t n = 0; n < kEventKindCount; ++n) {
    const std::string name(kEventKinds[n].name);
    const std::string bare = "[event.e]\ndate = 2020-09-01\nkind = \"" + name + "\"\n";
    CHECK(holds(refusal(bare), " is missing\n  key      event.e."));
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (takes(static_cast<EventKind>(n), static_cast<EventField>(1U << f))) continue;
      const std::string key = fields[f].substr(0, fields[f].find(' '));
      const std::string message = refusal("[event.e]\ndate = 2020-09-01\n" + kEveryKind[n] + fields[f]);
      CHECK(holds(message, "an event of kind \"" + name + "\" has no \"" + key + "\""));
      CHECK(holds(message, "\"" + name + "\" takes "));
    }
  }
}

TEST_CASE("A domestic rule may name those whose data it is about") {
  const std::string rule = "[event.e]\ndate = 2020-09-01\n" + kEveryKind[static_cast<int>(EventKind::kDomesticRule)];
  CHECK(read(rule)[0].partners.empty());
  CHECK(read(rule + "partners = [\"USA\", \"members:gids\"]\n")[0].partners ==
        std::vector<std::string>{"USA", "members:gids"});
  CHECK(holds(refusal(rule + "partners = []\n"), "the list is empty"));
  CHECK(holds(refusal(rule + "firm = \"x\"\n"), "\"domestic_rule\" takes countries, partners, amount"));
}

TEST_CASE("Events come out sorted by id, with delays, ends and sources") {
  const auto events = read(
      "[event.z]\nkind = \"fraud_shock\"\namount = 2\ndate = 2020-09-08\nuntil = 2021-01-01\nsource = \"speech\"\n"
      "[event.a]\nkind = \"close\"\nframework = \"gids\"\nafter = \"z\"\ndelay_months = 24\n");
  REQUIRE(events.size() == 2);
  CHECK(events[0].id == "a");
  CHECK(events[0].after == "z");
  CHECK(events[0].delay_months == 24);
  CHECK_FALSE(events[0].date);
  CHECK(events[1].until == Date{2021, 1, 1});
  CHECK(events[1].source == "speech");
}

TEST_CASE("An event needs either a date or an event that it follows") {
  const std::string open = "[event.e]\nkind = \"open\"\nframework = \"gids\"\n";
  CHECK(refusal(open).starts_with("f:1:1: the event has no time"));
  CHECK(refusal(open + "date = 2020-09-01\nafter = \"e\"\n")
            .starts_with("f:5:1: the event has both a date and an after"));
  CHECK(
      refusal(open + "date = 2020-09-01\ndelay_months = 1\n").starts_with("f:5:1: delay_months stands without after"));
  CHECK(holds(refusal(open + "after = \"e\"\ndelay_months = -1\n"), "a whole number from 0 to 1200 (months)"));
  const std::string shock = "[event.e]\nkind = \"fraud_shock\"\namount = 2\n";
  CHECK(holds(refusal(shock + "date = 2020-09-01\nuntil = 2020-09-01\n"), "the event ends before it begins"));
  CHECK(holds(refusal(open + "date = 2020-09-01\nuntil = 2020-10-01\n"), "acts once and cannot end"));
  CHECK(refusal(open + "date = \"2020-09-01\"\n").ends_with("write the day without quotes: 2020-08-01"));
}

TEST_CASE("Unknown kinds, frameworks, events, provisions and parameters are refused with the nearest") {
  const std::string day = "[event.open_gids]\ndate = 2020-09-01\n";
  CHECK(refusal(day).starts_with("f:1:1: \"kind\" is missing"));
  CHECK(refusal(day + "kind = \"opn\"\n").ends_with("Did you mean \"open\"?"));
  CHECK(refusal(day + "kind = \"open\"\nframework = \"gid\"\n").ends_with("Did you mean \"gids\"?"));
  CHECK(refusal(day + "kind = \"open\"\nframwork = \"gids\"\n").ends_with("Did you mean \"framework\"?"));
  CHECK(refusal("[event.open_gids]\nkind = \"open\"\nframework = \"gids\"\nafter = \"opengids\"\n")
            .ends_with("Did you mean \"open_gids\"?"));
  CHECK(refusal(day + "kind = \"amend\"\nframework = \"gids\"\nparameter = \"locallaw\"\namount = 1\n")
            .ends_with("Did you mean \"local_law\"?"));
  CHECK(refusal(day + "kind = \"shock\"\nparameter = \"framework.gids.budget_musd\"\namount = 1\n")
            .ends_with("Did you mean \"framework.gids.budget_busd\"?"));
  CHECK(refusal(day + "kind = \"ban\"\nfirm = \"x\"\ncountries = [\"members:gid\"]\n")
            .ends_with("Did you mean \"gids\"?"));
}

TEST_CASE("Amounts are checked against the kind, and those of a shock against the parameter") {
  const std::string day = "[event.e]\ndate = 2020-09-01\n";
  CHECK(holds(refusal(day + "kind = \"amend\"\nframework = \"gids\"\nparameter = \"local_law\"\namount = 2\n"),
              "a number from 0 to 1"));
  CHECK(holds(refusal(day + "kind = \"shock\"\nparameter = \"framework.gids.budget_busd\"\namount = 2000\n"),
              "a number from 0 to 1000 (USD bn per year)"));
  CHECK(holds(refusal(day + "kind = \"shock\"\nparameter = \"countries.schedule\"\namount = 2\n"),
              "a whole number from 0 to 1"));
  CHECK(read(day + "kind = \"shock\"\nparameter = \"data.congestion\"\namount = 1\n")[0].amount == 1.0);
  CHECK(holds(refusal(day + "kind = \"fraud_shock\"\namount = \"2\"\n"), "has the wrong type"));
}

TEST_CASE("Empty names and lists are refused") {
  const std::string day = "[event.e]\ndate = 2020-09-01\n";
  CHECK(holds(refusal(day + "kind = \"cable_cut\"\ncable = \"\"\n"), "f:4:9: the name is empty"));
  CHECK(holds(refusal(day + "kind = \"ban\"\nfirm = \"x\"\ncountries = []\n"), "f:5:13: the list is empty"));
}

TEST_CASE("Events that wait for each other in a circle are refused with the chain") {
  const std::string body = "kind = \"open\"\nframework = \"gids\"\n";
  const auto message = refusal("[event.a]\nafter = \"b\"\n" + body + "[event.b]\nafter = \"c\"\n" + body +
                               "[event.c]\nafter = \"b\"\n" + body);
  CHECK(holds(message, "the events wait for each other in a circle"));
  CHECK(holds(message, "b after c after b"));
}

TEST_CASE("Ids are in snake_case and name tables") {
  CHECK(entry_ids(parse_toml("[event.b]\n[event.a_2]\n", "f"), "event") == std::vector<std::string>{"a_2", "b"});
  CHECK(entry_ids(TomlValue{}, "event").empty());
  const auto refused = [](const std::string& text) {
    return message_of<ScenarioError>([&] { entry_ids(parse_toml(text, "f"), "event"); });
  };
  CHECK(refused("[event.Open]\n").starts_with("f:1:8: \"Open\" is not a valid id"));
  CHECK(refused("[event.\"a.b\"]\n").starts_with("f:1:8: \"a.b\" is not a valid id"));
  CHECK(refused("event.a = 1\n").starts_with("f:1:11: the whole number 1 has the wrong type"));
  CHECK(refused("event = 1\n").starts_with("f:1:9: the whole number 1 has the wrong type"));
}
