#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "sim/scenario/parameter.hpp"

namespace splinternet {

struct Setting;

namespace parameters {

inline constexpr Parameter kThreshold =
    at_set_up(real("countries.threshold", "1", 0.5, {0, 1e9}, {0, 1},
                   "share or number of its peers that makes a country join under the rule threshold: θ, unless actors "
                   "bring an attribute threshold",
                   "[S] Granovetter 1978; Watts 2002"));
inline constexpr Parameter kThresholdCounts =
    at_set_up(option("countries.threshold_counts", "share|number",
                     "what thresholds are compared with: the share or the number "
                     "of those it looks at who are members",
                     "[S] Watts 2002; Granovetter 1978"));
inline constexpr Parameter kThresholdReached =
    at_set_up(option("countries.threshold_reached", "at_least|above",
                     "whether a threshold is reached by what equals it: matters where shares are fractions", "[D]"));

inline constexpr const Parameter* kThresholdRows[] = {&kThreshold, &kThresholdCounts, &kThresholdReached};

}  // namespace parameters

/// The thresholds of all countries, in the forms in which they are compared.
struct ThresholdSetting {
  static constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();

  bool above = false;                 ///< whether a share must exceed θ
  std::vector<double> share;          ///< [country] θ; only where peers have weights
  std::vector<std::uint32_t> number;  ///< [country] fewest peers that reach θ, kNever if all are not enough; else
};

/// Thresholds by the attribute `threshold`, or the parameter; the influence graph must stand. Where peers count alike,
/// a share is turned into the number of them that reaches it: the smallest c with c/d ≥ θ (or > θ) among d peers, the
/// division rounded as peer_share rounds it; one without peers sees the share 0.
ThresholdSetting thresholds(const Setting& setting);

}  // namespace splinternet
