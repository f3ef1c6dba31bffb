#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "python/bindings/arrays.hpp"

/// What kernels take for granted of the numbers in arrays, so that no call can break them.
namespace splinternet::python {

/// "flow[12]" for a message; arrays are told by the place among all their elements.
inline std::string place_in(std::string_view name, std::size_t at) {
  return std::string(name) + "[" + std::to_string(at) + "]";
}

/// Refuses NaN and infinities.
inline void require_finite(const Array<double>& array, std::string_view name) {
  const auto values = elements(array);
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (!std::isfinite(values[at])) throw ScenarioError(place_in(name, at) + " is not a finite number");
  }
}

/// Refuses what is not finite or below 0, and sums, or squares of sums, that leave the range of doubles.
inline void require_masses(const Array<double>& array, std::string_view name) {
  require_finite(array, name);
  constexpr double kLargest = 1e140, kSmallest = 1e-140;
  double sum = 0.0;
  const auto values = elements(array);
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (values[at] < 0.0) throw ScenarioError(place_in(name, at) + " is below 0");
    sum += values[at];
  }
  if (sum > kLargest || (sum > 0.0 && sum < kSmallest)) {
    throw ScenarioError(std::string(name) + ": the sum is above 1e140 or below 1e-140; take another unit");
  }
}

/// Refuses numbers that are not below `count`.
inline void require_below(const Array<std::uint32_t>& array, std::string_view name, std::size_t count) {
  const auto values = elements(array);
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (values[at] >= count) {
      throw ScenarioError(place_in(name, at) + " is " + std::to_string(values[at]) + ", not below " +
                          std::to_string(count));
    }
  }
}

/// Refuses a number outside (low, high].
inline void require_range(double value, std::string_view name, double low, double high) {
  if (value > low && value <= high) return;
  throw ScenarioError(std::string(name) + ": it must be above " + std::to_string(low) + " and at most " +
                      std::to_string(high));
}

/// Refuses more countries than a measure of all pairs, or triples, of them goes through in reasonable time.
inline void require_countries(std::size_t count, std::size_t most) {
  if (count <= most) return;
  throw ScenarioError("there are " + std::to_string(count) + " countries, but at most " + std::to_string(most) +
                      " can be handled");
}

/// Side of a square matrix; refuses another shape.
template <class T>
std::size_t side_of(const Array<T>& matrix, std::string_view name) {
  const auto side = matrix.ndim() > 0 ? static_cast<std::size_t>(matrix.shape(0)) : 0;
  require_shape(matrix, name, {side, side});
  return side;
}

/// Length of a vector; refuses another shape.
template <class T>
std::size_t length_of(const Array<T>& vector, std::string_view name) {
  require_shape(vector, name, {static_cast<std::size_t>(vector.size())});
  return static_cast<std::size_t>(vector.size());
}

}  // namespace splinternet::python
