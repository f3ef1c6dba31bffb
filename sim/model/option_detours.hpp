#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet {

/// A destination that some policy class does not reach, and what becomes of the country's services there.
struct ReachChange {
  std::uint32_t partner = 0;
  double reach_ratio = 1.0;  ///< share of the traffic that has a path, over that share now; infinite if there is none
  double log_latency = 0.0;  ///< change of ln latency of the pair, over the share that has a path
};

/// How another policy class would change the paths of a country's own traffic: only that moves, all others' stays.
/// Destinations to which all classes take equally long do not change whatever the shares. Owns its buffers.
class OptionDetours {
 public:
  explicit OptionDetours(const World& world);

  /// Looks at `country` as if provisions bound at `depth` [framework]; returns whether its traffic moves to other
  /// paths.
  bool look_at(std::size_t country, std::span<const double> depth);

  /// Shares of the country's traffic that would keep each class.
  [[nodiscard]] std::span<const double> class_share() const { return share_; }

  /// Destinations with a path in every class, and the change of ln latency of each pair. Valid until look_at() finds
  /// another country or shift.
  void find_longer();
  [[nodiscard]] std::span<const std::uint32_t> partners() const { return partners_; }
  [[nodiscard]] std::span<const double> log_latency() const { return log_latency_; }

  /// Those that some class does not reach. Valid until the next call.
  std::span<const ReachChange> find_gaps();

 private:
  const World& world_;
  std::vector<double> filter_strength_;  // [filter]
  std::vector<double> share_, shift_;    // [class] under the option; change of that
  std::size_t country_ = 0;              // the one looked at …
  bool is_solved_ = false;               // … of which, and of this shift, the columns below are
  std::span<const std::uint32_t> partners_;
  std::vector<double> longer_, log_latency_;  // [partners] 0.1 µs, now and by how much; ln
  std::vector<ReachChange> gaps_;
};

}  // namespace splinternet
