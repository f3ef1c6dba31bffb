#include "sim/io/text/toml_document.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace splinternet {
namespace {

bool key_before(const TomlValue& item, std::string_view name) {
  return item.key < name;
}

std::string number_text(double value) {
  char text[40];
  for (int digits = 15; digits <= 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    if (std::strtod(text, nullptr) == value) break;
  }
  return text;
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char letter : text) {
    const auto code = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\') {
      result += {'\\', letter};
    } else if (code < 0x20 || code == 0x7f) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04X", static_cast<unsigned>(code));
      result += escape;
    } else {
      result += letter;
    }
  }
  return result + '"';
}

std::string key_text(std::string_view key) {
  const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
  return bare ? std::string(key) : quoted(key);
}

std::string value_text(const TomlValue& value) {
  switch (value.kind) {
    case TomlKind::kFlag:
      return value.flag ? "true" : "false";
    case TomlKind::kInteger:
      return std::to_string(value.integer);
    case TomlKind::kReal:
      return number_text(value.real);
    case TomlKind::kDate:
      return to_string(value.date);
    case TomlKind::kList: {
      std::string text = "[";
      for (const TomlValue& item : value.items) text += (text.size() > 1 ? ", " : "") + value_text(item);
      return text + "]";
    }
    case TomlKind::kTable: {
      std::string text = "{";
      for (const TomlValue& item : value.items) {
        text += (text.size() > 1 ? ", " : "") + key_text(item.key) + " = " + value_text(item);
      }
      return text + "}";
    }
    default:
      return quoted(value.text);
  }
}

bool holds_only_tables(const TomlValue& table) {
  return !table.items.empty() && std::all_of(table.items.begin(), table.items.end(),
                                             [](const TomlValue& i) { return i.kind == TomlKind::kTable; });
}

void write_table(const TomlValue& table, const std::string& path, std::string& text) {
  for (const TomlValue& item : table.items) {
    if (item.kind != TomlKind::kTable) text += key_text(item.key) + " = " + value_text(item) + "\n";
  }
  for (const TomlValue& item : table.items) {
    if (item.kind != TomlKind::kTable) continue;
    const std::string below = path.empty() ? key_text(item.key) : path + "." + key_text(item.key);
    if (!holds_only_tables(item)) text += (text.empty() ? "[" : "\n[") + below + "]\n";
    write_table(item, below, text);
  }
}

}  // namespace

std::string to_string(const TomlPlace& place) {
  if (place.line == 0) return place.file;
  return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

const TomlValue* TomlValue::find(std::string_view name) const {
  const auto found = std::lower_bound(items.begin(), items.end(), name, key_before);
  return kind == TomlKind::kTable && found != items.end() && found->key == name ? &*found : nullptr;
}

TomlValue* TomlValue::find(std::string_view name) {
  return const_cast<TomlValue*>(static_cast<const TomlValue&>(*this).find(name));
}

TomlValue& TomlValue::put(TomlValue item) {
  auto found = std::lower_bound(items.begin(), items.end(), item.key, key_before);
  if (found != items.end() && found->key == item.key) {
    *found = std::move(item);
  } else {
    found = items.insert(found, std::move(item));
  }
  return *found;
}

void TomlValue::erase(std::string_view name) {
  if (TomlValue* item = find(name)) items.erase(items.begin() + (item - items.data()));
}

TomlValue toml_flag(bool value) {
  TomlValue result;
  result.kind = TomlKind::kFlag;
  result.flag = value;
  return result;
}

TomlValue toml_integer(std::int64_t value) {
  TomlValue result;
  result.kind = TomlKind::kInteger;
  result.integer = value;
  return result;
}

TomlValue toml_real(double value) {
  TomlValue result;
  result.kind = TomlKind::kReal;
  result.real = value;
  return result;
}

TomlValue toml_text(std::string_view value) {
  TomlValue result;
  result.kind = TomlKind::kText;
  result.text = value;
  return result;
}

TomlValue toml_date(Date value) {
  TomlValue result;
  result.kind = TomlKind::kDate;
  result.date = value;
  return result;
}

TomlValue toml_texts(const std::vector<std::string>& values) {
  TomlValue result;
  result.kind = TomlKind::kList;
  for (const std::string& value : values) result.items.push_back(toml_text(value));
  return result;
}

TomlValue keyed(std::string_view key, TomlValue value) {
  value.key = key;
  return value;
}

std::string describe(const TomlValue& value) {
  switch (value.kind) {
    case TomlKind::kFlag:
      return value.flag ? "the flag true" : "the flag false";
    case TomlKind::kInteger:
      return "the whole number " + value_text(value);
    case TomlKind::kReal:
      return "the number " + value_text(value);
    case TomlKind::kText:
      return "the string " + value_text(value);
    case TomlKind::kDate:
      return "the date " + value_text(value);
    case TomlKind::kTime:
      return "a time of day";
    case TomlKind::kList:
      return "a list";
    case TomlKind::kTable:
      return "a table";
  }
  return "";
}

std::string to_toml(const TomlValue& table) {
  std::string text;
  write_table(table, "", text);
  return text;
}

}  // namespace splinternet
