#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/trade/equilibrium.hpp"
#include "sim/trade/hat_algebra.hpp"
#include "sim/trade/jacobian.hpp"
#include "sim/trade/own_effect.hpp"

namespace splinternet {

/// Real income of any country under any change of its own trade conditions, all others' conditions held and all wages
/// of the world moving (M16): the clearing conditions are linearised once at an equilibrium, and each change is then
/// priced in O(countries × sectors).
///
/// For country c let z = Σ_i a_i Δgap_i with a = −J⁻ᵀ ∂ln W_c/∂ln w be what the linear response of all wages adds to
/// ln W_c, Δgap being the exact change of all clearing conditions at given wages. z is read as a rise δ of c's wage
/// against its suppliers', z/(share of imports in its expenditure), to which is added how far the linear answer of c's
/// own clearing condition to its own wage is from the exact one (Newton's method in that one wage). At δ the own price
/// index is exact:
///   Δ ln W_c = Σ_s α_s/θ_s ln(π'_cc Â^θ + e^{θδ} Σ_{k≠c} π'_kc ratio_k).
/// Exact to first order; imports that end (ratio 0) leave exactly what the home shares say, as δ then has no weight.
class LinearResponse {
 public:
  /// At most 64 sectors.
  LinearResponse(std::size_t countries, std::size_t sectors);

  /// Takes the slopes of the world at `equilibrium`, a solution of `baseline`. Independent of later changes of both.
  /// Allocates the factors of one matrix of countries × countries. Throws SolverError if the slopes are singular.
  void factorise(const TradeBaseline& baseline, const TradeEquilibrium& equilibrium);

  /// Change of the country's log real income, ln(Ŵ'_c/Ŵ_c). Exactly 0 for no change; −infinity if nothing it needs can
  /// be bought any more. No allocation, safe to call from many threads. Ratios are against the conditions at the
  /// equilibrium of the last factorise().
  [[nodiscard]] double real_income_effect(std::size_t country, const OwnChange& change) const;

  /// Whether `now` is further than `threshold` from the equilibrium of the last factorise(), or there was none: as
  /// needs_refresh.
  [[nodiscard]] bool is_stale(const TradeEquilibrium& now, double threshold) const;

 private:
  static constexpr std::size_t kMaxSectors = 64;

  /// What a change does to one sector at given wages.
  struct Sector {
    double cheaper = 0.0;  // Â^θ − 1
    double supply = 0.0;   // change of the own market sum by what others may sell here, relative
    double benefit = 0.0;  // z
    double gap = 0.0;      // of the own clearing condition, money
  };
  struct Clearing {
    double gap = 0.0, slope = 0.0;  // of the own clearing condition and −∂/∂ln w_c, money
  };

  void find_adjoints(const TradeBaseline& baseline, const TradeEquilibrium& equilibrium);
  void set_rights(const TradeBaseline& baseline, const TradeEquilibrium& equilibrium);
  void find_exports(std::size_t sector, const TradeEquilibrium& equilibrium);
  void find_imports(std::size_t sector, const TradeBaseline& baseline, const TradeEquilibrium& equilibrium);
  void remember(const TradeBaseline& baseline, const TradeEquilibrium& equilibrium);
  void price_imports(std::size_t sector, std::size_t country, std::span<const double> ratio, Sector& out) const;
  void price_exports(std::size_t sector, std::size_t country, std::span<const double> ratio, Sector& out) const;
  [[nodiscard]] double own_wage_rise(std::size_t country, const OwnChange& change, const Sector* sectors,
                                     double benefit, double gap) const;
  [[nodiscard]] Clearing own_clearing(std::size_t country, const OwnChange& change, const Sector* sectors,
                                      double ln_wage) const;

  std::size_t countries_, sectors_;
  bool is_factorised_ = false;
  ClearingJacobian jacobian_;
  std::vector<double> adjoint_;          // a as [country][i]
  std::vector<double> mean_;             // Σ_i a_i π'_ij as [country][j], of one sector
  std::vector<double> share_, export_;   // [s][country][importer]: π', what a relative rise of sales adds to z
  std::vector<double> bought_, import_;  // [s][country][exporter]: π' of its purchases, what their rise adds to z
  std::vector<double> sector_share_;     // [s][country]
  std::vector<double> spending_;         // [s][country], money
  std::vector<double> import_share_, income_slope_, output_, expenditure_, slope_;  // [country]
  std::vector<double> elasticity_;                                                  // [s]
  std::vector<double> ln_wage_, home_share_;  // [country], [s][country]: where the slopes were taken
};

/// Whether a linear response taken at `previous` should be taken anew at `now`: a log wage, or the log share of home
/// goods in a sector's expenditure, has moved by more than `threshold` (in logs). A home share that became 0 or left 0
/// counts as any distance. A rule of states, so that it gives the same answer after a restart.
bool needs_refresh(const TradeEquilibrium& previous, const TradeEquilibrium& now, double threshold);

}  // namespace splinternet
