#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace splinternet::coalition {

/// Two actors that see each other.
struct SeenPair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

/// Who sees whom, without direction: the neighbours of each actor in compressed rows. 4 bytes per neighbour, 8 per
/// actor.
class InteractionGraph {
 public:
  /// A pair given twice counts twice. Throws DataError, naming the pair, for an actor that is not there or a pair of
  /// one with itself.
  InteractionGraph(std::size_t actors, std::span<const SeenPair> pairs);

  [[nodiscard]] std::size_t actors() const { return first_.size() - 1; }
  /// Rising.
  [[nodiscard]] std::span<const std::uint32_t> neighbours(std::size_t actor) const {
    return std::span(neighbour_).subspan(first_[actor], first_[actor + 1] - first_[actor]);
  }
  [[nodiscard]] std::size_t degree(std::size_t actor) const { return first_[actor + 1] - first_[actor]; }

 private:
  std::vector<std::size_t> first_;  // actor → place of its first neighbour; one more entry than actors
  std::vector<std::uint32_t> neighbour_;
};

/// Which cells of a grid are neighbours.
enum class Neighbourhood : std::uint8_t {
  kVonNeumann,  ///< steps along the axes add up to `reach` or less: 2m neighbours in m dimensions at reach 1
  kMoore,       ///< no more than `reach` steps along any axis: 3^m − 1 neighbours at reach 1
};

/// A grid of any dimension whose opposite sides touch; the last axis is numbered fastest. One side: a ring. Throws
/// DataError if there is no side, a side is below 2·reach + 1 (an actor would meet another twice), or there would be
/// more than 2³² − 1 actors or pairs.
InteractionGraph torus(std::span<const std::size_t> sides, Neighbourhood neighbourhood, std::size_t reach = 1);

/// A tree in which all actors have `degree` ≥ 2 neighbours but the leaves, `depth` steps from actor 0, which have one;
/// numbered from the root, layer by layer. Throws DataError for a smaller degree or more than 2³² − 1 actors.
InteractionGraph regular_tree(std::size_t degree, std::size_t depth);

}  // namespace splinternet::coalition
