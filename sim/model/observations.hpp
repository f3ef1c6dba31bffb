#pragma once

#include <cstdint>
#include <vector>

#include "sim/metrics/mixing.hpp"
#include "sim/model/metrics_step_observations.hpp"

namespace splinternet {

/// What is measured at the end of every step (docs/MODEL.md, "Metrics"). Values outside a section of the scenario that
/// does not stand are NaN.
struct Observations {
  // the world
  double splinternet_index = kNotObserved;
  double decoupling_data = kNotObserved;
  double decoupling_trade = kNotObserved;
  double decoupling_index_data = kNotObserved;
  double decoupling_index_trade = kNotObserved;
  double reach_loss = kNotObserved;
  double reach_loss_pairs = kNotObserved;
  double polarization = kNotObserved;
  double stretch = kNotObserved;
  double efficiency_ratio = kNotObserved;
  double effective_blocs_gdp = kNotObserved;
  double effective_blocs_traffic = kNotObserved;
  double modularity_data = kNotObserved;
  double modularity_trade = kNotObserved;
  double assortativity_data = kNotObserved;
  double assortativity_trade = kNotObserved;
  double external_internal_data = kNotObserved;
  double external_internal_trade = kNotObserved;
  double transit_herfindahl = kNotObserved;
  double transit_top5_share = kNotObserved;
  double transit_gini = kNotObserved;
  double transit_centralization = kNotObserved;
  double world_real_income_pp = kNotObserved;
  double world_exports_pp = kNotObserved;
  double world_digital_exports_pp = kNotObserved;
  // [bloc of origin][bloc of destination], unaligned first
  std::vector<double> data_between_blocs, trade_between_blocs_busd;
  // [framework]
  std::vector<double> member_count, signed_count, gdp_share, population_share, user_share, traffic_share;
  std::vector<double> aligned_firms;
  std::vector<double> member_size_share;  ///< of a world without a map
  // [country]
  std::vector<double> real_income_pp, exports_busd, digital_exports_busd, transit_share, restrictiveness;
  std::vector<double> vendor_share, latency_ms, data_access, data_abroad_share;
  std::vector<std::uint32_t> bloc;  ///< 0 unaligned, 1 + k
  // [firm sector]
  std::vector<double> dual_share, market_herfindahl, revenue_at_risk_share, exited_markets;
  // of the last metrics step
  NetworkObservations network;
  DivisionObservations division;
};

/// What observing keeps from step to step because it seldom changes; recomputed when what it hangs on does, so that it
/// never shows in a result.
struct ObservationMemory {
  // the baseline's flows by the blocs of the moment: as long as these are the labels
  std::vector<std::uint32_t> bloc;
  metrics::MixingMatrix baseline_data, baseline_trade;
  // of the baseline alone
  std::vector<double> baseline_latency_ms;  ///< [origin][destination]
  double baseline_efficiency = 0.0;         ///< Σ 1/latency over pairs with a path, per ms
  std::vector<double> demand_of_origin;     ///< share of the world's, domestic demand included
  double demand_abroad = 0.0;               ///< share of the world's
  double baseline_exports_busd = 0.0;
  double baseline_digital_exports_busd = 0.0;
  NetworkMemory network;
};

}  // namespace splinternet
