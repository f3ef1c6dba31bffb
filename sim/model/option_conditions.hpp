#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/model/option_detours.hpp"
#include "sim/model/option_rules.hpp"
#include "sim/model/world.hpp"
#include "sim/trade/linear_response.hpp"
#include "sim/trade/response_series.hpp"

namespace splinternet {

/// What an option would do to the trade conditions of the country that takes it, at depth d0 where a membership is new
/// and as if what is new were in force, all others staying as they are. To the conditions in force is added, fully
/// phased in, how far those that policy is moving to would change. Owns its buffers; one per thread.
class OptionConditions {
 public:
  explicit OptionConditions(const World& world);

  /// How the conditions of `country` change if it moves to the memberships `target`: valid until the next call.
  OwnChange change(std::size_t country, FrameworkSet target);

  /// The same, where it can be told by the change of R of each pair and what comes on top in services: nothing where
  /// paths begin where there were none, or where goods answer latency. Valid until the next call.
  std::optional<IndexedChange> indexed_change(std::size_t country, FrameworkSet target);

 private:
  void compare_rules(std::size_t country, const OptionRules::Rules& rules);
  double index_rules(std::size_t country, const OptionRules::Rules& rules);
  const double* open_by_now(std::size_t country);
  bool compare_exclusions(std::size_t country, const OptionRules::Rules& rules);
  void raise_factors(std::size_t country, const OptionRules::Trust& trust);
  void compare_paths(std::size_t country);
  double latency_ratio(std::size_t country, std::size_t partner, double there_ms) const;
  double more_access(std::size_t country) const;
  double access_by_rules(std::size_t country) const;
  double access_by_exclusions(std::size_t country) const;
  void apply_reach(std::size_t country);
  double index_with(std::size_t partner, bool is_indexed) const;
  void add_detours(const OptionRules::Trust& trust);
  std::optional<double> add_jumps(std::size_t country, const OptionRules::Trust& trust, bool is_indexed);

  const World& world_;
  std::vector<double> depth_;  // [framework] under the option
  double idea_diffusion_, depth_on_signing_;
  OptionRules rules_;
  OptionDetours detours_;
  std::vector<std::optional<std::vector<std::uint32_t>>> excluded_;  // [framework] if it has rules for them alone
  std::vector<double> restrictiveness_;                              // [partner] change of R

  // Told by conditions:
  std::vector<double> log_latency_;                // [partner] change
  std::vector<double> no_change_;                  // [partner] 0
  std::vector<double> reach_;                      // [partner] under the option; set for those whose paths change
  std::vector<std::uint32_t> rerouted_;            // partners whose paths change
  std::vector<double> latency_ratio_;              // [rerouted]
  std::vector<double> growth_;                     // [sector][partner] B'/B − 1 but for reach, both ways alike
  std::vector<double> export_rise_, import_rise_;  // [sector][partner] B' − B

  // Told by indices:
  std::vector<float> index_;          // [partner] change of R …
  std::vector<IndexChange> indices_;  // … or those of single partners
  std::vector<float> log_services_;   // [partner] ln B of services by trust and paths
  std::vector<float> no_use_;         // [partner] 0
  std::vector<Jump> jumps_;           // where services end in part
};

}  // namespace splinternet
