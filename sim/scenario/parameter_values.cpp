#include "sim/scenario/parameter_values.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "sim/core/check.hpp"

namespace splinternet {

ParameterValues::ParameterValues(ParameterRows rows, std::span<const Family> families) {
  for (const Parameter* row : rows) {
    const std::string_view prefix = family_prefix(row->path);
    const std::size_t offset = values_.size();
    if (prefix.empty()) {
      paths_.emplace_back(row->path);
    } else {
      for (const Family& family : families) {
        if (family.prefix != prefix) continue;
        for (const std::string& id : family.instances) paths_.push_back(instance_path(row->path, id));
      }
    }
    values_.resize(paths_.size(), row->value);
    rows_of_values_.resize(paths_.size(), row);
    places_.push_back({row, offset});
  }
  std::sort(places_.begin(), places_.end(),
            [](const RowPlace& a, const RowPlace& b) { return std::less<>()(a.row, b.row); });
  std::vector<std::string_view> row_paths;
  for (const Parameter* row : rows) row_paths.push_back(row->path);
  std::sort(row_paths.begin(), row_paths.end());
  const auto twice = std::adjacent_find(row_paths.begin(), row_paths.end());
  SPLINTERNET_CHECK(twice == row_paths.end(), *twice);
}

std::size_t ParameterValues::offset(const Parameter& row) const {
  const auto place = std::lower_bound(places_.begin(), places_.end(), &row, [](const RowPlace& a, const Parameter* b) {
    return std::less<>()(a.row, b);
  });
  SPLINTERNET_CHECK(place != places_.end() && place->row == &row, row.path);
  return place->offset;
}

double ParameterValues::operator()(const Parameter& row) const {
  return values_[offset(row)];
}

double ParameterValues::operator()(const Parameter& row, std::size_t instance) const {
  const std::size_t index = offset(row) + instance;
  SPLINTERNET_CHECK(index < values_.size() && rows_of_values_[index] == &row, row.path, instance);
  return values_[index];
}

std::size_t ParameterValues::find(std::string_view path) const {
  const auto found = std::find(paths_.begin(), paths_.end(), path);
  return static_cast<std::size_t>(found - paths_.begin());
}

std::string to_text(const Parameter& row, double value) {
  if (row.kind == ParameterKind::kOption) return option_words(row)[static_cast<std::size_t>(value)];
  if (row.kind == ParameterKind::kFlag) return value != 0.0 ? "true" : "false";
  char text[40];
  if (row.kind == ParameterKind::kInteger) {
    std::snprintf(text, sizeof text, "%.0f", value);
    return text;
  }
  for (int digits = 15; digits <= 17; ++digits) {
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    if (std::strtod(text, nullptr) == value) break;
  }
  return text;
}

}  // namespace splinternet
