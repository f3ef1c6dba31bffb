#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/study/state_game.hpp"

namespace splinternet {

/// Frameworks that differ by name alone: if two of them change names in a state, every move is worth the same as
/// before.
class StateSymmetry {
 public:
  /// Compares all moves of all states. Worths within `tolerance` are the same. Does not look for interchangeable
  /// frameworks if there are too many names to go through for each state.
  StateSymmetry(const StateGame& game, double tolerance);

  /// Sets of two or more frameworks that are interchangeable.
  [[nodiscard]] const std::vector<FrameworkSet>& classes() const { return classes_; }
  /// Number of states up to the names of interchangeable frameworks.
  [[nodiscard]] std::size_t kinds() const { return kinds_; }
  /// The lowest of the states that differ from this one by names alone.
  [[nodiscard]] std::size_t lowest(std::size_t state) const;
  /// How many such states there are.
  [[nodiscard]] std::size_t names(std::size_t state) const;

 private:
  /// [actor][option] the option with other names; empty if an actor lacks such a set.
  using Renaming = std::vector<std::vector<std::size_t>>;

  [[nodiscard]] Renaming renaming(const std::vector<std::size_t>& name) const;
  [[nodiscard]] std::size_t rename(const Renaming& renaming, std::size_t state) const;
  [[nodiscard]] bool is_symmetric(std::size_t k, std::size_t l, double tolerance) const;
  void find_classes(double tolerance);
  void add_renamings();

  const StateGame& game_;
  std::size_t frameworks_ = 0;
  std::vector<FrameworkSet> classes_;
  std::vector<Renaming> renamings_;  ///< all but the one that changes nothing
  std::size_t kinds_ = 0;
};

}  // namespace splinternet
