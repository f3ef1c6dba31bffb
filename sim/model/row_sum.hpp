#pragma once

#include <cstddef>
#include <span>

namespace splinternet {

/// Σ of the values in four interleaved parts, added in one fixed order: four times as fast as a plain sum, which waits
/// for each addition.
inline double row_sum(std::span<const double> values) {
  double part[4] = {0.0, 0.0, 0.0, 0.0};
  std::size_t n = 0;
  for (; n + 4 <= values.size(); n += 4) {
    for (std::size_t p = 0; p < 4; ++p) part[p] += values[n + p];
  }
  for (; n < values.size(); ++n) part[n % 4] += values[n];
  return (part[0] + part[1]) + (part[2] + part[3]);
}

/// The same without the value in place `own`: what a country sends abroad.
inline double row_sum_abroad(std::span<const double> values, std::size_t own) {
  return row_sum(values.first(own)) + row_sum(values.subspan(own + 1));
}

}  // namespace splinternet
