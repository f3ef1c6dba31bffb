#pragma once

#include <cstddef>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kGated =
    flag("framework.*.gated", false,
         "payoffs that hang on who is a member count as if nobody were, until the framework is in force: enough "
         "signatories with enough size (entry_into_force_*), counting the option itself",
         "[D] thresholds of treaties: Barrett 2003, ch. 6");

inline constexpr const Parameter* kGateRows[] = {&kGated};

}  // namespace parameters

/// Which frameworks count: those that are not gated, and gated ones that are in force. Reads the World once; the World
/// must outlive it and not change.
class Gate {
 public:
  explicit Gate(const World& world);

  /// The frameworks that count if the memberships of one actor were `set` and all others as they are. An accession is a
  /// signature; a listing does not help a framework into force.
  [[nodiscard]] FrameworkSet counted(std::size_t actor, FrameworkSet set) const;

 private:
  [[nodiscard]] bool in_force(std::size_t actor, FrameworkSet set, std::size_t framework) const;

  const World& world_;
  FrameworkSet gated_ = 0;
  std::vector<std::uint32_t> signatories_;  ///< [framework] of the moment
};

/// A state of the world in which one actor has other memberships than now and all others are as they are: what terms
/// of the gallery see, with gated frameworks that would not be in force already emptied.
class Situation {
 public:
  Situation(const World& world, const Gate& gate, std::size_t actor, FrameworkSet set)
      : world_(world), actor_(actor), counted_(gate.counted(actor, set)), own_(set & counted_) {}

  [[nodiscard]] std::size_t actor() const { return actor_; }
  /// Frameworks that count.
  [[nodiscard]] FrameworkSet counted() const { return counted_; }
  /// Memberships of the actor.
  [[nodiscard]] FrameworkSet own() const { return own_; }
  /// Memberships of another one.
  [[nodiscard]] FrameworkSet of(std::size_t other) const { return world_.membership(other) & counted_; }
  /// Members of a framework beside the actor.
  [[nodiscard]] std::size_t others(std::size_t framework) const {
    if (!contains(counted_, framework)) return 0;
    const bool is_in = contains(world_.membership(actor_), framework);
    return world_.derived.member_count[framework] - (is_in ? 1 : 0);
  }

 private:
  const World& world_;
  std::size_t actor_;
  FrameworkSet counted_;
  FrameworkSet own_;
};

}  // namespace splinternet
