#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/parameter.hpp"

namespace splinternet {

/// The values of all parameters of a scenario: one per row of the table, and one per instance for rows with a '*'.
class ParameterValues {
 public:
  /// One family of instances: the ids that stand for '*' in paths with this prefix ("framework.").
  struct Family {
    std::string prefix;
    std::vector<std::string> instances;
  };

  ParameterValues() = default;
  /// Every row at its default. Throws InternalError if two rows share a path.
  ParameterValues(ParameterRows rows, std::span<const Family> families);

  /// Value of a row without '*'. Throws InternalError if the row (this very object, not a copy) is not in the table.
  [[nodiscard]] double operator()(const Parameter& row) const;
  /// Value of a row with '*' for an instance, counted in the order of its family.
  [[nodiscard]] double operator()(const Parameter& row, std::size_t instance) const;
  /// The flag or option as a number: `choice(kSchedule)` is the index of the chosen word.
  [[nodiscard]] int choice(const Parameter& row) const { return static_cast<int>((*this)(row)); }
  [[nodiscard]] int choice(const Parameter& row, std::size_t instance) const {
    return static_cast<int>((*this)(row, instance));
  }

  [[nodiscard]] std::size_t size() const { return values_.size(); }
  /// Index of the full path ("framework.gids.budget_busd"), or size() if there is none.
  [[nodiscard]] std::size_t find(std::string_view path) const;
  [[nodiscard]] const std::string& path(std::size_t index) const { return paths_[index]; }
  [[nodiscard]] const std::vector<std::string>& paths() const { return paths_; }
  [[nodiscard]] const Parameter& row(std::size_t index) const { return *rows_of_values_[index]; }
  [[nodiscard]] double value(std::size_t index) const { return values_[index]; }
  void set(std::size_t index, double value) { values_[index] = value; }
  [[nodiscard]] std::span<const double> values() const { return values_; }

 private:
  [[nodiscard]] std::size_t offset(const Parameter& row) const;

  struct RowPlace {
    const Parameter* row;
    std::size_t offset;
  };
  std::vector<RowPlace> places_;  // sorted by address: a row is one object, and models look rows up all the time
  std::vector<std::string> paths_;
  std::vector<const Parameter*> rows_of_values_;
  std::vector<double> values_;
};

/// The value as a scenario file writes it: the word of an option, true or false, a whole number, or the shortest
/// decimal that reads back to the same double.
std::string to_text(const Parameter& row, double value);

}  // namespace splinternet
