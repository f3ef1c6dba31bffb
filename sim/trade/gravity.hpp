#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

/// Structural gravity (Anderson & van Wincoop 2003): X_ij = (Y_i E_j / Y) (t_ij / (Π_i P_j))^(−θ), where the
/// multilateral resistances Π (of sellers) and P (of buyers) make all sales of i add up to Y_i and all purchases of j
/// to E_j. θ = σ − 1 is the trade elasticity; T_ij = t_ij^(−θ) is called the ease of trade here.
namespace splinternet {

/// What each country sells and buys in all. Money in any one unit.
struct GravityData {
  double elasticity = 0.0;            ///< θ = σ − 1 > 0
  std::vector<double> output;         ///< Y[i] > 0, home sales included
  std::vector<double> expenditure;    ///< E[j] > 0; their sum is that of output
  std::size_t reference = 0;          ///< the buyer whose P is 1: resistances are defined up to one common factor
  std::vector<std::string> labels{};  ///< one name per country for messages, or none
};

/// Resistances and flows at given incomes.
struct GravityFlows {
  std::vector<double> outward;  ///< Π[i]
  std::vector<double> inward;   ///< P[j]
  std::vector<double> flow;     ///< X[exporter][importer], money
  double residual = 0.0;        ///< largest relative gap between a country's purchases and its expenditure
  int evaluations = 0;
};

/// A world whose endowments are fixed while their prices follow demand; world output is the numeraire.
struct GravityEquilibrium {
  GravityFlows trade;               ///< at the new incomes
  std::vector<double> price;        ///< p̂[i]: factory-gate price against the baseline
  std::vector<double> output;       ///< Y'[i] = p̂_i Y_i, money
  std::vector<double> expenditure;  ///< E'[j], money: in proportion to p̂_j E_j
  std::vector<double> real_income;  ///< Ŵ[j] = (E'_j/E_j)/P̂_j
};

/// One world with its observed or estimated trade costs, and what other costs would do to it.
class Gravity {
 public:
  /// `ease` = T[exporter][importer] of the baseline ≥ 0, from any estimate. Throws DataError naming the country for a
  /// wrong size, a value that is negative, zero where it must be positive or not finite, or sums that differ by more
  /// than 1e-9 relative, and SolverError if no resistances fit (too many zeros in T).
  Gravity(GravityData data, std::span<const double> ease);

  [[nodiscard]] const GravityFlows& baseline() const { return baseline_; }

  /// Conditional counterfactual: costs change, each country's output and expenditure stay ("modular trade impact").
  /// Errors as in the constructor.
  [[nodiscard]] GravityFlows conditional(std::span<const double> ease) const;

  /// Full-endowment counterfactual: prices of endowments clear the markets, and the shares of output and expenditure
  /// in the resistances are those of the new equilibrium (Anderson, Larch & Yotov 2018). Codes that keep the shares of
  /// the baseline there return a first-order approximation. Deficits stay in proportion to income. Errors as in the
  /// constructor.
  [[nodiscard]] GravityEquilibrium full_endowment(std::span<const double> ease) const;

 private:
  /// Π^(−θ) and P^(−θ), fitted to output shares and expenditure shares.
  struct Powers {
    std::vector<double> outward, inward;
    double residual = 0.0;
    int evaluations = 0;
  };

  void check_data() const;
  void check_ease(std::span<const double> ease) const;
  [[nodiscard]] std::string name(std::size_t country) const;
  [[nodiscard]] Powers fit(std::span<const double> ease, std::span<const double> output_share,
                           std::span<const double> expenditure_share) const;
  [[nodiscard]] GravityFlows flows_of(Powers powers, std::span<const double> ease, std::span<const double> output,
                                      std::span<const double> expenditure) const;

  GravityData data_;
  double world_output_ = 0.0;
  std::vector<double> output_share_, expenditure_share_;
  std::vector<double> supply_;  // (β_i p_i)^(−θ) of the baseline = output share / Π^(−θ)
  std::vector<double> inward_;  // P^(−θ) of the baseline on the scale of supply_
  GravityFlows baseline_;
};

}  // namespace splinternet
