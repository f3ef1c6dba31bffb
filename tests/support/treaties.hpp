#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/coalition/public_good.hpp"

/// Treaties of the literature.
namespace splinternet::testing {

/// Ten countries of Li & Rus (2019, Journal of the Association of Environmental and Resource Economists), table B.5:
/// α in 1000 USD per kt, β, Φ; emissions in kt of carbon.
inline std::vector<coalition::PublicGoodTaste> ten_tastes() {
  return {{2726563.75, 254.92, 0.0, .000535}, {832838.63, .45, 0.0, .026759},    {1210438.38, 4.83, 0.0, .002007},
          {1530063.75, 6.58, 0.0, .009366},   {232675760, 6619563, 0.0, .00004}, {6543675.5, 4941.58, 0.0, .000401},
          {955863.94, 1.88, 0.0, .004014},    {1054546, 43.55, 0.0, .000937},    {1908327.88, 33.74, 0.0, .001003},
          {444350, 12.3, 0.0, .000669}};
}
inline coalition::PublicGood ten_emitters(coalition::Stage stage = coalition::Stage::kNash) {
  return {ten_tastes(), stage};
}

/// Barrett (1994, Oxford Economic Papers 46), a = 100, b = 1, c = γ.
inline coalition::PublicGood barrett(std::size_t n, double gamma,
                                     coalition::Stage stage = coalition::Stage::kStackelberg) {
  const auto size = static_cast<double>(n);
  return {std::vector<coalition::PublicGoodTaste>(n, {0.0, gamma, 100.0 / size, 1.0 / size}), stage};
}

/// The first k of n actors are members.
inline std::vector<std::uint8_t> first_members(std::size_t k, std::size_t n) {
  std::vector<std::uint8_t> is_member(n, 0);
  for (std::size_t actor = 0; actor < k; ++actor) is_member[actor] = 1;
  return is_member;
}

}  // namespace splinternet::testing
