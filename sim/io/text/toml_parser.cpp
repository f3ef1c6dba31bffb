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

}  // namespace

TomlValue parse_toml(std::string_view text, const std::string& file) {
  try {
    TomlValue result = convert_table(toml::parse(text, file), file);
    result.place = {file, 1, 1};
    return result;
  } catch (const toml::parse_error& error) {
    std::string what(error.description());
    std::replace(what.begin(), what.end(), '\n', ' ');
    refuse({to_string(place_of(error.source(), file)), "", "not valid TOML: " + what, "",
            "mend this line; strings stand in \"…\", lists in […], dates as 2020-08-01"});
  }
}

TomlValue read_toml(const std::string& path) {
  return parse_toml(read_text_file(path), path);
}

}  // namespace splinternet
