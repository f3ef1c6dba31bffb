#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/coalition/finite_game.hpp"
#include "sim/coalition/own_moves.hpp"

namespace splinternet::coalition {

/// Which changes of one actor's option are followed.
enum class Reply : std::uint8_t {
  kBetter,  ///< all that gain more than tie_eps
  kBest,    ///< of these, those within tie_eps of the actor's best
};

/// Profiles that lead to one another by changes of one actor at a time: the strongly connected components of the graph
/// of replies, numbered by their lowest profile.
struct ReplyComponents {
  std::vector<std::uint32_t> component;  ///< per profile
  std::vector<std::size_t> size;         ///< per component; above 1 actors can go round in it
  std::vector<std::uint8_t> is_sink;     ///< per component: 1 if no reply leads out. Of size 1: a Nash equilibrium

  /// Components in which replies can cycle.
  [[nodiscard]] std::size_t cycles() const;
};

/// Components by Tarjan's (1972) algorithm. No component above size 1: replies always end (generalised ordinal
/// potential, Monderer & Shapley 1996). Throws DataError if tie_eps is negative.
ReplyComponents reply_components(const OwnMoves& moves, Reply reply, double tie_eps = 0.0);
ReplyComponents reply_components(const FiniteGame& game, Reply reply, double tie_eps = 0.0);

}  // namespace splinternet::coalition
