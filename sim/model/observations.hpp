#pragma once

#include <cstdint>
#include <vector>

namespace splinternet {

/// What is measured at the end of every step (docs/MODEL.md, "Metrics"). Values outside a section of the scenario that
/// does not stand are NaN.
struct Observations {
  // the world
  double splinternet_index = 0;
  double decoupling_data = 0;
  double decoupling_trade = 0;
  double reach_loss = 0;
  double polarization = 0;
  double stretch = 0;
  double efficiency_ratio = 0;
  double effective_blocs_gdp = 0;
  double effective_blocs_traffic = 0;
  double modularity_data = 0;
  double modularity_trade = 0;
  double assortativity_data = 0;
  double assortativity_trade = 0;
  double external_internal_data = 0;
  double external_internal_trade = 0;
  double transit_herfindahl = 0;
  double transit_top5_share = 0;
  double world_real_income_pp = 0;
  double world_exports_pp = 0;
  double world_digital_exports_pp = 0;
  // [framework]
  std::vector<double> member_count, signed_count, gdp_share, population_share, user_share, traffic_share;
  std::vector<double> aligned_firms;
  // [country]
  std::vector<double> real_income_pp, exports_busd, digital_exports_busd, transit_share, restrictiveness;
  std::vector<double> vendor_share, latency_ms, data_access;
  std::vector<std::uint32_t> bloc;  ///< 0 unaligned, 1 + k
  // [firm sector]
  std::vector<double> dual_share, market_herfindahl, revenue_at_risk_share, exited_markets;
};

}  // namespace splinternet
