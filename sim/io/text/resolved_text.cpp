#include "sim/io/text/resolved_text.hpp"

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/io/text/policy_table.hpp"
#include "sim/io/text/toml_document.hpp"

namespace splinternet {
namespace {

/// The table at a dotted path, made if it is not there.
TomlValue& table_at(TomlValue& document, std::string_view path) {
  TomlValue* table = &document;
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    const std::string_view key = path.substr(0, dot);
    TomlValue* below = table->find(key);
    table = below != nullptr ? below : &table->put(keyed(key, TomlValue{}));
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  }
  return *table;
}

TomlValue parameter_value(const Parameter& row, double value) {
  switch (row.kind) {
    case ParameterKind::kFlag:
      return toml_flag(value != 0.0);
    case ParameterKind::kInteger:
      return toml_integer(static_cast<std::int64_t>(value));
    case ParameterKind::kOption:
      return toml_text(to_text(row, value));
    case ParameterKind::kReal:
      break;
  }
  return toml_real(value);
}

bool is_present(const Scenario& scenario, std::string_view section) {
  if (section == "countries") return scenario.has_countries;
  if (section == "firms") return scenario.has_firms;
  if (section == "data") return scenario.has_data;
  if (section == "trade") return scenario.has_trade;
  if (section == "influence") return scenario.has_influence;
  return true;
}

void put_run_and_world(const Scenario& scenario, TomlValue& document) {
  TomlValue& run = table_at(document, "run");
  run.put(keyed("start", toml_date(scenario.run.start)));
  run.put(keyed("horizon", toml_integer(scenario.run.horizon)));
  run.put(keyed("step_months", toml_real(scenario.run.step_months)));
  run.put(keyed("seed", toml_integer(static_cast<std::int64_t>(scenario.run.seed))));
  TomlValue& world = table_at(document, "world");
  if (scenario.world.actors > 0) {
    world.put(keyed("actors", toml_integer(static_cast<std::int64_t>(scenario.world.actors))));
  } else {
    world.put(keyed("tables", toml_text(scenario.world.tables)));
    world.put(keyed("impute", toml_text(scenario.world.impute ? "region_median" : "none")));
    world.put(keyed("initial_memberships", toml_flag(scenario.world.initial_memberships)));
  }
  TomlValue& record = table_at(document, "record");
  record.put(keyed("arrays", toml_texts(scenario.record.arrays)));
  record.put(keyed("decisions", toml_flag(scenario.record.decisions)));
  record.put(keyed("acts", toml_flag(scenario.record.acts)));
  record.put(keyed("market_access_exact", toml_flag(scenario.record.market_access_exact)));
}

void put_framework(const FrameworkSpec& framework, TomlValue& document) {
  TomlValue& table = table_at(document, "framework." + framework.id);
  table.put(keyed("name", toml_text(framework.name)));
  table.put(keyed("title", toml_text(framework.title)));
  table.put(keyed("sponsors", toml_texts(framework.sponsors)));
  table.put(keyed("untrusted_homes", toml_texts(framework.untrusted_homes)));
  table.put(keyed("untrusted_firms", toml_texts(framework.untrusted_firms)));
  table.put(keyed("incompatible_with", toml_texts(framework.incompatible_with)));
}

void put_event(const EventSpec& event, TomlValue& document) {
  TomlValue& table = table_at(document, "event." + event.id);
  const auto put_text = [&](EventField field, std::string_view key, const std::string& text) {
    if (needs(event.kind, field)) table.put(keyed(key, toml_text(text)));
  };
  table.put(keyed("kind", toml_text(event_kind_row(event.kind).name)));
  if (event.date) {
    table.put(keyed("date", toml_date(*event.date)));
  } else {
    table.put(keyed("after", toml_text(event.after)));
    table.put(keyed("delay_months", toml_integer(event.delay_months)));
  }
  if (event.until) table.put(keyed("until", toml_date(*event.until)));
  if (!event.source.empty()) table.put(keyed("source", toml_text(event.source)));
  put_text(EventField::kFramework, "framework", event.framework);
  put_text(EventField::kFirm, "firm", event.firm);
  put_text(EventField::kBuyer, "buyer", event.buyer);
  put_text(EventField::kParameter, "parameter", event.parameter);
  put_text(EventField::kCable, "cable", event.cable);
  if (needs(event.kind, EventField::kCountries)) table.put(keyed("countries", toml_texts(event.countries)));
  if (!event.partners.empty()) table.put(keyed("partners", toml_texts(event.partners)));
  if (needs(event.kind, EventField::kAmount)) table.put(keyed("amount", toml_real(event.amount)));
}

void put_organisation(const OrganisationSpec& organisation, TomlValue& document) {
  constexpr std::array<std::string_view, 3> kRules = {"consensus", "majority", "leader"};
  TomlValue& table = table_at(document, "organisation." + organisation.id);
  table.put(keyed("enabled", toml_flag(organisation.enabled)));
  if (organisation.rule) table.put(keyed("rule", toml_text(kRules[static_cast<std::size_t>(*organisation.rule)])));
  if (!organisation.leader.empty()) table.put(keyed("leader", toml_text(organisation.leader)));
}

void put_parameters(const Scenario& scenario, TomlValue& document) {
  const ParameterValues& parameters = scenario.parameters;
  for (std::size_t n = 0; n < parameters.size(); ++n) {
    const std::string& path = parameters.path(n);
    if (!is_present(scenario, std::string_view(path).substr(0, path.find('.')))) continue;
    const std::size_t dot = path.rfind('.');
    TomlValue& table = table_at(document, dot == std::string::npos ? "" : path.substr(0, dot));
    const std::string key = dot == std::string::npos ? path : path.substr(dot + 1);
    table.put(keyed(key, parameter_value(parameters.row(n), parameters.value(n))));
  }
}

}  // namespace

std::string resolved_text(const Scenario& scenario) {
  TomlValue document;
  if (!scenario.title.empty()) document.put(keyed("title", toml_text(scenario.title)));
  if (!scenario.question.empty()) document.put(keyed("question", toml_text(scenario.question)));
  put_run_and_world(scenario, document);
  for (const FrameworkSpec& framework : scenario.frameworks) put_framework(framework, document);
  for (const EventSpec& event : scenario.events) put_event(event, document);
  for (const OrganisationSpec& organisation : scenario.organisations) put_organisation(organisation, document);
  for (const std::string_view section : {"countries", "data", "firms", "influence", "trade"}) {
    if (is_present(scenario, section)) table_at(document, section);
  }
  if (scenario.has_countries) {
    table_at(document, "countries").put(keyed("terms", toml_texts(scenario.terms)));
    if (!scenario.policy_table.empty()) {
      table_at(document, "countries").put(keyed("policy_table", toml_policy_table(scenario.policy_table)));
    }
    table_at(document, "countries").put(keyed("unit", toml_text(scenario.unit)));
  }
  put_parameters(scenario, document);
  return to_toml(document);
}

}  // namespace splinternet
