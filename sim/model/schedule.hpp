#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/countries.hpp"
#include "sim/model/turns.hpp"
#include "sim/model/world.hpp"

namespace splinternet {

/// Who revises, and on whose invitation.
struct Revision {
  std::uint32_t country = 0;
  FrameworkSet courted_by = 0;
  bool on_its_own = false;
  std::uint32_t turn = 0;  ///< revisions that the country has had in this step before: index of its draw
};

/// Whether the revisions of a step are decided on the World as it was before them all, or each on the World that those
/// before it have left (M12).
enum class Batching { kAtOnce, kOneByOne };

struct RevisionPlan {
  Batching batching = Batching::kAtOnce;
  std::vector<Revision> revisions;
};

/// Those who may decide on some framework, by code. `answered[i]` ≠ 0: an organisation has answered for country i.
std::vector<Revision> all_revisions(const World& world, std::span<const Mission> missions,
                                    std::span<const std::uint8_t> answered);

/// The revisions of a step: at once, in order of code, under `courted`, `poisson`, `simultaneous` and
/// `simultaneous_with_prob`; one by one, in the order of turns_of_step, under the others. A visit is answered in the
/// first turn.
RevisionPlan scheduled_revisions(const World& world, std::span<const Mission> missions,
                                 std::span<const std::uint8_t> answered);

}  // namespace splinternet
