#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/date.hpp"

namespace splinternet {

/// Where something was written; line and column count from 1, line 0 stands for a place without lines.
struct TomlPlace {
  std::string file;
  int line = 0;
  int column = 0;
};

/// "file:line:column", or "file" alone without a line.
std::string to_string(const TomlPlace& place);

enum class TomlKind { kFlag, kInteger, kReal, kText, kDate, kTime, kList, kTable };

/// A value of a TOML document with its place; only the members of its kind mean anything.
struct TomlValue {
  TomlKind kind = TomlKind::kTable;
  std::string key;      ///< its name in the table that holds it; "" in a list
  TomlPlace key_place;  ///< of that name
  TomlPlace place;      ///< of the value
  bool flag = false;
  std::int64_t integer = 0;
  double real = 0.0;
  std::string text;
  Date date;
  std::vector<TomlValue> items;  ///< of a list in order, of a table sorted by key

  /// The item of a table with this key, or null.
  [[nodiscard]] const TomlValue* find(std::string_view name) const;
  [[nodiscard]] TomlValue* find(std::string_view name);
  /// Adds the item to a table under item.key, or replaces the one of that name.
  TomlValue& put(TomlValue item);
  /// Removes the item of a table, if there is one.
  void erase(std::string_view name);
};

TomlValue toml_flag(bool value);
TomlValue toml_integer(std::int64_t value);
TomlValue toml_real(double value);
TomlValue toml_text(std::string_view value);
TomlValue toml_date(Date value);
TomlValue toml_texts(const std::vector<std::string>& values);

/// The value under a key of a table: `table.put(keyed("seed", toml_integer(1)))`.
TomlValue keyed(std::string_view key, TomlValue value);

/// For messages: what stands there, e.g. "the whole number 5", "the string \"five\"", "a table".
std::string describe(const TomlValue& value);

/// Parses TOML 1.0. `file` is the name used in places. Throws ScenarioError with the place of the first fault.
TomlValue parse_toml(std::string_view text, const std::string& file);

/// Reads and parses a file. Throws FileError if the operating system refuses.
TomlValue read_toml(const std::string& path);

/// Canonical text of a table: keys sorted, scalars and lists before tables, one line each, shortest decimals that read
/// back to the same number.
std::string to_toml(const TomlValue& table);

}  // namespace splinternet
