#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>

namespace splinternet::coalition {

/// A set of up to 32 actors, bit i for actor i.
using ActorSet = std::uint32_t;

/// Most actors whose subsets, two options each, are gone through one by one.
inline constexpr std::size_t kMostActorsEnumerated = 22;

/// Most states of a space that is gone through one by one.
inline constexpr std::size_t kMostStates = std::size_t{1} << kMostActorsEnumerated;

constexpr bool contains(ActorSet set, std::size_t actor) {
  return (set >> actor & 1U) != 0;
}
constexpr ActorSet with(ActorSet set, std::size_t actor) {
  return set | ActorSet{1} << actor;
}
constexpr ActorSet without(ActorSet set, std::size_t actor) {
  return set & ~(ActorSet{1} << actor);
}
constexpr std::size_t size_of(ActorSet set) {
  return static_cast<std::size_t>(std::popcount(set));
}

/// The members for a message: "{0, 3}".
std::string text(ActorSet set);

}  // namespace splinternet::coalition
