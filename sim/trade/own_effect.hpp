#pragma once

#include <cstddef>
#include <span>

#include "sim/trade/equilibrium.hpp"
#include "sim/trade/hat_algebra.hpp"

namespace splinternet {

/// A change of one country's own trade conditions against the current equilibrium. Empty spans: no change.
/// The entry of the country itself must be 1.
struct OwnChange {
  std::span<const double> export_ratio;  ///< [s][importer]: new B_ij / current B_ij, i = the country
  std::span<const double> import_ratio;  ///< [s][exporter]: new B_ji / current B_ji
  double productivity_ratio = 1.0;       ///< new Â_i / current Â_i
};

/// Change of the country's log real income, ln(Ŵ'_i/Ŵ_i), if only its own conditions change and all other wages stay:
/// its own price index exactly, its own wage by one Newton step with the slope of its own clearing condition.
/// Exactly 0 for no change; −infinity if nothing it needs can be bought any more. O(countries × sectors), no
/// allocation, safe to call from many threads.
double own_real_income_effect(const TradeBaseline& baseline, const TradeEquilibrium& equilibrium, std::size_t country,
                              const OwnChange& change);

}  // namespace splinternet
