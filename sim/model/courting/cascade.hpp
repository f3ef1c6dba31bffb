#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/courting/targets.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// Who would follow whom into a framework through the peers term, to first order: the followers of those who accede,
/// not the followers of followers. Taken at one World; keeps a reference to it.
class AccessionCascade {
 public:
  /// `prospects` = what acceding to the framework is worth to each country now.
  AccessionCascade(const World& world, std::size_t framework, const Prospects& prospects);

  /// Rise of U_j in pp if the countries acceded (by a swap where need be): β_N·[g(x_j + Σ_i ω_ji) − g(x_j)], x_j the
  /// share of j's peers that are in, plus for each framework l that j and some of them would drop together
  /// β_N·[g(x_jl) − g(x_jl − Σ_i ω_ji)]. 0 without a peers term.
  [[nodiscard]] double rise_of_utility(std::size_t country, std::span<const std::uint32_t> acceding) const;

  /// What their accession makes the others worth to a sponsor: Σ_j (GDP share_j)^v·(P_j' − P_j) over the eligible
  /// others, P_j = 1/(1 + e^{−U_j/T}) without an offer before, P_j' after.
  [[nodiscard]] double rise_of_value(std::span<const std::uint32_t> acceding) const;

 private:
  [[nodiscard]] double weight_of(std::size_t country, std::uint32_t peer) const;

  const World& world_;
  std::size_t framework_;
  double temperature_;                 // pp
  std::vector<std::uint32_t> order_;   // eligible countries by code: order of summation
  std::vector<double> utility_;        // [country] pp
  std::vector<double> value_;          // [country] (GDP share)^v
  std::vector<double> peers_in_;       // [country][framework] share of peers that are members
  std::vector<FrameworkSet> dropped_;  // [country] what acceding would make it drop
};

}  // namespace splinternet
