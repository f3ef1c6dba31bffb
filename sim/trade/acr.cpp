#include "sim/trade/acr.hpp"

#include <cmath>
#include <sstream>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"
#include "sim/trade/input_output.hpp"

namespace splinternet {
namespace {

constexpr double kTolerance = 1e-9;
constexpr double kSmallestShare = 1e-290;  // below it shares have lost their digits

/// The identity in one form for all engines.
struct Identity {
  const TradeBaseline& trade;
  std::span<const double> cost_factor;   // B[s][exporter][importer], or none
  std::span<const double> productivity;  // Â, or none
  std::span<const double> weight;        // [s][country]: of ln(home share)/θ in the real wage
  std::span<const double> share;         // π'
  std::span<const double> real_wage;
};

/// How far the real wage of a country is from what its home shares say, in logs; 0 if it lacks home sales.
double gap_of(const Identity& identity, std::size_t country) {
  const std::size_t n = identity.trade.countries(), j = country;
  const double ln_productivity = identity.productivity.empty() ? 0.0 : math::log(identity.productivity[j]);
  double gap = math::log(identity.real_wage[j]);
  for (std::size_t s = 0; s < identity.trade.sectors(); ++s) {
    const double weight = identity.weight[s * n + j];
    if (!(weight > 0.0)) continue;
    const std::size_t home = (s * n + j) * n + j;
    const double factor = identity.cost_factor.empty() ? 1.0 : identity.cost_factor[home];
    const double before = identity.trade.share()[home] * factor, after = identity.share[home];
    if (before < kSmallestShare || after < kSmallestShare) return 0.0;
    gap += weight * (math::log(after / before) / identity.trade.elasticity()[s] - ln_productivity);
  }
  return gap;
}

double checked_gap(const Identity& identity) {
  double largest = 0.0;
  for (std::size_t j = 0; j < identity.trade.countries(); ++j) {
    const double gap = std::fabs(gap_of(identity, j));
    if (!(gap <= kTolerance)) {
      std::ostringstream text;
      text << "trade solution: the real wage of " << identity.trade.name(j) << " is off by " << gap
           << " in logs from what its home shares say (ACR identity)";
      throw InternalError(text.str());
    }
    largest = gap > largest ? gap : largest;
  }
  return largest;
}

}  // namespace

double acr_gap(const TradeBaseline& baseline, const TradeShock& shock, const TradeEquilibrium& equilibrium) {
  return checked_gap({baseline, shock.cost_factor, shock.productivity, baseline.sector_share(), equilibrium.share,
                      equilibrium.real_wage});
}

double acr_gap(const InputOutputBaseline& baseline, const InputOutputShock& shock,
               const InputOutputEquilibrium& equilibrium) {
  return checked_gap({baseline.trade(), shock.cost_factor, shock.productivity, baseline.leontief_share(),
                      equilibrium.share, equilibrium.real_wage});
}

}  // namespace splinternet
