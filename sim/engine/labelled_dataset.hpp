#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace splinternet {

/// A truth value per element, kept apart from int8 numbers so that readers show `bool`.
struct Flag {
  std::int8_t value;
  friend bool operator==(Flag, Flag) = default;
};

/// Values of one array, row-major over its dimensions.
using ArrayValues =
    std::variant<std::vector<float>, std::vector<double>, std::vector<std::int8_t>, std::vector<std::int32_t>,
                 std::vector<std::int64_t>, std::vector<std::uint64_t>, std::vector<Flag>, std::vector<std::string>>;

/// One named array with named dimensions, a unit and a meaning: what a recorder gathers and a file holds.
struct LabelledArray {
  std::string name;
  std::vector<std::string> dims;  ///< names of dimensions, slowest first; empty for a scalar
  ArrayValues values;             ///< floating values that were not reached are NaN
  std::string units;              ///< "1" for a pure number, "" for text; "days since 2020-01-01" for dates
  std::string long_name;
  std::vector<std::string> flag_meanings;  ///< for int8 categories: the word for 0, 1, 2, … ; empty otherwise
};

/// A set of arrays over shared dimensions, with text attributes; the order of everything is kept in files.
/// An array whose name is that of a dimension, and that has only this dimension, holds its labels (its coordinate).
struct LabelledDataset {
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<std::pair<std::string, std::size_t>> dims;
  std::vector<LabelledArray> arrays;

  /// The array of that name, or nullptr.
  [[nodiscard]] const LabelledArray* find(std::string_view name) const;
  /// The attribute of that name, or "" if there is none.
  [[nodiscard]] std::string_view attribute(std::string_view name) const;
  /// Size of the dimension; throws InternalError if it was not declared.
  [[nodiscard]] std::size_t size(std::string_view dim) const;
};

/// Number of elements held, whatever their type.
std::size_t element_count(const ArrayValues& values);

/// Throws InternalError if a dimension is unknown or an array's element count is not the product of its dimensions.
void check_shapes(const LabelledDataset& dataset);

}  // namespace splinternet
