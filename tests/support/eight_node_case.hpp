#pragma once

#include <array>
#include <cstdint>
#include <limits>

/// A world of eight countries in two rival blocs (0, 1) and two neutrals (2), small enough to check by hand: flows,
/// links, and the distances under two policies. The expected values come from independent NumPy, NetworkX and igraph
/// computations.
namespace splinternet::testing::eight_node {

inline constexpr std::size_t kNodes = 8;
inline constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();

inline constexpr std::array<std::uint32_t, kNodes> kBloc = {0, 0, 0, 1, 1, 1, 2, 2};

/// Directed flows, row = origin.
inline constexpr std::array<double, kNodes* kNodes> kFlow = {
    0, 9, 7, 1, 0, 2, 3, 1,  //
    8, 0, 6, 0, 1, 0, 2, 2,  //
    5, 7, 0, 1, 0, 1, 1, 0,  //
    1, 0, 2, 0, 9, 8, 2, 1,  //
    0, 1, 0, 7, 0, 6, 3, 0,  //
    2, 0, 1, 6, 5, 0, 1, 1,  //
    4, 1, 2, 3, 2, 1, 0, 5,  //
    1, 2, 0, 0, 1, 2, 4, 0,
};

struct Link {
  std::uint32_t a;
  std::uint32_t b;
  std::uint32_t length;
  double capacity;
};

inline constexpr std::array<Link, 11> kLinks = {{
    {0, 1, 600, 40},
    {1, 2, 500, 30},
    {0, 2, 900, 20},
    {3, 4, 700, 35},
    {4, 5, 650, 25},
    {3, 5, 1200, 15},
    {2, 6, 2500, 20},
    {6, 3, 3000, 20},
    {6, 7, 800, 10},
    {7, 5, 2600, 8},
    {1, 4, 5000, 12},
}};

using Matrix = std::array<std::uint32_t, kNodes * kNodes>;

inline constexpr Matrix kBaseDistance = {
    0,    600,  900,  6300, 5600, 6250, 3400, 4200,  //
    600,  0,    500,  5700, 5000, 5650, 3000, 3800,  //
    900,  500,  0,    5500, 5500, 5900, 2500, 3300,  //
    6300, 5700, 5500, 0,    700,  1200, 3000, 3800,  //
    5600, 5000, 5500, 700,  0,    650,  3700, 3250,  //
    6250, 5650, 5900, 1200, 650,  0,    3400, 2600,  //
    3400, 3000, 2500, 3000, 3700, 3400, 0,    800,   //
    4200, 3800, 3300, 3800, 3250, 2600, 800,  0,
};

/// Each bloc keeps its traffic off transit through the other; neutrals avoid nothing.
inline constexpr Matrix kDistanceAvoidingRival = {
    0,      600,  900,  6400, 5600, 6800, 3400, 4200,  //
    600,    0,    500,  6000, 5000, 6400, 3000, 3800,  //
    900,    500,  0,    5500, 5500, 5900, 2500, 3300,  //
    kNever, 5700, 5500, 0,    700,  1200, 3000, 3800,  //
    kNever, 5000, 6200, 700,  0,    650,  3700, 3250,  //
    kNever, 5650, 5900, 1200, 650,  0,    3400, 2600,  //
    3400,   3000, 2500, 3000, 3700, 3400, 0,    800,   //
    4200,   3800, 3300, 3800, 3250, 2600, 800,  0,
};

/// What each bloc's traffic may not transit.
enum class Policy { kNone, kAvoidRival, kAvoidRivalAndNeutral };

/// 1 where traffic of `origin` may not pass.
inline std::array<std::uint8_t, kNodes> forbidden_transit(Policy policy, std::size_t origin) {
  std::array<std::uint8_t, kNodes> forbidden{};
  if (policy == Policy::kNone || kBloc[origin] == 2) return forbidden;
  for (std::size_t node = 0; node < kNodes; ++node) {
    const bool rival = kBloc[node] == 1 - kBloc[origin];
    const bool neutral = kBloc[node] == 2 && policy == Policy::kAvoidRivalAndNeutral;
    forbidden[node] = rival || neutral ? 1 : 0;
  }
  return forbidden;
}

}  // namespace splinternet::testing::eight_node
