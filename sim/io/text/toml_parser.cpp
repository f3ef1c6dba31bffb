#include <toml++/toml.h>

#include <algorithm>

#include "sim/io/text/text_file.hpp"
#include "sim/io/text/toml_document.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

TomlPlace place_of(const toml::source_region& region, const std::string& file) {
  return {file, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

TomlValue convert(const toml::node& node, const std::string& file);

TomlValue convert_table(const toml::table& table, const std::string& file) {
  TomlValue result;
  for (const auto& [key, node] : table) {
    TomlValue item = keyed(key.str(), convert(node, file));
    item.key_place = place_of(key.source(), file);
    result.put(std::move(item));
  }
  return result;
}

TomlValue convert(const toml::node& node, const std::string& file) {
  TomlValue result;
  switch (node.type()) {
    case toml::node_type::table:
      result = convert_table(*node.as_table(), file);
      break;
    case toml::node_type::array:
      result.kind = TomlKind::kList;
      for (const toml::node& item : *node.as_array()) result.items.push_back(convert(item, file));
      break;
    case toml::node_type::string:
      result = toml_text(node.as_string()->get());
      break;
    case toml::node_type::integer:
      result = toml_integer(node.as_integer()->get());
      break;
    case toml::node_type::floating_point:
      result = toml_real(node.as_floating_point()->get());
      break;
    case toml::node_type::boolean:
      result = toml_flag(node.as_boolean()->get());
      break;
    case toml::node_type::date: {
      const toml::date& date = node.as_date()->get();
      result = toml_date({date.year, date.month, date.day});
      break;
    }
    default:
      result.kind = TomlKind::kTime;
  }
  result.place = place_of(node.source(), file);
  return result;
}

std::string_view line_of(std::string_view text, int number) {
  for (int line = 1; line < number; ++line) text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  return text.substr(0, text.find('\n'));
}

bool may_stand_in_date(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '/';
}

/// The value of a line if it is meant as a day: digits with two separators, such as 2020-02-30 or 1.8.2020.
std::string_view written_day(std::string_view line) {
  const std::size_t equals = std::min(line.find('='), line.size());
  const std::size_t begin = line.find_first_not_of("= \t", equals);
  if (begin == std::string_view::npos) return {};
  const std::string_view value = line.substr(begin);
  const auto end = std::find_if_not(value.begin(), value.end(), may_stand_in_date);
  const std::string_view day = value.substr(0, static_cast<std::size_t>(end - value.begin()));
  const auto separators = std::count_if(day.begin(), day.end(), [](char c) { return c < '0' || c > '9'; });
  return separators == 2 && day.front() >= '0' && day.front() <= '9' && day.size() >= 6 ? day : std::string_view{};
}

/// What the parser says, with the slips that are made most often told in plain words.
Fault fault_of(const toml::parse_error& error, std::string_view text, const std::string& file) {
  TomlPlace place = place_of(error.source(), file);
  const std::string_view line = line_of(text, place.line);
  std::string what(error.description());
  std::replace(what.begin(), what.end(), '\n', ' ');
  const auto column_of = [&](std::size_t offset) { return static_cast<int>(std::min(offset, line.size())) + 1; };
  if (what.find("cannot redefine existing") != std::string::npos) {
    const std::size_t quote = std::min(what.find('\''), what.size() - 1);
    place.column = column_of(line.find_first_not_of(" \t"));
    const std::string key = what.substr(quote + 1, what.rfind('\'') - quote - 1);
    return {to_string(place), "", in_quotes(key) + " stands twice in this file", "", "keep one of the two"};
  }
  if (const std::string_view day = written_day(line); !day.empty()) {
    place.column = column_of(static_cast<std::size_t>(day.data() - line.data()));
    const bool shaped = day.size() == 10 && day[4] == '-' && day[7] == '-';
    return {to_string(place), "",
            std::string(day) + (shaped ? " is no day of the calendar" : " is not written as a date"),
            "year-month-day with four, two and two digits, such as 2020-08-01", "correct the date"};
  }
  return {to_string(place), "", "not valid TOML: " + what, "",
          "mend this line, or the one before it; strings stand in \"…\", lists in […], dates as 2020-08-01"};
}

}  // namespace

TomlValue parse_toml(std::string_view text, const std::string& file) {
  try {
    TomlValue result = convert_table(toml::parse(text, file), file);
    result.place = {file, 1, 1};
    return result;
  } catch (const toml::parse_error& error) {
    refuse(fault_of(error, text, file));
  }
}

TomlValue read_toml(const std::string& path) {
  return parse_toml(read_text_file(path), path);
}

}  // namespace splinternet
