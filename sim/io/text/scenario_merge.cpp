#include "sim/io/text/scenario_merge.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/nearest_name.hpp"
#include "sim/io/text/toml_reader.hpp"

namespace splinternet {
namespace {

namespace fs = std::filesystem;

bool is_one_of(std::span<const std::string> words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// One name for one file, however it is reached.
std::string canonical_name(const std::string& path) {
  std::error_code error;
  const fs::path canonical = fs::weakly_canonical(path, error);
  return error ? path : canonical.string();
}

/// The base file that an `extends` names, as a path.
std::string base_path(const TomlValue& extends, const std::string& folder, std::span<const std::string> chain) {
  if (extends.kind != TomlKind::kText) refuse_type(extends, "extends", "the name of a scenario file in quotes");
  const std::string path = (fs::path(folder) / extends.text).lexically_normal().string();
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) {
    refuse({to_string(extends.place), "extends", "there is no file " + path, "a file, relative to this one",
            "correct the name." + nearest_file(path)});
  }
  if (is_one_of(chain, canonical_name(path))) {
    std::string names;
    for (const std::string& link : chain) names += fs::path(link).filename().string() + " -> ";
    refuse({to_string(extends.place), "extends",
            "the scenarios extend each other in a circle: " + names + fs::path(path).filename().string(), "",
            "remove one extends of this chain"});
  }
  return path;
}

TomlValue resolve(TomlValue document, const std::string& folder, std::vector<std::string> chain) {
  const TomlValue* extends = document.find("extends");
  if (extends == nullptr) return document;
  const std::string path = base_path(*extends, folder, chain);
  document.erase("extends");
  chain.push_back(canonical_name(path));
  TomlValue base = resolve(read_toml(path), fs::path(path).parent_path().string(), std::move(chain));
  merge_toml(base, document);
  return base;
}

void set_places(TomlValue& value, const TomlPlace& place) {
  value.place = place;
  value.key_place = place;
  for (TomlValue& item : value.items) set_places(item, place);
}

bool holds_only(std::string_view text, std::string_view more) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           more.find(c) != std::string_view::npos;
  });
}

TomlValue parse_override_value(const Override& item, const std::string& place) {
  try {
    return parse_toml(item.key + " = " + item.value, place);
  } catch (const ScenarioError&) {
    if (!item.value.empty() && holds_only(item.value, "_-./ ")) {
      return parse_toml(item.key + " = \"" + item.value + "\"", place);
    }
  }
  refuse({place, item.key, "the value is not a TOML value", "a number, true, a date, \"a string\" or [\"a\", \"list\"]",
          "quote the value for the shell, e.g. --set 'world.tables=\"data/world-2020\"'"});
}

bool is_disabled(const TomlValue& entry, const std::string& path) {
  return !TomlReader(&entry, path, entry.place).flag("enabled", true);
}

void drop_entries(TomlValue& document, const std::string& family, std::vector<std::string>& dropped) {
  TomlValue* entries = document.find(family);
  if (entries == nullptr || entries->kind != TomlKind::kTable) return;
  for (std::size_t n = entries->items.size(); n-- > 0;) {
    TomlValue& entry = entries->items[n];
    const std::string path = join_path(family, entry.key);
    if (is_disabled(entry, path)) {
      dropped.push_back(path);
      entries->items.erase(entries->items.begin() + static_cast<std::ptrdiff_t>(n));
    } else {
      entry.erase("enabled");
    }
  }
}

/// True if the event names something that was removed.
bool hangs_on(const TomlValue& event, std::span<const std::string> dropped) {
  const auto names_dropped = [&](std::string_view key, const std::string& family) {
    const TomlValue* value = event.find(key);
    return value != nullptr && value->kind == TomlKind::kText && is_one_of(dropped, family + value->text);
  };
  if (names_dropped("framework", "framework.") || names_dropped("after", "event.")) return true;
  for (const std::string_view key : {"countries", "partners"}) {
    const TomlValue* list = event.find(key);
    if (list == nullptr) continue;
    for (const TomlValue& item : list->items) {
      constexpr std::string_view kMembers = "members:";
      if (item.text.starts_with(kMembers) && is_one_of(dropped, "framework." + item.text.substr(kMembers.size()))) {
        return true;
      }
    }
  }
  const TomlValue* parameter = event.find("parameter");
  return parameter != nullptr && std::any_of(dropped.begin(), dropped.end(), [&](const std::string& path) {
           return parameter->text.starts_with(path + ".");
         });
}

void drop_dependent_events(TomlValue& document, std::vector<std::string>& dropped) {
  TomlValue* events = document.find("event");
  if (events == nullptr) return;
  for (bool again = true; again;) {
    again = false;
    for (std::size_t n = events->items.size(); n-- > 0;) {
      if (!hangs_on(events->items[n], dropped)) continue;
      dropped.push_back("event." + events->items[n].key);
      events->items.erase(events->items.begin() + static_cast<std::ptrdiff_t>(n));
      again = true;
    }
  }
}

void drop_incompatibilities(TomlValue& document, std::span<const std::string> dropped) {
  TomlValue* frameworks = document.find("framework");
  if (frameworks == nullptr) return;
  for (TomlValue& framework : frameworks->items) {
    TomlValue* list = framework.find("incompatible_with");
    if (list == nullptr || list->kind != TomlKind::kList) continue;
    std::erase_if(list->items, [&](const TomlValue& item) { return is_one_of(dropped, "framework." + item.text); });
  }
}

}  // namespace

void merge_toml(TomlValue& base, const TomlValue& top) {
  if (base.kind != TomlKind::kTable || top.kind != TomlKind::kTable) {
    base = top;
    return;
  }
  if (top.place.line > 0) {  // a table that an override only passes through stays where it was written
    base.place = top.place;
    base.key_place = top.key_place;
  }
  for (const TomlValue& item : top.items) {
    if (TomlValue* old = base.find(item.key)) {
      merge_toml(*old, item);
    } else {
      base.put(item);
    }
  }
}

TomlValue resolve_extends(TomlValue document, const std::string& file, const std::string& folder) {
  return resolve(std::move(document), folder, {canonical_name(file)});
}

void apply_overrides(TomlValue& document, std::span<const Override> overrides) {
  for (const Override& item : overrides) {
    const std::string place = item.place.empty() ? "--set " + item.key + "=" + item.value : item.place;
    if (item.key.empty() || !holds_only(item.key, "_-.") || item.value.find('\n') != std::string::npos) {
      refuse({place, item.key, "this is not a key and a value", "key=value in one line, with a dotted key",
              "write e.g. --set countries.temperature=0.2"});
    }
    TomlValue layer = parse_override_value(item, place);
    set_places(layer, {place, 0, 0});
    layer.place = document.place;
    merge_toml(document, layer);
  }
}

void drop_disabled(TomlValue& document) {
  constexpr std::array<std::string_view, 4> kPhases = {"countries", "data", "firms", "trade"};
  std::vector<std::string> dropped;
  for (const std::string_view phase : kPhases) {
    TomlValue* section = document.find(phase);
    if (section == nullptr) continue;
    if (is_disabled(*section, std::string(phase))) {
      document.erase(phase);
    } else {
      section->erase("enabled");
    }
  }
  drop_entries(document, "framework", dropped);
  drop_entries(document, "event", dropped);
  drop_dependent_events(document, dropped);
  drop_incompatibilities(document, dropped);
}

}  // namespace splinternet
