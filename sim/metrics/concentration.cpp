#include "sim/metrics/concentration.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet::metrics {

namespace {

double total(std::span<const double> mass) {
  double sum = 0.0;
  for (const double value : mass) sum += value;
  return sum;
}

}  // namespace

double herfindahl(std::span<const double> mass) {
  const double sum = total(mass);
  if (sum == 0.0) return 0.0;
  double squares = 0.0;
  for (const double value : mass) squares += (value / sum) * (value / sum);
  return squares;
}

double effective_number(std::span<const double> mass) {
  const double concentration = herfindahl(mass);
  return concentration > 0.0 ? 1.0 / concentration : 0.0;
}

double hill_number_1(std::span<const double> mass) {
  const double sum = total(mass);
  if (sum == 0.0) return 0.0;
  double entropy = 0.0;
  for (const double value : mass) {
    const double share = value / sum;
    if (share > 0.0) entropy -= share * math::log(share);
  }
  return math::exp(entropy);
}

double top_share(std::span<const double> mass, std::size_t count) {
  std::vector<double> falling(mass.begin(), mass.end());
  std::sort(falling.begin(), falling.end(), std::greater<>());
  // Summed from the same order above and below, so that all holders together have exactly 1.
  const double sum = total(falling);
  if (sum == 0.0) return 0.0;
  return total(std::span<const double>(falling).first(std::min(count, falling.size()))) / sum;
}

double gini(std::span<const double> mass) {
  std::vector<double> rising(mass.begin(), mass.end());
  std::sort(rising.begin(), rising.end());
  const double sum = total(rising);
  if (sum == 0.0) return 0.0;
  const auto n = static_cast<double>(rising.size());
  double weighted = 0.0;
  for (std::size_t place = 0; place < rising.size(); ++place) {
    weighted += (2.0 * static_cast<double>(place + 1) - n - 1.0) * rising[place];
  }
  return weighted / (n * sum);
}

double freeman_centralization(std::span<const double> centrality, double star_centre) {
  SPLINTERNET_CHECK(star_centre > 0.0, star_centre);
  if (centrality.size() < 2) return 0.0;
  const double highest = *std::max_element(centrality.begin(), centrality.end());
  double gaps = 0.0;
  for (const double value : centrality) gaps += highest - value;
  return gaps / (static_cast<double>(centrality.size() - 1) * star_centre);
}

}  // namespace splinternet::metrics
