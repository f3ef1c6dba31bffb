#include "sim/io/text/toml_reader.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "sim/core/nearest_name.hpp"
#include "sim/io/text/unit_suffix.hpp"

namespace splinternet {
namespace {

/// Longer lists of allowed names are not printed.
constexpr std::size_t kReadableList = 16;

std::string short_number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.12g", value);
  return text;
}

std::string range_text(const Parameter& row) {
  const bool below = std::isfinite(row.lower);
  const bool above = std::isfinite(row.upper);
  if (below && above) return " from " + short_number(row.lower) + " to " + short_number(row.upper);
  if (below) return ", at least " + short_number(row.lower);
  if (above) return ", at most " + short_number(row.upper);
  return "";
}

double as_double(const TomlValue& value) {
  return value.kind == TomlKind::kInteger ? static_cast<double>(value.integer) : value.real;
}

bool is_number(const TomlValue& value) {
  return value.kind == TomlKind::kInteger || value.kind == TomlKind::kReal;
}

std::size_t checked_word(const TomlValue& value, const std::string& key, std::span<const std::string> words) {
  if (value.kind != TomlKind::kText) refuse_type(value, key, list_text(words));
  const auto found = std::find(words.begin(), words.end(), value.text);
  if (found == words.end()) {
    refuse({to_string(value.place), key, describe(value) + " is not one of the words allowed", list_text(words),
            "write one of them." + did_you_mean(value.text, words)});
  }
  return static_cast<std::size_t>(found - words.begin());
}

[[noreturn]] void refuse_key(const TomlValue& item, const std::string& path, std::span<const std::string> known,
                             std::span<const std::string> everywhere) {
  Fault fault{to_string(item.key_place), join_path(path, item.key), "unknown key " + in_quotes(item.key), "", ""};
  if (path.empty()) fault.what = "unknown section or key " + in_quotes(item.key);
  fault.allowed = known.size() <= kReadableList || path.empty()
                      ? list_text(known)
                      : std::to_string(known.size()) + " keys; `splinternet params` lists them";
  if (const std::optional<UnitSlip> slip = find_unit_slip(item.key, known)) {
    fault.what = "wrong or missing unit in the key " + in_quotes(item.key);
    fault.allowed = in_quotes(slip->key);
    fault.remedy = "write " + slip->key;
    if (is_number(item)) fault.remedy += " = " + short_number(as_double(item) * slip->factor);
    refuse(fault);
  }
  fault.remedy = "correct or remove the key." + did_you_mean(item.key, known);
  if (nearest_name(item.key, known).empty()) {
    std::string places;
    for (const std::string& other : everywhere) {
      if (other.ends_with("." + item.key)) places += (places.empty() ? "" : " or ") + other;
    }
    if (!places.empty()) fault.remedy = "this key has its place at " + places;
  }
  refuse(fault);
}

}  // namespace

std::string join_path(std::string_view path, std::string_view key) {
  return path.empty() ? std::string(key) : std::string(path) + "." + std::string(key);
}

std::string list_text(std::span<const std::string> words) {
  std::string text;
  for (std::size_t n = 0; n < words.size(); ++n) {
    if (n > 0) text += n + 1 == words.size() ? " or " : ", ";
    text += in_quotes(words[n]);
  }
  return text;
}

std::string allowed_text(const Parameter& row) {
  if (row.kind == ParameterKind::kFlag) return "true or false";
  if (row.kind == ParameterKind::kOption) return list_text(option_words(row));
  const std::string unit = row.unit.empty() || row.unit == "1" ? "" : " (" + std::string(row.unit) + ")";
  return (row.kind == ParameterKind::kInteger ? "a whole number" : "a number") + range_text(row) + unit;
}

double checked_number(const TomlValue& value, const std::string& key, const Parameter& row) {
  if (row.kind == ParameterKind::kOption) return static_cast<double>(checked_word(value, key, option_words(row)));
  if (row.kind == ParameterKind::kFlag) {
    if (value.kind != TomlKind::kFlag) refuse_type(value, key, allowed_text(row));
    return value.flag ? 1.0 : 0.0;
  }
  if (!is_number(value)) refuse_type(value, key, allowed_text(row));
  const double number = as_double(value);
  const auto refuse_number = [&](const std::string& what, const std::string& remedy) {
    refuse({to_string(value.place), key, short_number(number) + what, allowed_text(row), remedy});
  };
  if (!std::isfinite(number)) refuse_number(" is not a finite number", "write a finite number");
  if (row.kind == ParameterKind::kInteger && number != std::floor(number)) {
    refuse_number(" is not a whole number",
                  "write " + short_number(std::floor(number)) + " or " + short_number(std::ceil(number)));
  }
  if (number < row.lower) refuse_number(" is out of range", "write " + short_number(row.lower) + " or more");
  if (number > row.upper) refuse_number(" is out of range", "write " + short_number(row.upper) + " or less");
  return number == 0.0 ? 0.0 : number;  // no negative zero: it has no canonical text
}

void refuse_unknown_keys(const TomlValue& table, const std::string& path, std::span<const std::string> known,
                         std::span<const std::string> everywhere) {
  for (const TomlValue& item : table.items) {
    if (std::find(known.begin(), known.end(), item.key) == known.end()) refuse_key(item, path, known, everywhere);
  }
}

void refuse_type(const TomlValue& value, const std::string& key, std::string_view wanted) {
  Fault fault{to_string(value.place), key, describe(value) + " has the wrong type", std::string(wanted), ""};
  const bool quoted_number = value.kind == TomlKind::kText && wanted.find("number") != std::string_view::npos;
  if (quoted_number) fault.remedy = "write the number without quotes and without a unit";
  if (value.kind == TomlKind::kText && wanted.find("true") != std::string_view::npos) {
    fault.remedy = "write true or false without quotes";
  }
  if (value.kind == TomlKind::kText && wanted.find("date") != std::string_view::npos) {
    fault.remedy = "write the day without quotes: 2020-08-01";
  }
  if (value.kind == TomlKind::kText && wanted.starts_with("a list")) {
    fault.remedy = "put it between brackets: [" + in_quotes(value.text) + "]";
  }
  if (fault.remedy.empty()) fault.remedy = "write " + std::string(wanted);
  refuse(fault);
}

void check_known(const TomlValue& value, const std::string& key, std::string_view meaning,
                 std::span<const std::string> known, std::string_view listed_by) {
  if (std::find(known.begin(), known.end(), value.text) != known.end()) return;
  std::string allowed = known.empty() ? "none: the scenario has no " + std::string(meaning) : list_text(known);
  if (known.size() > kReadableList) {
    allowed = "one of " + std::to_string(known.size()) + " names";
    if (!listed_by.empty()) allowed.append("; `").append(listed_by).append("` lists them");
  }
  refuse({to_string(value.place), key, "unknown " + std::string(meaning) + " " + in_quotes(value.text), allowed,
          "correct the name." + did_you_mean(value.text, known)});
}

TomlReader::TomlReader(const TomlValue* table, std::string path, TomlPlace place_if_absent)
    : table_(table), path_(std::move(path)), place_(table != nullptr ? table->place : std::move(place_if_absent)) {
  if (table_ != nullptr && table_->kind != TomlKind::kTable) {
    refuse_type(*table_, path_, "a table, [" + path_ + "]");
  }
}

const TomlValue* TomlReader::find(std::string_view key) const {
  return table_ == nullptr ? nullptr : table_->find(key);
}

const TomlValue& TomlReader::require(std::string_view key, std::string_view wanted) const {
  const TomlValue* value = find(key);
  if (value == nullptr) {
    refuse({to_string(place_), path(key), in_quotes(key) + " is missing", std::string(wanted),
            "add " + std::string(key) + " = … below [" + path_ + "]"});
  }
  return *value;
}

std::string TomlReader::text(std::string_view key, std::string fallback) const {
  const TomlValue* value = find(key);
  if (value == nullptr) return fallback;
  if (value->kind != TomlKind::kText) refuse_type(*value, path(key), "a string in quotes");
  return value->text;
}

std::vector<std::string> TomlReader::texts(std::string_view key) const {
  const TomlValue* value = find(key);
  std::vector<std::string> result;
  if (value == nullptr) return result;
  if (value->kind != TomlKind::kList) refuse_type(*value, path(key), "a list of strings, [\"…\", \"…\"]");
  for (const TomlValue& item : value->items) {
    if (item.kind != TomlKind::kText) refuse_type(item, path(key), "a string in quotes");
    if (std::find(result.begin(), result.end(), item.text) != result.end()) {
      refuse({to_string(item.place), path(key), in_quotes(item.text) + " stands twice in the list", "", "remove one"});
    }
    result.push_back(item.text);
  }
  return result;
}

std::optional<Date> TomlReader::date(std::string_view key) const {
  const TomlValue* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->kind != TomlKind::kDate) refuse_type(*value, path(key), "a date such as 2020-08-01");
  return value->date;
}

bool TomlReader::flag(std::string_view key, bool fallback) const {
  const TomlValue* value = find(key);
  if (value == nullptr) return fallback;
  if (value->kind != TomlKind::kFlag) refuse_type(*value, path(key), "true or false");
  return value->flag;
}

double TomlReader::number(std::string_view key, const Parameter& row) const {
  const TomlValue* value = find(key);
  return value == nullptr ? row.value : checked_number(*value, path(key), row);
}

std::optional<std::size_t> TomlReader::word(std::string_view key, std::span<const std::string> words) const {
  const TomlValue* value = find(key);
  if (value == nullptr) return std::nullopt;
  return checked_word(*value, path(key), words);
}

}  // namespace splinternet
