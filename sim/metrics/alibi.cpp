#include "sim/metrics/alibi.hpp"

#include <algorithm>
#include <limits>

#include "sim/core/check.hpp"

namespace splinternet::metrics {

namespace {

/// Shortest detour from s to r through a forbidden place; no place, no detour.
double detour(std::span<const double> distance, std::span<const std::uint8_t> forbidden, std::size_t s, std::size_t r) {
  const std::size_t n = forbidden.size();
  double shortest = std::numeric_limits<double>::infinity();
  for (std::size_t f = 0; f < n; ++f) {
    if (forbidden[f] != 0) shortest = std::min(shortest, distance[s * n + f] + distance[f * n + r]);
  }
  return shortest;
}

}  // namespace

double alibi_share(std::span<const double> distance, std::span<const std::uint8_t> forbidden, double slack) {
  const std::size_t n = forbidden.size();
  SPLINTERNET_CHECK(distance.size() == n * n, distance.size(), n);
  SPLINTERNET_CHECK(slack >= 0.0, slack);
  std::size_t pairs = 0;
  std::size_t proven = 0;
  for (std::size_t s = 0; s < n; ++s) {
    for (std::size_t r = 0; r < n; ++r) {
      if (s == r || forbidden[s] != 0 || forbidden[r] != 0) continue;
      ++pairs;
      if ((1.0 + slack) * distance[s * n + r] < detour(distance, forbidden, s, r)) ++proven;
    }
  }
  return pairs == 0 ? 1.0 : static_cast<double>(proven) / static_cast<double>(pairs);
}

}  // namespace splinternet::metrics
