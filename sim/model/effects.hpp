#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace splinternet {

/// What the events in force do to the world now. Rebuilt from the events whenever one begins or ends, so that an end
/// undoes exactly what the beginning did.
struct Effects {
  double fear_factor = 1.0;                   ///< on ρ in (M5)
  std::vector<double> ideal_point_shift;      ///< [country] s.d.
  std::vector<double> restrictiveness_shift;  ///< [country] towards all
  std::vector<double> pair_rule_shift;        ///< [country][partner] towards some; empty if no rule names partners
  std::vector<std::uint8_t> cut_link;         ///< [link]
  std::vector<std::uint8_t> pressed;          ///< [framework][country] courted every month

  struct Tariff {
    std::uint32_t exporter;
    std::uint32_t importer;
    double log_iceberg;  ///< ln τ̂
  };
  std::vector<Tariff> tariffs;  ///< both directions listed

  struct MarketLoss {
    std::uint32_t firm;
    std::uint32_t market;
    std::uint32_t buyer;  ///< firm that takes the business over, or kNoFirm: barred
  };
  std::vector<MarketLoss> market_losses;

  struct SupplyStop {
    std::uint32_t firm;
    std::uint32_t home;  ///< country whose suppliers stop
  };
  std::vector<SupplyStop> supply_stops;
};

inline constexpr std::uint32_t kNoFirm = 0xffffffffU;

}  // namespace splinternet
