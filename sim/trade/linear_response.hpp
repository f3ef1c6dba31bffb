#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "sim/core/dense.hpp"
#include "sim/trade/equilibrium.hpp"
#include "sim/trade/hat_algebra.hpp"
#include "sim/trade/jacobian.hpp"

namespace splinternet {

/// A change of one country's own trade conditions. B as levels against the baseline, so that trade may end or begin
/// again.
struct OwnChange {
  std::span<const double> cost_factor;  ///< B of the world in force, [s][exporter][importer]
  std::span<const double> export_rise;  ///< B'_cj − B_cj as [s][importer], c = the country; 0 for itself
  std::span<const double> import_rise;  ///< B'_jc − B_jc as [s][exporter]; 0 for itself
  double log_productivity = 0.0;        ///< ln of new Â_c over Â_c in force
};

/// Real income of any country under any change of its own trade conditions, all others' conditions held and all wages
/// of the world moving (M16): the clearing conditions are linearised once at an equilibrium, and each change is then
/// priced in O(countries × sectors). Conditions in force may meanwhile have left those of that equilibrium, B by any
/// amount, as long as wages and price indices are still near.
///
/// For country c let z = Σ_i a_i Δgap_i with a = −J⁻ᵀ ∂ln W_c/∂ln w be what the linear response of all wages adds to
/// ln W_c, Δgap being the exact change of all clearing conditions at given wages. z is read as a rise δ of c's wage
/// against its suppliers', z/(share of imports in its expenditure), to which is added how far the linear answer of c's
/// own clearing condition to its own wage is from the exact one (Newton's method in that one wage). At δ the own price
/// index is exact:
///   Δ ln W_c = Σ_s α_s/θ_s ln(π_cc Â^θ + e^{θδ} Σ_{k≠c} π_kc B'_kc/B_kc).
/// Exact to first order; imports that end leave exactly what the home shares say, as δ then has no weight.
class LinearResponse {
 public:
  /// At most 64 sectors.
  LinearResponse(std::size_t countries, std::size_t sectors);

  /// Takes the slopes of the world at `equilibrium`, the solution of `baseline` under productivities Â `productivity`
  /// (empty: all 1) and any B. Independent of later changes of all three. Throws SolverError if the slopes are
  /// singular; nothing can be priced then.
  void factorise(const TradeBaseline& baseline, std::span<const double> productivity,
                 const TradeEquilibrium& equilibrium);

  /// Change of the country's log real income, ln(Ŵ'_c/Ŵ_c). Exactly 0 for no change; −infinity if nothing it needs can
  /// be bought any more. No allocation, safe to call from many threads.
  [[nodiscard]] double real_income_effect(std::size_t country, const OwnChange& change) const;

  /// Whether `now` is further than `threshold` from the equilibrium of the last factorise(), or there was none: a log
  /// wage, or the log share of home goods in a sector's expenditure, has moved by more (a home share that became 0 or
  /// left 0 counts as any distance). A rule of states, so that it gives the same answer after a restart.
  [[nodiscard]] bool is_stale(const TradeEquilibrium& now, double threshold) const;

 private:
  friend class ResponseSeries;

  static constexpr std::size_t kMaxSectors = 64;
  static constexpr std::size_t kMoments = 5;

  /// What a change does to one sector at given wages.
  struct Sector {
    double cheaper = 0.0;  // Â^θ − 1
    double supply = 0.0;   // change of the own market sum by what others may sell here, relative
    double benefit = 0.0;  // z
    double gap = 0.0;      // of the own clearing condition, money
    double sales = 0.0;    // abroad under the conditions in force, money
    // Σ_j E_j π'_cj^p over markets abroad under the change, money; p = 1 … kMoments
    std::array<double, kMoments> moment{};
  };
  struct Clearing {
    double gap = 0.0, slope = 0.0;  // of the own clearing condition and −∂/∂ln w_c, money
  };
  struct Sales {
    double sum = 0.0, slope = 0.0;  // abroad, and −∂/∂(θ ln w_c), money
  };

  void find_adjoints(const TradeBaseline& baseline, const TradeEquilibrium& equilibrium);
  void set_rights(const TradeBaseline& baseline, const TradeEquilibrium& equilibrium);
  void find_unit_shares(std::size_t sector, const TradeBaseline& baseline, std::span<const double> productivity,
                        const TradeEquilibrium& equilibrium);
  void find_advantages(std::size_t sector, const TradeEquilibrium& equilibrium);
  void remember(const TradeBaseline& baseline, const TradeEquilibrium& equilibrium);
  void price_imports(std::size_t sector, std::size_t country, const OwnChange& change, Sector& out) const;
  void price_exports(std::size_t sector, std::size_t country, const OwnChange& change, Sector& out) const;
  [[nodiscard]] double own_wage_rise(std::size_t country, const OwnChange& change, const Sector* sectors,
                                     double benefit, double gap) const;
  [[nodiscard]] Clearing own_clearing(std::size_t country, const OwnChange& change, const Sector* sectors,
                                      double ln_wage) const;
  [[nodiscard]] Sales sales_abroad(std::size_t sector, std::size_t country, const OwnChange& change,
                                   const Sector& priced, double growth) const;

  std::size_t countries_, sectors_;
  bool is_factorised_ = false;
  ClearingJacobian jacobian_;
  dense::Lu factors_;
  std::vector<double> adjoint_;          // a as [country][i]
  std::vector<double> mean_;             // Σ_i a_i π'_ij as [country][j], of one sector
  std::vector<double> sold_unit_;        // [s][country][importer]: π' of its sales abroad per unit of B …
  std::vector<double> bought_unit_;      // … and as [s][country][exporter] of its purchases
  std::vector<double> export_, import_;  // in the same shapes: what sales that rise by all of a market add to z, and …
                                         // … what a unit of B adds through purchases
  std::vector<double> sector_share_;                                                // [s][country]
  std::vector<double> spending_;                                                    // [s][country], money
  std::vector<double> import_share_, income_slope_, output_, expenditure_, slope_;  // [country]
  std::vector<double> elasticity_;                                                  // [s]
  std::vector<double> ln_wage_, home_share_;  // [country], [s][country]: where the slopes were taken
};

}  // namespace splinternet
