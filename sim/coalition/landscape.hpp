#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/coalition/partition_space.hpp"

namespace splinternet::coalition {

/// Landscape of alliances (Axelrod & Bennett 1993, British Journal of Political Science 23: 211): actors of size s_i
/// whose propensities p_ij to be together pull or push. With d_ij = 1 if i and j are in different alliances, else 0:
/// frustration F_i = Σ_{j≠i} s_j·p_ij·d_ij, which each actor lowers; energy E = Σ_i s_i·F_i over ordered pairs.
/// If p is symmetric, one actor's move changes E by 2·s_i·ΔF_i, so moves one at a time always end.
class Landscape {
 public:
  /// n sizes > 0 and n × n propensities, row-major, the diagonal unused. Throws DataError, naming the actors, for a
  /// figure that is not finite or a size ≤ 0; InternalError if the sizes do not fit.
  Landscape(std::vector<double> size, std::vector<double> propensity);

  [[nodiscard]] std::size_t actors() const { return size_.size(); }
  [[nodiscard]] double size(std::size_t actor) const { return size_[actor]; }
  /// Throws DataError, naming the first pair, unless p_ij = p_ji.
  void require_symmetric() const;

  /// F_i.
  [[nodiscard]] double frustration(std::size_t actor, std::span<const std::uint8_t> alliance) const;
  /// E.
  [[nodiscard]] double energy(std::span<const std::uint8_t> alliance) const;
  /// Σ s_j·p_ij over the other actors of each alliance 0 … attraction.size() − 1: moving from a to b lowers F_i by
  /// attraction[b] − attraction[a].
  void attraction(std::size_t actor, std::span<const std::uint8_t> alliance, std::span<double> attraction) const;

 private:
  std::vector<double> size_;
  std::vector<double> propensity_;
};

/// E of each state of a space.
std::vector<double> energies(const Landscape& landscape, const PartitionSpace& space);

}  // namespace splinternet::coalition
