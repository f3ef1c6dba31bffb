#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/io/text/toml_document.hpp"
#include "sim/scenario/fault.hpp"
#include "sim/scenario/parameter.hpp"

namespace splinternet {

/// "a.b", or "b" if `path` is empty.
std::string join_path(std::string_view path, std::string_view key);

/// What a parameter accepts, for messages: "a number from 0 to 100, in USD bn", "\"a\" or \"b\"", "true or false".
std::string allowed_text(const Parameter& row);

/// The value as the parameter's number. Throws ScenarioError if its type, word or range is wrong or it is not finite.
double checked_number(const TomlValue& value, const std::string& key, const Parameter& row);

/// Throws ScenarioError at the first key of the table that is not among the known ones, with the nearest of them, the
/// same key elsewhere in the scenario (`everywhere`: full paths), or the right unit and the number in it.
void refuse_unknown_keys(const TomlValue& table, const std::string& path, std::span<const std::string> known,
                         std::span<const std::string> everywhere = {});

/// Typed access to one table; an absent table has no keys. Every getter throws ScenarioError if the type is wrong.
class TomlReader {
 public:
  /// `table` may be null. Throws ScenarioError if it is not a table.
  TomlReader(const TomlValue* table, std::string path, TomlPlace place_if_absent);

  [[nodiscard]] const TomlValue* find(std::string_view key) const;
  [[nodiscard]] std::string path(std::string_view key) const { return join_path(path_, key); }
  /// The value; `wanted` tells in the message what is missing, e.g. "a date such as 2020-08-01".
  const TomlValue& require(std::string_view key, std::string_view wanted) const;
  [[nodiscard]] std::string text(std::string_view key, std::string fallback = "") const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
  [[nodiscard]] std::optional<Date> date(std::string_view key) const;
  [[nodiscard]] bool flag(std::string_view key, bool fallback) const;
  /// The number, or the row's default.
  [[nodiscard]] double number(std::string_view key, const Parameter& row) const;
  /// Place of the word in the list, or nothing if the key is absent. Throws with the nearest word.
  [[nodiscard]] std::optional<std::size_t> word(std::string_view key, std::span<const std::string> words) const;
  /// Place of the table, for messages about what it lacks.
  [[nodiscard]] const TomlPlace& place() const { return place_; }

 private:
  const TomlValue* table_;
  std::string path_;
  TomlPlace place_;
};

/// Throws ScenarioError: another type was wanted.
[[noreturn]] void refuse_type(const TomlValue& value, const std::string& key, std::string_view wanted);

/// Throws ScenarioError if the word is not among those known; `meaning` names them ("framework"). `listed_by` is the
/// command that prints them, for lists too long for a message.
void check_known(const TomlValue& value, const std::string& key, std::string_view meaning,
                 std::span<const std::string> known, std::string_view listed_by = "");

/// "\"a\", \"b\" or \"c\"".
std::string list_text(std::span<const std::string> words);

}  // namespace splinternet
