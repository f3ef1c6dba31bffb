#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/graph/congested_network.hpp"

namespace splinternet {

/// Who bears which cost (Wardrop 1952).
enum class RoutingPrinciple {
  kUserEquilibrium,  ///< everybody takes a path that is cheapest for himself: cost c(x) = t(x) + fixed
  kSystemOptimum,    ///< the sum of all costs is least: marginal cost t(x) + x·t′(x) + fixed
};

/// Link costs by the function of the Bureau of Public Roads, their slopes and their integrals. The system optimum is
/// the user equilibrium with b·(1 + power) in place of b. Whole powers up to 64 are products; others go through
/// math::pow. No libm.
class LinkCosts {
 public:
  LinkCosts(const CongestedNetwork& network, RoutingPrinciple principle);

  [[nodiscard]] std::size_t link_count() const { return terms_.size(); }
  /// Cost of a unit of flow on `link` that carries `flow` ≥ 0.
  [[nodiscard]] double cost(std::size_t link, double flow) const;
  /// Its derivative by flow, ≥ 0.
  [[nodiscard]] double slope(std::size_t link, double flow) const;
  /// Its integral from 0 to `flow`.
  [[nodiscard]] double integral(std::size_t link, double flow) const;

  /// cost[a] of all links. Throws SolverError naming the link if a cost is not finite (a flow too far above capacity).
  void costs(std::span<const double> flow, std::span<double> cost) const;
  /// cost[a] and slope[a] of all links. Error as above.
  void costs_and_slopes(std::span<const double> flow, std::span<double> cost, std::span<double> slope) const;
  /// Σ_a ∫ cost_a (Beckmann, McGuire & Winsten 1956): what the assignment minimises; for the system optimum it is the
  /// sum of all costs.
  [[nodiscard]] double objective(std::span<const double> flow) const;

 private:
  struct Term {
    double base;              // cost at zero flow
    double rise;              // free time · b (· (1 + power))
    double inverse_capacity;  // 0 where nothing rises
    double power;             // 1 where nothing rises
    int whole_power;          // −1 if the power is not whole
  };
  /// (x/capacity)^(power − 1).
  static double lower_power(const Term& term, double ratio);

  std::vector<Term> terms_;
};

}  // namespace splinternet
