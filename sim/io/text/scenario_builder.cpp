#include "sim/io/text/scenario_builder.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "sim/core/check.hpp"
#include "sim/io/text/policy_table.hpp"
#include "sim/io/text/scenario_events.hpp"
#include "sim/io/text/scenario_library.hpp"
#include "sim/io/text/scenario_parameters.hpp"
#include "sim/io/text/toml_reader.hpp"
#include "sim/model/countries.hpp"

namespace splinternet {
namespace {

namespace fs = std::filesystem;

constexpr Parameter kHorizon = integer("run.horizon", "steps", 0, {1, 100000}, {12, 600}, "length of the run", "[D]");
constexpr Parameter kActors = integer("world.actors", "actors", 1, {1, static_cast<double>(kMaxActors)}, {10, 1e6},
                                      "number of synthetic actors", "[D]");
constexpr Parameter kStepMonths = real("run.step_months", "months", 1, {0.01, 120}, {1, 12}, "length of a step", "[D]");

void note_places(const TomlValue& value, const std::string& path, std::map<std::string, std::string>& places) {
  for (std::size_t n = 0; n < value.items.size(); ++n) {
    const TomlValue& item = value.items[n];
    const std::string below =
        value.kind == TomlKind::kList ? path + "[" + std::to_string(n) + "]" : join_path(path, item.key);
    places[below] = to_string(item.place);
    note_places(item, below, places);
  }
}

RunSpec read_run(const TomlValue& document) {
  const TomlReader reader(document.find("run"), "run", document.place);
  RunSpec run;
  reader.require("start", "the day on which the run begins, e.g. 2020-08-01");
  run.start = *reader.date("start");
  if (run.start.day != 1) {
    refuse({to_string(reader.find("start")->place), reader.path("start"),
            to_string(run.start) + " is not the first day of a month: steps are counted in months",
            "the first day of a month", "write " + to_string(add_months(run.start, 0))});
  }
  reader.require("horizon", allowed_text(kHorizon));
  run.horizon = static_cast<int>(reader.number("horizon", kHorizon));
  run.step_months = reader.number("step_months", kStepMonths);
  if (const TomlValue* seed = reader.find("seed")) {
    // Read as an integer: a double would lose digits of large seeds.
    if (seed->kind != TomlKind::kInteger) refuse_type(*seed, "run.seed", "a whole number, at least 0");
    if (seed->integer < 0) {
      refuse({to_string(seed->place), "run.seed", describe(*seed) + " is out of range", "a whole number, at least 0",
              "write 0 or more"});
    }
    run.seed = static_cast<std::uint64_t>(seed->integer);
  }
  return run;
}

/// A folder as a file of any machine may name it: of an absolute path only the last two components.
std::string portable_name(const std::string& tables) {
  const fs::path path = fs::path(tables).lexically_normal();
  if (!path.is_absolute()) return path.generic_string();
  return (path.parent_path().filename() / path.filename()).generic_string();
}

/// The folder is relative to the file that names it, which may be one that the scenario extends.
std::string locate_tables(const TomlValue& value, const std::string& scenario_file, const std::string& folder) {
  const bool from_base = value.place.line > 0 && value.place.file != scenario_file;
  const fs::path base = from_base ? fs::path(value.place.file).parent_path() : fs::path(folder);
  const std::string path = (base / value.text).lexically_normal().string();
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return path;
  try {
    return find_tables(value.text);
  } catch (const ScenarioError&) {
    return path;  // who reads the tables says what is missing
  }
}

WorldSpec read_world(const TomlValue& document, const std::string& folder) {
  const TomlReader reader(document.find("world"), "world", document.place);
  const std::vector<std::string> gaps = {"none", "region_median"};
  WorldSpec world;
  world.attributes = entry_ids(document, "attribute");
  if (const TomlValue* actors = reader.find("actors")) {
    world.actors = static_cast<std::size_t>(reader.number("actors", kActors));
    if (const TomlValue* tables = reader.find("tables")) {
      refuse({to_string(tables->place), "world.tables",
              "the world has " + std::to_string(world.actors) + " synthetic actors by " + to_string(actors->place), "",
              "remove world.tables or world.actors"});
    }
    return world;
  }
  const TomlValue& tables = reader.require("tables", "a folder of tables, relative to this file");
  const std::string text = reader.text("tables");
  if (text.empty()) refuse({to_string(tables.place), "world.tables", "the name is empty", "a folder of tables", ""});
  world.tables = portable_name(text);
  world.tables_path = locate_tables(tables, document.place.file, folder);
  world.impute = reader.word("impute", gaps).value_or(0) == 1;
  world.initial_memberships = reader.flag("initial_memberships", true);
  return world;
}

std::vector<FrameworkSpec> read_frameworks(const TomlValue& document, const std::vector<std::string>& ids) {
  std::vector<FrameworkSpec> frameworks;
  for (const std::string& id : ids) {
    const TomlValue* table = document.find("framework")->find(id);
    const TomlReader reader(table, "framework." + id, table->place);
    FrameworkSpec framework{id,
                            reader.text("name", id),
                            reader.text("title"),
                            reader.texts("sponsors"),
                            reader.texts("untrusted_homes"),
                            reader.texts("untrusted_firms"),
                            reader.texts("incompatible_with")};
    std::vector<std::string> others = ids;
    std::erase(others, id);
    if (const TomlValue* list = reader.find("incompatible_with")) {
      for (const TomlValue& item : list->items) {
        check_known(item, reader.path("incompatible_with"), "other framework", others);
      }
    }
    frameworks.push_back(std::move(framework));
  }
  return frameworks;
}

std::vector<OrganisationSpec> read_organisations(const TomlValue& document) {
  const std::vector<std::string> rules = {"consensus", "majority", "leader"};
  std::vector<OrganisationSpec> organisations;
  for (const std::string& id : entry_ids(document, "organisation")) {
    const TomlValue* table = document.find("organisation")->find(id);
    const TomlReader reader(table, "organisation." + id, table->place);
    refuse_unknown_keys(*table, "organisation." + id, std::vector<std::string>{"enabled", "rule", "leader"});
    OrganisationSpec organisation{id, reader.flag("enabled", true), std::nullopt, reader.text("leader")};
    if (const auto rule = reader.word("rule", rules)) organisation.rule = static_cast<OrganisationRule>(*rule);
    const bool led = organisation.rule == OrganisationRule::kLeader;
    if (led != !organisation.leader.empty()) {
      const TomlValue* value = led ? reader.find("rule") : reader.find("leader");
      refuse({to_string(value->place), "organisation." + id,
              led ? "the rule \"leader\" needs a leader" : "a leader needs the rule \"leader\"",
              "rule = \"leader\" together with leader = \"<ISO-3>\"",
              led ? "add leader = \"<ISO-3>\", one of its members" : "add rule = \"leader\", or remove leader"});
    }
    organisations.push_back(std::move(organisation));
  }
  return organisations;
}

std::vector<std::string> read_terms(const TomlValue& document, const Vocabulary& vocabulary,
                                    const ParameterValues& values) {
  const TomlReader reader(document.find("countries"), "countries", document.place);
  const TomlValue* list = reader.find("terms");
  const std::size_t choice = values.find(parameters::kChoice.path);
  const bool weighs = choice == values.size() || weighs_payoffs(static_cast<ChoiceRule>(values.value(choice)));
  if (list == nullptr && !weighs) return {};
  if (list == nullptr) {
    return document.find("countries") == nullptr ? std::vector<std::string>{} : vocabulary.default_terms;
  }
  std::vector<std::string> terms = reader.texts("terms");
  for (const TomlValue& item : list->items) check_known(item, "countries.terms", "payoff term", vocabulary.terms);
  return terms;
}

/// The unit of payoffs, as texts and files name it.
std::string read_unit(const TomlValue& document) {
  const TomlReader reader(document.find("countries"), "countries", document.place);
  std::string unit = reader.text("unit", std::string(kUnitOfIncome));
  if (unit.empty() || unit.find_first_of("\n\t") != std::string::npos) {
    refuse({to_string(reader.find("unit")->place), "countries.unit", "the unit has no name",
            "one line of text, e.g. \"USD bn\", or \"1\" for a pure number", "write the unit, or remove the key"});
  }
  return unit;
}

/// What grows with the number of actors is kept of large crowds only if it is asked for.
constexpr std::size_t kManyActors = 2000;

RecordSpec read_record(const TomlValue& document, const WorldSpec& world, const Vocabulary& vocabulary) {
  const TomlReader reader(document.find("record"), "record", document.place);
  const bool few = world.actors <= kManyActors;
  RecordSpec record{reader.texts("arrays"), reader.flag("decisions", few), reader.flag("acts", few),
                    reader.flag("market_access_exact", false)};
  if (const TomlValue* list = reader.find("arrays")) {
    for (const TomlValue& item : list->items) {
      check_known(item, "record.arrays", "array", vocabulary.arrays, "splinternet params --outputs");
    }
  }
  if (record.market_access_exact && !record.decisions) {
    refuse({to_string(reader.find("market_access_exact")->place), "record.market_access_exact",
            "exact market access is recorded with decisions, which this run does not record", "",
            "set decisions = true, or remove market_access_exact"});
  }
  return record;
}

}  // namespace

Scenario build_scenario(const TomlValue& document, const std::string& name, const std::string& folder,
                        const Vocabulary& vocabulary) {
  Scenario scenario;
  scenario.name = name;
  const std::vector<std::string> frameworks = entry_ids(document, "framework");
  // First of all, because a misspelt key would otherwise be reported as a missing one.
  scenario.parameters = read_parameters(document, vocabulary, frameworks, entry_ids(document, "attribute"));
  const TomlReader top(&document, "", document.place);
  scenario.title = top.text("title");
  scenario.question = top.text("question");
  scenario.run = read_run(document);
  scenario.world = read_world(document, folder);
  scenario.frameworks = read_frameworks(document, frameworks);
  scenario.events = read_events(document, frameworks, scenario.parameters);
  scenario.organisations = read_organisations(document);
  scenario.policy_table = read_policy_table(document);
  scenario.terms = read_terms(document, vocabulary, scenario.parameters);
  scenario.unit = read_unit(document);
  scenario.has_countries = document.find("countries") != nullptr;
  scenario.has_firms = document.find("firms") != nullptr;
  scenario.has_data = document.find("data") != nullptr;
  scenario.has_trade = document.find("trade") != nullptr;
  scenario.has_influence = document.find("influence") != nullptr;
  scenario.record = read_record(document, scenario.world, vocabulary);
  note_places(document, "", scenario.places);
  scenario.resolved = resolved_text(scenario);
  return scenario;
}

}  // namespace splinternet
