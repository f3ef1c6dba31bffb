#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <tuple>

/// Sums in parts by place, each part in order and all parts added in one fixed order: the width of the machine's
/// vectors has no say in the bits.
namespace splinternet {

/// Eight parts: what loops that keep several sums at once carry.
using Lanes = std::array<double, 8>;

/// Their sum.
inline double add_lanes(const Lanes& part) {
  return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}

/// The least whole number of groups of lanes that holds so many entries, in entries.
constexpr std::size_t whole_lanes(std::size_t count) {
  constexpr std::size_t kLanes = std::tuple_size_v<Lanes>;
  return (count + kLanes - 1) / kLanes * kLanes;
}

/// Σ a[n]·b[n] in sixteen parts. Throws InternalError if the lengths differ.
double lane_dot(std::span<const double> a, std::span<const double> b);

}  // namespace splinternet
