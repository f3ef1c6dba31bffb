#include "sim/io/text/scenario_events.hpp"

#include <algorithm>
#include <array>

#include "sim/core/nearest_name.hpp"
#include "sim/io/text/toml_reader.hpp"
#include "sim/scenario/provisions.hpp"

namespace splinternet {
namespace {

struct FieldName {
  EventField field;
  std::string_view key;
};

constexpr std::array<FieldName, 8> kFieldNames = {{
    {EventField::kFramework, "framework"},
    {EventField::kFirm, "firm"},
    {EventField::kBuyer, "buyer"},
    {EventField::kParameter, "parameter"},
    {EventField::kCable, "cable"},
    {EventField::kCountries, "countries"},
    {EventField::kPartners, "partners"},
    {EventField::kAmount, "amount"},
}};

constexpr Parameter kDelay = integer("delay_months", "months", 0, {0, 1200}, {0, 24}, "", "");

bool is_snake_case(const std::string& id) {
  return !id.empty() && id[0] >= 'a' && id[0] <= 'z' && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// Reads one [event.<id>].
class EventReader {
 public:
  EventReader(const TomlValue& table, const std::vector<std::string>& ids, const std::vector<std::string>& frameworks,
              const ParameterValues& parameters)
      : table_(table),
        reader_(&table, "event." + table.key, table.place),
        ids_(ids),
        frameworks_(frameworks),
        parameters_(parameters) {}

  EventSpec read() {
    event_.id = table_.key;
    read_kind();
    check_keys();
    read_time();
    event_.source = reader_.text("source");
    if (takes(EventField::kFramework)) {
      event_.framework = require_text("framework", "the id of a framework");
      check_known(*reader_.find("framework"), reader_.path("framework"), "framework", frameworks_);
    }
    if (takes(EventField::kFirm)) event_.firm = require_text("firm", "the name of a firm");
    if (takes(EventField::kBuyer)) event_.buyer = require_text("buyer", "the name of the firm that buys");
    if (takes(EventField::kCable)) event_.cable = require_text("cable", "the name of a cable");
    if (takes(EventField::kCountries)) event_.countries = require_countries("countries");
    if (has(EventField::kPartners, "partners")) event_.partners = require_countries("partners");
    if (takes(EventField::kParameter)) read_parameter();
    if (takes(EventField::kAmount)) read_amount();
    return event_;
  }

 private:
  [[nodiscard]] bool takes(EventField field) const { return splinternet::takes(event_.kind, field); }
  /// Whether the field is to be read: it must be there, or may be and is.
  [[nodiscard]] bool has(EventField field, std::string_view key) const {
    return needs(event_.kind, field) || (takes(field) && reader_.find(key) != nullptr);
  }

  void read_kind() {
    std::vector<std::string> kinds;
    for (const EventKindRow& row : kEventKinds) kinds.emplace_back(row.name);
    reader_.require("kind", list_text(kinds));
    event_.kind = static_cast<EventKind>(*reader_.word("kind", kinds));
  }

  void check_keys() const {
    std::vector<std::string> known = {"kind", "date", "after", "delay_months", "until", "source"};
    std::string fields;
    for (const FieldName& field : kFieldNames) {
      if (!takes(field.field)) continue;
      known.emplace_back(field.key);
      fields += (fields.empty() ? "" : ", ") + std::string(field.key);
    }
    for (const FieldName& field : kFieldNames) {
      const TomlValue* value = reader_.find(field.key);
      if (value == nullptr || takes(field.field)) continue;
      const std::string kind(event_kind_row(event_.kind).name);
      refuse({to_string(value->key_place), reader_.path(field.key),
              "an event of kind \"" + kind + "\" has no \"" + std::string(field.key) + "\"",
              "beside its time, \"" + kind + "\" takes " + fields, "remove the key or correct the kind"});
    }
    refuse_unknown_keys(table_, "event." + event_.id, known);
  }

  void read_time() {
    const TomlValue* date = reader_.find("date");
    const TomlValue* after = reader_.find("after");
    if ((date == nullptr) == (after == nullptr)) {
      const std::string what = date == nullptr ? "the event has no time" : "the event has both a date and an after";
      refuse({to_string(date == nullptr ? table_.place : after->key_place), "event." + event_.id, what,
              "either date = 2020-08-01, or after = \"<event>\" with delay_months = 3", "keep exactly one of them"});
    }
    event_.date = reader_.date("date");
    if (after != nullptr) {
      event_.after = reader_.text("after");
      check_known(*after, reader_.path("after"), "event", ids_);
    }
    const TomlValue* delay = reader_.find("delay_months");
    if (delay != nullptr && after == nullptr) {
      refuse({to_string(delay->key_place), reader_.path("delay_months"), "delay_months stands without after", "",
              "add after = \"<event>\", or remove delay_months"});
    }
    event_.delay_months = static_cast<int>(reader_.number("delay_months", kDelay));
    event_.until = reader_.date("until");
    if (event_.until && !lasts(event_.kind)) {
      const std::string kind(event_kind_row(event_.kind).name);
      refuse({to_string(reader_.find("until")->key_place), reader_.path("until"),
              "an event of kind \"" + kind + "\" acts once and cannot end", "", "remove until"});
    }
    if (event_.until && event_.date && *event_.until <= *event_.date) {
      refuse({to_string(reader_.find("until")->place), reader_.path("until"), "the event ends before it begins",
              "a day after " + to_string(*event_.date), "correct until or date"});
    }
  }

  std::string require_text(std::string_view key, std::string_view wanted) const {
    const TomlValue& value = reader_.require(key, wanted);
    std::string text = reader_.text(key);
    if (text.empty()) refuse({to_string(value.place), reader_.path(key), "the name is empty", std::string(wanted), ""});
    return text;
  }

  std::vector<std::string> require_countries(std::string_view key) const {
    constexpr std::string_view kWanted = "ISO-3 codes such as [\"DEU\", \"JPN\"], \"all\", or \"members:<framework>\"";
    const TomlValue& value = reader_.require(key, kWanted);
    std::vector<std::string> names = reader_.texts(key);
    if (names.empty()) {
      refuse({to_string(value.place), reader_.path(key), "the list is empty", std::string(kWanted),
              "name at least one country, or switch the event off with enabled = false"});
    }
    for (TomlValue item : value.items) {
      if (!item.text.starts_with("members:")) continue;
      item.text.erase(0, std::string_view("members:").size());
      check_known(item, reader_.path(key), "framework", frameworks_);
    }
    return names;
  }

  void read_parameter() {
    const bool is_shock = event_.kind == EventKind::kShock;
    event_.parameter = require_text("parameter", is_shock ? "the full path of a parameter" : "the name of a provision");
    if (is_shock) {
      const TomlValue& value = *reader_.find("parameter");
      if (parameters_.find(event_.parameter) == parameters_.size()) {
        const std::vector<std::string>& paths = parameters_.paths();
        refuse({to_string(value.place), reader_.path("parameter"), "unknown parameter \"" + event_.parameter + "\"",
                "the full path of a parameter; `splinternet params` lists them",
                "correct the path." + did_you_mean(event_.parameter, paths)});
      }
      if (parameters_.row(parameters_.find(event_.parameter)).at_set_up_only) {
        refuse({to_string(value.place), reader_.path("parameter"),
                "\"" + event_.parameter + "\" is read once, when the world is built: no shock can change it",
                "a parameter that is read in every step", "set it for the whole run under its section"});
      }
      return;
    }
    std::vector<std::string> provisions;
    for (std::size_t n = 0; n < kProvisionCount; ++n) provisions.emplace_back(name(static_cast<Provision>(n)));
    check_known(*reader_.find("parameter"), reader_.path("parameter"), "provision", provisions);
  }

  void read_amount() {
    const EventKindRow& kind = event_kind_row(event_.kind);
    const Parameter amount =
        real("amount", kind.amount_meaning, 0, {kind.amount_lower, kind.amount_upper}, {0, 0}, "", "");
    const TomlValue& value = reader_.require("amount", allowed_text(amount));
    event_.amount = checked_number(value, reader_.path("amount"), amount);
    if (event_.kind != EventKind::kShock) return;
    Parameter row = parameters_.row(parameters_.find(event_.parameter));
    // Of a flag or an option the event states the number that stands for it.
    if (row.kind == ParameterKind::kOption) row.upper = static_cast<double>(option_words(row).size() - 1);
    if (row.kind == ParameterKind::kOption || row.kind == ParameterKind::kFlag) row.kind = ParameterKind::kInteger;
    event_.amount = checked_number(value, reader_.path("amount"), row);
  }

  const TomlValue& table_;
  TomlReader reader_;
  const std::vector<std::string>& ids_;
  const std::vector<std::string>& frameworks_;
  const ParameterValues& parameters_;
  EventSpec event_;
};

/// Throws if following `after` from an event leads back to it.
void check_circles(const TomlValue& events) {
  for (const TomlValue& start : events.items) {
    std::string chain = start.key;
    const TomlValue* event = &start;
    for (std::size_t steps = 0; steps <= events.items.size(); ++steps) {
      const TomlValue* after = event->find("after");
      if (after == nullptr) break;
      chain += " after " + after->text;
      event = events.find(after->text);
      if (event->key != start.key) continue;
      refuse({to_string(start.find("after")->place), "event." + start.key + ".after",
              "the events wait for each other in a circle: " + chain, "", "give one of them a date in place of after"});
    }
  }
}

}  // namespace

std::vector<std::string> entry_ids(const TomlValue& document, const std::string& family) {
  std::vector<std::string> ids;
  const TomlValue* entries = document.find(family);
  if (entries == nullptr) return ids;
  if (entries->kind != TomlKind::kTable) refuse_type(*entries, family, "tables, [" + family + ".<id>]");
  for (const TomlValue& entry : entries->items) {
    const std::string path = join_path(family, entry.key);
    if (!is_snake_case(entry.key)) {
      refuse({to_string(entry.key_place), path, "\"" + entry.key + "\" is not a valid id",
              "small letters, digits and _, beginning with a letter", "rename it, e.g. clean_network"});
    }
    if (entry.kind != TomlKind::kTable) refuse_type(entry, path, "a table, [" + path + "]");
    ids.push_back(entry.key);
  }
  return ids;
}

std::vector<EventSpec> read_events(const TomlValue& document, const std::vector<std::string>& frameworks,
                                   const ParameterValues& parameters) {
  const std::vector<std::string> ids = entry_ids(document, "event");
  std::vector<EventSpec> events;
  if (ids.empty()) return events;
  const TomlValue& tables = *document.find("event");
  for (const TomlValue& table : tables.items) {
    events.push_back(EventReader(table, ids, frameworks, parameters).read());
  }
  check_circles(tables);
  return events;
}

}  // namespace splinternet
