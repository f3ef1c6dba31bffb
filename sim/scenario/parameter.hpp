#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace splinternet {

enum class ParameterKind { kReal, kInteger, kFlag, kOption };

/// One row of the parameter table: everything that the program, the files, the documentation and the sliders need to
/// know of a number, a switch or a choice. Declared once, beside the code that uses it.
struct Parameter {
  std::string_view path;  ///< place in a scenario file; "framework.*.x" stands for one value per framework
  ParameterKind kind;
  std::string_view unit;  ///< "1" for a pure number
  double value;           ///< default; for an option the index of its word, for a flag 0 or 1
  double lower;           ///< smallest and largest allowed value
  double upper;
  double plausible_low;  ///< the range that the sources support: for sweeps and sliders
  double plausible_high;
  std::string_view meaning;
  std::string_view source;  ///< [C] computed, [S] read in a source, [M] from memory, [J] judgement, [D] definition
  std::string_view options = "";  ///< the words of an option, separated by '|'
  bool at_set_up_only = false;    ///< read once, when the world is built: a `shock` could not change it
};

struct Range {
  double low;
  double high;
};

inline constexpr double kNoLimit = std::numeric_limits<double>::infinity();

constexpr Parameter real(std::string_view path, std::string_view unit, double value, Range allowed, Range plausible,
                         std::string_view meaning, std::string_view source) {
  return {path,          ParameterKind::kReal, unit,    value,  allowed.low, allowed.high,
          plausible.low, plausible.high,       meaning, source, ""};
}

constexpr Parameter integer(std::string_view path, std::string_view unit, int value, Range allowed, Range plausible,
                            std::string_view meaning, std::string_view source) {
  return {path,
          ParameterKind::kInteger,
          unit,
          static_cast<double>(value),
          allowed.low,
          allowed.high,
          plausible.low,
          plausible.high,
          meaning,
          source,
          ""};
}

constexpr Parameter flag(std::string_view path, bool value, std::string_view meaning, std::string_view source) {
  return {path, ParameterKind::kFlag, "1", value ? 1.0 : 0.0, 0, 1, 0, 1, meaning, source, ""};
}

/// `options` = words separated by '|'; the default is the first.
constexpr Parameter option(std::string_view path, std::string_view options, std::string_view meaning,
                           std::string_view source) {
  return {path, ParameterKind::kOption, "1", 0, 0, 64, 0, 64, meaning, source, options};
}

/// The same row, marked as read once when the world is built.
constexpr Parameter at_set_up(Parameter row) {
  row.at_set_up_only = true;
  return row;
}

using ParameterRows = std::span<const Parameter* const>;

/// The words of an option parameter in order.
std::vector<std::string> option_words(const Parameter& parameter);

/// The part of a path before its '*' ("framework." of "framework.*.budget_busd"), or "" if it has none.
std::string_view family_prefix(std::string_view path);

/// The path with its '*' replaced by `instance`.
std::string instance_path(std::string_view path, std::string_view instance);

}  // namespace splinternet
