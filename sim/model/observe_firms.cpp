#include "sim/model/observe_firms.hpp"

#include <algorithm>
#include <limits>

#include "sim/metrics/concentration.hpp"

namespace splinternet {
namespace {

struct SectorSums {
  double firms = 0.0;
  double dual = 0.0;
  double baseline = 0.0;
  double lost = 0.0;
  double left = 0.0;
  std::vector<double> sales;
};

}  // namespace

void observe_firms(const World& world, Observations& seen) {
  if (!world.setting().firms) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (auto* series :
         {&seen.dual_share, &seen.market_herfindahl, &seen.revenue_at_risk_share, &seen.exited_markets}) {
      series->assign(kFirmSectorCount, nan);
    }
    seen.aligned_firms.assign(world.frameworks(), nan);
    return;
  }
  const FirmSetting& firms = *world.setting().firms;
  std::vector<SectorSums> sums(kFirmSectorCount);
  seen.aligned_firms.assign(world.frameworks(), 0.0);
  for (std::size_t f = 0; f < firms.count; ++f) {
    SectorSums& sector = sums[static_cast<std::size_t>(firms.sector[f])];
    const std::uint8_t stance = world.firms.stance[f];
    sector.firms += 1.0;
    if (stance > world.frameworks()) {
      sector.dual += 1.0;
    } else if (stance > 0) {
      seen.aligned_firms[stance - 1U] += 1.0;
    }
    double sales = 0.0;
    for (std::size_t e = firms.first_market[f]; e < firms.first_market[f + 1]; ++e) {
      const double now = world.firms.market_revenue_busd[e];
      sales += now;
      sector.baseline += firms.market_revenue_busd[e];
      sector.lost += std::max(0.0, firms.market_revenue_busd[e] - now);
      const auto status = static_cast<MarketStatus>(world.firms.market_status[e]);
      sector.left += status == MarketStatus::kActive ? 0.0 : 1.0;
    }
    sector.sales.push_back(sales);
  }
  for (auto* series : {&seen.dual_share, &seen.market_herfindahl, &seen.revenue_at_risk_share, &seen.exited_markets}) {
    series->assign(kFirmSectorCount, 0.0);
  }
  for (std::size_t s = 0; s < kFirmSectorCount; ++s) {
    if (sums[s].firms == 0.0) continue;
    seen.dual_share[s] = sums[s].dual / sums[s].firms;
    seen.market_herfindahl[s] = metrics::herfindahl(sums[s].sales);
    seen.revenue_at_risk_share[s] = sums[s].baseline > 0.0 ? sums[s].lost / sums[s].baseline : 0.0;
    seen.exited_markets[s] = sums[s].left;
  }
}

}  // namespace splinternet
