#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/core/sparse_graph.hpp"

namespace splinternet::coalition {

/// Two actors that look at each other.
struct ActorPair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
};

/// The graph in which the two of each pair look at each other, once however often it is given; peers rising. Throws
/// DataError, naming the pair, for an actor that is not there or a pair of one with itself.
SparseGraph undirected_graph(std::size_t actors, std::span<const ActorPair> pairs);

/// Which cells of a grid are neighbours.
enum class Neighbourhood : std::uint8_t {
  kVonNeumann,  ///< steps along the axes add up to `reach` or less: 2m neighbours in m dimensions at reach 1
  kMoore,       ///< no more than `reach` steps along any axis: 3^m − 1 neighbours at reach 1
};

/// A grid of any dimension whose opposite sides touch; the last axis is numbered fastest. One side: a ring. Throws
/// DataError if there is no side, a side is below 2·reach + 1 (an actor would meet another twice), or there would be
/// more than 2³² − 1 actors or pairs.
SparseGraph torus(std::span<const std::size_t> sides, Neighbourhood neighbourhood, std::size_t reach = 1);

/// The first actors of the tree in which all have `degree` ≥ 2 neighbours, numbered from the root layer by layer.
/// Throws DataError for a smaller degree or more than 2³² − 1 actors.
SparseGraph regular_tree(std::size_t actors, std::size_t degree);

}  // namespace splinternet::coalition
