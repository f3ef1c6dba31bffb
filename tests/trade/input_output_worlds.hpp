#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/trade/input_output_data.hpp"
#include "tests/trade/worlds.hpp"

/// Worlds with inputs and tariffs for the tests of trade.
namespace splinternet::test {

/// The three-country, three-sector world of the stored solutions, with tariffs, inputs and deficits.
inline InputOutputData three_by_three() {
  const std::vector<double> share{0.8,  0.1,  0.06, 0.12, 0.82, 0.09, 0.08, 0.08, 0.85, 0.62, 0.2,  0.15, 0.22, 0.6,
                                  0.19, 0.16, 0.2,  0.66, 0.9,  0.05, 0.04, 0.06, 0.92, 0.05, 0.04, 0.03, 0.91};
  const std::vector<double> spending{35.47983242577361, 26.11769316477454, 32.9390675291292,
                                     81.24791542011407, 67.905885334795,   64.7389047736327,
                                     78.66110344942231, 74.81950862662795, 49.924324621062155};
  InputOutputData data;
  data.trade = {3, 3, std::vector<double>(27), {8.0, 5.0, 4.0}};
  data.tariff.assign(27, 0.0);
  for (std::size_t k = 0; k < 27; ++k) {
    const std::size_t s = k / 9, i = k / 3 % 3, j = k % 3;
    data.trade.flow[k] = share[k] * spending[s * 3 + j];
    if (i != j) data.tariff[k] = s == 0 ? 0.05 : s == 1 ? 0.08 : 0.0;
  }
  data.value_added = {0.45, 0.5, 0.4, 0.35, 0.3, 0.33, 0.6, 0.65, 0.55};
  data.input_share = {0.165, 0.0975, 0.04,  0.275, 0.39,  0.12,  0.11, 0.1625, 0.24,  // country 0: [input][output]
                      0.15,  0.105,  0.035, 0.25,  0.42,  0.105, 0.1,  0.175,  0.21,  // country 1
                      0.18,  0.1005, 0.045, 0.3,   0.402, 0.135, 0.12, 0.1675, 0.27};
  return data;
}

/// Random trade with input shares that need no more than is bought: value added of `value_added` or a little more.
inline InputOutputData random_production(std::uint64_t seed, std::size_t n, std::size_t sectors, double home_share,
                                         double value_added) {
  InputOutputData data;
  data.trade = random_flows(seed, n, sectors, home_share);
  data.tariff.assign(sectors * n * n, 0.0);
  for (std::size_t k = 0; k < data.tariff.size(); ++k) {
    if (k / n % n != k % n) data.tariff[k] = 0.2 * uniform(seed, k, 6);
  }
  // What each country sells (net of tariffs) and buys, to keep inputs below purchases.
  std::vector<double> sold(sectors * n, 0.0), bought(sectors * n, 0.0), all_sold(n, 0.0);
  for (std::size_t k = 0; k < data.tariff.size(); ++k) {
    const std::size_t s = k / n / n, i = k / n % n, j = k % n;
    sold[s * n + i] += data.trade.flow[k] / (1.0 + data.tariff[k]);
    bought[s * n + j] += data.trade.flow[k];
  }
  for (std::size_t k = 0; k < sold.size(); ++k) all_sold[k % n] += sold[k];
  data.value_added.assign(sectors * n, 1.0);
  data.input_share.assign(n * sectors * sectors, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t input = 0; input < sectors; ++input) {
      const double wanted = (1.0 - value_added) / static_cast<double>(sectors);
      const double possible = 0.9 * bought[input * n + i] / all_sold[i];
      for (std::size_t output = 0; output < sectors; ++output) {
        const double share = (wanted < possible ? wanted : possible) * (0.7 + 0.3 * uniform(seed, output, 7));
        data.input_share[(i * sectors + input) * sectors + output] = share;
        data.value_added[output * n + i] -= share;
      }
    }
  }
  return data;
}

}  // namespace splinternet::test
