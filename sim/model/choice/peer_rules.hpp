#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/choice/adoption.hpp"
#include "sim/model/choice/choice_rule.hpp"
#include "sim/model/choice/thresholds.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// The rules that look at peers alone and weigh no payoffs: `threshold` (Granovetter 1978, Am. J. Sociol. 83:1420;
/// Watts 2002, PNAS 99:5766), `imitate` (the voter model of Holley & Liggett 1975, Ann. Probab. 3:643) and
/// `policy_table` (Bass 1969). A country accedes on its own to what is open to all; what it could have only by leaving
/// something that it has signed it does not take, unless it copies. Members leave only if withdrawal is allowed.
/// Reads the World as it is at the moment of each call; draws are keyed by country, step and turn.
class PeerRules {
 public:
  explicit PeerRules(const World& world);

  /// Memberships that the country takes in its turn.
  /// threshold: accedes to each framework in the order of ids whose members among its peers reach its threshold, and
  /// withdraws from those whose members do not. imitate: takes the memberships of one peer, drawn by weight.
  /// policy_table: accedes, or withdraws, with the probabilities of the table.
  [[nodiscard]] FrameworkSet target(std::size_t country, std::uint32_t turn) const;

  /// The same for countries [begin, end) in their first turn, of whom each revises with this probability, written to
  /// `target` as bits. Safe to call from several threads on different ranges. Returns whether anybody moves.
  bool decide(std::size_t begin, std::size_t end, double probability, std::span<std::uint8_t> target) const;

  /// Whether the country may decide on some framework now.
  [[nodiscard]] bool may_revise(std::size_t country) const;

 private:
  [[nodiscard]] bool reaches(std::size_t country, std::size_t framework) const;
  [[nodiscard]] std::uint32_t members_among_peers(std::size_t country, std::size_t framework) const;
  [[nodiscard]] FrameworkSet by_threshold(std::size_t country, FrameworkSet now) const;
  [[nodiscard]] FrameworkSet by_imitation(std::size_t country, FrameworkSet now, std::uint32_t turn) const;
  [[nodiscard]] FrameworkSet by_table(std::size_t country, FrameworkSet now, std::uint32_t turn) const;
  [[nodiscard]] std::uint32_t drawn_peer(std::size_t country, std::uint32_t turn) const;
  [[nodiscard]] bool joins(FrameworkSet now, std::size_t framework) const;
  bool decide_complete(std::size_t begin, std::size_t end, std::span<std::uint8_t> target) const;
  bool decide_sparse(std::size_t begin, std::size_t end, std::span<std::uint8_t> target) const;

  const World& world_;
  const InfluenceSetting& influence_;
  const ThresholdSetting* thresholds_;
  ChoiceRule rule_;
  bool may_withdraw_;
  bool one_column_;                     // threshold, one framework, peers that count alike
  FrameworkSet open_ = 0;               // frameworks open to all
  FrameworkSet open_to_decisions_ = 0;  // frameworks on which somebody may decide
  std::vector<FrameworkSet> rivals_;    // [framework] incompatible ones
  std::vector<std::uint32_t> by_code_;  // [rank] row; empty if the rows are in order of code
};

}  // namespace splinternet
