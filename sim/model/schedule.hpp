#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/countries.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// Who revises in a step, in the order of the words of `countries.schedule`.
enum class Schedule {
  kCourted,
  kPoisson,
  kRandomSequential,
  kSimultaneous,
  kAsyncUniform,
  kFixedOrder,
  kSimultaneousWithProb,
};

/// Who revises, and on whose invitation.
struct Revision {
  std::uint32_t country = 0;
  FrameworkSet courted_by = 0;
  bool on_its_own = false;
  std::uint32_t turn = 0;  ///< revisions that the country has had in this step before: index of its draw
};

/// The revisions of a step in batches: a batch decides on the World that the batches before it have left (M12). One
/// batch in order of code under `courted`, `poisson`, `simultaneous` and `simultaneous_with_prob`; batches of one under
/// `random_sequential` (order by a draw of each country), `fixed_order` (by code) and `async_uniform`. Under the last,
/// each revision goes to the country with the lowest of fresh draws of all: uniform over those who may decide, and
/// another country takes turns only by drawing lower, shifting nobody's draw (rendezvous hashing, Thaler & Ravishankar
/// 1998). A visit is answered in the first turn. `answered[i]` ≠ 0: an organisation has answered for country i.
std::vector<std::vector<Revision>> scheduled_revisions(const World& world, std::span<const Mission> missions,
                                                       std::span<const std::uint8_t> answered);

}  // namespace splinternet
