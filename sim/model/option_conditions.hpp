#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/model/world.hpp"
#include "sim/trade/linear_response.hpp"

namespace splinternet {

/// What an option would do to the trade conditions of the country that takes it, at depth d0 where a membership is new
/// and as if what is new were in force, all others staying as they are. To the conditions in force is added, fully
/// phased in, how far those that policy is moving to would change. Owns its buffers; one per thread.
class OptionConditions {
 public:
  explicit OptionConditions(const World& world);

  /// The conditions of `country` now and if it moved to the memberships `target`: valid until the next call.
  OwnChange change(std::size_t country, FrameworkSet target);

 private:
  void compare_paths(std::size_t country);
  void compare_trust(std::size_t country);
  double compare_partners(std::size_t country);
  double more_access(std::size_t country) const;
  void apply_ratios(std::size_t country);
  void apply_reach(std::size_t country);

  const World& world_;
  std::vector<double> depth_;                     // [framework] under the option
  std::vector<double> class_share_;               // [policy class]
  std::vector<double> towards_, by_;              // [partner] r_ij, r_ji under the option
  std::vector<double> trust_;                     // [partner] change of ln ψ
  std::vector<double> log_latency_;               // [partner] change
  std::vector<double> reach_;                     // [partner] under the option; set for those whose paths change
  std::vector<std::uint32_t> rerouted_;           // partners whose paths change
  std::vector<double> ratio_;                     // [sector][partner] new B / B now but for reach, both ways alike
  std::vector<double> export_now_, export_then_;  // [sector][importer]
  std::vector<double> import_now_, import_then_;  // [sector][exporter]
};

}  // namespace splinternet
