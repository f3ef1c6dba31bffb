#include "sim/trade/own_effect.hpp"

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet {
namespace {

double ratio_at(std::span<const double> ratios, std::size_t index) {
  return ratios.empty() ? 1.0 : ratios[index];
}

/// What country and change have in common for all sectors.
struct Pricing {
  const TradeBaseline& baseline;
  const TradeEquilibrium& equilibrium;
  std::size_t country;
  const OwnChange& change;
};

/// Σ_j π'_ji (ratio_j − 1) over foreign sellers j: the change of the market sum Φ_i/Φ_i by what others may sell here.
double foreign_supply_change(const Pricing& pricing, std::size_t sector) {
  if (pricing.change.import_ratio.empty()) return 0.0;
  const std::size_t n = pricing.baseline.countries(), i = pricing.country;
  const double* bought = &pricing.equilibrium.share[sector * n * n + i];
  double change = 0.0;
  for (std::size_t j = 0; j < n; ++j) {
    change += bought[j * n] * (pricing.change.import_ratio[sector * n + j] - 1.0);
  }
  return change;
}

/// Change of sales abroad, money. A seller that gets cheaper by `efficiency` = Â^θ also lowers the buyers' price index.
double export_change(const Pricing& pricing, std::size_t sector, double efficiency) {
  const std::size_t n = pricing.baseline.countries(), i = pricing.country;
  const double* share = &pricing.equilibrium.share[(sector * n + i) * n];
  const double* flow = &pricing.equilibrium.flow[(sector * n + i) * n];
  double change = 0.0;
  for (std::size_t j = 0; j < n; ++j) {
    if (j == i) continue;
    const double cheaper = ratio_at(pricing.change.export_ratio, sector * n + j) * efficiency - 1.0;
    // X'(1+c)/(1+π'c) − X', in a form that is exactly 0 for c = 0.
    change += flow[j] * cheaper * (1.0 - share[j]) / (1.0 + share[j] * cheaper);
  }
  return change;
}

}  // namespace

double own_real_income_effect(const TradeBaseline& baseline, const TradeEquilibrium& equilibrium, std::size_t country,
                              const OwnChange& change) {
  const std::size_t n = baseline.countries(), cells = baseline.sectors() * n, i = country;
  SPLINTERNET_CHECK(change.export_ratio.empty() || change.export_ratio.size() == cells, change.export_ratio.size());
  SPLINTERNET_CHECK(change.import_ratio.empty() || change.import_ratio.size() == cells, change.import_ratio.size());
  SPLINTERNET_CHECK(country < n && change.productivity_ratio > 0.0, country, n, change.productivity_ratio);
  const Pricing pricing{baseline, equilibrium, country, change};
  const double ln_productivity = math::log(change.productivity_ratio);
  double gap = 0.0;
  for (std::size_t s = 0; s < baseline.sectors(); ++s) {
    const double cheaper = math::exp(baseline.elasticity()[s] * ln_productivity) - 1.0;
    const double home = equilibrium.share[(s * n + i) * n + i], home_sales = equilibrium.flow[(s * n + i) * n + i];
    const double market_change = home * cheaper + foreign_supply_change(pricing, s);
    if (!(1.0 + market_change > 0.0)) return -__builtin_inf();
    gap += export_change(pricing, s, 1.0 + cheaper) + home_sales * (cheaper - market_change) / (1.0 + market_change);
  }
  const double wage_change = gap == 0.0 ? 0.0 : gap / equilibrium.demand_slope[i];
  double effect = wage_change;
  if (equilibrium.closure == Closure::kAdditive) {
    effect = math::log(1.0 + equilibrium.output[i] / equilibrium.expenditure[i] * (math::exp(wage_change) - 1.0));
  }
  for (std::size_t s = 0; s < baseline.sectors(); ++s) {
    const double theta = baseline.elasticity()[s];
    const double cheaper = math::exp(theta * (ln_productivity - wage_change)) - 1.0;
    const double home = equilibrium.share[(s * n + i) * n + i];
    const double market_change = home * cheaper + foreign_supply_change(pricing, s);
    if (!(1.0 + market_change > 0.0)) return -__builtin_inf();
    effect += baseline.sector_share()[s * n + i] / theta * math::log(1.0 + market_change);
  }
  return effect;
}

}  // namespace splinternet
