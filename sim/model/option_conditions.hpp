#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

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
  /// What options share that lead from the same depths to the same others, whoever takes them. Columns by partner.
  struct Move {
    std::vector<double> now, then;       // [framework] depth; what makes no difference counts as unchanged
    FrameworkSet untrusted = 0;          // frameworks to which who moves is an untrusted home
    std::vector<double> towards;         // what frameworks add to r_ij
    std::vector<double> by;              // r_ji before it is clipped
    std::vector<double> trust;           // change of ln ψ
    std::vector<std::uint32_t> trusted;  // partners with whom it is not 0
  };

  const Move& find_move(std::size_t country);
  void fill_move(Move& move) const;
  [[nodiscard]] std::span<const std::uint32_t> detours_of(std::size_t country) const;
  void compare_paths(std::size_t country);
  double latency_ratio(std::size_t country, std::size_t partner, double there_ms) const;
  void compare_rules(std::size_t country, const Move& move);
  void raise_factors(std::size_t country, const Move& move);
  double more_access(std::size_t country) const;
  double access_by_rules(std::size_t country) const;
  PartnerChange& change_with(std::size_t partner);
  void add_trust(std::size_t country, const Move& move, bool is_indexed);
  bool compare_exclusions(std::size_t country, const Move& move);
  bool changes_class(std::size_t country);
  bool add_detours(std::size_t country, bool is_indexed, double& access);
  double add_jump(std::size_t country, PartnerChange& change);
  void apply_reach(std::size_t country);

  const World& world_;
  std::vector<double> depth_;            // [framework] under the option
  std::vector<double> trusted_depth_;    // [framework] now, where there is trust to lose or gain
  std::vector<double> class_share_;      // [policy class]
  std::vector<double> filter_strength_;  // [filter]
  double idea_diffusion_, depth_on_signing_;
  std::vector<Move> moves_;                  // the last ones met
  std::size_t next_move_ = 0;                // the one to be replaced next
  std::vector<double> home_;                 // [country] r⁰ with the events in force
  std::vector<double> towards_, by_;         // [partner] as in Move, with shifts of single pairs
  std::vector<double> restrictiveness_;      // [partner] change of R
  std::vector<double> log_latency_;          // [partner] change
  std::vector<double> no_trust_;             // [partner] 0
  std::vector<double> reach_;                // [partner] under the option; set for those whose paths change
  std::span<const std::uint32_t> rerouted_;  // partners whose paths change
  std::vector<double> latency_ratio_;        // [rerouted]
  std::vector<PartnerChange> partners_;      // what an indexed change does with single partners, …
  std::size_t partner_count_ = 0;            // … so many of them, …
  std::vector<std::uint32_t> place_;         // … [partner] their places there, from 1 on; 0: none
  std::vector<Jump> jumps_;                  // … and where services end in part
  std::vector<std::optional<std::vector<std::uint32_t>>> excluded_;  // [framework] if it has rules for them alone
  std::vector<double> growth_;                     // [sector][partner] B'/B − 1 but for reach, both ways alike
  std::vector<double> export_rise_, import_rise_;  // [sector][partner] B' − B
};

}  // namespace splinternet
